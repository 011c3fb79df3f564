// SPDX-License-Identifier: Apache-2.0
#include "posix_rule.h"

#include <algorithm>

#include "llvm/ADT/StringExtras.h"

namespace groma::timing {
namespace {

// Takes `<+01>` or `CET` off the front.
auto TakeName(llvm::StringRef &text) -> bool {
  if (text.consume_front("<")) {
    const size_t end = text.find('>');
    if (end == llvm::StringRef::npos) return false;
    text = text.drop_front(end + 1);
    return true;
  }
  const size_t letters = text.take_while([](char c) { return llvm::isAlpha(c); }).size();
  text = text.drop_front(letters);
  return letters >= 3;
}

// Takes `-1`, `5:30` or `/50` without its slash off the front.
auto TakeTime(llvm::StringRef &text) -> std::optional<Minutes> {
  const bool is_negative = text.consume_front("-");
  if (!is_negative) text.consume_front("+");
  Minutes hours = 0;
  Minutes minutes = 0;
  if (text.consumeInteger(10, hours)) return std::nullopt;
  if (text.consume_front(":") && text.consumeInteger(10, minutes)) return std::nullopt;
  const Minutes sum = hours * kHour + minutes;
  return is_negative ? -sum : sum;
}

auto TakeChange(llvm::StringRef &text) -> std::optional<YearlyChange> {
  YearlyChange change;
  if (!text.consume_front(",M") || text.consumeInteger(10, change.month) ||
      !text.consume_front(".") || text.consumeInteger(10, change.week) ||
      !text.consume_front(".") || text.consumeInteger(10, change.weekday)) {
    return std::nullopt;
  }
  if (text.consume_front("/")) {
    const auto time = TakeTime(text);
    if (!time) return std::nullopt;
    change.time = *time;
  }
  return change;
}

// By the clock on the wall.
auto LocalIn(const YearlyChange &change, int32_t year) -> Moment {
  const int32_t first = base::DaysFromCivil({year, change.month, 1});
  // 1970-01-01 was a Thursday.
  const int32_t first_weekday = ((first + 4) % 7 + 7) % 7;
  int32_t day = (change.weekday - first_weekday + 7) % 7 + (change.week - 1) * 7;
  if (day >= base::DaysInMonth(year, change.month)) day -= 7;
  return (first + day) * kDay + change.time;
}

}  // namespace

auto ParsePosixRule(llvm::StringRef text) -> std::optional<PosixRule> {
  PosixRule rule;
  if (!TakeName(text)) return std::nullopt;
  const auto standard = TakeTime(text);
  if (!standard) return std::nullopt;
  // POSIX counts what must be added to local time.
  rule.standard = -*standard;
  if (text.empty()) return rule;
  if (!TakeName(text)) return std::nullopt;
  rule.summer = rule.standard + kHour;
  if (!text.starts_with(",")) {
    const auto summer = TakeTime(text);
    if (!summer) return std::nullopt;
    rule.summer = -*summer;
  }
  const auto to_summer = TakeChange(text);
  const auto to_standard = TakeChange(text);
  if (!to_summer || !to_standard || !text.empty()) return std::nullopt;
  rule.has_summer = true;
  rule.to_summer = *to_summer;
  rule.to_standard = *to_standard;
  return rule;
}

auto ChangesIn(const PosixRule &rule, int32_t year) -> std::vector<OffsetChange> {
  if (!rule.has_summer) return {};
  std::vector<OffsetChange> changes = {
      {LocalIn(rule.to_summer, year) - rule.standard, rule.summer},
      {LocalIn(rule.to_standard, year) - rule.summer, rule.standard}};
  std::ranges::sort(changes, {}, &OffsetChange::at);
  return changes;
}

}  // namespace groma::timing
