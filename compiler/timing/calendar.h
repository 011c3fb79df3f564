// SPDX-License-Identifier: Apache-2.0
// Working time that can be counted: most questions take the same time however many spans there are.
#pragma once

#include "groma/timing/span.h"

namespace groma::timing {

// How much has been worked since a calendar begins: minutes times rates.
using Work = int64_t;

class Calendar {
 public:
  // Around the clock, without an end: work is minutes.
  Calendar() = default;
  // In these spans only. Where they end nothing is known: what goes beyond is kNever or kEver.
  explicit Calendar(Spans spans);

  [[nodiscard]] auto is_clock() const -> bool { return is_clock_; }
  [[nodiscard]] auto spans() const -> llvm::ArrayRef<Span> { return spans_; }

  // What has been worked until `moment`.
  [[nodiscard]] auto WorkAt(Moment moment) const -> Work;
  // The first moment at which so much has been worked: the end of a day, not the start of the next.
  [[nodiscard]] auto EndAt(Work work) const -> Moment;
  // The last moment at which no more has been worked: the start of a day.
  [[nodiscard]] auto StartAt(Work work) const -> Moment;

  [[nodiscard]] auto IsWorking(Moment moment) const -> bool;
  // `moment`, or where nobody works then the start of what follows.
  [[nodiscard]] auto NextWorking(Moment moment) const -> Moment { return StartAt(WorkAt(moment)); }
  // From `moment`, at which somebody works, until nobody does or `until`.
  [[nodiscard]] auto LastsUntil(Moment moment, Moment until) const -> Moment;
  // Working minutes from one moment to another, below 0 if `to` is before `from`.
  [[nodiscard]] auto Between(Moment from, Moment to) const -> Minutes {
    return MinutesAt(to) - MinutesAt(from);
  }
  // The first moment that lies so much work after `moment`; before it if `work` is below 0.
  [[nodiscard]] auto Add(Moment moment, Work work) const -> Moment {
    return work == 0 ? moment : EndAt(Plus(WorkAt(moment), work));
  }
  // The last moment to which so much can be added without coming after `moment`.
  [[nodiscard]] auto Subtract(Moment moment, Work work) const -> Moment {
    return work == 0 ? moment : StartAt(Plus(WorkAt(moment), -work));
  }
  // The first start, `moment` or later, of so much work without a break; the last one with which it
  // is done by `moment`.
  [[nodiscard]] auto NextRoom(Moment moment, Work work) const -> Moment;
  [[nodiscard]] auto LastRoom(Moment moment, Work work) const -> Moment;

 private:
  static auto Plus(Work work, Work more) -> Work { return Later(work, more); }
  [[nodiscard]] auto MinutesAt(Moment moment) const -> Minutes;
  // The first sum that reaches `work`, which one does.
  [[nodiscard]] auto SumAt(Work work) const -> size_t {
    size_t sum = by_work_[static_cast<size_t>(work / part_)];
    while (before_[sum].work < work) ++sum;
    return sum;
  }
  // The first span that ends after `moment`.
  [[nodiscard]] auto SpanAt(Moment moment) const -> size_t;

  struct Sums {
    Work work = 0;
    Minutes minutes = 0;
  };

  bool is_clock_ = true;
  Spans spans_;
  std::vector<Sums> before_;      // of the spans before each; one more than there are spans
  std::vector<uint32_t> by_day_;  // the first span that ends after each day begins
  int64_t first_day_ = 0;
  std::vector<uint32_t> by_work_;  // the first sum that reaches so many times `part_`
  Work part_ = 1;
};

}  // namespace groma::timing
