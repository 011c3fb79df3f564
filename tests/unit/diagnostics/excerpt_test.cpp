// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/excerpt.h"

#include <gtest/gtest.h>

namespace groma::diagnostics {
namespace {

auto Shown(const Excerpt &excerpt) -> std::string {
  std::string text;
  llvm::raw_string_ostream out(text);
  Canvas canvas;
  excerpt.Put(canvas, 0, 0, Style::Plain);
  canvas.Write(out, false);
  return text;
}

TEST(Excerpt, ShortLineIsWhole) {
  const Excerpt excerpt("let \xE6\x9D\xB1 = 1", 4, 7, 40);
  EXPECT_EQ(Shown(excerpt), "let \xE6\x9D\xB1 = 1\n");
  EXPECT_TRUE(excerpt.Holds(0, 11));
  EXPECT_EQ(excerpt.ColumnOf(4), 4u);
  EXPECT_EQ(excerpt.ColumnOf(5), 4u) << "within the scalar";
  EXPECT_EQ(excerpt.ColumnAfter(5), 6u);
  EXPECT_EQ(excerpt.ColumnOf(7), 6u);
  EXPECT_EQ(excerpt.ColumnOf(99), 10u);
}

TEST(Excerpt, WindowStandsAroundTheSpan) {
  const llvm::StringRef line = "0123456789abcdefghijABCDEFGHIJ";
  EXPECT_EQ(Shown(Excerpt(line, 14, 16, 10)), "...abcdefghij...\n");
  EXPECT_EQ(Shown(Excerpt(line, 0, 1, 10)), "0123456789...\n");
  EXPECT_EQ(Shown(Excerpt(line, 29, 30, 10)), "...ABCDEFGHIJ\n");
  const Excerpt excerpt(line, 14, 16, 10);
  EXPECT_EQ(excerpt.ColumnOf(14), 7u);
  EXPECT_EQ(excerpt.ColumnOf(0), 3u) << "its nearer edge";
  EXPECT_EQ(excerpt.ColumnOf(29), 13u);
  EXPECT_FALSE(excerpt.Holds(9, 12));
}

TEST(Excerpt, LineOfCombiningMarksIsCutToo) {
  std::string line = "e";
  for (int i = 0; i < 1000; ++i) line += "\xCC\x81";
  EXPECT_LT(Shown(Excerpt(line, 0, 1, 10)).size(), 40u);
}

}  // namespace
}  // namespace groma::diagnostics
