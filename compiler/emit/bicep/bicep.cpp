// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/bicep/bicep.h"

#include <set>

#include "groma/emit/bicep/module.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::emit {

using bicep::Comment;
using bicep::Quoted;
using bicep::Values;
using output::Lines;
using output::Reason;
using resources::Camel;
using resources::Graph;
using resources::Module;
using resources::Parameter;
using resources::ParameterId;
using resources::Parts;
using resources::ResourceId;
using resources::SymbolOf;
using resources::Taken;
using resources::Value;

namespace {

auto Variable(llvm::StringRef name) -> std::string {
  std::string words = name.upper();
  for (char &c : words) {
    if (!llvm::isAlnum(c)) c = '_';
  }
  return words;
}

// A variable of the environment, which is always a text.
auto FromOutside(const Parameter &parameter) -> std::string {
  const std::string text = "readEnvironmentVariable(" + Quoted(Variable(parameter.name)) + ")";
  switch (parameter.sort) {
    case Parameter::Sort::Text: return text;
    case Parameter::Sort::Int: return "int(" + text + ")";
    case Parameter::Sort::Bool: return "bool(" + text + ")";
    case Parameter::Sort::Texts:
    case Parameter::Sort::Tags: return "json(" + text + ")";
  }
  return text;
}

class Writer {
 public:
  explicit Writer(const Graph &graph)
      : graph_(graph),
        parts_(Cut(graph, resources::Language::Arm)),
        values_(graph, nullptr, parts_),
        used_(Used()) {}

  auto Write() -> std::vector<output::File> {
    std::vector<output::File> files;
    files.push_back(Main());
    files.push_back(Given());
    for (const Module &module : parts_.modules) {
      files.push_back(bicep::WriteModule(graph_, parts_, module));
    }
    return files;
  }

 private:
  // Every parameter that some file uses.
  auto Used() const -> std::vector<ParameterId> {
    std::set<ParameterId> used;
    const auto look = [&](const Value &value) {
      ForEach(value, [&](const Value &one) {
        if (one.tag == Value::Tag::Parameter) used.insert(one.parameter);
      });
    };
    for (const resources::Resource &resource : graph_.resources) {
      for (const Value *value :
           {&resource.name, &resource.location, &resource.tags, &resource.body}) {
        look(*value);
      }
    }
    return {used.begin(), used.end()};
  }

  auto Main() -> output::File {
    Lines lines;
    lines.Because(graph_.because);
    lines.Add(0, graph_.scope == resources::Scope::Tenant ? "targetScope = 'tenant'"
                                                          : "targetScope = 'subscription'");
    for (const ParameterId id : used_) {
      bicep::WriteParameter(lines, graph_[id], true);
    }
    for (const ResourceId id : parts_.root) bicep::WriteResource(lines, values_, graph_, id);
    for (const Module &module : parts_.modules) Call(lines, module);
    for (const resources::Output &output : graph_.outputs) {
      const Reason reason(lines, output.because);
      lines.Gap();
      lines.Add(0, "@description(" + Quoted(output.description) + ")");
      lines.Add(0, "output " + Camel(output.name) + (output.value.tag == Value::Tag::Int ? " int = " : " string = ") +
                       values_.Text(output.value));
    }
    return lines.Take("main.bicep");
  }

  void Call(Lines &lines, const Module &module) {
    const Reason reason(lines, graph_[module.resources.front()].because);
    lines.Gap();
    lines.Add(0, "module " + Camel(module.name) + " " +
                     Quoted("modules/" + module.name + ".bicep") + " = {");
    std::string name = module.name;
    std::replace(name.begin(), name.end(), '_', '-');
    lines.Add(1, "name: " + Quoted(name));
    if (module.group != resources::kNoResource) {
      lines.Add(1, "scope: " + Camel(SymbolOf(graph_[module.group])));
    }
    if (!module.parameters.empty() || !module.takes.empty()) {
      lines.Add(1, "params: {");
      for (const ParameterId id : module.parameters) {
        const Reason why(lines, graph_[id].because);
        const std::string parameter = Camel(graph_[id].name);
        lines.Add(2, parameter + ": " + parameter);
      }
      for (const Taken &taken : module.takes) {
        const Reason why(lines, graph_[taken.resource].because);
        lines.Add(2, Camel(taken.name) + ": " +
                         values_.Text(Value::Of(taken.resource, taken.property)));
      }
      lines.Add(1, "}");
    }
    const std::vector<std::string> others = WaitsFor(graph_, parts_, module);
    if (!others.empty()) {
      lines.Add(1, "dependsOn: [");
      for (const std::string &other : others) lines.Add(2, Camel(other));
      lines.Add(1, "]");
    }
    lines.Add(0, "}");
  }

  auto Given() -> output::File {
    Lines lines;
    lines.Because(graph_.because);
    lines.Add(0, "using 'main.bicep'");
    for (const ParameterId id : used_) {
      const Parameter &parameter = graph_[id];
      const Reason reason(lines, parameter.because);
      lines.Gap();
      const std::string start = "param " + Camel(parameter.name) + " = ";
      if (parameter.is_secret || parameter.value.is_null()) {
        lines.Add(0, start + FromOutside(parameter));
        continue;
      }
      const Value &value = parameter.value;
      const bool is_long = value.tag == Value::Tag::Map || value.tag == Value::Tag::List;
      if (!is_long) {
        lines.Add(0, start + values_.Text(value), value.because);
        continue;
      }
      lines.Add(0, start + (value.tag == Value::Tag::Map ? "{" : "["), value.because);
      for (const auto &[key, member] : value.members) {
        values_.Write(lines, 1, bicep::Key(key), member);
      }
      for (const Value &item : value.items) values_.Write(lines, 1, "", item);
      lines.Add(0, value.tag == Value::Tag::Map ? "}" : "]", value.because);
    }
    return lines.Take("main.bicepparam");
  }

  const Graph &graph_;
  const Parts parts_;
  const Values values_;
  const std::vector<ParameterId> used_;
};

}  // namespace

auto Bicep(const Graph &graph) -> std::vector<output::File> {
  std::vector<output::File> files = Writer(graph).Write();
  for (const Graph &first : graph.before) {
    for (output::File &file : Bicep(first)) {
      file.path = "tenant/" + file.path;
      files.push_back(std::move(file));
    }
  }
  return files;
}

}  // namespace groma::emit
