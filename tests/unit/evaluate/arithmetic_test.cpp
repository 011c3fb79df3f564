// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evaluated.h"

namespace groma::evaluate {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The value of one expression, in a plan that declares nothing else.
auto Let(const std::string &expression, const std::string &rest = "") -> std::string {
  Evaluated plan("let x = " + expression + "\n" + rest);
  EXPECT_THAT(plan.messages(), IsEmpty()) << expression;
  return plan.Text("x");
}

auto CodesOf(const std::string &expression, const std::string &rest = "")
    -> std::vector<std::string> {
  return Evaluated("let x = " + expression + "\n" + rest).codes();
}

TEST(Arithmetic, IsExact) {
  EXPECT_EQ(Let("0.1 + 0.2"), "0.3");
  EXPECT_EQ(Let("1 / 3 + 1 / 3 + 1 / 3"), "1");
  EXPECT_EQ(Let("2 kW * 3"), "6 kW");
  EXPECT_EQ(Let("10 kW / 4"), "2.5 kW");
  EXPECT_EQ(Let("-(2 h) + 3 h"), "1 h");
  EXPECT_EQ(Let("90 % * 90 %"), "81 %");
}

TEST(Arithmetic, TheLeftOperandGivesSumsTheirUnit) {
  EXPECT_EQ(Let("1 kW + 500 W"), "1.5 kW");
  EXPECT_EQ(Let("500 W + 1 kW"), "1500 W");
}

TEST(Arithmetic, ReportsWhatDoesNotFit) {
  EXPECT_THAT(CodesOf("1 / 0"), ElementsAre("GR0302"));
  EXPECT_THAT(CodesOf("9_000_000_000_000_000_000 * 10"), ElementsAre("GR0301"));
  EXPECT_THAT(CodesOf("1 GB + 1 Gbit"), ElementsAre("GR0307"));
  EXPECT_EQ(Let("1 GB > 1 Gbit"), "true");
}

TEST(Arithmetic, AnErrorIsReportedOnce) {
  Evaluated plan("let a = 1 / 0\nlet b = a + 1\nlet c = b * b\npool p { nodes = 1 node * c }");
  EXPECT_THAT(plan.codes(), ElementsAre("GR0302"));
}

TEST(Arithmetic, NoneGoesThroughArithmetic) {
  const std::string pool = "site s {}\npool p { site = s }";
  EXPECT_EQ(Let("p.site.power", pool), "none");
  EXPECT_EQ(Let("p.site.power * 2", pool), "none");
  EXPECT_EQ(Let("p.site.power > 1 kW", pool), "none");
  EXPECT_EQ(Let("p.site.power == none", pool), "true");
  EXPECT_EQ(Let("p.site.power != none", pool), "false");
  EXPECT_EQ(Let("p.site.power == 1 kW", pool), "false");
  EXPECT_EQ(Let("has(p.site.power)", pool), "false");
  EXPECT_EQ(Let("default(p.site.power, 3 kW)", pool), "3 kW");
}

TEST(Arithmetic, TruthHasThreeValues) {
  const std::string site = "site s {}";
  EXPECT_EQ(Let("s.power > 1 kW and false", site), "false");
  EXPECT_EQ(Let("s.power > 1 kW or true", site), "true");
  EXPECT_EQ(Let("s.power > 1 kW and true", site), "none");
  EXPECT_EQ(Let("not s.power > 1 kW", site), "none");
  EXPECT_EQ(Let("all t in sites: t.power > 1 kW", site), "none");
  EXPECT_EQ(Let("any t in sites: t.power > 1 kW or t.zones == 1", site), "true");
}

TEST(Currency, NeedsARate) {
  EXPECT_THAT(CodesOf("1 EUR + 1 USD"), ElementsAre("GR0304"));
  const std::string usd = "rate usd { from = USD, to = EUR, value = 0.8, as_of = 2026-11-20 }\n";
  EXPECT_EQ(Let("1 EUR + 1 USD", usd), "1.8 EUR");
  EXPECT_EQ(Let("1 USD + 1 EUR", usd), "2.25 USD");
  EXPECT_EQ(Let("2 EUR/h > 2 USD/h", usd), "true");
  const std::string gbp =
      usd + "rate gbp { from = GBP, to = USD, value = 1.25, as_of = 2026-11-20 }\n";
  EXPECT_EQ(Let("0 EUR + 1 GBP", gbp), "1 EUR");
}

TEST(Currency, ASumOfNothingIsNothingInEveryCurrency) {
  const std::string plan = "plan me { currency = EUR }\n";
  EXPECT_EQ(Let("sum(s.price for s in skus) * 1 node <= 5 EUR", plan), "true");
}

TEST(Dates, MoveByWholeDaysAndMonths) {
  EXPECT_EQ(Let("2027-01-31 + 1 month"), "2027-02-28");
  EXPECT_EQ(Let("2027-01-31 + 2 weeks"), "2027-02-14");
  EXPECT_EQ(Let("2027-03 + 3 months"), "2027-06");
  EXPECT_EQ(Let("2027-03-01 - 1 day"), "2027-02-28");
  EXPECT_EQ(Let("2027-03-01 - 2027-02-01"), "28 days");
  EXPECT_THAT(CodesOf("2027-03-01 + 5 h"), ElementsAre("GR0309"));
}

TEST(Dates, ComparePeriodsByTheirFirstDay) {
  EXPECT_EQ(Let("2027-06-30 in 2027-06"), "true");
  EXPECT_EQ(Let("2027-07-01 in 2027-06"), "false");
  EXPECT_EQ(Let("2027-06-30 in 2027-01 .. 2027-06"), "true");
  EXPECT_EQ(Let("2027-Q3 > 2027-06"), "true");
  EXPECT_EQ(Let("2027-06-02 > 2027-06"), "true");
  EXPECT_EQ(Let("days(2027-02)"), "28 days");
}

TEST(Curves, AreZeroBeforeTheirFirstStep) {
  const std::string pool = "pool p { demand = { 2027-10 = 4 gpu, 2028-01 = 8 gpu } }";
  EXPECT_EQ(Let("p.demand[2027-09]", pool), "0 gpus");
  EXPECT_EQ(Let("p.demand[2027-12]", pool), "4 gpus");
  EXPECT_EQ(Let("(p.demand * 130 %)[2028-05-03]", pool), "10.4 gpus");
  EXPECT_EQ(Let("(p.demand + p.demand)[2028-05-03]", pool), "16 gpus");
  EXPECT_EQ(Let("p.demand[2030-01]", "pool p { demand = 3 gpu }"), "3 gpus");
}

TEST(Curves, AConstantCountsBeforeTheFirstStepToo) {
  const std::string pool =
      "pool p { demand = { 2027-10 = 4 gpu } }\npool q : p { demand += 3 gpu }";
  EXPECT_EQ(Let("q.demand[2027-01]", pool), "3 gpus");
  EXPECT_EQ(Let("q.demand[2027-11]", pool), "7 gpus");
}

TEST(Spreads, AreShiftedAsAWhole) {
  const std::string pool = "pool p { lead = 1 week .. 3 weeks }\npool q : p { lead += 2 weeks }";
  EXPECT_EQ(Evaluated(pool).Text("p.lead"), "1 week .. 2 weeks .. 3 weeks");
  EXPECT_EQ(Evaluated(pool).Text("q.lead"), "3 weeks .. 4 weeks .. 5 weeks");
}

TEST(Lists, CountFromZero) {
  const std::string pools = "pool a {}\npool b { friends = [a] }";
  EXPECT_EQ(Let("b.friends[0]", pools), "a");
  EXPECT_THAT(CodesOf("b.friends[1]", pools), ElementsAre("GR0308"));
  EXPECT_EQ(Let("min(f.spare for f in b.friends where spare > 4)", pools), "none");
  EXPECT_EQ(Let("sum(f.spare for f in b.friends where spare > 4)", pools), "0");
  EXPECT_EQ(Let("max(3, 7, 5)"), "7");
  EXPECT_EQ(Let("unique([1, 2, 1])"), "[1, 2]");
}

TEST(Builtins, WorkOnTexts) {
  EXPECT_EQ(Let("\"${1 + 1} and ${\"x\"}\""), "\"2 and x\"");
  EXPECT_EQ(Let("lower(\"ABC\")"), "\"abc\"");
  EXPECT_EQ(Let("join([\"a\", \"b\"], \"-\")"), "\"a-b\"");
  EXPECT_EQ(Let("contains(\"abc\", \"b\") and starts_with(\"abc\", \"ab\")"), "true");
}

TEST(Builtins, RoundInTheUnitOfTheArgument) {
  EXPECT_EQ(Let("ceil(2.5 weeks)"), "3 weeks");
  EXPECT_EQ(Let("floor(-2.5)"), "-3");
  EXPECT_EQ(Let("round(2.5 kW)"), "3 kW");
  EXPECT_EQ(Let("abs(0 kW - 2 kW)"), "2 kW");
}

}  // namespace
}  // namespace groma::evaluate
