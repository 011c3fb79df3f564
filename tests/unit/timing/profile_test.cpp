// SPDX-License-Identifier: Apache-2.0
#include "profile.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "networks.h"

namespace groma::timing {
namespace {

using test::Dice;

TEST(Profile, IsWhatCountingMinuteByMinuteFinds) {
  constexpr Moment kEnd = 60;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    Spans capacity;
    std::vector<int64_t> free(kEnd);
    for (Moment at = dice.Roll(5); at < kEnd - 10; at += dice.Roll(4)) {
      const Moment end = at + 1 + dice.Roll(9);
      capacity.push_back({at, end, 1 + dice.Roll(4)});
      std::fill(free.begin() + at, free.begin() + end, capacity.back().rate);
      at = end;
    }
    Profile profile(capacity);
    for (int round = 0; round < 12; ++round) {
      Spans taken;
      for (Moment at = dice.Roll(30); at < kEnd - 8 && taken.size() < 4; at += dice.Roll(6)) {
        taken.push_back({at, at + 1 + dice.Roll(7), 1 + dice.Roll(3)});
        at = taken.back().end;
        for (Moment minute = taken.back().begin; minute < at; ++minute) {
          free[minute] = std::max<int64_t>(0, free[minute] - taken.back().rate);
        }
      }
      profile.Take(taken);
      for (int64_t people = 1; people < 4; ++people) {
        for (Moment from = 0; from < kEnd; ++from) {
          Moment next = from;
          while (next < kEnd && free[next] < people) ++next;
          ASSERT_EQ(profile.NextWith(from, people), next == kEnd ? kNever : next);
          if (next != from) continue;
          Moment last = from;
          while (last < kEnd && free[last] >= people) ++last;
          ASSERT_EQ(profile.LastsUntil(from, people), last);
        }
      }
    }
  }
}

}  // namespace
}  // namespace groma::timing
