// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "parsed.h"

namespace groma::parse {
namespace {

auto Repeat(const std::string &text, size_t times) -> std::string {
  std::string out;
  out.reserve(text.size() * times);
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
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

TEST(Limits, AMillionTokensAreRefusedBeforeTheParser) {
  const Parsed parsed = ParseText("let a = [" + Repeat("b, ", 600'000) + "]\nsite c {}\n");
  EXPECT_EQ(parsed.codes(), std::vector<std::string>{"GR0108"});
  EXPECT_EQ(parsed.tree.children(parsed.tree.root()).size(), 2U);
}

// Inputs on which a quadratic parser would not end before ctest stops it: what counts is that each
// one is read to its end, and with how many messages.
TEST(Limits, AHundredThousandBracketsAreReadToTheEnd) {
  for (const std::string &text :
       {Repeat("[", 100'000), Repeat("{", 100'000) + Repeat("}", 99'999), Repeat("a b {", 100'000),
        Repeat(")", 200'000), Repeat("'", 200'000), Repeat("\"${", 200'000),
        "let a = \"" + Repeat("${\"", 200'000)}) {
    const size_t errors = ParseText(text).sink.error_count();
    EXPECT_GE(errors, 1U) << text.substr(0, 20);
    EXPECT_LE(errors, 200'000U) << text.substr(0, 20);
  }
}

TEST(Limits, TenMegabytesOnALineAreFine) {
  EXPECT_EQ(ParseText("let a = " + Repeat("x", 10'000'000)).sink.error_count(), 0U);
  EXPECT_EQ(ParseText("let a = \"" + Repeat("x", 10'000'000) + "\"").sink.error_count(), 0U);
}

TEST(Limits, EachOfManyMistakesIsReported) {
  const Parsed parsed = ParseText("site a {\n" + Repeat("  b = = 1\n", 20'000) + "}\n");
  EXPECT_EQ(parsed.sink.error_count(), 20'000U);
}

}  // namespace
}  // namespace groma::parse
