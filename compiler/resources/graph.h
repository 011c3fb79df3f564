// SPDX-License-Identifier: Apache-2.0
// The resource graph: what is to be made in a cloud, and what refers to what, before any language is chosen.
#pragma once

#include <deque>
#include <initializer_list>
#include <optional>
#include <string>

#include "groma/base/check.h"
#include "groma/resources/spelling.h"
#include "groma/resources/value.h"

namespace groma::resources {

struct Resource {
  const Type *type = nullptr;
  std::string symbol;   // words with `_` between them; with the type's word it is unique
  std::string former;   // the symbol that it had before the plan renamed what it is for; may be empty
  Value name;
  ResourceId group = kNoResource;   // a resource group
  ResourceId parent = kNoResource;
  // What it says something about, and so stands on, as a role does. None: the group in which it lies.
  ResourceId on = kNoResource;
  Value scope_id;  // what it hangs on, where that is no resource of the graph
  Value location, tags;
  std::string concern;  // the part of the output in which it stands, as in "network"
  std::string purpose;  // a sentence for those who read the output; may be empty
  Value body;           // the rest, in ARM's shape: `properties`, `sku`, `identity`, ...
  std::vector<ResourceId> after;  // what must be there first although nothing here refers to it
  std::string imported;  // the id of what is there already and is taken over
  bool is_there = false; // is only referred to
  std::string known_id;  // of what is there and lies where nothing of the graph does
  // Properties that others change once it is there, such as an autoscaler.
  std::vector<std::string> changed_later;
  bool is_azapi = false;  // azurerm cannot say all of it, and so says nothing
  Spans because;
  // Of a type that groma has no table for.
  std::string raw_type, raw_api;
};

struct Parameter {
  enum class Sort : uint8_t { Text, Int, Bool, Texts, Tags };
  std::string name;  // words with `_` between them
  Sort sort = Sort::Text;
  std::string description;
  Value value;       // none: whoever deploys must give it
  bool is_secret = false;
  std::optional<int64_t> least, most;  // of the number, or of the text's length
  std::vector<std::string> allowed;
  // What a text must be beside: an IPv4 address, a block of that size, or an id of the directory.
  enum class Form : uint8_t { Any, Address, Block29, Block30, Guid };
  Form form = Form::Any;
  Spans because;
};

// Bounds of the number or of the text's length. Where a language knows no patterns, what is far too short or too long for the
// form of the text is refused.
struct Limits {
  std::optional<int64_t> least, most;
};
auto LimitsOf(const Parameter &parameter) -> Limits;

struct Output {
  std::string name, description;
  Value value;
  Spans because;
};

class Graph {
 public:
  std::string plan, environment;  // as they are called in names
  Scope scope = Scope::Subscription;  // what it is deployed to
  // The subscription that it is deployed to, where the plan says which: its id, or that `before` makes it.
  std::string subscription;
  bool makes_subscription = false;
  std::string region;  // where records of deployments are kept, and stay
  // What must be there first and is deployed to something larger.
  std::vector<Graph> before;
  std::deque<Resource> resources;
  std::deque<Parameter> parameters;
  std::vector<Output> outputs;
  Spans because;  // of what all of it is for

  Graph();
  Graph(Graph &&) noexcept;
  Graph(const Graph &) = delete;
  auto operator=(Graph &&) noexcept -> Graph &;
  auto operator=(const Graph &) -> Graph & = delete;
  ~Graph();

  auto operator[](ResourceId id) -> Resource & { return resources[static_cast<size_t>(id)]; }
  auto operator[](ResourceId id) const -> const Resource & {
    return resources[static_cast<size_t>(id)];
  }
  auto operator[](ParameterId id) const -> const Parameter & {
    return parameters[static_cast<size_t>(id)];
  }
  auto Add(Resource resource) -> ResourceId;
  auto Add(Parameter parameter) -> ParameterId;
};

// The member of a body that holds what only azurerm asks for.
constexpr llvm::StringLiteral kAzurermOnly = "@azurerm";

// Where the path leads from `body`, made if it is not there.
auto PlaceAt(Value &body, llvm::StringRef path, llvm::ArrayRef<size_t> indices) -> Value &;

// A resource of type T that is being filled.
template <typename T>
class Making {
 public:
  Making(Graph &graph, ResourceId id) : graph_(&graph), id_(id) {}

  auto id() const -> ResourceId { return id_; }
  auto IdOf(Spans because = {}) const -> Value { return Value::IdOf(id_, std::move(because)); }
  auto resource() const -> Resource & { return (*graph_)[id_]; }

  template <const Field &field>
  auto Set(Value value) -> Making & {
    static_assert(Lists<T>(field), "the type's table does not list that field");
    base::Check(field.words == nullptr || value.tag != Value::Tag::Text ||
                    HasWord(field.words, value.text),
                "a word that the field does not know");
    Place(field) = std::move(value);
    return *this;
  }
  template <const Field &field>
  auto Is(Word<field> word, Spans because = {}) -> Making & {
    static_assert(Lists<T>(field), "the type's table does not list that field");
    Place(field) = Value::Text(word.text, std::move(because));
    return *this;
  }
  // The same resource; what is set next belongs to these elements of the lists on its path.
  auto In(std::initializer_list<size_t> indices) const -> Making {
    Making made(*graph_, id_);
    made.indices_ = indices;
    return made;
  }

 private:
  auto Place(const Field &field) -> Value &;

  Graph *graph_;
  ResourceId id_;
  std::vector<size_t> indices_;
};

template <typename T>
auto Making<T>::Place(const Field &field) -> Value & {
  if (field.arm != nullptr) return PlaceAt(resource().body, field.arm, indices_);
  return PlaceAt(resource().body.At(kAzurermOnly), field.azurerm, indices_);
}

}  // namespace groma::resources
