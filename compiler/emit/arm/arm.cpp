// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/arm/arm.h"

#include <set>

#include "groma/emit/arm/expressions.h"
#include "groma/emit/arm/json.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::emit {

using arm::Expressions;
using resources::Camel;
using resources::Graph;
using resources::kNoResource;
using resources::Module;
using resources::Parameter;
using resources::ParameterId;
using resources::Parts;
using resources::Resource;
using resources::ResourceId;
using resources::Spans;
using resources::Taken;
using resources::Value;

namespace {

constexpr const char *kSchemas = "https://schema.management.azure.com/schemas/";

auto SortOf(const Parameter &parameter) -> const char * {
  switch (parameter.sort) {
    case Parameter::Sort::Text: return parameter.is_secret ? "securestring" : "string";
    case Parameter::Sort::Int: return "int";
    case Parameter::Sort::Bool: return "bool";
    case Parameter::Sort::Texts: return "array";
    case Parameter::Sort::Tags: return "object";
  }
  return "";
}

class Writer {
 public:
  explicit Writer(const Graph &graph)
      : graph_(graph), parts_(Cut(graph, resources::Language::Arm)), main_(graph, parts_, nullptr) {}

  auto Write() -> std::vector<output::File> {
    return {File("main.json", Main()), File("main.parameters.json", Given())};
  }

 private:
  auto File(const char *path, const Value &value) const -> output::File {
    output::Lines lines;
    lines.Because(graph_.because);
    arm::WriteJson(lines, value);
    return lines.Take(path);
  }

  static auto Template(const char *schema) -> Value {
    Value made = Value::Object();
    made.Add("$schema", Value::Text(std::string(kSchemas) + schema));
    made.Add("contentVersion", Value::Text("1.0.0.0"));
    return made;
  }

  static void AddBounds(Value &made, const Parameter &parameter) {
    const bool is_number = parameter.sort == Parameter::Sort::Int;
    const resources::Limits limits = LimitsOf(parameter);
    if (limits.least) made.Add(is_number ? "minValue" : "minLength", Value::Int(*limits.least));
    if (limits.most) made.Add(is_number ? "maxValue" : "maxLength", Value::Int(*limits.most));
    if (!parameter.allowed.empty()) made.Add("allowedValues", Value::Texts(parameter.allowed));
  }

  // Values stand in the file of values alone; what is within its bounds in the outer template is so in the inner ones.
  static auto ParameterOf(const Parameter &parameter, bool is_main) -> Value {
    Value made = Value::Object(parameter.because);
    made.Add("type", Value::Text(SortOf(parameter)));
    if (is_main) AddBounds(made, parameter);
    if (!parameter.description.empty()) {
      made.At("metadata").Add("description", Value::Text(parameter.description));
    }
    return made;
  }

  // Every parameter that some template uses.
  auto Used() const -> std::set<ParameterId> {
    std::set<ParameterId> used;
    for (const Resource &resource : graph_.resources) {
      for (const Value *value :
           {&resource.name, &resource.location, &resource.tags, &resource.body}) {
        ForEach(*value, [&](const Value &one) {
          if (one.tag == Value::Tag::Parameter) used.insert(one.parameter);
        });
      }
    }
    return used;
  }

  auto Main() const -> Value {
    Value made = Template(graph_.scope == resources::Scope::Tenant
                              ? "2019-08-01/tenantDeploymentTemplate.json#"
                              : "2018-05-01/subscriptionDeploymentTemplate.json#");
    Value &parameters = made.At("parameters");
    parameters = Value::Object();
    for (const ParameterId id : Used()) {
      parameters.Add(Camel(graph_[id].name), ParameterOf(graph_[id], true));
    }
    std::vector<Value> all;
    for (const ResourceId id : parts_.root) {
      if (!graph_[id].is_there) all.push_back(ResourceOf(main_, id, nullptr));
    }
    for (const Module &module : parts_.modules) all.push_back(DeploymentOf(module));
    made.Add("resources", Value::List(std::move(all)));
    if (!graph_.outputs.empty()) {
      Value &outputs = made.At("outputs");
      for (const resources::Output &output : graph_.outputs) {
        Value one = Value::Object(output.because);
        one.Add("type", Value::Text(output.value.tag == Value::Tag::Int ? "int" : "string"));
        one.Add("value", main_.Of(output.value));
        one.At("metadata").Add("description", Value::Text(output.description));
        outputs.Add(Camel(output.name), std::move(one));
      }
    }
    return made;
  }

  auto DeploymentOf(const Module &module) const -> Value {
    const Expressions inner(graph_, parts_, &module);
    Value made = Value::Object(graph_[module.resources.front()].because);
    made.Add("type", Value::Text("Microsoft.Resources/deployments"));
    made.Add("apiVersion", Value::Text("2025-04-01"));
    std::string name = module.name;
    std::replace(name.begin(), name.end(), '_', '-');
    made.Add("name", Value::Text(name));
    std::vector<Value> before;
    if (module.group != kNoResource) {
      made.Add("resourceGroup", main_.Of(graph_[module.group].name));
      before.push_back(Value::Text("[" + main_.IdOf(module.group) + "]"));
    }
    std::set<std::string> others;
    for (const Taken &taken : module.takes) {
      const Module *from = parts_.ModuleOf(taken.resource);
      if (from != nullptr) others.insert("[" + main_.DeploymentOf(*from) + "]");
    }
    for (const std::string &name : WaitsFor(graph_, parts_, module)) {
      const auto from = llvm::find_if(parts_.modules, [&](const Module &one) { return one.name == name; });
      others.insert("[" + main_.DeploymentOf(*from) + "]");
    }
    for (const std::string &other : others) before.push_back(Value::Text(other));
    if (!before.empty()) made.Add("dependsOn", Value::List(std::move(before)));
    Value &properties = made.At("properties");
    properties.Add("mode", Value::Text("Incremental"));
    properties.At("expressionEvaluationOptions").Add("scope", Value::Text("inner"));
    Value &given = properties.At("parameters");
    given = Value::Object();
    Value parameters = Value::Object();
    for (const ParameterId id : module.parameters) {
      const std::string parameter = Camel(graph_[id].name);
      given.At(parameter).Add("value", Value::Text("[parameters('" + parameter + "')]", graph_[id].because));
      parameters.Add(parameter, ParameterOf(graph_[id], false));
    }
    for (const Taken &taken : module.takes) {
      const Spans &because = graph_[taken.resource].because;
      given.At(Camel(taken.name))
          .Add("value", main_.Of(Value::Of(taken.resource, taken.property, because)));
      Value one = Value::Object(because);
      one.Add("type", Value::Text("string"));
      parameters.Add(Camel(taken.name), std::move(one));
    }
    properties.Add("template", TemplateOf(inner, module, std::move(parameters)));
    return made;
  }

  auto TemplateOf(const Expressions &inner, const Module &module, Value parameters) const -> Value {
    Value made = Template("2019-04-01/deploymentTemplate.json#");
    made.Add("parameters", std::move(parameters));
    std::vector<Value> all;
    for (const ResourceId id : module.resources) {
      if (IsInside(graph_[id]) || graph_[id].is_there) continue;
      all.push_back(ResourceOf(inner, id, &module));
    }
    made.Add("resources", Value::List(std::move(all)));
    if (module.gives.empty()) return made;
    Value &outputs = made.At("outputs");
    for (const Taken &taken : module.gives) {
      Value one = Value::Object(graph_[taken.resource].because);
      one.Add("type", Value::Text("string"));
      one.Add("value", Value::Text("[" + inner.Inner(Value::Of(taken.resource, taken.property)) + "]"));
      outputs.Add(Camel(taken.name), std::move(one));
    }
    return made;
  }

  auto ResourceOf(const Expressions &inner, ResourceId id, const Module *module) const -> Value {
    const Resource &resource = graph_[id];
    Value made = Value::Object(resource.because);
    if (!resource.purpose.empty()) made.Add("comments", Value::Text(arm::Datum(resource.purpose)));
    made.Add("type", Value::Text(inner.TypeOf(id)));
    made.Add("apiVersion", Value::Text(inner.ApiOf(id)));
    if (resource.on != kNoResource) {
      made.Add("scope", Value::Text("[" + inner.OnOf(resource.on) + "]"));
    }
    made.Add("name", inner.NameOf(id));
    if (!resource.location.is_null()) made.Add("location", inner.Of(resource.location));
    if (!resource.tags.is_null()) made.Add("tags", inner.Of(resource.tags));
    const std::set<ResourceId> before = Before(inner, id, module);
    if (!before.empty()) {
      std::vector<Value> ids;
      for (const ResourceId other : before) ids.push_back(Value::Text("[" + inner.IdOf(other) + "]"));
      made.Add("dependsOn", Value::List(std::move(ids)));
    }
    for (const resources::Member &member : resource.body.members) {
      if (member.name != resources::kAzurermOnly) made.Add(member.name, inner.Of(member.value));
    }
    for (const ResourceId inside : Inner(id)) {
      const Resource &child = graph_[inside];
      Value element = Value::Object(child.because);
      element.Add("name", inner.Of(child.name));
      for (const resources::Member &member : child.body.members) {
        if (member.name != resources::kAzurermOnly) element.Add(member.name, inner.Of(member.value));
      }
      Value &list = PlaceAt(made, child.type->inside, {});
      list.At(list.items.size()) = std::move(element);
    }
    return made;
  }

  auto Inner(ResourceId id) const -> llvm::ArrayRef<ResourceId> {
    const auto found = parts_.inner.find(id);
    return found == parts_.inner.end() ? llvm::ArrayRef<ResourceId>() : llvm::ArrayRef(found->second);
  }

  // What must be there first, of the same template; who lies inside another stands for that one.
  auto Before(const Expressions &inner, ResourceId id, const Module *module) const
      -> std::set<ResourceId> {
    std::set<ResourceId> before;
    if (module == nullptr && graph_.scope != resources::Scope::Tenant) return before;
    const auto add = [&](ResourceId other) {
      while (other != kNoResource && IsInside(graph_[other])) other = graph_[other].parent;
      if (other != kNoResource && other != id && inner.IsHere(other) && !graph_[other].is_there) {
        before.insert(other);
      }
    };
    const auto look = [&](const Value &value) {
      ForEach(value, [&](const Value &one) {
        if (one.tag == Value::Tag::Reference) add(one.resource);
      });
    };
    look(graph_[id].body);
    add(graph_[id].parent);
    add(graph_[id].on);
    for (const ResourceId other : graph_[id].after) add(other);
    for (const ResourceId inside : Inner(id)) look(graph_[inside].body);
    return before;
  }

  // Secrets are given by whoever deploys.
  auto Given() const -> Value {
    Value made = Template("2019-04-01/deploymentParameters.json#");
    Value &parameters = made.At("parameters");
    parameters = Value::Object();
    for (const ParameterId id : Used()) {
      const Parameter &parameter = graph_[id];
      if (parameter.is_secret || parameter.value.is_null()) continue;
      Value one = Value::Object(parameter.because);
      // What is given is data: no expression is looked for in it.
      one.Add("value", parameter.value);
      parameters.Add(Camel(parameter.name), std::move(one));
    }
    return made;
  }

  const Graph &graph_;
  const Parts parts_;
  const Expressions main_;
};

}  // namespace

auto Arm(const Graph &graph) -> std::vector<output::File> {
  std::vector<output::File> files = Writer(graph).Write();
  for (const Graph &first : graph.before) {
    for (output::File &file : Arm(first)) {
      file.path = "tenant/" + file.path;
      files.push_back(std::move(file));
    }
  }
  return files;
}

}  // namespace groma::emit
