// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/bicep/shared.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::emit::bicep {

using resources::Value;

namespace {

constexpr size_t kLeastLeaves = 6;

// None if something of it is known only once a resource is there.
auto LeavesOf(const Value &value) -> std::optional<size_t> {
  if (value.tag == Value::Tag::Reference || value.tag == Value::Tag::Keys) return std::nullopt;
  size_t leaves = value.items.empty() && value.members.empty() ? 1 : 0;
  const auto add = [&](const Value &inner) {
    const auto more = LeavesOf(inner);
    if (more) leaves += *more;
    return more.has_value();
  };
  for (const Value &item : value.items) {
    if (!add(item)) return std::nullopt;
  }
  for (const resources::Member &member : value.members) {
    if (!add(member.value)) return std::nullopt;
  }
  return leaves;
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
      const auto leaves = LeavesOf(value);
      if (leaves && *leaves >= kLeastLeaves && Count(name, value)) return;
    }
    for (const Value &item : value.items) Look("", item);
    for (const resources::Member &member : value.members) {
      if (member.name != resources::kAzurermOnly) Look(member.name, member.value);
    }
  }

  std::vector<Found> found;

 private:
  // True if it is one that was there before: what is inside it was counted then.
  auto Count(llvm::StringRef name, const Value &value) -> bool {
    for (Found &one : found) {
      if (one.name != name || !IsSame(*one.value, value)) continue;
      ++one.times;
      return true;
    }
    found.push_back({name, &value});
    return false;
  }
};

}  // namespace

Shared::Shared(const resources::Graph &graph, const resources::Module &module,
               llvm::ArrayRef<std::string> names) {
  Finder finder;
  for (const resources::ResourceId id : module.resources) finder.Look("", graph[id].body);
  for (const Found &one : finder.found) {
    const auto has_name = [&](const auto &other) { return other.name == one.name; };
    const bool is_alone = llvm::count_if(finder.found, has_name) == 1;
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
