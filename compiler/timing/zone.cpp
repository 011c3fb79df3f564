// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/zone.h"

#include <algorithm>

#include "groma/base/check.h"
#include "llvm/ADT/SmallVector.h"
#include "posix_rule.h"

namespace groma::timing {
namespace {

struct RuleRow {
  llvm::StringRef rule;
  llvm::StringRef names;  // with a blank between them
};

constexpr RuleRow kRows[] = {
#include "groma/timing/zone_rules.def"
};

constexpr int32_t kFirstYear = 2020;
constexpr int32_t kLastYear = 2100;

// No offset is outside of these.
constexpr Minutes kWest = -12 * kHour;
constexpr Minutes kEast = 14 * kHour;

auto RuleOf(llvm::StringRef iana) -> std::optional<llvm::StringRef> {
  if (iana.empty() || iana.contains(' ')) return std::nullopt;
  for (const RuleRow &row : kRows) {
    for (size_t at = row.names.find(iana); at != llvm::StringRef::npos;
         at = row.names.find(iana, at + 1)) {
      const size_t end = at + iana.size();
      if ((at == 0 || row.names[at - 1] == ' ') &&
          (end == row.names.size() || row.names[end] == ' ')) {
        return row.rule;
      }
    }
  }
  return std::nullopt;
}

auto ReadOffset(llvm::StringRef word) -> Minutes {
  word.consume_front("+");
  Minutes offset = 0;
  base::Check(!word.getAsInteger(10, offset), "an offset is a number of minutes");
  return offset;
}

// `2023-04-27T22:00+180`
auto ReadChange(llvm::StringRef word) -> OffsetChange {
  constexpr size_t kStamp = 16;
  const auto at = ParseMoment(word.take_front(kStamp));
  base::Check(at.has_value(), "a change of a time zone starts with a moment");
  return {*at, ReadOffset(word.drop_front(kStamp))};
}

}  // namespace

auto Zone::Find(llvm::StringRef iana) -> std::optional<Zone> {
  const auto text = RuleOf(iana);
  if (!text) return std::nullopt;
  llvm::SmallVector<llvm::StringRef> words;
  text->split(words, ' ');
  const auto rule = ParsePosixRule(words.pop_back_val());
  base::Check(rule.has_value(), "a time zone ends in a rule of POSIX");
  Zone zone;
  Moment since = At({kFirstYear, 1, 1});
  Minutes offset = rule->standard;
  if (!words.empty()) {
    zone.first_ = ReadOffset(words.front());
    for (const llvm::StringRef word : llvm::ArrayRef(words).drop_front()) {
      zone.changes_.push_back(ReadChange(word));
    }
    base::Check(!zone.changes_.empty(), "an offset is followed by changes");
    since = zone.changes_.back().at;
  } else {
    // In the south the year starts in summer.
    for (const OffsetChange &change : ChangesIn(*rule, kFirstYear - 1)) offset = change.offset;
    zone.first_ = offset;
  }
  for (int32_t year = kFirstYear; year <= kLastYear; ++year) {
    for (const OffsetChange &change : ChangesIn(*rule, year)) {
      if (change.at > since) zone.changes_.push_back(change);
    }
  }
  return zone;
}

auto Zone::OffsetAt(Moment moment) const -> Minutes {
  const auto after = std::ranges::upper_bound(changes_, moment, {}, &OffsetChange::at);
  return after == changes_.begin() ? first_ : std::prev(after)->offset;
}

auto Zone::FirstAt(Moment local) const -> Moment {
  // Clocks are not put twice within two days, so one change at most lies where the answer may.
  const auto change = std::ranges::upper_bound(changes_, local - kEast, {}, &OffsetChange::at);
  const Minutes before = change == changes_.begin() ? first_ : std::prev(change)->offset;
  if (change == changes_.end() || change->at > local - kWest || local - before < change->at) {
    return local - before;
  }
  return std::max(change->at, local - change->offset);
}

}  // namespace groma::timing
