// SPDX-License-Identifier: Apache-2.0
// Long chains and rounds: no value is too far from its end, and a round is told from its first line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evaluated.h"

namespace groma::evaluate {
namespace {

constexpr int kLong = 10'000;

auto Chain(const std::string &type) -> std::string {
  std::string text;
  for (int i = 0; i < kLong; ++i) {
    text += "let a" + std::to_string(i) + type + " = a" + std::to_string(i + 1) + " + 1\n";
  }
  return text;
}

TEST(Order, ALongChainOfLetsHasItsValue) {
  for (const std::string type : {"", ": int"}) {
    Evaluated plan(Chain(type) + "let a" + std::to_string(kLong) + type + " = 1\n");
    EXPECT_THAT(plan.codes(), testing::IsEmpty());
    EXPECT_EQ(plan.Text("a0"), std::to_string(kLong + 1));
  }
}

TEST(Order, ALongRoundEndsWithAMessage) {
  EXPECT_THAT(Evaluated(Chain("") + "let a10000 = a0\n").codes(), testing::ElementsAre("GR0273"));
  EXPECT_THAT(Evaluated(Chain(": int") + "let a10000: int = a0\n").codes(),
              testing::ElementsAre("GR0306"));
}

TEST(Order, ARoundIsToldFromTheLineThatIsWrittenFirst) {
  Evaluated plan("let c: int = a\nlet a: int = b\nlet b: int = c\nlet d: int = b\n");
  EXPECT_THAT(plan.messages(), testing::ElementsAre("`c` depends on itself"));
}

// Both sides of a `+` are tried; what fails is not tried again at every level above.
TEST(Order, OneMistakeInALongSumIsFoundAtOnce) {
  std::string sum = "let x = nosuch";
  for (int i = 0; i < 300; ++i) sum += " + 1";
  EXPECT_THAT(Evaluated(sum + "\n").codes(), testing::ElementsAre("GR0201"));
}

}  // namespace
}  // namespace groma::evaluate
