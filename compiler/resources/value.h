// SPDX-License-Identifier: Apache-2.0
// A value inside a cloud resource, in the shape in which the cloud's own interface wants it, with the places in the plan
// because of which it is as it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "groma/source/span.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace groma::resources {

enum class ResourceId : uint32_t {};
enum class ParameterId : uint32_t {};
constexpr auto kNoResource = static_cast<ResourceId>(~0U);

// Mostly one, without an allocation. That it moves without throwing lets lists of what holds it grow without copies.
struct Spans : llvm::SmallVector<source::Span, 1> {
  using SmallVector::SmallVector;
  Spans() = default;
  Spans(const Spans &) = default;
  Spans(Spans &&) noexcept = default;
  auto operator=(const Spans &) -> Spans & = default;
  auto operator=(Spans &&) noexcept -> Spans & = default;
  ~Spans() = default;
};

// In Azure's public cloud.
constexpr llvm::StringLiteral kStorageSuffix = "core.windows.net";

struct Member;

struct Value {
  enum class Tag : uint8_t {
    Null,
    Bool,
    Int,
    Text,
    List,
    Object,
    Map,        // like an object, with keys that somebody chose: tags, labels
    Keys,       // a list of ids; ARM wants them as keys of an object
    Reference,  // of another resource: its id, its name, or a property that it has once it is there
    Parameter,
    Joined,     // texts and what becomes text, one after the other
    Tenant,     // the id of the directory in which it is deployed
    Subscription,
    StorageSuffix,  // the end of names of storage, which differs between clouds
    Guid,       // made of its items; azurerm makes one by itself
  };
  Tag tag = Tag::Null;
  bool boolean = false;
  int64_t integer = 0;
  std::string text;  // Text; Reference: a property's path, `id`, or `name`
  ResourceId resource = kNoResource;
  ParameterId parameter{};
  std::vector<Value> items;                            // List, Keys, Joined, Guid
  std::vector<Member> members;                         // Object, Map, in order
  Spans because;

  static auto Bool(bool value, Spans because = {}) -> Value;
  static auto Int(int64_t value, Spans because = {}) -> Value;
  static auto Text(llvm::StringRef text, Spans because = {}) -> Value;
  static auto List(std::vector<Value> items, Spans because = {}) -> Value;
  static auto Texts(llvm::ArrayRef<std::string> items, Spans because = {}) -> Value;
  static auto Object(Spans because = {}) -> Value;
  static auto Map(std::vector<Member> members, Spans because = {}) -> Value;
  static auto Keys(std::vector<Value> ids, Spans because = {}) -> Value;
  static auto IdOf(ResourceId resource, Spans because = {}) -> Value;
  static auto NameOf(ResourceId resource, Spans because = {}) -> Value;
  static auto Of(ResourceId resource, llvm::StringRef property, Spans because = {}) -> Value;
  static auto Given(ParameterId parameter, Spans because = {}) -> Value;
  static auto Joined(std::vector<Value> items, Spans because = {}) -> Value;
  static auto Tenant(Spans because = {}) -> Value;
  static auto Subscription(Spans because = {}) -> Value;
  static auto StorageSuffix(Spans because = {}) -> Value;
  static auto Guid(std::vector<Value> items, Spans because = {}) -> Value;

  Value();
  Value(const Value &);
  Value(Value &&) noexcept;
  auto operator=(const Value &) -> Value &;
  auto operator=(Value &&) noexcept -> Value &;
  ~Value();

  auto is_null() const -> bool { return tag == Tag::Null; }
  auto Find(llvm::StringRef member) const -> const Value *;
  // The member, made if it is not there. Only of an object, or of what is nothing yet.
  auto At(llvm::StringRef member) -> Value &;
  // The element, with all before it, made if it is not there. Only of a list, or of what is nothing yet.
  auto At(size_t index) -> Value &;
  void Add(llvm::StringRef member, Value value) { At(member) = std::move(value); }
};

struct Member {
  std::string name;
  Value value;
};

// Calls `visit` with the value and all that is inside it, outer ones first.
template <typename Visit>
void ForEach(const Value &value, Visit visit) {
  visit(value);
  for (const Value &item : value.items) ForEach(item, visit);
  for (const Member &member : value.members) ForEach(member.value, visit);
}

// What a joined text is, if it is the id of something of the subscription: `Microsoft.Authorization/roleDefinitions` and
// the name. Languages with a function for such ids use it.
auto SubscriptionIdOf(const Value &value)
    -> std::optional<std::pair<llvm::StringRef, llvm::StringRef>>;

// Without the spans.
auto IsSame(const Value &a, const Value &b) -> bool;

}  // namespace groma::resources
