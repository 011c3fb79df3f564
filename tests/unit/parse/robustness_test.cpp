// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes, the parser comes back with a tree, and with a reason if it is not whole.
#include <gtest/gtest.h>

#include <random>

#include "lexer.h"
#include "parsed.h"

namespace groma::parse {
namespace {

void ExpectReason(const std::string &text) {
  const Parsed parsed = ParseText(text);
  EXPECT_EQ(parsed.tree.has_errors(), parsed.sink.error_count() > 0) << text;
  const auto size = static_cast<uint32_t>(text.size());
  for (const syntax::Node &node : parsed.tree.nodes()) {
    ASSERT_LE(node.begin, node.end) << text;
    ASSERT_LE(node.end, size) << text;
  }
  for (const auto &d : parsed.sink.diagnostics()) {
    ASSERT_TRUE(d.primary().is_valid()) << d.message;
    ASSERT_LE(d.primary().end, size + 1) << d.message;
  }
}

TEST(Robustness, ExamplesAreClean) {
  for (const std::string &text : Examples()) {
    ASSERT_FALSE(text.empty());
    EXPECT_EQ(ParseText(text).sink.error_count(), 0U);
  }
}

TEST(Robustness, EveryTruncation) {
  for (const std::string &text : Examples()) {
    for (size_t length = 0; length < text.size(); ++length) ExpectReason(text.substr(0, length));
  }
}

TEST(Robustness, EveryTokenDeleted) {
  for (const std::string &text : Examples()) {
    Lexer lexer(text, 0, static_cast<uint32_t>(text.size()));
    for (Token token = lexer.Next(false); token.type != kEof; token = lexer.Next(false)) {
      ExpectReason(text.substr(0, token.begin) + text.substr(token.end));
    }
  }
}

TEST(Robustness, RandomBytes) {
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    std::string text(random() % 200, ' ');
    for (char &c : text) c = static_cast<char>(random() % 256);
    ExpectReason(text);
  }
}

TEST(Robustness, RandomTokens) {
  const std::vector<std::string> words = {
      "site", "a",       "b.c",     "{",        "}",     "(",    ")",     "[",     "]",
      ",",    "\n",      "=",       ":",        "\"x\"", "1",    "2 kW",  "..",    "+",
      "-",    "not",     "all",     "in",       "if",    "then", "else",  "where", "choose",
      "from", "require", "because", "\"${a}\"", "'",     ";",    "#",     "&&",    "2027-06-01",
      "fn",   "->",      "?",       "let",      "kind",  "enum", "union", "+=",    "<=",
      "==",   "/",       "for",     "import"};
  std::mt19937 random(11);
  for (int round = 0; round < 5'000; ++round) {
    std::string text;
    for (unsigned i = random() % 40; i > 0; --i) text += words[random() % words.size()] + " ";
    ExpectReason(text);
  }
}

TEST(Robustness, LineEndsAndMarksAreAccepted) {
  const Parsed plain = ParseText("// a\nsite b {\n  c = 1\n}\n");
  const Parsed windows = ParseText("\xef\xbb\xbf// a\r\nsite b {\r\n  c = 1\r\n}\r\n");
  EXPECT_EQ(windows.sink.error_count(), 0U);
  EXPECT_TRUE(SameMeaning(plain.tree, windows.tree));
  ASSERT_EQ(windows.tree.comments().size(), 1U);
  const auto comment = windows.tree.comments()[0];
  EXPECT_EQ(windows.tree.text().slice(comment.begin, comment.end), "// a");
}

}  // namespace
}  // namespace groma::parse
