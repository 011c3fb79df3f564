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

}  // namespace
}  // namespace groma::timing
