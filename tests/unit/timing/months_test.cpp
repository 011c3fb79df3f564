// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "groma/timing/network.h"

namespace groma::timing {
namespace {

// A month leads to the same day of the next one, or to its last day; an end stays an end.
TEST(Months, KeepTheDayWhereThereIsOne) {
  Network network;
  const auto end = [](base::CivilDate day) { return At(day) + kDay; };
  const Lag later = {.months = 1, .is_of_end = true};
  EXPECT_EQ(network.AfterLag(later, end({2027, 1, 31})), end({2027, 2, 28}));
  EXPECT_EQ(network.AfterLag(later, end({2027, 1, 30})), end({2027, 2, 28}));
  EXPECT_EQ(network.AfterLag(later, end({2027, 1, 27})), end({2027, 2, 27}));
  EXPECT_EQ(network.AfterLag(later, end({2028, 1, 31})), end({2028, 2, 29}));
  EXPECT_EQ(network.AfterLag(later, At({2027, 1, 31}, 17)), At({2027, 2, 28}, 17));
  const Lag earlier = {.months = -1, .is_of_end = true};
  EXPECT_EQ(network.AfterLag(earlier, end({2027, 3, 31})), end({2027, 2, 28}));
  const Lag of_start = {.months = 1};
  EXPECT_EQ(network.AfterLag(of_start, At({2027, 3, 1})), At({2027, 4, 1}));
  EXPECT_EQ(network.AfterLag(later, At({2027, 3, 1})), end({2027, 3, 28}));
  // What was begun on the day, and not what ended with the one before.
  const Lag of_begin = {.months = 1, .is_of_end = true, .begin = At({2027, 3, 1})};
  EXPECT_EQ(network.AfterLag(of_begin, At({2027, 3, 1})), At({2027, 4, 1}));
  EXPECT_EQ(network.AfterLag(later, kNever), kNever);
}

TEST(Months, GoBackToTheLastDayThatLeadsThere) {
  Network network;
  network.zone = *Zone::Find("Europe/Amsterdam");
  for (const int32_t months : {-13, -1, 1, 2, 12}) {
    for (int64_t day = 0; day < 800; ++day) {
      for (const bool is_of_end : {false, true}) {
        const Lag lag = {.months = months, .is_of_end = is_of_end};
        const Moment moment = network.zone.FirstAt(At({2027, 1, 1}) + day * kDay + 9 * kHour);
        const Moment before = network.BeforeLag(lag, moment);
        EXPECT_LE(network.AfterLag(lag, before), moment);
        EXPECT_GT(network.AfterLag(lag, before + kDay), moment);
      }
    }
  }
}

// They are as long as those of the calendar, and go by while it is open only.
TEST(Months, RestWhileNobodyMayWork) {
  Network network;
  network.zone = *Zone::Find("Europe/Amsterdam");
  const auto at = [&](base::CivilDate day) { return network.zone.FirstAt(At(day)); };
  const Spans all = {{at({2026, 1, 1}), at({2030, 1, 1})}};
  network.calendars.emplace_back(Without(all, {{at({2027, 2, 10}), at({2027, 2, 15})},
                                               {at({2027, 3, 20}), at({2027, 4, 8})}}));
  const Lag month = {.calendar = 0, .months = 1, .rests = true};
  EXPECT_EQ(network.AfterLag(month, at({2027, 1, 5})), at({2027, 2, 5}));
  EXPECT_EQ(network.AfterLag(month, at({2027, 2, 1})), at({2027, 3, 6}));
  // 31 days, of which 19 come after the freeze.
  EXPECT_EQ(network.AfterLag(month, at({2027, 3, 8})), at({2027, 4, 27}));
  for (const int32_t months : {1, 2, 13}) {
    const Lag lag = {.calendar = 0, .months = months, .rests = true};
    for (int64_t day = 0; day < 800; ++day) {
      const Moment moment = at({2027, 6, 1}) + day * kDay;
      const Moment before = network.BeforeLag(lag, moment);
      EXPECT_LE(network.AfterLag(lag, before), moment);
      // The next minute in which it is open.
      const Moment next = network.calendars[0].NextWorking(before + 1);
      EXPECT_GT(network.AfterLag(lag, next), moment);
    }
  }
}

}  // namespace
}  // namespace groma::timing
