// SPDX-License-Identifier: Apache-2.0
#include "freezes.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::schedule {

Freezes::Freezes(Source &source, const timing::Zone &zone) : model_(source.model) {
  for (const EntityId id : source.All(KnownKind::Freeze)) {
    const auto first = source.FirstDay(id, KnownMember::FreezeFrom);
    const auto last = source.LastDay(id, KnownMember::FreezeTo);
    if (!first || !last || *last < *first) continue;
    Freeze freeze;
    freeze.id = id;
    freeze.span = {zone.FirstAt(timing::At(first->civil())),
                   zone.FirstAt(timing::At(last->AddDays(1).civil()))};
    const Value covers = source.Get(id, KnownMember::FreezeCovers);
    if (covers.tag == ValueTag::List) {
      for (const Value &one : covers.elements()) {
        if (one.tag == ValueTag::Entity) freeze.covers.push_back(one.entity);
      }
    }
    list_.push_back(std::move(freeze));
  }
}

auto Freezes::Of(const Step &step) const -> std::vector<uint32_t> {
  std::vector<uint32_t> numbers;
  if (!step.is_change) return numbers;
  for (uint32_t i = 0; i < list_.size(); ++i) {
    bool is_covered = list_[i].covers.empty();
    for (EntityId at = step.id; IsSome(at) && !is_covered; at = model_.entity(at).parent) {
      is_covered = llvm::is_contained(list_[i].covers, at);
    }
    if (is_covered) numbers.push_back(i);
  }
  return numbers;
}

auto Freezes::SpansOf(llvm::ArrayRef<uint32_t> numbers) const -> timing::Spans {
  std::vector<timing::Spans> lists;
  for (const uint32_t number : numbers) lists.push_back({list_[number].span});
  return timing::Union(lists);
}

}  // namespace groma::schedule
