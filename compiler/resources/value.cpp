// SPDX-License-Identifier: Apache-2.0
#include "groma/resources/value.h"

#include "groma/base/check.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::resources {
namespace {

auto Make(Value::Tag tag, Spans because) -> Value {
  Value value;
  value.tag = tag;
  value.because = std::move(because);
  return value;
}

}  // namespace

Value::Value() = default;
Value::Value(const Value &) = default;
Value::Value(Value &&) noexcept = default;
auto Value::operator=(const Value &) -> Value & = default;
auto Value::operator=(Value &&) noexcept -> Value & = default;
Value::~Value() = default;

auto Value::Bool(bool boolean, Spans because) -> Value {
  Value value = Make(Tag::Bool, std::move(because));
  value.boolean = boolean;
  return value;
}

auto Value::Int(int64_t integer, Spans because) -> Value {
  Value value = Make(Tag::Int, std::move(because));
  value.integer = integer;
  return value;
}

auto Value::Text(llvm::StringRef text, Spans because) -> Value {
  Value value = Make(Tag::Text, std::move(because));
  value.text = text.str();
  return value;
}

auto Value::List(std::vector<Value> items, Spans because) -> Value {
  Value value = Make(Tag::List, std::move(because));
  value.items = std::move(items);
  return value;
}

auto Value::Texts(llvm::ArrayRef<std::string> items, Spans because) -> Value {
  std::vector<Value> values;
  for (const std::string &item : items) values.push_back(Text(item, because));
  return List(std::move(values), std::move(because));
}

auto Value::Object(Spans because) -> Value { return Make(Tag::Object, std::move(because)); }

auto Value::Map(std::vector<Member> members, Spans because) -> Value {
  Value value = Make(Tag::Map, std::move(because));
  value.members = std::move(members);
  return value;
}

auto Value::Keys(std::vector<Value> ids, Spans because) -> Value {
  Value value = Make(Tag::Keys, std::move(because));
  value.items = std::move(ids);
  return value;
}

auto Value::IdOf(ResourceId resource, Spans because) -> Value {
  return Of(resource, "id", std::move(because));
}

auto Value::NameOf(ResourceId resource, Spans because) -> Value {
  return Of(resource, "name", std::move(because));
}

auto Value::Of(ResourceId resource, llvm::StringRef property, Spans because) -> Value {
  Value value = Make(Tag::Reference, std::move(because));
  value.resource = resource;
  value.text = property.str();
  return value;
}

auto Value::Given(ParameterId parameter, Spans because) -> Value {
  Value value = Make(Tag::Parameter, std::move(because));
  value.parameter = parameter;
  return value;
}

auto Value::Joined(std::vector<Value> items, Spans because) -> Value {
  Value value = Make(Tag::Joined, std::move(because));
  value.items = std::move(items);
  return value;
}

auto Value::Tenant(Spans because) -> Value { return Make(Tag::Tenant, std::move(because)); }

auto Value::Subscription(Spans because) -> Value {
  return Make(Tag::Subscription, std::move(because));
}

auto Value::Guid(std::vector<Value> items, Spans because) -> Value {
  Value value = Joined(std::move(items), std::move(because));
  value.tag = Tag::Guid;
  return value;
}

auto Value::StorageSuffix(Spans because) -> Value {
  return Make(Tag::StorageSuffix, std::move(because));
}

auto Value::Find(llvm::StringRef member) const -> const Value * {
  const auto found = llvm::find_if(members, [&](const Member &one) { return one.name == member; });
  return found == members.end() ? nullptr : &found->value;
}

auto Value::At(llvm::StringRef member) -> Value & {
  base::Check(tag == Tag::Null || tag == Tag::Object, "only an object has members");
  tag = Tag::Object;
  for (auto &[name, value] : members) {
    if (name == member) return value;
  }
  return members.emplace_back(Member{member.str(), Value()}).value;
}

auto Value::At(size_t index) -> Value & {
  base::Check(tag == Tag::Null || tag == Tag::List, "only a list has elements");
  tag = Tag::List;
  if (items.size() <= index) items.resize(index + 1);
  return items[index];
}

auto SubscriptionIdOf(const Value &value)
    -> std::optional<std::pair<llvm::StringRef, llvm::StringRef>> {
  const bool has_parts = value.tag == Value::Tag::Joined && value.items.size() == 3 &&
                         value.items[0].text == "/subscriptions/" &&
                         value.items[1].tag == Value::Tag::Subscription &&
                         value.items[2].tag == Value::Tag::Text;
  if (!has_parts) return std::nullopt;
  llvm::StringRef rest = value.items[2].text;
  if (!rest.consume_front("/providers/") || rest.count('/') != 2) return std::nullopt;
  return rest.rsplit('/');
}

auto IsSame(const Value &a, const Value &b) -> bool {
  return a.tag == b.tag && a.boolean == b.boolean && a.integer == b.integer && a.text == b.text &&
         a.resource == b.resource && a.parameter == b.parameter &&
         llvm::equal(a.items, b.items, IsSame) &&
         llvm::equal(a.members, b.members, [](const Member &one, const Member &other) {
           return one.name == other.name && IsSame(one.value, other.value);
         });
}

}  // namespace groma::resources
