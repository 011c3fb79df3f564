// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/bicep/module.h"

#include <set>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace groma::emit::bicep {

using output::Lines;
using output::Reason;
using resources::Camel;
using resources::Graph;
using resources::Module;
using resources::Parameter;
using resources::ParameterId;
using resources::Parts;
using resources::Resource;
using resources::ResourceId;
using resources::SymbolOf;
using resources::Taken;
using resources::Type;
using resources::Value;

namespace {

auto SortOf(Parameter::Sort sort) -> const char * {
  switch (sort) {
    case Parameter::Sort::Text: return "string";
    case Parameter::Sort::Int: return "int";
    case Parameter::Sort::Bool: return "bool";
    case Parameter::Sort::Texts: return "string[]";
    case Parameter::Sort::Tags: return "object";
  }
  return "";
}

auto TypeOf(const Resource &resource) -> std::string {
  if (resource.type == nullptr) return resource.raw_type + "@" + resource.raw_api;
  return std::string(resource.type->arm) + "@" + resource.type->api;
}

// `resourceGroup('S', 'G')` of `/subscriptions/S/resourceGroups/G/providers/...`
auto ScopeOf(llvm::StringRef id) -> std::string {
  llvm::SmallVector<llvm::StringRef> parts;
  id.split(parts, '/', -1, false);
  const auto is = [&](size_t at, llvm::StringRef word) {
    return parts.size() > at + 1 && parts[at].equals_insensitive(word);
  };
  if (!is(0, "subscriptions")) return "tenant()";
  constexpr size_t kGroupItself = 4;
  const std::string subscription = Quoted(parts[1]);
  if (!is(2, "resourceGroups") || parts.size() == kGroupItself) {
    return "subscription(" + subscription + ")";
  }
  return "resourceGroup(" + subscription + ", " + Quoted(parts[3]) + ")";
}

// A resource that this file refers to and does not make.
void WriteExisting(Lines &lines, const Values &values, const Resource &resource,
                   const std::string &parent) {
  lines.Gap();
  const Reason reason(lines, resource.because);
  lines.Add(0, "resource " + Camel(SymbolOf(resource)) + " " + Quoted(TypeOf(resource)) +
                   " existing = {");
  if (!parent.empty()) {
    lines.Add(1, "parent: " + parent);
  } else if (!resource.known_id.empty()) {
    lines.Add(1, "scope: " + ScopeOf(resource.known_id));
  }
  values.Write(lines, 1, "name", resource.name);
  lines.Add(0, "}");
}

class Writer {
 public:
  Writer(const Graph &graph, const Parts &parts, const Module &module)
      : graph_(graph),
        parts_(parts),
        module_(module),
        shared_(graph, module, NamesOf(graph, parts, module)),
        values_(graph, &module, parts) {
    here_.insert(module.resources.begin(), module.resources.end());
    for (const Taken &taken : module.gives) used_.insert(taken.resource);
    for (const ResourceId id : module.resources) {
      used_.insert(graph[id].parent);
      used_.insert(graph[id].on);
      ForEach(graph[id].body, [&](const Value &value) {
        if (value.tag == Value::Tag::Reference) used_.insert(value.resource);
      });
    }
  }

  auto Write() -> output::File {
    lines_.Because(graph_.because);
    for (const ParameterId id : module_.parameters) {
      WriteParameter(lines_, graph_[id], false);
    }
    for (const Taken &taken : module_.takes) WriteTaken(taken);
    for (const Shared::Variable &one : shared_.variables()) {
      const Reason reason(lines_, one.because);
      lines_.Gap();
      values_.WriteVariable(lines_, one.name, *one.value);
    }
    values_.Share(shared_);
    WriteForeign();
    for (const ResourceId id : module_.resources) {
      const Resource &resource = graph_[id];
      if (resource.is_there) {
        WriteExisting(lines_, values_, resource, ParentOf(resource));
        continue;
      }
      if (IsInside(resource)) continue;
      WriteResource(lines_, values_, graph_, id);
      WriteInner(id);
    }
    for (const Taken &taken : module_.gives) WriteGiven(taken);
    return lines_.Take("modules/" + module_.name + ".bicep");
  }

 private:
  // A resource, what it stands on or in, and what lies inside it.
  static void AddNames(const Graph &graph, const Parts &parts, ResourceId id, std::vector<std::string> &names) {
    if (id == resources::kNoResource) return;
    names.push_back(Camel(SymbolOf(graph[id])));
    AddNames(graph, parts, graph[id].parent, names);
    AddNames(graph, parts, graph[id].on, names);
    const auto inner = parts.inner.find(id);
    if (inner == parts.inner.end()) return;
    for (const ResourceId one : inner->second) names.push_back(Camel(SymbolOf(graph[one])));
  }

  static auto NamesOf(const Graph &graph, const Parts &parts, const Module &module) -> std::vector<std::string> {
    std::vector<std::string> names;
    for (const ParameterId id : module.parameters) names.push_back(Camel(graph[id].name));
    for (const Taken &taken : module.takes) names.push_back(Camel(taken.name));
    for (const ResourceId id : module.resources) AddNames(graph, parts, id, names);
    return names;
  }

  auto ParentOf(const Resource &resource) const -> std::string {
    return resource.parent == resources::kNoResource
               ? std::string()
               : Camel(SymbolOf(graph_[resource.parent]));
  }

  void WriteTaken(const Taken &taken) {
    const Resource &of = graph_[taken.resource];
    const Reason reason(lines_, of.because);
    lines_.Gap();
    lines_.Add(0, "@description(" +
                      Quoted(SentenceOf(graph_, taken) +
                             (of.is_there ? ", which is there already." : ", which another module makes.")) +
                      ")");
    lines_.Add(0, "param " + Camel(taken.name) + " string");
  }

  // What other files make and what is said here stands on or in, so that it can be named.
  void WriteForeign() {
    std::set<ResourceId> written;
    for (const ResourceId id : module_.resources) {
      WriteForeign(graph_[id].parent, written);
      WriteForeign(graph_[id].on, written);
    }
  }

  void WriteForeign(ResourceId id, std::set<ResourceId> &written) {
    if (id == resources::kNoResource || here_.contains(id)) return;
    if (!parts_.module_of.contains(id) || !written.insert(id).second) return;
    const Resource &resource = graph_[id];
    WriteForeign(resource.parent, written);
    const Reason reason(lines_, resource.because);
    lines_.Gap();
    lines_.Add(0, "resource " + Camel(SymbolOf(resource)) + " " + Quoted(TypeOf(resource)) +
                      " existing = {");
    if (resource.parent != resources::kNoResource) lines_.Add(1, "parent: " + ParentOf(resource));
    lines_.Add(1, "name: " + values_.Text(Value::NameOf(id)));
    lines_.Add(0, "}");
  }

  // What lies inside a resource gets a symbol if somebody refers to it.
  void WriteInner(ResourceId parent) {
    const auto inner = parts_.inner.find(parent);
    if (inner == parts_.inner.end()) return;
    for (const ResourceId id : inner->second) {
      if (used_.contains(id)) WriteExisting(lines_, values_, graph_[id], ParentOf(graph_[id]));
    }
  }

  void WriteGiven(const Taken &taken) {
    const Resource &of = graph_[taken.resource];
    const Reason reason(lines_, of.because);
    lines_.Gap();
    lines_.Add(0, "output " + Camel(taken.name) + " string = " +
                      values_.Text(Value::Of(taken.resource, taken.property)));
  }

  const Graph &graph_;
  const Parts &parts_;
  const Module &module_;
  const Shared shared_;
  Values values_;
  Lines lines_;
  std::set<ResourceId> here_, used_;
};

void WriteBounds(Lines &lines, const Parameter &parameter) {
  const char *const least = parameter.sort == Parameter::Sort::Int ? "@minValue(" : "@minLength(";
  const char *const most = parameter.sort == Parameter::Sort::Int ? "@maxValue(" : "@maxLength(";
  const resources::Limits limits = LimitsOf(parameter);
  if (limits.least) lines.Add(0, least + std::to_string(*limits.least) + ")");
  if (limits.most) lines.Add(0, most + std::to_string(*limits.most) + ")");
}

// The list of those that lie inside, where ARM wants it.
auto WithInner(const Graph &graph, llvm::ArrayRef<ResourceId> inside, Value body) -> Value {
  for (const ResourceId child : inside) {
    const Resource &inner = graph[child];
    Value element = Value::Object(inner.because);
    element.Add("name", inner.name);
    for (const auto &[name, member] : inner.body.members) {
      if (name != resources::kAzurermOnly) element.Add(name, member);
    }
    Value &list = PlaceAt(body, inner.type->inside, {});
    list.At(list.items.size()) = std::move(element);
  }
  return body;
}

}  // namespace

void WriteParameter(Lines &lines, const Parameter &parameter, bool is_main) {
  const Reason reason(lines, parameter.because);
  lines.Gap();
  if (parameter.is_secret) lines.Add(0, "@secure()");
  if (!parameter.description.empty()) {
    lines.Add(0, "@description(" + Quoted(parameter.description) + ")");
  }
  if (is_main) WriteBounds(lines, parameter);
  // They are part of its type, which Bicep holds against that of the property that takes it.
  if (!parameter.allowed.empty()) {
    lines.Add(0, "@allowed([");
    for (const std::string &one : parameter.allowed) lines.Add(1, Quoted(one));
    lines.Add(0, "])");
  }
  lines.Add(0, "param " + Camel(parameter.name) + " " + SortOf(parameter.sort));
}

void WriteResource(Lines &lines, const Values &values, const Graph &graph, ResourceId id) {
  const Resource &resource = graph[id];
  if (resource.is_there) {
    const bool is_inside = resource.parent != resources::kNoResource;
    return WriteExisting(lines, values, resource,
                         is_inside ? Camel(SymbolOf(graph[resource.parent])) : "");
  }
  const Reason reason(lines, resource.because);
  lines.Gap();
  if (!resource.purpose.empty()) lines.Add(0, Comment(resource.purpose));
  lines.Add(0, "resource " + Camel(SymbolOf(resource)) + " " + Quoted(TypeOf(resource)) + " = {");
  if (resource.parent != resources::kNoResource) {
    lines.Add(1, "parent: " + Camel(SymbolOf(graph[resource.parent])));
  }
  if (resource.on != resources::kNoResource) {
    lines.Add(1, "scope: " + Camel(SymbolOf(graph[resource.on])));
  }
  values.Write(lines, 1, "name", resource.name);
  if (!resource.location.is_null()) values.Write(lines, 1, "location", resource.location);
  // What is in every region says so itself.
  const Value *everywhere = resource.body.Find("location");
  if (everywhere != nullptr) values.Write(lines, 1, "location", *everywhere);
  if (!resource.tags.is_null()) values.Write(lines, 1, "tags", resource.tags);
  const auto inside = values.parts().inner.find(id);
  const bool has_inner = inside != values.parts().inner.end();
  const Value with_inner = has_inner ? WithInner(graph, inside->second, resource.body) : Value();
  const Value &body = has_inner ? with_inner : resource.body;
  // `properties` come last, as people write them.
  for (const bool is_last : {false, true}) {
    for (const auto &[name, member] : body.members) {
      if (name == resources::kAzurermOnly || &member == everywhere) continue;
      if ((name == "properties") != is_last) continue;
      values.Write(lines, 1, Key(name), member);
    }
  }
  const auto here = [&](ResourceId other) {
    return graph[other].concern == resource.concern && graph[other].group == resource.group;
  };
  if (llvm::any_of(resource.after, here)) {
    lines.Add(1, "dependsOn: [");
    for (const ResourceId other : resource.after) {
      if (here(other)) lines.Add(2, Camel(SymbolOf(graph[other])));
    }
    lines.Add(1, "]");
  }
  lines.Add(0, "}");
}

auto WriteModule(const Graph &graph, const Parts &parts, const Module &module) -> output::File {
  return Writer(graph, parts, module).Write();
}

}  // namespace groma::emit::bicep
