// SPDX-License-Identifier: Apache-2.0
// What months, prices and distances come to.
#include "eligible.h"
#include "gtest/gtest.h"
#include "prices.h"

namespace groma::solve {
namespace {

auto From2027(int count) -> Months {
  Months months;
  months.first = base::Month::Of(base::Date::Make(2027, 1, 1).value());
  months.count = count;
  return months;
}

TEST(Months, KnowTheirHoursAndTheirDays) {
  const Months months = From2027(24);
  EXPECT_EQ(months.hours(0), 744);
  EXPECT_EQ(months.hours(1), 672);
  EXPECT_EQ(months.hours(13), 696);
  EXPECT_EQ(months.Of(base::Date::Make(2027, 3, 31).value()), 2);
  EXPECT_LT(months.Of(base::Date::Make(2026, 12, 31).value()), 0);
}

TEST(Months, PhasesEndWithTheirLastMonth) {
  const std::vector<MonthRange> phases = {{0, 2}, {3, 5}};
  EXPECT_EQ(PhaseOf(phases, 2), 0U);
  EXPECT_EQ(PhaseOf(phases, 3), 1U);
  EXPECT_EQ(PhaseOf(phases, 9), 1U);
}

TEST(UnitPrice, IsPaidByTheMonthAsItIs) {
  const Months months = From2027(12);
  UnitPrice price;
  price.amount = 2;
  EXPECT_EQ(price.InMonth(months, 0), Rational(0));
  price.per = UnitPrice::Per::Month;
  EXPECT_EQ(price.InMonth(months, 1), Rational(2));
  price.per = UnitPrice::Per::Second;
  EXPECT_EQ(price.InMonth(months, 1), Rational(2 * 672 * 3600));
}

// Two milliseconds are for the ends, and 15 microseconds for each kilometre there and back.
TEST(RoundTrip, FollowsTheDistance) {
  const auto at = [](double degrees) {
    return Rational::Make(static_cast<int64_t>(degrees * 1000), 1000).value();
  };
  EXPECT_EQ(EstimateRoundTrip(at(52), at(5), at(52), at(5)), Rational::Make(2, 1000).value());
  // A quarter of the earth: 10007.5 km.
  const double quarter = EstimateRoundTrip(at(0), at(0), at(0), at(90)).Approximate();
  EXPECT_NEAR(quarter, 0.002 + 10007.5 * 15e-6, 1e-4);
  const double poles = EstimateRoundTrip(at(90), at(0), at(-90), at(0)).Approximate();
  EXPECT_NEAR(poles, 0.002 + 20015 * 15e-6, 1e-3);
  // The way back is as long.
  EXPECT_EQ(EstimateRoundTrip(at(52.3), at(4.9), at(40.7), at(-74)),
            EstimateRoundTrip(at(40.7), at(-74), at(52.3), at(4.9)));
}

}  // namespace
}  // namespace groma::solve
