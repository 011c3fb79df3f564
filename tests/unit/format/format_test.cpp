// SPDX-License-Identifier: Apache-2.0
#include "groma/format/format.h"

#include <gtest/gtest.h>

#include "../parse/parsed.h"

namespace groma::format {
namespace {

using parse::Parsed;
using parse::ParseText;

// Formats, and checks what must hold for every text.
auto Formatted(const std::string &text) -> std::string {
  const Parsed before = ParseText(text);
  EXPECT_EQ(before.sink.error_count(), 0U) << text;
  const std::string once = Format(before.tree);
  const Parsed after = ParseText(once);
  EXPECT_EQ(after.sink.error_count(), 0U) << once;
  EXPECT_TRUE(SameMeaning(before.tree, after.tree)) << text << "---\n" << once;
  EXPECT_EQ(Format(after.tree), once) << text;
  const auto comments = [](const Parsed &parsed) {
    std::vector<std::string> texts;
    for (const auto &c : parsed.tree.comments()) {
      texts.push_back(parsed.tree.text().slice(c.begin, c.end).rtrim().str());
    }
    std::sort(texts.begin(), texts.end());
    return texts;
  };
  EXPECT_EQ(comments(before), comments(after)) << text << "---\n" << once;
  return once;
}

TEST(Format, ExamplesStandAsTheyAre) {
  for (const std::string &text : parse::Examples()) EXPECT_EQ(Formatted(text), text);
}

TEST(Format, SpacingIsTheFormatters) {
  EXPECT_EQ(Formatted("site  a:b  \"t\"{\n c=1\n\n\n dd = [ 1,2 ,]\n}"),
            "site a : b \"t\" {\n  c = 1\n\n  dd = [1, 2]\n}\n");
  EXPECT_EQ(Formatted("let a = -( 1+2 )*f( x,y=3 ) [ 4 ] . b\n"),
            "let a = -(1 + 2) * f(x, y = 3)[4].b\n");
  EXPECT_EQ(Formatted("kind a{b:int in 1..4=2{deprecated=\"c\"}\nfn f(x:int,y:[b]?=none)->bool}"),
            "kind a {\n  b: int in 1 .. 4 = 2 { deprecated = \"c\" }\n"
            "  fn f(x: int, y: [b]? = none) -> bool\n}\n");
}

TEST(Format, FieldsOfABodyAreAligned) {
  EXPECT_EQ(Formatted("site a {\n  b = 1\n  ccc += 2\n\n  dd >= 3\n}\n"),
            "site a {\n  b   = 1\n  ccc += 2\n\n  dd >= 3\n}\n");
}

TEST(Format, DeclarationsAreAlignedWhereTheAuthorBeganTo) {
  EXPECT_EQ(Formatted("site a  : b { c = 1 }\nsite ddd : eee { c = 1 }\nsite f : g {}\n"),
            "site a   : b { c = 1 }\nsite ddd : eee { c = 1 }\nsite f   : g {}\n");
  EXPECT_EQ(Formatted("site a : b { c = 1 }\nsite ddd : eee { c = 1 }\n"),
            "site a : b { c = 1 }\nsite ddd : eee { c = 1 }\n");
}

TEST(Format, LinesStayBrokenWhereTheAuthorBrokeThem) {
  EXPECT_EQ(Formatted("let a = [\n1, 2]\nlet b = c +\n      d\nlet e = f(1,\n 2)\n"),
            "let a = [\n  1, 2,\n]\nlet b = c +\n  d\nlet e = f(\n  1,\n  2,\n)\n");
  EXPECT_EQ(Formatted("let a = [{\nb = 1\n}]\n"), "let a = [{\n  b = 1\n}]\n");
}

TEST(Format, CommentsAreKept) {
  const std::string text = R"(// first

site a {  // beside the brace
  // own line
  b = 1    // beside
  ccc = 2 // below

  // last
}

site d {
  // alone
}
let e = [  // open
  1,  // one
  // before two
  2
  // end
]
let f = g +  // in the middle
  h
// end of file)";
  EXPECT_EQ(Formatted(text), R"(// first

site a {  // beside the brace
  // own line
  b   = 1 // beside
  ccc = 2 // below

  // last
}

site d {
  // alone
}
let e = [  // open
  1,  // one
  // before two
  2,
  // end
]
let f = g +  // in the middle
  h
// end of file
)");
}

TEST(Format, CommentsInOddPlacesAreKept) {
  Formatted("site a : // one\n  b { c = 1 }\n");
  Formatted("fn f( // one\n  x: int, // two\n  y: int // three\n) -> int = x\n");
  Formatted("let a = f( // one\n)\nlet b = [ // two\n]\n");
  Formatted("let a = b where // one\n  c // two\n");
  Formatted("let a = [\n  b // one\n  for b in c // two\n]\n");
  Formatted("site a { b = [\n  // one\n  1, 2, // two\n  { c = 1 // three\n }] }\n");
  Formatted("minimize a then // one\n  maximize b\n");
}

TEST(Format, MarksAndLineEndsAreDropped) {
  EXPECT_EQ(Formatted("\xef\xbb\xbf// a\r\nsite b {\r\n  c = 1\r\n}\r\n"),
            "// a\nsite b {\n  c = 1\n}\n");
  EXPECT_EQ(Formatted(""), "");
  EXPECT_EQ(Formatted("\n\n"), "");
}

}  // namespace
}  // namespace groma::format
