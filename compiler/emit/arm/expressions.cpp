// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/arm/expressions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace groma::emit::arm {

using resources::Graph;
using resources::kNoResource;
using resources::Member;
using resources::Module;
using resources::Resource;
using resources::ResourceId;
using resources::Taken;
using resources::Value;

namespace {

auto Quoted(llvm::StringRef text) -> std::string {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

// The function that makes such an id, with where it lies: `resourceId('S', 'G', `
auto StartOf(llvm::StringRef id) -> std::string {
  llvm::SmallVector<llvm::StringRef> parts;
  id.split(parts, '/', -1, false);
  const auto is = [&](size_t at, llvm::StringRef word) {
    return parts.size() > at + 1 && parts[at].equals_insensitive(word);
  };
  if (!is(0, "subscriptions")) return "tenantResourceId(";
  constexpr size_t kGroupItself = 4;
  if (!is(2, "resourceGroups") || parts.size() == kGroupItself) {
    return "subscriptionResourceId(" + Quoted(parts[1]) + ", ";
  }
  return "resourceId(" + Quoted(parts[1]) + ", " + Quoted(parts[3]) + ", ";
}

}  // namespace

auto Datum(llvm::StringRef text) -> std::string {
  return text.starts_with("[") ? "[" + text.str() : text.str();
}

auto Expressions::IsHere(ResourceId id) const -> bool { return parts_.ModuleOf(id) == module_; }

auto Expressions::TypeOf(ResourceId id) const -> std::string {
  const Resource &resource = graph_[id];
  return resource.type == nullptr ? resource.raw_type : resource.type->arm;
}

auto Expressions::ApiOf(ResourceId id) const -> std::string {
  const Resource &resource = graph_[id];
  return resource.type == nullptr ? resource.raw_api : resource.type->api;
}

// `, 'vnet', 'snet'`
void Expressions::Names(ResourceId id, std::string &out) const {
  const Resource &resource = graph_[id];
  if (resource.parent != kNoResource) {
    if (IsHere(resource.parent)) {
      Names(resource.parent, out);
    } else {
      out += ", " + Inner(Value::NameOf(resource.parent));
    }
  }
  out += ", " + Inner(resource.name);
}

auto Expressions::IdOf(ResourceId id) const -> std::string {
  const Resource &resource = graph_[id];
  if (!resource.known_id.empty()) {
    std::string start = StartOf(resource.known_id) + Quoted(TypeOf(id));
    Names(id, start);
    return start + ")";
  }
  const resources::Scope scope =
      resource.type == nullptr ? resources::Scope::Group : resource.type->scope;
  std::string text = scope == resources::Scope::Tenant         ? "tenantResourceId("
                     : scope == resources::Scope::Subscription ? "subscriptionResourceId("
                                                               : "resourceId(";
  text += Quoted(TypeOf(id));
  Names(id, text);
  return text + ")";
}

auto Expressions::OnOf(ResourceId id) const -> std::string {
  if (IsHere(id)) return IdOf(id);
  std::string names;
  for (ResourceId one = id; one != kNoResource; one = graph_[one].parent) {
    names = ", " + Inner(Value::NameOf(one)) + names;
  }
  return "resourceId(" + Quoted(TypeOf(id)) + names + ")";
}

auto Expressions::DeploymentOf(const Module &module) const -> std::string {
  std::string name = module.name;
  std::replace(name.begin(), name.end(), '_', '-');
  if (module.group == kNoResource) {
    return "subscriptionResourceId('Microsoft.Resources/deployments', " + Quoted(name) + ")";
  }
  return "resourceId(subscription().subscriptionId, " + Inner(graph_[module.group].name) +
         ", 'Microsoft.Resources/deployments', " + Quoted(name) + ")";
}

auto Expressions::Reference(const Value &value) const -> std::string {
  if (module_ != nullptr && module_->Knows(value)) {
    return value.resource == module_->group ? "resourceGroup().id" : OnOf(value.resource);
  }
  if (!IsHere(value.resource)) {
    const std::string name = resources::Camel(parts_.NameOf(value));
    if (module_ != nullptr) return "parameters('" + name + "')";
    return "reference(" + DeploymentOf(*parts_.ModuleOf(value.resource)) + ", '2025-04-01').outputs." +
           name + ".value";
  }
  if (value.text == "id") return IdOf(value.resource);
  if (value.text == "name") return Inner(graph_[value.resource].name);
  llvm::StringRef property = value.text;
  const std::string start = "reference(" + IdOf(value.resource) + ", " + Quoted(ApiOf(value.resource));
  if (property.consume_front("properties.")) return start + ")." + property.str();
  return start + ", 'Full')." + property.str();
}

auto Expressions::Inner(const Value &value) const -> std::string {
  switch (value.tag) {
    case Value::Tag::Null: return "null()";
    case Value::Tag::Bool: return value.boolean ? "true()" : "false()";
    case Value::Tag::Int: return std::to_string(value.integer);
    case Value::Tag::Text: return Quoted(value.text);
    case Value::Tag::Reference: return Reference(value);
    case Value::Tag::Parameter:
      return "parameters('" + resources::Camel(graph_[value.parameter].name) + "')";
    case Value::Tag::Tenant: return "tenant().tenantId";
    case Value::Tag::StorageSuffix: return "environment().suffixes.storage";
    case Value::Tag::Subscription: return "subscription().subscriptionId";
    case Value::Tag::Guid:
    case Value::Tag::Joined: {
      if (const auto id = resources::SubscriptionIdOf(value)) {
        return "subscriptionResourceId(" + Quoted(id->first) + ", " + Quoted(id->second) + ")";
      }
      std::string text = value.tag == Value::Tag::Guid ? "guid(" : "concat(";
      for (const Value &item : value.items) text += (text.ends_with("(") ? "" : ", ") + Inner(item);
      return text + ")";
    }
    case Value::Tag::List:
    case Value::Tag::Object:
    case Value::Tag::Map:
    case Value::Tag::Keys: break;
  }
  base::Check(false, "a list or an object is no part of an expression");
  return {};
}

auto Expressions::Of(const Value &value) const -> Value {
  switch (value.tag) {
    case Value::Tag::Null:
    case Value::Tag::Bool:
    case Value::Tag::Int: return value;
    case Value::Tag::Text: return Value::Text(Datum(value.text), value.because);
    case Value::Tag::List: {
      std::vector<Value> items;
      for (const Value &item : value.items) items.push_back(Of(item));
      return Value::List(std::move(items), value.because);
    }
    case Value::Tag::Object:
    case Value::Tag::Map: {
      Value made = Value::Object(value.because);
      for (const Member &member : value.members) made.Add(Datum(member.name), Of(member.value));
      return made;
    }
    case Value::Tag::Keys: {
      Value made = Value::Object(value.because);
      for (const Value &item : value.items) {
        made.Add("[" + Inner(item) + "]", Value::Object(item.because));
      }
      return made;
    }
    default: return Value::Text("[" + Inner(value) + "]", value.because);
  }
}

auto Expressions::NameOf(ResourceId id) const -> Value {
  const Resource &resource = graph_[id];
  if (resource.parent == kNoResource) return Of(resource.name);
  std::vector<std::string> parts;
  for (const Resource *one = &resource;;) {
    parts.insert(parts.begin(), Inner(one->name));
    if (one->parent == kNoResource) break;
    if (!IsHere(one->parent)) {
      parts.insert(parts.begin(), Inner(Value::NameOf(one->parent)));
      break;
    }
    one = &graph_[one->parent];
  }
  std::string text = "[concat(";
  for (const std::string &part : parts) text += (text.ends_with("(") ? "" : ", '/', ") + part;
  return Value::Text(text + ")]", resource.because);
}

}  // namespace groma::emit::arm
