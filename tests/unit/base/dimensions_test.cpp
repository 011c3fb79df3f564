// SPDX-License-Identifier: Apache-2.0
#include "groma/base/dimensions.h"

#include <gtest/gtest.h>

#include <random>

namespace groma::base {
namespace {

using enum DimensionId;

class Dimensions : public testing::Test {
 protected:
  auto Currency(llvm::StringRef code) -> DimensionId { return *table_.FindCurrency(code); }

  DimensionTable table_;
};

TEST_F(Dimensions, ProductsHaveNames) {
  EXPECT_EQ(table_.Multiply(kPower, kTime), kEnergy);
  EXPECT_EQ(table_.Divide(kEnergy, kTime), kPower);
  EXPECT_EQ(table_.Divide(kData, kTime), kDataRate);
  EXPECT_EQ(table_.Divide(kNumber, kTime), kFrequency);
  EXPECT_EQ(table_.Divide(kCompute, kTime), kComputeRate);
  EXPECT_EQ(table_.Divide(kGpu, kGpu), kNumber);
  EXPECT_EQ(table_.Divide(kTime, table_.Multiply(kTime, kTime)), kFrequency);
}

TEST_F(Dimensions, AreAnAbelianGroup) {
  std::mt19937 random(23);
  std::vector<DimensionId> known = {kNumber, kTime,     kPower,         kGpu,
                                    kNode,   kDataRate, Currency("EUR")};
  for (int i = 0; i < 5'000; ++i) {
    const auto draw = [&]() { return known[random() % known.size()]; };
    const DimensionId a = draw();
    const DimensionId b = draw();
    const DimensionId c = draw();
    const DimensionId ab = table_.Multiply(a, b);
    ASSERT_EQ(ab, table_.Multiply(b, a));
    ASSERT_EQ(table_.Multiply(ab, c), table_.Multiply(a, table_.Multiply(b, c)));
    ASSERT_EQ(table_.Divide(ab, b), a);
    ASSERT_EQ(table_.Multiply(a, kNumber), a);
    ASSERT_EQ(table_.Divide(a, table_.Divide(a, b)), b);
    ASSERT_EQ(table_.Lookup(DimensionTable::Factors(table_.factors(ab))), ab);
    if (known.size() < 200) {
      known.push_back(ab);
    }
  }
}

TEST_F(Dimensions, SquaringForeverEnds) {
  DimensionId d = kGpu;
  for (int i = 0; i < 100; ++i) {
    d = table_.Multiply(d, d);
  }
  EXPECT_EQ(table_.Multiply(d, d), d) << "exponents stop at the end of their range";
  EXPECT_EQ(table_.Name(d), "gpu^2147483647");
  EXPECT_EQ(table_.Multiply(table_.Divide(kNumber, d), d), kNumber);
}

TEST_F(Dimensions, Counting) {
  const DimensionId gpus_per_node = table_.Divide(kGpu, kNode);
  EXPECT_TRUE(table_.IsCounting(kGpu));
  EXPECT_TRUE(table_.IsCounting(gpus_per_node));
  EXPECT_FALSE(table_.IsCounting(kNumber));
  EXPECT_FALSE(table_.IsCounting(kPower));
  EXPECT_FALSE(table_.IsCounting(kMonth));
  EXPECT_FALSE(table_.IsCounting(table_.Divide(kPower, kNode)));
  EXPECT_FALSE(table_.IsCounting(Currency("EUR")));
  EXPECT_EQ(table_.StripCounting(gpus_per_node), kNumber);
  EXPECT_EQ(table_.StripCounting(table_.Divide(kPower, kNode)), kPower);
  EXPECT_EQ(table_.StripCounting(kPower), kPower);
}

TEST_F(Dimensions, DeclaredOnesCount) {
  const DimensionId slot = table_.DeclareCounting("slot");
  EXPECT_TRUE(table_.IsCounting(slot));
  EXPECT_EQ(table_.Name(table_.Divide(kPower, slot)), "power per slot");
  const DimensionTable copy = table_;
  table_ = DimensionTable();
  EXPECT_EQ(copy.base_name(slot), "slot") << "a copy keeps its names";
}

TEST_F(Dimensions, Currencies) {
  const DimensionId euro = Currency("EUR");
  const DimensionId price = table_.Divide(euro, kNode);
  EXPECT_EQ(table_.CurrencyOf(price), llvm::StringRef("EUR"));
  EXPECT_EQ(table_.CurrencyOf(kPower), std::nullopt);
  EXPECT_EQ(table_.CurrencyOf(table_.Multiply(euro, euro)), std::nullopt);
  EXPECT_EQ(table_.CurrencyOf(table_.Divide(kGpu, euro)), std::nullopt);
  EXPECT_EQ(table_.CurrencyOf(table_.Divide(euro, Currency("USD"))), std::nullopt);
  EXPECT_EQ(table_.WithoutCurrency(price), table_.Divide(kNumber, kNode));
  EXPECT_EQ(table_.WithoutCurrency(kPower), kPower);
  EXPECT_EQ(table_.ReplaceCurrency(price, "USD"), table_.Divide(Currency("USD"), kNode));
  EXPECT_EQ(table_.ReplaceCurrency(price, "ABC"), std::nullopt);
  EXPECT_EQ(table_.ReplaceCurrency(kPower, "USD"), std::nullopt);
}

TEST_F(Dimensions, CodesAreThoseInForce) {
  for (const char *code : {"EUR", "USD", "GBP", "CHF", "JPY", "AED", "ZWG", "money"}) {
    const auto currency = table_.FindCurrency(code);
    ASSERT_TRUE(currency) << code;
    EXPECT_EQ(table_.base_name(*currency), code);
  }
  for (const char *code : {"DEM", "HRK", "XXX", "XTS", "eur", "", "EURO", "AAA", "zzz"}) {
    EXPECT_FALSE(table_.FindCurrency(code)) << code;
  }
}

TEST_F(Dimensions, Names) {
  const DimensionId euro = Currency("EUR");
  const auto per = [this](DimensionId a, DimensionId b) { return table_.Divide(a, b); };
  EXPECT_EQ(table_.Name(kNumber), "a number");
  EXPECT_EQ(table_.Name(kPower), "power");
  EXPECT_EQ(table_.Name(kDataRate), "data rate");
  EXPECT_EQ(table_.Name(kGpu), "gpu");
  EXPECT_EQ(table_.Name(euro), "EUR");
  EXPECT_EQ(table_.Name(per(euro, kNode)), "EUR per node");
  EXPECT_EQ(table_.Name(per(kPower, kNode)), "power per node");
  EXPECT_EQ(table_.Name(per(per(euro, kNode), kTime)), "EUR / (node time)");
  EXPECT_EQ(table_.Name(per(per(euro, kPower), kMonth)), "EUR / (power month)");
  EXPECT_EQ(table_.Name(per(kMass, kEnergy)), "mass per energy");
  EXPECT_EQ(table_.Name(table_.Multiply(kLength, kLength)), "length^2");
  EXPECT_EQ(table_.Name(table_.Multiply(kGpu, kTime)), "gpu time");
  EXPECT_EQ(table_.Name(per(kNumber, kNode)), "1 / node");
  EXPECT_EQ(table_.Name(per(table_.Multiply(kGpu, kTime), kNode)), "(gpu time) / node");
}

}  // namespace
}  // namespace groma::base
