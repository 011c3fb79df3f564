// SPDX-License-Identifier: Apache-2.0
#include "groma/base/period.h"

#include <gtest/gtest.h>

#include <unordered_set>

namespace groma::base {
namespace {

auto D(const char *text) -> Date { return *Date::Parse(text); }

TEST(Period, FirstAndLastDays) {
  const struct {
    const char *text, *first, *last;
    Period::Kind kind;
  } cases[] = {
      {"2027-06-30", "2027-06-30", "2027-06-30", Period::Kind::kDate},
      {"2027-02", "2027-02-01", "2027-02-28", Period::Kind::kMonth},
      {"2028-02", "2028-02-01", "2028-02-29", Period::Kind::kMonth},
      {"2027-12", "2027-12-01", "2027-12-31", Period::Kind::kMonth},
      {"2027-Q1", "2027-01-01", "2027-03-31", Period::Kind::kQuarter},
      {"2027-Q3", "2027-07-01", "2027-09-30", Period::Kind::kQuarter},
      {"2027-Q4", "2027-10-01", "2027-12-31", Period::Kind::kQuarter},
      {"2027", "2027-01-01", "2027-12-31", Period::Kind::kYear},
  };
  for (const auto &c : cases) {
    const auto period = Period::Parse(c.text);
    ASSERT_TRUE(period) << c.text;
    EXPECT_EQ(period->kind(), c.kind) << c.text;
    EXPECT_EQ(period->first(), D(c.first)) << c.text;
    EXPECT_EQ(period->last(), D(c.last)) << c.text;
    EXPECT_EQ(period->ToString(), c.text);
  }
}

TEST(Period, RefusesOtherSpellings) {
  for (const char *text :
       {"",       "27",      "02027",   "2027-",    "2027-0",  "2027-00", "2027-13",
        "2027-6", "2027-Q",  "2027-Q0", "2027-Q5",  "2027-q3", "2027Q3",  "2027-Q03",
        "0000",   "0000-01", "+027",    "2027-06-", "-2027",   "2027-W01"}) {
    EXPECT_FALSE(Period::Parse(text)) << text;
  }
}

TEST(Period, NextIsOfTheSameKindAndAdjoins) {
  for (const char *text : {"2027-12-31", "2027-12", "2027-Q4", "2027"}) {
    Period period = *Period::Parse(text);
    for (int i = 0; i < 50; ++i) {
      const Period next = period.Next();
      ASSERT_EQ(next.kind(), period.kind());
      ASSERT_EQ(next.first(), period.last().AddDays(1)) << period.ToString();
      ASSERT_EQ(Period::Parse(next.ToString()), next);
      period = next;
    }
  }
}

TEST(Period, ContainsItsEnds) {
  const Period quarter = *Quarter::Parse("2027-Q1");
  EXPECT_TRUE(quarter.Contains(D("2027-01-01")));
  EXPECT_TRUE(quarter.Contains(D("2027-03-31")));
  EXPECT_FALSE(quarter.Contains(D("2026-12-31")));
  EXPECT_FALSE(quarter.Contains(D("2027-04-01")));
}

TEST(Period, KindsDiffer) {
  EXPECT_NE(Period(D("2027-01-01")), Period(*Month::Parse("2027-01")));
  EXPECT_EQ(Period::Of(Period::Kind::kQuarter, D("2027-05-05")),
            Period(*Quarter::Parse("2027-Q2")));
  std::unordered_set<Period> seen = {*Year::Parse("2027"), *Year::Parse("2027"), D("2027-01-01")};
  EXPECT_EQ(seen.size(), 2U);
}

TEST(YearPart, CountsAcrossYears) {
  EXPECT_EQ(Month::Parse("2027-11")->Add(3), Month::Make(2028, 2));
  EXPECT_EQ(Month::Parse("2027-01")->Add(-1), Month::Make(2026, 12));
  EXPECT_EQ(Quarter::Parse("2027-Q3")->Add(2), Quarter::Make(2028, 1));
  EXPECT_EQ(Year::Parse("2027")->Add(5), Year::Make(2032));
  EXPECT_EQ(Month::Of(D("2027-08-31")).part(), 8);
  EXPECT_EQ(Quarter::Of(D("2027-08-31")).part(), 3);
  EXPECT_EQ(Year::Of(D("2027-08-31")).year(), 2027);
  EXPECT_EQ(Month::Parse("2027-06")->index(), 2027 * 12 + 5);
}

TEST(YearPart, StaysInTheCalendar) {
  EXPECT_EQ(Month::Make(9999, 12)->Add(1), Month::Make(9999, 12));
  EXPECT_EQ(Quarter::Make(1, 1)->Add(-1), Quarter::Make(1, 1));
  EXPECT_EQ(Year::Make(9999)->Add(INT64_MAX), Year::Make(9999));
  EXPECT_FALSE(Month::Make(2027, 0));
  EXPECT_FALSE(Quarter::Make(2027, 5));
  EXPECT_FALSE(Year::Make(0));
}

}  // namespace
}  // namespace groma::base
