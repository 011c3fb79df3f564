// SPDX-License-Identifier: Apache-2.0
#include "groma/resources/modules.h"

#include <map>
#include <set>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::resources {
namespace {

// `properties.ipAddress` is `ip_address`.
auto WordsOf(llvm::StringRef property) -> std::string {
  std::string words;
  for (const char c : property.substr(property.rfind('.') + 1)) {
    if (llvm::toUpper(c) == c && llvm::isAlpha(c) && !words.empty()) words += '_';
    words += llvm::toLower(c);
  }
  return words;
}

using Paths = llvm::SmallVector<llvm::StringRef, 8>;

// Calls `visit` with the value and what is inside it, except where one of the paths leads.
void Visit(const Value &value, const Paths &left_out, llvm::function_ref<void(const Value &)> visit) {
  visit(value);
  for (const Value &item : value.items) Visit(item, left_out, visit);
  for (const Member &member : value.members) {
    Paths inner;
    bool is_left_out = false;
    for (const llvm::StringRef path : left_out) {
      llvm::StringRef rest = path;
      if (!rest.consume_front(member.name)) continue;
      (void)rest.consume_front("[]");
      is_left_out |= rest.empty();
      if (rest.consume_front(".")) inner.push_back(rest);
    }
    if (!is_left_out) Visit(member.value, inner, visit);
  }
}

class Cutter {
 public:
  Cutter(const Graph &graph, Language language)
      : graph_(graph), by_group_(language == Language::Arm) {}

  auto Cut() -> Parts {
    Divide();
    for (Module &module : parts_.modules) FindTaken(module);
    for (const Output &output : graph_.outputs) {
      ForEach(output.value, [&](const Value &one) {
        if (one.tag == Value::Tag::Reference) Give(one);
      });
    }
    for (Module &module : parts_.modules) {
      llvm::sort(module.takes, ByName);
      llvm::sort(module.gives, ByName);
    }
    Order();
    return std::move(parts_);
  }

 private:
  static auto ByName(const Taken &a, const Taken &b) -> bool { return a.name < b.name; }

  void Divide() {
    std::map<std::string, std::set<ResourceId>> groups;
    for (const Resource &resource : graph_.resources) {
      if (resource.type != nullptr && resource.group != kNoResource) {
        groups[resource.concern].insert(resource.group);
      }
    }
    std::map<std::pair<std::string, ResourceId>, size_t> made;
    for (size_t i = 0; i < graph_.resources.size(); ++i) {
      const auto id = static_cast<ResourceId>(i);
      const Resource &resource = graph_.resources[i];
      if (by_group_ && !IsInTemplates(resource)) continue;
      if (IsInside(resource)) parts_.inner[resource.parent].push_back(id);
      if (resource.type != nullptr && resource.type->azurerm_in_parent) {
        parts_.said_inside[resource.parent].push_back(id);
      }
      if (resource.concern.empty()) {
        parts_.root.push_back(id);
        continue;
      }
      const ResourceId group = by_group_ ? resource.group : kNoResource;
      const auto [at, is_new] = made.try_emplace({resource.concern, group}, parts_.modules.size());
      if (is_new) {
        Module module;
        module.concern = resource.concern;
        module.group = group;
        module.name = resource.concern;
        if (by_group_ && groups[resource.concern].size() > 1 && group != kNoResource) {
          module.name += "_" + graph_[group].symbol;
        }
        parts_.modules.push_back(std::move(module));
      }
      parts_.modules[at->second].resources.push_back(id);
      parts_.module_of[id] = at->second;
    }
  }

  void FindTaken(Module &module) {
    if (by_group_) FindNamed(module);
    std::set<Taken> taken;
    std::set<ParameterId> given;
    const auto note = [&](const Value &one) {
      if (one.tag == Value::Tag::Parameter) given.insert(one.parameter);
      if (one.tag == Value::Tag::Reference) Take(module, one, taken);
    };
    const auto look = [&](const Value &value) { ForEach(value, note); };
    for (const ResourceId id : module.resources) {
      const Resource &resource = graph_[id];
      const bool is_azurerm = !by_group_ && IsOfAzurerm(resource);
      look(resource.scope_id);
      if (!is_azurerm || resource.name.tag != Value::Tag::Guid) look(resource.name);
      if (!is_azurerm || resource.type->azurerm_has_location) look(resource.location);
      look(resource.tags);
      if (is_azurerm) {
        ForEachSaidByAzurerm(resource, note);
      } else {
        for (const Member &member : resource.body.members) {
          if (member.name != kAzurermOnly) look(member.value);
        }
      }
      if (by_group_) {
        for (const ResourceId id : {resource.parent, resource.on}) LookUp(module, id, look);
      } else {
        LookAround(resource, look);
      }
    }
    module.takes.assign(taken.begin(), taken.end());
    module.parameters.assign(given.begin(), given.end());
  }

  void FindNamed(Module &module) const {
    for (const ResourceId id : module.resources) {
      for (const ResourceId other : {graph_[id].parent, graph_[id].on}) {
        LookUp(module, other, [&](const Value &name) { module.named.insert(name.resource); });
      }
    }
  }

  // What lies in other files is named there, with all inside which it lies.
  template <typename Look>
  void LookUp(const Module &module, ResourceId id, Look look) const {
    for (; id != kNoResource; id = graph_[id].parent) {
      const Module *from = parts_.ModuleOf(id);
      if (from == nullptr || from == &module) return;
      look(Value::NameOf(id));
    }
  }

  // What azurerm asks for beside the body: the group's name, and the parent's name or id.
  template <typename Look>
  void LookAround(const Resource &resource, Look look) const {
    if (!IsOfAzurerm(resource)) {
      const ResourceId parent = resource.parent != kNoResource ? resource.parent : resource.group;
      if (parent != kNoResource) look(Value::IdOf(parent));
      return;
    }
    if (resource.type->azurerm_in_parent) return;
    const Inside &inside = resource.type->azurerm_4;
    if (inside.names_group && resource.group != kNoResource) look(Value::NameOf(resource.group));
    const ResourceId parent = AzurermParent(graph_, resource);
    if (inside.attribute == nullptr || parent == kNoResource) return;
    const bool is_id = llvm::StringRef(inside.attribute).ends_with("_id");
    look(is_id ? Value::IdOf(parent) : Value::NameOf(parent));
  }

  auto TakenOf(const Value &value) const -> Taken {
    return {value.resource, value.text,
            SymbolOf(graph_[value.resource]) + "_" + WordsOf(value.text)};
  }

  void Take(Module &module, const Value &value, std::set<Taken> &taken) {
    if (parts_.ModuleOf(value.resource) == &module || (by_group_ && module.Knows(value))) return;
    if (taken.insert(TakenOf(value)).second) Give(value);
  }

  // Each property once, whoever takes it.
  void Give(const Value &value) {
    auto &names = parts_.names[value.resource];
    const auto is_it = [&](const auto &one) { return one.first == value.text; };
    if (llvm::any_of(names, is_it)) return;
    Taken one = TakenOf(value);
    names.emplace_back(value.text, one.name);
    const auto from = parts_.module_of.find(value.resource);
    if (from == parts_.module_of.end()) return;
    Module &giver = parts_.modules[from->second];
    if (given_.insert({from->second, one.name}).second) giver.gives.push_back(std::move(one));
  }

  // What gives before what takes; of a circle, the first comes first.
  void Order() {
    std::vector<size_t> order;
    std::vector<int> state(parts_.modules.size());
    const auto visit = [&](auto &self, size_t i) -> void {
      if (state[i] != 0) return;
      state[i] = 1;
      for (const Taken &one : parts_.modules[i].takes) {
        const auto from = parts_.module_of.find(one.resource);
        if (from != parts_.module_of.end()) self(self, from->second);
      }
      order.push_back(i);
    };
    for (size_t i = 0; i < parts_.modules.size(); ++i) visit(visit, i);
    std::vector<Module> sorted;
    std::vector<size_t> place(order.size());
    for (const size_t i : order) {
      place[i] = sorted.size();
      sorted.push_back(std::move(parts_.modules[i]));
    }
    parts_.modules = std::move(sorted);
    for (auto &entry : parts_.module_of) entry.second = place[entry.second];
  }

  const Graph &graph_;
  const bool by_group_;
  Parts parts_;
  std::set<std::pair<size_t, std::string>> given_;  // parts with names of what they give
};

}  // namespace

auto Cut(const Graph &graph, Language language) -> Parts {
  return Cutter(graph, language).Cut();
}

auto WaitsFor(const Graph &graph, const Parts &parts, const Module &module)
    -> std::vector<std::string> {
  std::set<std::string> names;
  for (const ResourceId id : module.resources) {
    for (const ResourceId other : graph[id].after) {
      const auto at = parts.module_of.find(other);
      if (at == parts.module_of.end()) continue;
      const Module &from = parts.modules[at->second];
      if (from.name != module.name) names.insert(from.name);
    }
  }
  return {names.begin(), names.end()};
}

auto IsOfAzurerm(const Resource &resource) -> bool {
  return resource.type != nullptr && resource.type->azurerm != nullptr && !resource.is_azapi;
}

auto IsInTemplates(const Resource &resource) -> bool {
  return resource.type == nullptr || resource.type->in_templates;
}

auto IsInside(const Resource &resource) -> bool {
  return resource.type != nullptr && resource.type->inside != nullptr;
}

void ForEachSaidByAzurerm(const Resource &resource, llvm::function_ref<void(const Value &)> visit) {
  Paths left_out;
  if (IsOfAzurerm(resource)) {
    for (const Field *field : resource.type->fields) {
      if (field->azurerm == nullptr && field->arm != nullptr) left_out.push_back(field->arm);
    }
  }
  Visit(resource.body, left_out, visit);
}

auto Parts::NameOf(const Value &reference) const -> llvm::StringRef {
  if (const auto found = names.find(reference.resource); found != names.end()) {
    for (const auto &[property, name] : found->second) {
      if (property == reference.text) return name;
    }
  }
  base::Check(false, "a part takes what it refers to, and another one gives it");
  return {};
}

auto AzurermParent(const Graph &graph, const Resource &resource) -> ResourceId {
  ResourceId parent = resource.parent;
  while (parent != kNoResource && graph[parent].type != nullptr &&
         graph[parent].type->azurerm_in_parent) {
    parent = graph[parent].parent;
  }
  return parent;
}

auto SymbolOf(const Resource &resource) -> std::string {
  return SymbolOf(resource, resource.symbol);
}

auto SymbolOf(const Resource &resource, llvm::StringRef symbol) -> std::string {
  const llvm::StringRef word = resource.type == nullptr ? "" : resource.type->word;
  llvm::StringRef before = symbol;
  const bool says_it = before.consume_back(word) && (before.empty() || before.ends_with("_"));
  if (word.empty() || says_it) return symbol.str();
  std::string longer = symbol.str();
  longer += '_';
  longer += word;
  return longer;
}

auto SentenceOf(const Graph &graph, const Taken &taken) -> std::string {
  const Resource &of = graph[taken.resource];
  std::string property = WordsOf(taken.property);
  std::replace(property.begin(), property.end(), '_', ' ');
  // A name of its own says more than the symbol, which has lost its dots.
  const bool is_bare = of.type != nullptr && of.type->naming.is_bare && of.name.tag == Value::Tag::Text;
  return "The " + property + " of the " + (of.type == nullptr ? "resource" : of.type->title) +
         " `" + (is_bare ? of.name.text : of.symbol) + "`";
}

auto Camel(llvm::StringRef symbol) -> std::string {
  std::string name;
  bool is_start = false;
  for (const char c : symbol) {
    if (c == '_') {
      is_start = !name.empty();
    } else {
      name += is_start ? llvm::toUpper(c) : c;
      is_start = false;
    }
  }
  return name;
}

}  // namespace groma::resources
