// SPDX-License-Identifier: Apache-2.0
#include "baseline.h"

namespace groma::schedule {

auto FindBaseline(Source &source, std::optional<Date> day) -> Baseline {
  Baseline found;
  std::optional<Date> last;
  for (const EntityId id : source.All(KnownKind::Baseline)) {
    const auto taken = source.FirstDay(id, KnownMember::BaselineTaken);
    if (!taken || (day && *taken > *day) || (last && *taken < *last)) continue;
    last = taken;
    found.id = id;
  }
  if (!IsSome(found.id)) return found;
  const Value finishes = source.Get(found.id, KnownMember::BaselineFinishes);
  if (finishes.tag != ValueTag::Map) return found;
  for (const plan::MapEntry &entry : finishes.map()) {
    const auto date = LastDayOf(entry.value);
    if (!date) continue;
    if (entry.key.tag == ValueTag::Subject) found.finishes[entry.key.subject.entity] = *date;
    if (entry.key.tag == ValueTag::Entity) found.finishes[entry.key.entity] = *date;
  }
  return found;
}

}  // namespace groma::schedule
