// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/terraform/terraform.h"

#include <set>

#include "groma/emit/terraform/moves.h"
#include "groma/emit/terraform/options.h"
#include "groma/emit/terraform/values.h"
#include "groma/resources/azure/governance.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::emit {

using output::File;
using output::Lines;
using output::Reason;
using resources::Graph;
using resources::Module;
using resources::Parameter;
using resources::ParameterId;
using resources::Parts;
using resources::Resource;
using resources::ResourceId;
using resources::SymbolOf;
using resources::Taken;
using resources::Value;
using terraform::Block;
using terraform::Expression;
using terraform::Quoted;
using terraform::Values;

namespace {

auto SortOf(Parameter::Sort sort) -> const char * {
  switch (sort) {
    case Parameter::Sort::Text: return "string";
    case Parameter::Sort::Int: return "number";
    case Parameter::Sort::Bool: return "bool";
    case Parameter::Sort::Texts: return "list(string)";
    case Parameter::Sort::Tags: return "map(string)";
  }
  return "";
}

class Writer {
 public:
  Writer(const Graph &graph, const terraform::Options &options)
      : graph_(graph),
        options_(options),
        parts_(Cut(graph, resources::Language::Azurerm)),
        root_(graph, parts_, nullptr, options.version) {}

  auto Write() -> std::vector<File> {
    files_.push_back(Versions("versions.tf", true));
    Root();
    terraform::AddMoves(graph_, parts_, options_.version, files_);
    for (const Module &module : parts_.modules) Part(module);
    return std::move(files_);
  }

 private:
  auto UsesAzapi(const Module *module) const -> bool {
    const auto is_raw = [&](const Resource &resource) {
      return !IsOfAzurerm(resource);
    };
    if (module == nullptr) return llvm::any_of(graph_.resources, is_raw);
    return llvm::any_of(module->resources, [&](ResourceId id) { return is_raw(graph_[id]); });
  }

  auto Versions(std::string path, bool is_root, const Module *module = nullptr) -> File {
    Lines lines;
    lines.Because(options_.because);
    Block block;
    block.type = "terraform";
    block.Set("required_version", Quoted(">= 1.9"));
    Block providers;
    providers.type = "required_providers";
    const auto provider = [&](const char *name, const char *source, const std::string &version) {
      Expression value;
      value.sort = Expression::Sort::Object;
      Expression from;
      from.text = Quoted(source);
      Expression which;
      which.text = Quoted(version);
      value.Add("source", from);
      value.Add("version", which);
      providers.Set(name, std::move(value));
    };
    if (UsesAzapi(module)) provider("azapi", "azure/azapi", "~> 2.0");
    provider("azurerm", "hashicorp/azurerm", options_.azurerm);
    block.Add(std::move(providers));
    if (is_root && options_.AsksForAccount()) {
      block.comment = "The account of the state: terraform init -backend-config=storage_account_name=NAME";
    }
    if (is_root) {
      Block backend;
      backend.type = "backend";
      backend.labels = {options_.backend};
      for (const auto &[name, value] : options_.backend_fields) {
        backend.Set(name, value);
      }
      block.Add(std::move(backend));
    }
    terraform::Write(lines, block);
    if (is_root) {
      Block provider_block;
      provider_block.type = "provider";
      provider_block.labels = {"azurerm"};
      provider_block.comment = "ARM_SUBSCRIPTION_ID says the subscription.";
      Block features = Features(provider_block);
      provider_block.Add(std::move(features));
      terraform::Write(lines, provider_block);
    }
    return lines.Take(std::move(path));
  }

  // Accounts that take no keys and are reached only from within have to be managed as such.
  auto Features(Block &provider) const -> Block {
    const auto has = [&](llvm::StringRef property, auto is_it) {
      return llvm::any_of(graph_.resources, [&](const Resource &resource) {
        const bool is_account = resource.type != nullptr && resource.type->azurerm != nullptr &&
                                llvm::StringRef(resource.type->azurerm) == "azurerm_storage_account";
        const Value *properties = is_account ? resource.body.Find("properties") : nullptr;
        const Value *value = properties == nullptr ? nullptr : properties->Find(property);
        return value != nullptr && is_it(*value);
      });
    };
    if (has("allowSharedKeyAccess", [](const Value &value) { return !value.boolean; })) {
      provider.Set("storage_use_azuread", "true");
    }
    Block features;
    features.type = "features";
    const bool makes_subscription = llvm::any_of(graph_.resources, [](const Resource &resource) {
      return resource.type == &resources::azure::Subscription::kType && !resource.is_there;
    });
    if (makes_subscription) {
      Block subscription;
      subscription.type = "subscription";
      subscription.Set("prevent_cancellation_on_destroy", "true");
      features.Add(std::move(subscription));
    }
    if (has("publicNetworkAccess", [](const Value &value) { return value.text == "Disabled"; })) {
      Block storage;
      storage.type = "storage";
      storage.Set("data_plane_available", "false");
      features.Add(std::move(storage));
    }
    return features;
  }

  auto UsesClient(const Module *module) const -> bool {
    bool uses = false;
    const auto look_at = [&](const Value &value) {
      uses |= value.tag == Value::Tag::Tenant || value.tag == Value::Tag::Subscription;
    };
    const auto look = [&](const Resource &resource) {
      ForEachSaidByAzurerm(resource, look_at);
      ForEach(resource.scope_id, look_at);
    };
    if (module != nullptr) {
      for (const ResourceId id : module->resources) look(graph_[id]);
    } else {
      // What lies in the subscription as such names it.
      for (const ResourceId id : parts_.root) uses |= graph_[id].type == nullptr && graph_[id].known_id.empty();
      for (const ResourceId id : parts_.root) look(graph_[id]);
    }
    return uses;
  }

  void WriteClient(Lines &lines, const Module *module) {
    if (!UsesClient(module)) return;
    Block block;
    block.type = "data";
    block.labels = {"azurerm_client_config", "current"};
    terraform::Write(lines, block);
  }

  void Root() {
    Lines main;
    main.Because(graph_.because);
    WriteClient(main, nullptr);
    std::set<ParameterId> used;
    const auto note = [&](const Value &value) {
      ForEach(value, [&](const Value &one) {
        if (one.tag == Value::Tag::Parameter) used.insert(one.parameter);
      });
    };
    // In Terraform an id says all that what is there already lies in.
    std::set<ResourceId> around;
    for (const ResourceId id : parts_.root) {
      if (!graph_[id].known_id.empty()) around.insert(graph_[id].parent);
    }
    for (const ResourceId id : parts_.root) {
      if (around.contains(id)) continue;
      for (const Block &block : root_.ResourceOf(id)) terraform::Write(main, block);
      for (const Value *value : {&graph_[id].name, &graph_[id].location, &graph_[id].tags,
                                 &graph_[id].body}) {
        note(*value);
      }
    }
    for (const Module &module : parts_.modules) {
      terraform::Write(main, Call(module));
      used.insert(module.parameters.begin(), module.parameters.end());
    }
    files_.push_back(main.Take("main.tf"));
    if (!used.empty()) files_.push_back(Variables("variables.tf", used, nullptr));
    if (!used.empty()) files_.push_back(Given(used));
    if (!graph_.outputs.empty()) {
      Lines lines;
      lines.Because(graph_.because);
      for (const resources::Output &output : graph_.outputs) {
        Block block;
        block.type = "output";
        block.labels = {output.name};
        block.because = output.because;
        block.Set("description", Quoted(output.description));
        block.Set("value", root_.Of(output.value));
        terraform::Write(lines, block);
      }
      files_.push_back(lines.Take("outputs.tf"));
    }
  }

  auto Call(const Module &module) -> Block {
    Block block;
    block.type = "module";
    block.labels = {module.name};
    block.because = graph_[module.resources.front()].because;
    block.Set("source", Quoted("./modules/" + module.name));
    for (const ParameterId id : module.parameters) {
      block.Set(graph_[id].name, "var." + graph_[id].name, graph_[id].because);
    }
    for (const Taken &taken : module.takes) {
      Expression value = root_.Of(Value::Of(taken.resource, taken.property));
      value.because = graph_[taken.resource].because;
      block.Set(taken.name, std::move(value));
    }
    Expression others;
    others.sort = Expression::Sort::List;
    for (const std::string &other : WaitsFor(graph_, parts_, module)) {
      Expression one;
      one.text = "module." + other;
      others.items.push_back(std::move(one));
    }
    if (!others.items.empty()) block.Set("depends_on", std::move(others));
    return block;
  }

  auto Variables(std::string path, const std::set<ParameterId> &used, const Module *module) const -> File {
    Lines lines;
    lines.Because(graph_.because);
    for (const ParameterId id : used) Variable(lines, graph_[id], module == nullptr);
    if (module != nullptr) {
      for (const Taken &taken : module->takes) {
        const Resource &of = graph_[taken.resource];
        Block block;
        block.type = "variable";
        block.labels = {taken.name};
        block.because = of.because;
        block.Set("description",
                  Quoted(SentenceOf(graph_, taken) +
                         (of.is_there ? ", which is there already." : ", which another part makes.")));
        block.Set("type", "string");
        terraform::Write(lines, block);
      }
    }
    return lines.Take(std::move(path));
  }

  // Values stand in the file of values alone.
  static void Variable(Lines &lines, const Parameter &parameter, bool is_root) {
    Block block;
    block.type = "variable";
    block.labels = {parameter.name};
    block.because = parameter.because;
    if (!parameter.description.empty()) block.Set("description", Quoted(parameter.description));
    block.Set("type", SortOf(parameter.sort));
    if (parameter.is_secret) block.Set("sensitive", "true");
    if (is_root) AddValidation(block, parameter);
    terraform::Write(lines, block);
  }

  static void AddCheck(Block &block, const std::string &condition, const std::string &message) {
    Block check;
    check.type = "validation";
    check.Set("condition", condition);
    check.Set("error_message", Quoted(message));
    block.Add(std::move(check));
  }

  static void AddValidation(Block &block, const Parameter &parameter) {
    const std::string name = "var." + parameter.name;
    switch (parameter.form) {
      case Parameter::Form::Any: break;
      case Parameter::Form::Address:
        return AddCheck(block, "can(cidrhost(\"${" + name + "}/32\", 0))",
                        "It must be an IPv4 address.");
      case Parameter::Form::Block29:
        return AddCheck(block, "can(cidrhost(" + name + ", 7)) && endswith(" + name + ", \"/29\")",
                        "It must be a block of IPv4 addresses that ends in /29.");
      case Parameter::Form::Block30:
        return AddCheck(block, "can(cidrhost(" + name + ", 3)) && endswith(" + name + ", \"/30\")",
                        "It must be a block of IPv4 addresses that ends in /30.");
      case Parameter::Form::Guid:
        return AddCheck(block, "can(regex(\"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$\", " + name + "))",
                        "It must be an id such as 11111111-2222-3333-4444-555555555555.");
    }
    const bool is_number = parameter.sort == Parameter::Sort::Int;
    const std::string what = is_number ? name : "length(" + name + ")";
    std::string condition;
    const auto and_then = [&](const std::string &text) {
      condition += (condition.empty() ? "" : " && ") + text;
    };
    const bool is_exact = parameter.least && parameter.least == parameter.most;
    if (is_exact) and_then(what + " == " + std::to_string(*parameter.least));
    if (parameter.least && !is_exact) and_then(what + " >= " + std::to_string(*parameter.least));
    if (parameter.most && !is_exact) and_then(what + " <= " + std::to_string(*parameter.most));
    if (!parameter.allowed.empty()) {
      std::string list;
      for (const std::string &one : parameter.allowed) {
        list += (list.empty() ? "" : ", ") + Quoted(one);
      }
      and_then("contains([" + list + "], " + name + ")");
    }
    if (condition.empty()) return;
    std::string message = "It must be ";
    if (!parameter.allowed.empty()) {
      message += "one of those that the plan allows.";
    } else if (is_exact) {
      message += std::to_string(*parameter.least) + (is_number ? "." : " characters long.");
    } else if (parameter.least && parameter.most) {
      message += "from " + std::to_string(*parameter.least) + " to " +
                 std::to_string(*parameter.most) + (is_number ? "." : " characters long.");
    } else {
      message += std::string("at ") + (parameter.least ? "least " : "most ") +
                 std::to_string(parameter.least ? *parameter.least : *parameter.most) +
                 (is_number ? "." : " characters long.");
    }
    AddCheck(block, condition, message);
  }

  static void WriteAsked(Lines &lines, const std::vector<std::string> &asked) {
    if (asked.empty()) return;
    constexpr size_t kWidth = 120;
    std::string line = "# What is not here comes from variables of the environment, as in TF_VAR_" + asked.front() + ":";
    for (size_t i = 0; i < asked.size(); ++i) {
      const std::string word = " " + asked[i] + (i + 1 < asked.size() ? "," : ".");
      if (line.size() + word.size() > kWidth) {
        lines.Add(0, line);
        line = "#";
      }
      line += word;
    }
    lines.Add(0, line);
  }

  auto Given(const std::set<ParameterId> &used) -> File {
    Lines lines;
    lines.Because(graph_.because);
    std::vector<terraform::Entry> entries;
    std::vector<std::string> asked;
    for (const ParameterId id : used) {
      const Parameter &parameter = graph_[id];
      if (parameter.is_secret || parameter.value.is_null()) {
        asked.push_back(parameter.name);
        continue;
      }
      Expression value = root_.Of(parameter.value);
      if (value.because.empty()) value.because = parameter.because;
      entries.push_back({parameter.name, std::move(value), {}});
    }
    WriteAsked(lines, asked);
    terraform::Write(lines, entries);
    return lines.Take((graph_.environment.empty() ? "plan" : graph_.environment) + ".tfvars");
  }

  void Part(const Module &module) {
    const std::string folder = "modules/" + module.name + "/";
    files_.push_back(Versions(folder + "versions.tf", false, &module));
    const Values values(graph_, parts_, &module, options_.version);
    Lines main;
    main.Because(graph_.because);
    WriteClient(main, &module);
    for (const ResourceId id : module.resources) {
      for (const Block &block : values.ResourceOf(id)) terraform::Write(main, block);
    }
    files_.push_back(main.Take(folder + "main.tf"));
    const std::set<ParameterId> used(module.parameters.begin(), module.parameters.end());
    if (!used.empty() || !module.takes.empty()) {
      files_.push_back(Variables(folder + "variables.tf", used, &module));
    }
    if (module.gives.empty()) return;
    Lines outputs;
    for (const Taken &taken : module.gives) {
      Block block;
      block.type = "output";
      block.labels = {taken.name};
      block.because = graph_[taken.resource].because;
      block.Set("value", values.Of(Value::Of(taken.resource, taken.property)));
      terraform::Write(outputs, block);
    }
    files_.push_back(outputs.Take(folder + "outputs.tf"));
  }

  const Graph &graph_;
  const terraform::Options &options_;
  const Parts parts_;
  const Values root_;
  std::vector<File> files_;
};

}  // namespace

auto Terraform(plan::Plan &plan, const Graph &graph, plan::EntityId target) -> std::vector<File> {
  const terraform::Options options = terraform::OptionsOf(plan, target, graph);
  std::vector<File> files = Writer(graph, options).Write();
  for (const Graph &first : graph.before) {
    for (File &file : Terraform(plan, first, target)) {
      file.path = "tenant/" + file.path;
      files.push_back(std::move(file));
    }
  }
  return files;
}

auto AsksForAccount(plan::Plan &plan, const Graph &graph, plan::EntityId target) -> bool {
  return terraform::OptionsOf(plan, target, graph).AsksForAccount();
}

}  // namespace groma::emit
