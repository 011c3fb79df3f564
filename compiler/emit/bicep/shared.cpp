// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/bicep/shared.h"

#include <map>

#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

namespace groma::emit::bicep {

using resources::Value;

namespace {

constexpr size_t kLeastLeaves = 6;

// How much it says, and a number that is the same for the same text.
struct Shape {
  size_t leaves = 0;
  llvm::hash_code hash{0};
};

// None if something of it is known only once a resource is there.
auto ShapeOf(const Value &value) -> std::optional<Shape> {
  if (value.tag == Value::Tag::Reference || value.tag == Value::Tag::Keys) return std::nullopt;
  Shape shape;
  shape.leaves = value.items.empty() && value.members.empty() ? 1 : 0;
  shape.hash = llvm::hash_combine(value.tag, value.boolean, value.integer, value.text, value.parameter);
  const auto add = [&](llvm::StringRef name, const Value &inner) {
    const auto more = ShapeOf(inner);
    if (!more) return false;
    shape.leaves += more->leaves;
    shape.hash = llvm::hash_combine(shape.hash, name, more->hash);
    return true;
  };
  for (const Value &item : value.items) {
    if (!add("", item)) return std::nullopt;
  }
  for (const resources::Member &member : value.members) {
    if (!add(member.name, member.value)) return std::nullopt;
  }
  return shape;
}

struct Found {
  llvm::StringRef name;
  const Value *value = nullptr;
  size_t times = 1;
};

class Finder {
 public:
  void Look(llvm::StringRef name, const Value &value) {
    const bool is_large = value.tag == Value::Tag::List || value.tag == Value::Tag::Object;
    // Every resource has `properties`: the name says nothing.
    if (is_large && !name.empty() && name != "properties") {
      const auto shape = ShapeOf(value);
      if (shape && shape->leaves >= kLeastLeaves && Count(name, value, shape->hash)) return;
    }
    for (const Value &item : value.items) Look("", item);
    for (const resources::Member &member : value.members) {
      if (member.name != resources::kAzurermOnly) Look(member.name, member.value);
    }
  }

  std::vector<Found> found;
  llvm::StringMap<size_t> different;  // values of a name

 private:
  // True if it is one that was there before: what is inside it was counted then.
  auto Count(llvm::StringRef name, const Value &value, llvm::hash_code hash) -> bool {
    std::vector<size_t> &places = places_[llvm::hash_combine(name, hash)];
    for (const size_t place : places) {
      if (found[place].name != name || !IsSame(*found[place].value, value)) continue;
      ++found[place].times;
      return true;
    }
    places.push_back(found.size());
    found.push_back({name, &value});
    ++different[name];
    return false;
  }

  std::map<size_t, std::vector<size_t>> places_;  // by hash
};

}  // namespace

Shared::Shared(const resources::Graph &graph, const resources::Module &module,
               llvm::ArrayRef<std::string> names) {
  Finder finder;
  for (const resources::ResourceId id : module.resources) finder.Look("", graph[id].body);
  for (const Found &one : finder.found) {
    const bool is_alone = finder.different.lookup(one.name) == 1;
    if (one.times < 2 || !is_alone || llvm::is_contained(names, one.name)) continue;
    variables_.push_back({one.name.str(), one.value, one.value->because});
  }
}

auto Shared::Has(llvm::StringRef name, const Value &value) const -> bool {
  return llvm::any_of(variables_, [&](const Variable &one) {
    return one.name == name && IsSame(*one.value, value);
  });
}

}  // namespace groma::emit::bicep
