// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/render_text.h"

#include <gtest/gtest.h>

#include "plans.h"

namespace groma::diagnostics {
namespace {

auto Text(const Plan &plan, const Diagnostic &diagnostic, TextOptions options = {}) -> std::string {
  std::string text;
  llvm::raw_string_ostream out(text);
  RenderText(plan.sources(), diagnostic, options, out);
  return text;
}

TEST(RenderText, OneLabel) {
  const Plan plan("site ams {\n  grid = eu_wets\n}\n");
  const auto d = Say(kUnknownName, "no `eu_wets` here", {{plan.Of("eu_wets"), "not a grid"}});
  EXPECT_EQ(Text(plan, d), R"(error[GR0203]: no `eu_wets` here
 --> plan.groma:2:10
  |
2 |   grid = eu_wets
  |          ^^^^^^^ not a grid

)");
}

TEST(RenderText, LabelsOfOneLineAreStacked) {
  const Plan plan("pool lake : owned { gpus = 64, site = ams }\n");
  const auto d = Say(kUnknownName, "`lake` asks for 64",
                     {{plan.Of("64"), "asked here"},
                      {plan.Of("lake"), "by this pool"},
                      {plan.Of("ams"), "offered here"},
                      {plan.Of("owned"), ""}});
  EXPECT_EQ(Text(plan, d), R"(error[GR0203]: `lake` asks for 64
 --> plan.groma:1:28
  |
1 | pool lake : owned { gpus = 64, site = ams }
  |      ----   -----          ^^         --- offered here
  |      |                     |
  |      |                     asked here
  |      by this pool

)");
}

TEST(RenderText, OverlappingLabelsHangBelow) {
  const Plan plan("let x = a.b.c + d\n");
  const auto d = Say(kUnknownName, "no `c` here",
                     {{plan.Of("c"), "this member"},
                      {plan.Of("a.b.c"), "of this"},
                      {plan.Of("a.b.c + d"), "in this sum"}});
  EXPECT_EQ(Text(plan, d), R"(error[GR0203]: no `c` here
 --> plan.groma:1:13
  |
1 | let x = a.b.c + d
  |         ----^----
  |         |   |
  |         |   this member
  |         in this sum
  |         of this

)");
}

TEST(RenderText, LabelsOfSeveralFilesAndLines) {
  Plan plan("site ams {}\n\npool a {}\nlet b = 1\nlet c = 2\npool ams {}\n");
  plan.Add("net/hub.groma", "// hub\nsite ams {}\n");
  plan.AddLibrary("stdlib/prelude.groma", "/// A place.\nkind site {}\n");
  const auto d = Say(kUnknownName, "`ams` is declared twice",
                     {{plan.Of("ams", 2), "again here"},
                      {plan.Of("ams", 1), "first here"},
                      {plan.Of("c ="), "nearby"},
                      {plan.Of("ams", 1, 1), "and in the hub"},
                      {plan.Of("site", 1, 2), "the kind"}});
  EXPECT_EQ(Text(plan, d), R"(error[GR0203]: `ams` is declared twice
 --> plan.groma:6:6
  |
1 | site ams {}
  |      --- first here
...
5 | let c = 2
  |     --- nearby
6 | pool ams {}
  |      ^^^ again here
 ::: net/hub.groma:2:6
  |
2 | site ams {}
  |      --- and in the hub
 ::: stdlib/prelude.groma:2:6
  |
2 | kind site {}
  |      ---- the kind

)");
}

TEST(RenderText, SpanOfTwoLines) {
  const Plan plan("let x = (1 +\n  2)\n");
  const auto d = Say(kUnused, "`x` is not used", {{plan.Of("(1 +\n  2)"), "this value"}});
  EXPECT_EQ(Text(plan, d), R"(warning[GR0150]: `x` is not used
 --> plan.groma:1:9
  |
1 |   let x = (1 +
  |  _________^
2 | |   2)
  | |____^ this value

)");
}

TEST(RenderText, SpanOfManyLinesShowsItsEnds) {
  const Plan plan("// plan\nsite ams {\n  a = 1\n  b = 2\n  c = 3\n  d = 4\n}\n");
  const auto d = Say(kUnknownName, "`ams` lacks `pue`",
                     {{plan.From(plan.Of("site"), plan.Of("}")), "this site"}});
  EXPECT_EQ(Text(plan, d), R"(error[GR0203]: `ams` lacks `pue`
 --> plan.groma:2:1
  |
2 |   site ams {
  |  _^
... |
7 | | }
  | |_^ this site

)");
}

TEST(RenderText, SpanOfManyLinesWithLabelsInside) {
  const Plan plan("site ams {\n  a = 1\n  b = 2\n  c = 3\n  d = 4\n  e = 5\n}\n");
  const auto d = Say(kUnknownName, "`ams` lacks `pue`",
                     {{plan.Of("c"), "seen here"},
                      {plan.From(plan.Of("site"), plan.Of("}")), "the site"},
                      {plan.From(plan.Of("b"), plan.Of("4")), "the middle"}});
  EXPECT_EQ(Text(plan, d), R"(error[GR0203]: `ams` lacks `pue`
 --> plan.groma:4:3
  |
1 |     site ams {
  |  ___-
2 | |     a = 1
3 | |     b = 2
  | |  ___-
4 | | |   c = 3
  | | |   ^ seen here
5 | | |   d = 4
  | | |_______- the middle
6 | |     e = 5
7 | |   }
  | |___- the site

)");
}

TEST(RenderText, SpanThatEndsBehindItsNewlineStaysOnItsLine) {
  const Plan plan("let x = 1\nlet y = 2\n");
  const auto d = Say(kUnused, "`x` is not used", {{plan.Of("let x = 1\n"), "this"}});
  EXPECT_EQ(Text(plan, d), R"(warning[GR0150]: `x` is not used
 --> plan.groma:1:1
  |
1 | let x = 1
  | ^^^^^^^^^ this

)");
}

TEST(RenderText, PlaceAtTheEndOfTheFile) {
  const Plan plan("site ams {\r\n");
  const auto d = Say(kUnknownName, "`}` is missing",
                     {{Plan::After(plan.Of("{\r\n")), "expected here"}, {plan.Of("{"), "opened"}});
  EXPECT_EQ(Text(plan, d), R"(error[GR0203]: `}` is missing
 --> plan.groma:2:1
  |
1 | site ams {
  |          - opened
2 |
  | ^ expected here

)");
}

TEST(RenderText, TabsAndWideAndCombiningScalars) {
  const Plan plan("\tlet 東京 = \"e\xCC\x81t\xC3\xA9\" + \xF0\x9F\x98\x80 + bad\n");
  const auto d = Say(kUnknownName, "no `bad` here",
                     {{plan.Of("bad"), "this"},
                      {plan.Of("東京"), "wide"},
                      {plan.Of("t\xC3\xA9"), "behind a combining mark"},
                      {plan.Of("\xF0\x9F\x98\x80"), "a face"}});
  EXPECT_EQ(Text(plan, d), R"(error[GR0203]: no `bad` here
 --> plan.groma:1:24
  |
1 |     let 東京 = "été" + 😀 + bad
  |         ----     --    --   ^^^ this
  |         |        |     |
  |         |        |     a face
  |         |        behind a combining mark
  |         wide

)");
}

TEST(RenderText, WhatCouldTrickATerminalIsShown) {
  const Plan plan("let a = \"\x1b[31m\xE2\x80\xAEmoc\xFF\" + bad\n");
  const auto d = Say(kUnknownName, "no `\x1b[2J` here", {{plan.Of("bad"), "\x07"}});
  EXPECT_EQ(Text(plan, d), R"(error[GR0203]: no `␛[2J` here
 --> plan.groma:1:24
  |
1 | let a = "␛[31m�moc�" + bad
  |                        ^^^ ␇

)");
}

TEST(RenderText, LongLineIsCutAroundItsLabels) {
  std::string line(10'000'000, 'x');
  line.replace(5'000'000, 5, " bad ");
  line.replace(9'000'000, 7, " worse ");
  const Plan plan(line);
  const auto d =
      Say(kUnknownName, "no `bad` here",
          {{plan.Of("bad"), "this"}, {plan.Of("worse"), "that"}, {plan.Of("x"), "first"}});
  EXPECT_EQ(Text(plan, d, {.width = 40}), R"(error[GR0203]: no `bad` here
 --> plan.groma:1:5000002
  |
1 | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
  | - first
1 | ...xxxxxxxxxxxxxxxxx bad xxxxxxxxxxxxxxxxxx...
  |                      ^^^ this
1 | ...xxxxxxxxxxxxxxxx worse xxxxxxxxxxxxxxxxx...
  |                     ----- that

)");
}

TEST(RenderText, LongLabelIsCutAtItsEnd) {
  const Plan plan("let s = \"" + std::string(500, 'y') + "\" + 1\n");
  const auto d =
      Say(kUnknownName, "too long", {{plan.Of("\"" + std::string(500, 'y') + "\""), "this text"}});
  EXPECT_EQ(Text(plan, d, {.width = 40}), R"(error[GR0203]: too long
 --> plan.groma:1:9
  |
1 | ... s = "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy...
  |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this text

)");
}

TEST(RenderText, NotesAndHelpsAlignTheirLines) {
  const Plan plan("let a = b\n");
  auto d = Say(kUnknownName, "no `b` here\nnor elsewhere", {{plan.Of("b"), ""}});
  d.notes = {"one\ntwo", "three"};
  d.helps = {"write `a`"};
  EXPECT_EQ(Text(plan, d), R"(error[GR0203]: no `b` here
               nor elsewhere
 --> plan.groma:1:9
  |
1 | let a = b
  |         ^
  |
  = note: one
          two
  = note: three
  = help: write `a`

)");
}

TEST(RenderText, WithoutAPlace) {
  auto d = Say(kUnknownName, "no plan in `x`");
  d.notes = {"looked for `*.groma`"};
  d.helps = {"run `groma init`"};
  d.fixes.push_back({"start a plan", {}, Applicability::Safe});
  EXPECT_EQ(Text(Plan(), d), R"(error[GR0203]: no plan in `x`
 = note: looked for `*.groma`
 = help: run `groma init`
 = help: start a plan

)");
}

TEST(RenderText, FixThatReplaces) {
  const Plan plan("site ams {\n  grid = eu_wets\n}\n");
  auto d = Say(kUnknownName, "no `eu_wets` here", {{plan.Of("eu_wets"), ""}});
  d.fixes.push_back({"write `eu_west`", {{plan.Of("eu_wets"), "eu_west"}}, Applicability::Safe});
  EXPECT_EQ(Text(plan, d), R"(error[GR0203]: no `eu_wets` here
 --> plan.groma:2:10
  |
2 |   grid = eu_wets
  |          ^^^^^^^
  |
help: write `eu_west`
  |
2 |   grid = eu_west
  |          ~~~~~~~

)");
}

TEST(RenderText, FixThatInsertsAtTwoPlaces) {
  const Plan plan("let a = b + c * d\n");
  auto d = Say(kUnused, "hard to read", {{plan.Of("b + c * d"), ""}});
  d.fixes.push_back({"add parentheses",
                     {{Plan::After(plan.Of("d")), ")"}, {Plan::Before(plan.Of("c")), "("}},
                     Applicability::Safe});
  EXPECT_EQ(Text(plan, d), R"(warning[GR0150]: hard to read
 --> plan.groma:1:9
  |
1 | let a = b + c * d
  |         ^^^^^^^^^
  |
help: add parentheses
  |
1 | let a = b + (c * d)
  |             +     +

)");
}

TEST(RenderText, FixThatDeletes) {
  const Plan plan("let a = 1,\nlet b = 2\n");
  auto d = Say(kUnused, "the comma does nothing", {{plan.Of(","), ""}});
  d.fixes.push_back({"remove it", {{plan.Of(","), ""}}, Applicability::Safe});
  EXPECT_EQ(Text(plan, d), R"(warning[GR0150]: the comma does nothing
 --> plan.groma:1:10
  |
1 | let a = 1,
  |          ^
  |
help: remove it
  |
1 - let a = 1,
1 + let a = 1

)");
}

TEST(RenderText, FixThatAddsAndRemovesLines) {
  const Plan plan("let a = 1\nlet b = x.y\nlet c = 3\n");
  auto d = Say(kUnknownName, "no `x` here", {{plan.Of("x"), ""}});
  d.fixes.push_back(
      {"import it", {{Plan::Before(plan.Of("let a")), "import x\n\n"}}, Applicability::Safe});
  d.fixes.push_back({"remove the line", {{plan.Of("let b = x.y\n"), ""}}, Applicability::Unsafe});
  EXPECT_EQ(Text(plan, d), R"(error[GR0203]: no `x` here
 --> plan.groma:2:9
  |
2 | let b = x.y
  |         ^
  |
help: import it
  |
1 + import x
2 +
help: remove the line
  |
2 - let b = x.y

)");
}

TEST(RenderText, FixInAnotherFileNamesIt) {
  Plan plan("let a = hub._x\n");
  plan.Add("hub.groma", "let _x = 1\n");
  auto d = Say(kUnknownName, "`_x` is private", {{plan.Of("_x"), ""}});
  d.fixes.push_back({"make it public", {{plan.Of("_x", 1, 1), "x"}}, Applicability::Unsafe});
  EXPECT_EQ(Text(plan, d), R"(error[GR0203]: `_x` is private
 --> plan.groma:1:13
  |
1 | let a = hub._x
  |             ^^
  |
help: make it public
 --> hub.groma:1:5
  |
1 | let x = 1
  |     ~

)");
}

TEST(RenderText, LargeOrForeignFixIsNamedOnly) {
  Plan plan("let a = 1\n");
  plan.AddLibrary("stdlib/prelude.groma", "kind site {}\n");
  auto d = Say(kUnknownName, "no `site` here", {{plan.Of("a"), ""}});
  std::string lines;
  for (int i = 0; i < 20; ++i) lines += "let z = 1\n";
  d.fixes.push_back({"write it out", {{plan.Of("let"), lines}}, Applicability::Safe});
  d.fixes.push_back({"change the library", {{plan.Of("site", 1, 1), "x"}}, Applicability::Safe});
  EXPECT_EQ(Text(plan, d), R"(error[GR0203]: no `site` here
 --> plan.groma:1:5
  |
1 | let a = 1
  |     ^
  |
  = help: write it out
  = help: change the library

)");
}

TEST(RenderText, Colours) {
  const Plan plan("let a = b\n");
  auto d = Say(kUnused, "no `b` here", {{plan.Of("b"), "this"}, {plan.Of("a"), "for"}});
  d.notes = {"so"};
  std::string text = Text(plan, d, {.color = true});
  for (char &c : text) {
    if (c == '\x1b') c = '$';
  }
  EXPECT_EQ(text, R"($[1;33mwarning[GR0150]$[0m$[1m: $[0m$[1mno `b` here$[0m
 $[1;34m--> $[0mplan.groma:1:9
  $[1;34m|$[0m
$[1;34m1 |$[0m let a = b
  $[1;34m|$[0m     $[1;34m-$[0m   $[1;33m^ this$[0m
  $[1;34m|$[0m     $[1;34m|$[0m
  $[1;34m|$[0m     $[1;34mfor$[0m
  $[1;34m|$[0m
  $[1;34m= $[0m$[1;32mnote$[0m: so

)");
}

TEST(RenderText, LineNumbersShareAGutter) {
  std::string lines;
  for (int i = 1; i <= 100; ++i) lines += "let a" + std::to_string(i) + " = 1\n";
  const Plan plan(lines);
  const auto d = Say(kRemark, "two", {{plan.Of("a100"), "last"}, {plan.Of("a9"), "early"}});
  EXPECT_EQ(Text(plan, d), R"(note[GR0299]: two
   --> plan.groma:100:5
    |
9   | let a9 = 1
    |     -- early
...
100 | let a100 = 1
    |     ^^^^ last

)");
}

TEST(Summary, CountsBySeverity) {
  const auto e = Say(kUnknownName, "");
  const auto w = Say(kUnused, "");
  const auto n = Say(kRemark, "");
  EXPECT_EQ(Summary({}), "");
  EXPECT_EQ(Summary(e), "1 error");
  EXPECT_EQ(Summary({w, e, e}), "2 errors, 1 warning");
  EXPECT_EQ(Summary({n, w, w}), "2 warnings, 1 note");
}

}  // namespace
}  // namespace groma::diagnostics
