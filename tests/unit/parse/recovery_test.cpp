// SPDX-License-Identifier: Apache-2.0
// Mistakes do not hide one another, and none begets a second message.
#include <gtest/gtest.h>

#include "parsed.h"

namespace groma::parse {
namespace {

TEST(Recovery, FiveMistakesInOneBodyAreFive) {
  const Parsed parsed = ParseText(R"(site ams : onprem.datacenter {
  it_power = 480kW
  pue      = = 1.25
  racks    = [1 2]
  fabric   = infiniband { rate = , rails = 8 }
  cooling  = f(1 +)
  fine     = 1
}
)");
  EXPECT_EQ(parsed.lines(), (std::vector<uint32_t>{2, 3, 4, 5, 6}));
}

TEST(Recovery, FiveMistakesInOneFileAreFive) {
  const Parsed parsed = ParseText(R"(site a { b = }
resource "x" "y" { c = 1 }
pool d owned { e = 1 }
team f { g = 1 h = 2 }
fn i(j) = 3
site fine { k = 1 }
)");
  EXPECT_EQ(parsed.lines(), (std::vector<uint32_t>{1, 2, 3, 4, 5}));
}

TEST(Recovery, WhatIsFineIsKept) {
  const Parsed parsed = ParseText("site a {\n  b = = 1\n  c = 2\n}\nsite d {}\n");
  ASSERT_EQ(parsed.sink.error_count(), 1U);
  const auto &tree = parsed.tree;
  ASSERT_EQ(tree.children(tree.root()).size(), 2U);
  const auto body = tree.child(tree.child(tree.root(), 0), 5);
  ASSERT_EQ(tree.children(body).size(), 2U);
  EXPECT_EQ(tree.kind(tree.child(body, 0)), syntax::NodeKind::Error);
  EXPECT_EQ(tree.text(tree.child(body, 1)), "c = 2");
}

TEST(Recovery, AHeadBeyondRepairStillTellsOfItsBody) {
  const Parsed parsed = ParseText("site a : : b {\n  c = = 1\n  d = 2\n}\nsite e {}\n");
  EXPECT_EQ(parsed.lines(), (std::vector<uint32_t>{1, 2}));
}

TEST(Recovery, AForgottenBraceCostsOneDeclaration) {
  const Parsed parsed = ParseText(R"(site a {
  b = {
    c = 1
  d = 2
}
site e { f = 3 }
pool g : h {
  i = 4
}
)");
  EXPECT_EQ(parsed.codes(), (std::vector<std::string>{"GR0105"}));
  EXPECT_EQ(parsed.lines(), (std::vector<uint32_t>{2}));
  EXPECT_EQ(parsed.tree.children(parsed.tree.root()).size(), 3U);
}

TEST(Recovery, OrderDependsOnTheTextAlone) {
  const std::string text = "site a { b = , c = 1kW, d = [1 2] }\nlet e = \"\nlet f = (\n";
  EXPECT_EQ(ParseText(text).codes(), ParseText(text).codes());
}

TEST(Recovery, MessagesSpeakPlainly) {
  for (const char *text : {"site a { b = }", "fn f(", "let a: [", "let a = b c", "site a : { }",
                           "let a = if b", "prefer a", "import", "let", "site a { b = c d }"}) {
    const Parsed parsed = ParseText(text);
    ASSERT_FALSE(parsed.sink.diagnostics().empty()) << text;
    for (const auto &d : parsed.sink.diagnostics()) {
      for (const char *word :
           {"IDENT", "RBRACE", "EOF", "mismatched", "viable", "invalid", "illegal", "allowed"}) {
        EXPECT_EQ(d.message.find(word), std::string::npos) << d.message;
      }
    }
  }
}

}  // namespace
}  // namespace groma::parse
