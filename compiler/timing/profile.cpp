// SPDX-License-Identifier: Apache-2.0
#include "profile.h"

#include <algorithm>

namespace groma::timing {

auto Profile::At(Moment moment) const -> Spans::const_iterator {
  return std::ranges::upper_bound(free_, moment, {}, &Span::end);
}

auto Profile::NextWith(Moment from, int64_t people) const -> Moment {
  for (auto span = At(from); span != free_.end(); ++span) {
    if (span->rate >= people) return std::max(from, span->begin);
  }
  return kNever;
}

auto Profile::LastsUntil(Moment from, int64_t people) const -> Moment {
  Moment end = from;
  for (auto span = At(from); span != free_.end() && span->begin <= end && span->rate >= people;
       ++span) {
    end = span->end;
  }
  return end;
}

void Profile::Take(llvm::ArrayRef<Span> taken) {
  if (taken.empty()) return;
  const auto first = free_.begin() + (At(taken.front().begin) - free_.cbegin());
  auto last = first;
  rest_.clear();
  const auto keep = [&](Moment begin, Moment end, int64_t rate) {
    if (begin >= end || rate <= 0) return;
    if (!rest_.empty() && rest_.back().end == begin && rest_.back().rate == rate) {
      rest_.back().end = end;
    } else {
      rest_.push_back({begin, end, rate});
    }
  };
  for (const Span *next = taken.begin(); last != free_.end() && next != taken.end(); ++last) {
    Moment kept = last->begin;
    for (; next != taken.end() && next->begin < last->end; ++next) {
      const Moment begin = std::max(next->begin, last->begin);
      const Moment end = std::min(next->end, last->end);
      if (begin < end) {
        keep(kept, begin, last->rate);
        keep(begin, end, last->rate - next->rate);
        kept = end;
      }
      if (next->end > last->end) break;
    }
    keep(kept, last->end, last->rate);
  }
  const auto common = std::min<int64_t>(static_cast<int64_t>(rest_.size()), last - first);
  const auto next = std::copy_n(rest_.begin(), common, first);
  if (common < static_cast<int64_t>(rest_.size())) {
    free_.insert(next, rest_.begin() + common, rest_.end());
  } else {
    free_.erase(next, last);
  }
}

}  // namespace groma::timing
