// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/terraform/values.h"

#include <map>

#include "llvm/ADT/STLExtras.h"

namespace groma::emit::terraform {
namespace {

// Objects of the same name become one.
void Merge(resources::Value &into, resources::Value from) {
  for (resources::Member &member : from.members) {
    resources::Value &place = into.At(member.name);
    if (place.tag == resources::Value::Tag::Object &&
        member.value.tag == resources::Value::Tag::Object) {
      Merge(place, std::move(member.value));
    } else {
      place = std::move(member.value);
    }
  }
}

}  // namespace

using resources::Inside;
using resources::kNoResource;
using resources::Module;
using resources::Resource;
using resources::ResourceId;
using resources::Taken;
using resources::Value;

auto Values::IsHere(ResourceId id) const -> bool { return parts_.ModuleOf(id) == module_; }

auto Values::AddressOf(ResourceId id) const -> std::string {
  const Resource &resource = graph_[id];
  const std::string place = resource.is_there ? "data." : "";
  if (IsOfAzurerm(resource)) return place + resource.type->azurerm + "." + resource.symbol;
  return place + (resource.type == nullptr ? "azapi_resource" : resource.type->azapi) + "." +
         SymbolOf(resource);
}

auto Values::Reference(const Value &value) const -> std::string {
  if (IsHere(value.resource)) {
    const Resource &resource = graph_[value.resource];
    const bool is_raw = !IsOfAzurerm(resource);
    const std::string property =
        !is_raw ? PropertyOf(resource, value.text, version_)
                : (value.text == "id" || value.text == "name" ? value.text
                                                              : "output." + value.text);
    return AddressOf(value.resource) + "." + property;
  }
  const std::string name = parts_.NameOf(value).str();
  if (module_ != nullptr) return "var." + name;
  return "module." + parts_.ModuleOf(value.resource)->name + "." + name;
}

auto Values::Text(const Value &value) const -> std::string {
  switch (value.tag) {
    case Value::Tag::Null: return "null";
    case Value::Tag::Bool: return value.boolean ? "true" : "false";
    case Value::Tag::Int: return std::to_string(value.integer);
    case Value::Tag::Text: return Quoted(value.text);
    case Value::Tag::Reference: return Reference(value);
    case Value::Tag::Parameter: return "var." + graph_[value.parameter].name;
    case Value::Tag::StorageSuffix: return Quoted(resources::kStorageSuffix);
    case Value::Tag::Tenant: return "data.azurerm_client_config.current.tenant_id";
    case Value::Tag::Subscription: return "data.azurerm_client_config.current.subscription_id";
    case Value::Tag::Joined: {
      std::string text = "\"";
      for (const Value &item : value.items) {
        if (item.tag == Value::Tag::StorageSuffix) {
          text += resources::kStorageSuffix;
        } else {
          text += item.tag == Value::Tag::Text ? Escaped(item.text) : "${" + Text(item) + "}";
        }
      }
      return text + "\"";
    }
    case Value::Tag::List:
    case Value::Tag::Object:
    case Value::Tag::Map:
    case Value::Tag::Guid:
    case Value::Tag::Keys: break;
  }
  base::Check(false, "a list or an object is no text");
  return {};
}

auto Values::Of(const Value &value) const -> Expression {
  Expression made;
  made.because = value.because;
  switch (value.tag) {
    case Value::Tag::List:
    case Value::Tag::Keys:
      made.sort = Expression::Sort::List;
      for (const Value &item : value.items) made.items.push_back(Of(item));
      return made;
    case Value::Tag::Object:
    case Value::Tag::Map:
      made.sort = Expression::Sort::Object;
      for (const auto &[name, member] : value.members) {
        made.Add(Key(name), Of(member));
      }
      return made;
    default: made.text = Text(value); return made;
  }
}

void Values::Fill(Block &block, const Value &body) const {
  const auto is_block = [](const Value &value) { return value.tag == Value::Tag::Object; };
  block.entries.reserve(block.entries.size() + body.members.size());
  for (const auto &[name, value] : body.members) {
    const bool is_list =
        value.tag == Value::Tag::List && !value.items.empty() && is_block(value.items.front());
    if (is_block(value) || is_list) continue;
    block.Set(name, Of(value));
  }
  for (const auto &[name, value] : body.members) {
    const bool is_list =
        value.tag == Value::Tag::List && !value.items.empty() && is_block(value.items.front());
    if (!is_block(value) && !is_list) continue;
    const llvm::ArrayRef<Value> all = is_list ? llvm::ArrayRef<Value>(value.items)
                                              : llvm::ArrayRef<Value>(value);
    for (const Value &one : all) {
      Block inner;
      inner.type = name;
      inner.because = one.because;
      Fill(inner, one);
      block.Add(std::move(inner));
    }
  }
}

void Values::Head(Block &block, const Resource &resource) const {
  const Inside &inside = version_ >= 5 ? resource.type->azurerm_5 : resource.type->azurerm_4;
  if (inside.has_name && resource.name.tag != Value::Tag::Guid) block.Set("name", Of(resource.name));
  if (inside.names_group && resource.group != kNoResource) {
    block.Set("resource_group_name", Of(Value::NameOf(resource.group, resource.because)));
  }
  const ResourceId parent = resources::AzurermParent(graph_, resource);
  if (inside.attribute != nullptr && parent != kNoResource) {
    const bool is_id = llvm::StringRef(inside.attribute).ends_with("_id");
    block.Set(inside.attribute, Of(is_id ? Value::IdOf(parent, resource.because)
                                         : Value::NameOf(parent, resource.because)));
  }
  if (!resource.location.is_null() && resource.type->azurerm_has_location) block.Set("location", Of(resource.location));
}

void Values::SetAfter(Block &block, const Resource &resource) const {
  Expression others;
  others.sort = Expression::Sort::List;
  for (const ResourceId other : resource.after) {
    if (!IsHere(other)) continue;
    Expression one;
    one.text = AddressOf(other);
    others.items.push_back(std::move(one));
  }
  if (!others.items.empty()) block.Set("depends_on", std::move(others));
}

// What others change is left as they leave it.
void Values::IgnoreChanges(Block &block, const Resource &resource) const {
  if (resource.changed_later.empty()) return;
  std::string names;
  for (const std::string &name : resource.changed_later) {
    if (!names.empty()) names += ", ";
    names += IsOfAzurerm(resource) ? PropertyOf(resource, name, version_) : "body." + name;
  }
  Block lifecycle;
  lifecycle.type = "lifecycle";
  lifecycle.Set("ignore_changes", "[" + names + "]");
  block.Add(std::move(lifecycle));
}

auto Values::ResourceOf(ResourceId id) const -> std::vector<Block> {
  const Resource &resource = graph_[id];
  if (!IsOfAzurerm(resource)) return {RawOf(id)};
  if (resource.type->azurerm_in_parent) return {};
  std::vector<Block> blocks(1);
  Block &block = blocks.front();
  block.type = resource.is_there ? "data" : "resource";
  block.labels = {resource.type->azurerm, resource.symbol};
  block.comment = resource.purpose;
  block.because = resource.because;
  constexpr size_t kMostInHead = 4;
  block.entries.reserve(kMostInHead + resource.type->fields.size());
  Head(block, resource);
  if (resource.is_there) return blocks;
  Spelled spelled = Spell(resource, version_);
  if (const auto inside = parts_.said_inside.find(id); inside != parts_.said_inside.end()) {
    for (const ResourceId inner : inside->second) {
      Merge(spelled.body, Spell(graph_[inner], version_).body);
    }
  }
  const bool has_tags = !resource.tags.is_null();
  if (has_tags) spelled.body.Add("tags", resource.tags);
  Fill(block, spelled.body);
  SetAfter(block, resource);
  IgnoreChanges(block, resource);
  std::map<std::string, int> count;
  for (const Spelled::Tie &tie : spelled.ties) {
    Block tied;
    tied.type = "resource";
    const int number = ++count[tie.type];
    tied.labels = {tie.type, resource.symbol + (number == 1 ? "" : "_" + std::to_string(number))};
    tied.because = tie.other.because.empty() ? resource.because : tie.other.because;
    tied.Set(llvm::StringRef(resource.type->azurerm).substr(8).str() + "_id",
             Of(resource.type->tied_as == nullptr
                    ? Value::IdOf(id, tied.because)
                    : Value::Joined({Value::Text(resource.type->tied_after),
                                     Value::Of(id, resource.type->tied_as)},
                                    tied.because)));
    tied.Set(tie.attribute, Of(tie.other));
    blocks.push_back(std::move(tied));
  }
  return blocks;
}

// What azurerm has no resource for is written as ARM wants it.
auto Values::RawOf(ResourceId id) const -> Block {
  const Resource &resource = graph_[id];
  Block block;
  block.type = resource.is_there ? "data" : "resource";
  block.labels = {resource.type == nullptr ? "azapi_resource" : resource.type->azapi,
                  SymbolOf(resource)};
  block.comment = resource.purpose;
  block.because = resource.because;
  block.Set("type", Quoted(resource.type == nullptr
                               ? resource.raw_type + "@" + resource.raw_api
                               : std::string(resource.type->arm) + "@" + resource.type->api));
  if (!resource.known_id.empty()) {
    block.Set("resource_id", Quoted(resource.known_id));
    return block;
  }
  block.Set("name", Of(resource.name));
  const ResourceId parent = resource.parent != kNoResource ? resource.parent : resource.group;
  if (!resource.scope_id.is_null()) {
    block.Set("parent_id", Of(resource.scope_id));
  } else if (parent != kNoResource) {
    block.Set("parent_id", Of(Value::IdOf(parent, resource.because)));
  } else {
    // It belongs to the subscription as such.
    block.Set("parent_id",
              Of(Value::Joined({Value::Text("/subscriptions/"), Value::Subscription()})));
  }
  if (resource.is_there) return block;
  if (!resource.location.is_null()) block.Set("location", Of(resource.location));
  if (!resource.tags.is_null()) block.Set("tags", Of(resource.tags));
  Value body = Value::Object(resource.because);
  for (const auto &[name, member] : resource.body.members) {
    if (name != resources::kAzurermOnly) body.Add(name, member);
  }
  if (!body.members.empty()) block.Set("body", Of(body));
  SetAfter(block, resource);
  IgnoreChanges(block, resource);
  return block;
}

}  // namespace groma::emit::terraform
