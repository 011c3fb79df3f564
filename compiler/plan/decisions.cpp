// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/decisions.h"

#include <algorithm>

#include "llvm/ADT/STLExtras.h"

namespace groma::plan {
namespace {

template <typename T>
auto Key(const T &item) -> std::pair<uint32_t, Slot> {
  return {Index(item.entity), item.slot};
}

template <typename T>
auto Find(const std::vector<T> &items, EntityId entity, Slot slot) {
  const std::pair<uint32_t, Slot> key(Index(entity), slot);
  return std::lower_bound(items.begin(), items.end(), key,
                          [](const T &item, const auto &wanted) { return Key(item) < wanted; });
}

}  // namespace

auto Decisions::FindChoice(EntityId entity, Slot slot) const -> const Choice * {
  const auto found = Find(choices, entity, slot);
  const bool is_there = found != choices.end() && found->entity == entity && found->slot == slot;
  return is_there ? &*found : nullptr;
}

auto Decisions::FindResult(EntityId entity, Slot slot, llvm::ArrayRef<Value> arguments) const
    -> const Result * {
  for (auto at = Find(results, entity, slot);
       at != results.end() && at->entity == entity && at->slot == slot; ++at) {
    const bool is_same = llvm::equal(at->arguments, arguments, [](const Value &a, const Value &b) {
      return Compare(a, b) == 0;
    });
    if (is_same) return &*at;
  }
  return nullptr;
}

void Decisions::Sort() {
  const auto by_key = [](const auto &a, const auto &b) { return Key(a) < Key(b); };
  llvm::stable_sort(choices, by_key);
  llvm::stable_sort(results, by_key);
}

}  // namespace groma::plan
