// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "groma/base/units.h"

namespace groma::base {
namespace {

using enum DimensionId;

class Display : public testing::Test {
 protected:
  auto Id(llvm::StringRef unit) -> UnitId {
    const ParsedUnit parsed = table_.Parse(unit);
    EXPECT_TRUE(parsed) << unit.str();
    return parsed.id;
  }
  // How `value unit` is printed, with its own unit as the hint, with `hint`, or with none.
  auto Own(Rational value, llvm::StringRef unit) -> std::string { return As(value, unit, unit); }
  auto As(Rational value, llvm::StringRef unit, llvm::StringRef hint) -> std::string {
    const UnitId id = Id(unit);
    return table_.Display(*table_.ToBase(value, id), table_.unit(id).dimension, Id(hint));
  }
  auto Plain(Rational value, llvm::StringRef unit) -> std::string {
    const UnitId id = Id(unit);
    return table_.Display(*table_.ToBase(value, id), table_.unit(id).dimension);
  }
  static auto R(llvm::StringRef text) -> Rational { return *Rational::Parse(text); }

  UnitTable table_;
};

TEST_F(Display, KeepsTheUnitThatWasWritten) {
  EXPECT_EQ(Own(480, "kW"), "480 kW");
  EXPECT_EQ(Own(R("99.9"), "%"), "99.9 %");
  EXPECT_EQ(Own(340'000, "EUR/node"), "340000 EUR/node");
  EXPECT_EQ(Own(0, "kW"), "0 kW");
  EXPECT_EQ(Own(R("0.5"), "MW"), "0.5 MW");
  EXPECT_EQ(Own(-3, "h"), "-3 h");
  EXPECT_EQ(Own(25, "degC"), "25 degC");
  EXPECT_EQ(Own(760, "EUR/day"), "760 EUR/day");
  EXPECT_EQ(Own(200, "GB/s"), "200 GB/s");
  EXPECT_EQ(table_.Display(R("1.25"), kNumber), "1.25");
  EXPECT_EQ(table_.Display(R("1.25"), kNumber, UnitId::kOne), "1.25");
}

TEST_F(Display, WritesSingularAndPlural) {
  EXPECT_EQ(Own(1, "week"), "1 week");
  EXPECT_EQ(Own(8, "week"), "8 weeks");
  EXPECT_EQ(Own(R("0.5"), "day"), "0.5 days");
  EXPECT_EQ(Own(-1, "day"), "-1 day");
  EXPECT_EQ(Own(8, "gpu/node"), "8 gpus/node");
  EXPECT_EQ(Own(1, "gpu/node"), "1 gpu/node");
  EXPECT_EQ(Own(3, "people"), "3 people");
}

TEST_F(Display, ChoosesUnitsByMagnitude) {
  EXPECT_EQ(Plain(480'000, "W"), "480 kW");
  EXPECT_EQ(Plain(1'500, "kW"), "1.5 MW");
  EXPECT_EQ(Plain(R("0.25"), "W"), "0.25 W");
  EXPECT_EQ(Plain(1'234'567, "W"), "1234567 W") << "rather many digits than many after the point";
  EXPECT_EQ(Plain(3'600'000, "J"), "1 kWh");
  EXPECT_EQ(Plain(10, "MJ"), "10 MJ") << "no decimal of Wh";
  EXPECT_EQ(Plain(2'000, "Mbps"), "2 Gbps");
  EXPECT_EQ(Plain(80, "GiB"), "80 GiB");
  EXPECT_EQ(Plain(80, "GB"), "80 GB");
  EXPECT_EQ(Plain(640, "Gbit"), "80 GB") << "data is counted in bytes";
  EXPECT_EQ(Plain(1'200, "kg"), "1.2 t");
  EXPECT_EQ(Plain(298, "K"), "298 K");
  EXPECT_EQ(Plain(12, "EUR"), "12 EUR");
}

TEST_F(Display, BelowOneTheLargestNumberReadsBest) {
  EXPECT_EQ(Plain(R("0.01"), "EUR/h"), "0.24 EUR/day");
  EXPECT_EQ(Plain(0, "W"), "0 W");
  EXPECT_EQ(Plain(0, "days"), "0 s");
}

TEST_F(Display, LeavesCalendarTimeWhole) {
  EXPECT_EQ(Plain(36, "h"), "36 h");
  EXPECT_EQ(Plain(90, "min"), "90 min");
  EXPECT_EQ(Plain(56, "days"), "8 weeks");
  EXPECT_EQ(Plain(10, "days"), "10 days");
  EXPECT_EQ(Plain(18, "months"), "18 months");
  EXPECT_EQ(Plain(24, "months"), "2 years");
  EXPECT_EQ(Plain(3, "workdays"), "3 workdays");
}

TEST_F(Display, LooksForAnotherUnitWhereTheHintIsNotExact) {
  EXPECT_EQ(As(10, "days", "weeks"), "10 days");
  EXPECT_EQ(As(20, "min", "h"), "20 min");
  EXPECT_EQ(As(1, "GiB", "TB"), "1 GiB");
  EXPECT_EQ(As(1, "Gbit", "Tbit"), "0.001 Tbit");
  EXPECT_EQ(As(R("0.000001"), "kW", "GW"), "0.001 W");
}

TEST_F(Display, BitsStayBitsAndBytesBytes) {
  EXPECT_EQ(As(*Rational::Make(1, 1'000'000), "Gbit", "Tbit"), "1 kbit");
  EXPECT_EQ(As(*Rational::Make(1, 1'000'000), "GB", "TB"), "1 kB");
  EXPECT_EQ(Plain(8, "bit"), "1 B");
}

TEST_F(Display, WritesFractionsWhereNoDecimalEnds) {
  EXPECT_EQ(Own(*Rational::Make(1, 3), "EUR"), "1/3 EUR");
  EXPECT_EQ(Own(*Rational::Make(4, 3), "node"), "4/3 nodes");
  EXPECT_EQ(Plain(*Rational::Make(4, 3), "node"), "4/3 nodes");
  EXPECT_EQ(Own(*Rational::Make(1, 7), "kW"), "1/7 kW");
  EXPECT_EQ(Own(*Rational::Make(1, 3), "%"), "1/3 %");
}

TEST_F(Display, PutsFractionsInTheUnitWhereTheyAreShortest) {
  EXPECT_EQ(Plain(*Rational::Make(1, 7), "EUR/h"), "1/7 EUR/h");
  EXPECT_EQ(Plain(*Rational::Make(1, 3), "kW"), "1/3 kW");
  EXPECT_EQ(Plain(*Rational::Make(2, 3), "Hz"), "2/3 Hz");
  EXPECT_EQ(table_.Display(*Rational::Make(1, 3), table_.Divide(kNumber, kNode)), "(1/3)/node");
}

TEST_F(Display, ComposesUnitsThatNobodyWrote) {
  EXPECT_EQ(Plain(R("10.2"), "kW/node"), "10.2 kW/node");
  EXPECT_EQ(Plain(760, "EUR/day"), "760 EUR/day");
  EXPECT_EQ(Plain(3, "EUR/node/h"), "3 EUR/node/h");
  EXPECT_EQ(Plain(R("0.14"), "EUR/kWh"), "0.14 EUR/kWh");
  EXPECT_EQ(Plain(15, "EUR/kW/month"), "15 EUR/kW/month");
  EXPECT_EQ(Plain(320, "g/kWh"), "320 g/kWh");
  EXPECT_EQ(Plain(500, "GB/month"), "500 GB/month");
  EXPECT_EQ(Plain(8, "gpu/node"), "8 gpus/node");
  EXPECT_EQ(Plain(1, "t/month"), "1 t/month");
  EXPECT_EQ(table_.Display(3, table_.Divide(kNumber, kNode)), "3/node");
  EXPECT_EQ(table_.Display(7'200, table_.Multiply(kGpu, kTime)), "2 gpus*h");
}

TEST_F(Display, GivesAHintTheCountsThatItLacks) {
  const DimensionId per_node = table_.Divide(kPower, kNode);
  EXPECT_EQ(table_.Display(10'200, per_node, Id("kW")), "10.2 kW/node");
  EXPECT_EQ(table_.Display(10'200, per_node, Id("EUR")), "10.2 kW/node") << "no use as a hint";
  EXPECT_EQ(table_.Display(10'200, kPower, Id("kW/node")), "10.2 kW");
  EXPECT_EQ(table_.Display(3, kGpu, UnitId::kOne), "3 gpus");
}

TEST_F(Display, HighPowersAreWrittenAsSuch) {
  DimensionId d = kEnergy;
  for (int i = 0; i < 40; ++i) {
    d = table_.Multiply(d, d);
  }
  EXPECT_EQ(table_.Display(2, d), "2 J^2147483647");
  const DimensionId area = table_.Multiply(kLength, kLength);
  EXPECT_EQ(table_.Display(2, area), "2 m*m");
  EXPECT_EQ(table_.Display(2, table_.Multiply(table_.Multiply(area, area), kLength)), "2 m^5");
}

// Also where it has to compose: the text must mean the value.
TEST_F(Display, WhatIsPrintedIsReadBack) {
  std::mt19937 random(29);
  const char *units[] = {"kW",         "GB",           "GiB",      "Mbit",     "h",     "days",
                         "months",     "EUR/day",      "EUR/kWh",  "kW/node",  "g/kWh", "GB/s",
                         "EUR/node/h", "EUR/GB/month", "gpu/node", "kg/month", "%",     "PFLOPS",
                         "Gbps/node",  "EUR/kW/month", "h/node",   "vcpu/gpu", "km",    "kHz"};
  for (int i = 0; i < 20'000; ++i) {
    const UnitId id = Id(units[random() % std::size(units)]);
    const UnitId hint = Id(units[random() % std::size(units)]);
    const Rational value = *Rational::Make(static_cast<std::int64_t>(random() % 100'000) - 50'000,
                                           random() % 2 == 0 ? 100 : 1 + random() % 50);
    const auto base = table_.ToBase(value, id);
    if (!base) {
      continue;  // Fifty thousand petaflops do not fit.
    }
    const DimensionId d = table_.unit(id).dimension;
    for (const auto &used : {std::optional<UnitId>(), std::optional(id), std::optional(hint)}) {
      const std::string text = table_.Display(*base, d, used);
      const auto [number, unit] = llvm::StringRef(text).split(' ');
      const auto [above, below] = number.split('/');
      const auto printed =
          Div(*Rational::Parse(above), below.empty() ? 1 : *Rational::Parse(below));
      const ParsedUnit parsed = unit.empty() ? ParsedUnit() : table_.Parse(unit);
      ASSERT_TRUE(parsed) << text;
      ASSERT_EQ(table_.unit(parsed.id).dimension, d) << text;
      ASSERT_EQ(table_.ToBase(*printed, parsed.id), base) << text;
    }
  }
}

TEST_F(Display, DoesNotDependOnWhatTheTableHasMet) {
  const std::string before = Plain(36, "EUR/day");
  for (const char *unit : {"EUR/week", "EUR/min", "EUR/s", "EUR/day", "EUR/h"}) {
    Id(unit);
  }
  EXPECT_EQ(Plain(36, "EUR/day"), before);
}

}  // namespace
}  // namespace groma::base
