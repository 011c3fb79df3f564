// SPDX-License-Identifier: Apache-2.0
// Time zone rules as POSIX writes them: `CET-1CEST,M3.5.0,M10.5.0/3`.
#pragma once

#include <optional>
#include <vector>

#include "groma/timing/zone.h"

namespace groma::timing {

// The first, second, ... or last (5) `weekday` of a month, 0 being Sunday, and a time of that day,
// which may lie before or after it.
struct YearlyChange {
  int32_t month = 1;
  int32_t week = 1;
  int32_t weekday = 0;
  Minutes time = 2 * kHour;
};

struct PosixRule {
  Minutes standard = 0;
  Minutes summer = 0;
  bool has_summer = false;
  YearlyChange to_summer;
  YearlyChange to_standard;
};

// Nothing if it is not such a rule: days of the year by number (`J60`) are not read.
[[nodiscard]] auto ParsePosixRule(llvm::StringRef text) -> std::optional<PosixRule>;

// The changes of a year, in their order.
[[nodiscard]] auto ChangesIn(const PosixRule &rule, int32_t year) -> std::vector<OffsetChange>;

}  // namespace groma::timing
