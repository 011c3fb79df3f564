// SPDX-License-Identifier: Apache-2.0
// What the clocks of a time zone show. The rules stand in `zone_rules.def`, so that they are the
// same on every machine.
#pragma once

#include <optional>
#include <vector>

#include "groma/timing/moment.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace groma::timing {

// From `at` on, local time is UTC and `offset`.
struct OffsetChange {
  Moment at = 0;
  Minutes offset = 0;

  friend auto operator==(const OffsetChange &, const OffsetChange &) -> bool = default;
};

// Before 2020 the offset of the start of 2020 is taken, and after 2100 that of its end.
class Zone {
 public:
  // UTC.
  Zone() = default;
  // Nothing if there is no such zone.
  static auto Find(llvm::StringRef iana) -> std::optional<Zone>;

  [[nodiscard]] auto OffsetAt(Moment moment) const -> Minutes;
  [[nodiscard]] auto LocalAt(Moment moment) const -> Moment { return moment + OffsetAt(moment); }
  // The first moment at which clocks show `local` or more: where they are put forward over it, the
  // moment at which that is done, and the first of two where they are put back.
  [[nodiscard]] auto FirstAt(Moment local) const -> Moment;

  [[nodiscard]] auto changes() const -> llvm::ArrayRef<OffsetChange> { return changes_; }

 private:
  Minutes first_ = 0;
  std::vector<OffsetChange> changes_;
};

}  // namespace groma::timing
