// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/calendar.h"

#include <algorithm>
#include <utility>

namespace groma::timing {

Calendar::Calendar(Spans spans) : is_clock_(false), spans_(std::move(spans)) {
  before_.reserve(spans_.size() + 1);
  before_.push_back({});
  for (const Span &span : spans_) {
    const Minutes minutes = span.end - span.begin;
    before_.push_back(
        {before_.back().work + minutes * span.rate, before_.back().minutes + minutes});
  }
  const Work all = before_.back().work;
  part_ = std::max<Work>(1, all / static_cast<Work>(before_.size()));
  uint32_t reached = 0;
  for (Work work = 0; work <= all; work += part_) {
    while (before_[reached].work < work) ++reached;
    by_work_.push_back(reached);
  }
  if (spans_.empty()) return;
  first_day_ = DayOf(spans_.front().begin);
  const int64_t last_day = DayOf(spans_.back().end);
  by_day_.reserve(last_day - first_day_ + 1);
  uint32_t next = 0;
  for (int64_t day = first_day_; day <= last_day; ++day) {
    while (next < spans_.size() && spans_[next].end <= day * kDay) ++next;
    by_day_.push_back(next);
  }
}

auto Calendar::SpanAt(Moment moment) const -> size_t {
  if (spans_.empty() || moment < spans_.front().begin) return 0;
  if (moment >= spans_.back().end) return spans_.size();
  size_t span = by_day_[DayOf(moment) - first_day_];
  while (spans_[span].end <= moment) ++span;
  return span;
}

auto Calendar::WorkAt(Moment moment) const -> Work {
  if (is_clock_) return moment;
  if (moment <= kEver || moment >= kNever) return moment;
  const size_t span = SpanAt(moment);
  if (span == spans_.size()) return before_[span].work;
  return before_[span].work + std::max<Minutes>(0, moment - spans_[span].begin) * spans_[span].rate;
}

auto Calendar::MinutesAt(Moment moment) const -> Minutes {
  if (is_clock_) return moment;
  const size_t span = SpanAt(moment);
  if (span == spans_.size()) return before_[span].minutes;
  return before_[span].minutes + std::max<Minutes>(0, moment - spans_[span].begin);
}

auto Calendar::EndAt(Work work) const -> Moment {
  if (is_clock_) return work;
  if (work <= 0) return kEver;
  if (work > before_.back().work) return kNever;
  // The first sum that reaches it ends the span in which it is reached.
  const size_t after = SumAt(work);
  const Span &span = spans_[after - 1];
  const Work missing = work - before_[after - 1].work;
  return span.begin + (missing + span.rate - 1) / span.rate;
}

auto Calendar::StartAt(Work work) const -> Moment {
  if (is_clock_) return work;
  if (work < 0) return kEver;
  if (work >= before_.back().work) return kNever;
  const size_t after = SumAt(work + 1);
  return spans_[after - 1].begin + (work - before_[after - 1].work) / spans_[after - 1].rate;
}

auto Calendar::IsWorking(Moment moment) const -> bool {
  if (is_clock_) return true;
  const size_t span = SpanAt(moment);
  return span < spans_.size() && spans_[span].begin <= moment;
}

auto Calendar::LastsUntil(Moment moment, Moment until) const -> Moment {
  if (is_clock_) return until;
  size_t span = SpanAt(moment);
  if (span == spans_.size()) return moment;
  while (span + 1 < spans_.size() && spans_[span + 1].begin == spans_[span].end) ++span;
  return std::min(spans_[span].end, until);
}

auto Calendar::NextRoom(Moment moment, Work work) const -> Moment {
  if (is_clock_) return moment;
  for (Moment start = NextWorking(moment); start < kNever;) {
    const Moment end = LastsUntil(start, kNever);
    if (WorkAt(end) - WorkAt(start) >= work) return start;
    start = NextWorking(end);
  }
  return kNever;
}

auto Calendar::LastRoom(Moment moment, Work work) const -> Moment {
  if (is_clock_) return Later(moment, -work);
  for (size_t last = std::min(SpanAt(moment) + 1, spans_.size()); last > 0;) {
    const Moment end = std::min(moment, spans_[last - 1].end);
    size_t first = last - 1;
    while (first > 0 && spans_[first - 1].end == spans_[first].begin) --first;
    const Moment start = StartAt(WorkAt(end) - work);
    if (start >= spans_[first].begin) return start;
    last = first;
  }
  return kEver;
}

}  // namespace groma::timing
