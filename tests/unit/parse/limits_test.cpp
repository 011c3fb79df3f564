// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <ctime>

#include "parsed.h"

namespace groma::parse {
namespace {

auto Repeat(const std::string &text, size_t times) -> std::string {
  std::string out;
  out.reserve(text.size() * times);
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

// Processor time, so that a busy machine does not fail the test; sanitizers are slow.
auto Seconds(const std::string &text, Parsed &parsed) -> double {
  const clock_t begin = clock();
  parsed = ParseText(text);
  return static_cast<double>(clock() - begin) / CLOCKS_PER_SEC;
}

TEST(Limits, Depth256IsReadAnd257IsRefused) {
  EXPECT_EQ(ParseText("let a = " + Repeat("(", 256) + "1" + Repeat(")", 256)).sink.error_count(),
            0U);
  const Parsed parsed = ParseText("let a = " + Repeat("(", 257) + "1" + Repeat(")", 257));
  EXPECT_EQ(parsed.codes(), std::vector<std::string>{"GR0107"});
}

TEST(Limits, BracesCountToo) {
  EXPECT_EQ(ParseText(Repeat("a b { ", 256) + Repeat("}", 256)).sink.error_count(), 0U);
  EXPECT_EQ(ParseText(Repeat("a b { ", 257) + Repeat("}", 257)).codes(),
            std::vector<std::string>{"GR0107"});
}

TEST(Limits, LongChainsAreRefusedBeforeTheyFillTheStack) {
  for (const char *part : {"not ", "- ", "a + ", "a.", "if a then b else ", "f(a) and "}) {
    const Parsed parsed = ParseText("let a = " + Repeat(part, 100'000) + "a");
    EXPECT_EQ(parsed.codes(), std::vector<std::string>{"GR0109"}) << part;
  }
  EXPECT_EQ(ParseText("let a = " + Repeat("a + ", 490) + "a").sink.error_count(), 0U);
}

TEST(Limits, LongListsAreFine) {
  EXPECT_EQ(ParseText("let a = [" + Repeat("b.c + 1, ", 50'000) + "]").sink.error_count(), 0U);
}

TEST(Limits, AMillionTokensAreRefusedQuickly) {
  Parsed parsed;
  EXPECT_LT(Seconds("let a = [" + Repeat("b, ", 600'000) + "]\nsite c {}\n", parsed), 3);
  EXPECT_EQ(parsed.codes(), std::vector<std::string>{"GR0108"});
  EXPECT_EQ(parsed.tree.children(parsed.tree.root()).size(), 2U);
}

TEST(Limits, AHundredThousandBracketsAndTenMegabytesOnALine) {
  Parsed parsed;
  EXPECT_LT(Seconds(Repeat("[", 100'000), parsed), 3);
  EXPECT_LT(Seconds(Repeat("{", 100'000) + Repeat("}", 99'999), parsed), 3);
  EXPECT_LT(Seconds(Repeat("a b {", 100'000), parsed), 3);
  EXPECT_LT(Seconds("let a = " + Repeat("x", 10'000'000), parsed), 3);
  EXPECT_EQ(parsed.sink.error_count(), 0U);
  EXPECT_LT(Seconds("let a = \"" + Repeat("x", 10'000'000) + "\"", parsed), 3);
  EXPECT_EQ(parsed.sink.error_count(), 0U);
  EXPECT_LT(Seconds(Repeat(")", 200'000), parsed), 3);
  EXPECT_LT(Seconds(Repeat("'", 200'000), parsed), 3);
  EXPECT_LT(Seconds(Repeat("\"${", 200'000), parsed), 3);
  EXPECT_LT(Seconds("let a = \"" + Repeat("${\"", 200'000), parsed), 3);
}

TEST(Limits, ManyMistakesStayLinear) {
  Parsed parsed;
  EXPECT_LT(Seconds("site a {\n" + Repeat("  b = = 1\n", 20'000) + "}\n", parsed), 5);
  EXPECT_EQ(parsed.sink.error_count(), 20'000U);
}

}  // namespace
}  // namespace groma::parse
