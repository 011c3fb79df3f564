// SPDX-License-Identifier: Apache-2.0
// Wherever an author breaks a line or puts a comment, formatting keeps the meaning and the comment.
#include <gtest/gtest.h>

#include <random>

#include "../parse/parsed.h"
#include "groma/format/format.h"

namespace groma::format {
namespace {

// Parts of the examples, and forms that they lack.
auto Parts() -> std::vector<std::string> {
  std::vector<std::string> parts = {
      "fn f( x : int = 2, y : [ map[ a, b ] ]? ) -> bool = x + y * ( 2 - x ) [ 1 ] . z\n",
      "let a = [ e . f ( x, y = 2 ) for e in xs where b if not c or d ]\n",
      "let a = if b then [ 1, 2, { c = 1, d >= 2 } ] else tag { e = [ ], f = { } }\n",
      "kind a : b \"c\" { d: int in 1 .. 2 = 3 { e = 1 }, f: duration >= 1 h <= 2 h, let g: h = 2 "
      "}\n",
      "union a { b { c: d }, e, f { g: h = 2 } }\nenum i { j, k }\ntype l = quantity[kg/month]\n",
      "minimize a + b then maximize c\nimport plan \"x\"\nemit jira main { a = \"${b + \"c\"}\" "
      "}\n",
      "test \"a\" { given b.c *= 2 %, expect d at 8 GB because e.f, prefer x weight 3 because "
      "\"y\" }\n",
  };
  for (const std::string &text : parse::Examples()) {
    for (size_t begin = 0; begin < text.size();) {
      size_t end = text.find("\n\n", begin);
      end = end == std::string::npos ? text.size() : end + 1;
      parts.push_back(text.substr(begin, end - begin));
      begin = end;
    }
  }
  return parts;
}

void ExpectKept(const std::string &text, int &formatted) {
  const auto before = parse::ParseText(text);
  if (before.sink.error_count() > 0) return;
  ++formatted;
  const std::string once = Format(before.tree);
  const auto after = parse::ParseText(once);
  ASSERT_EQ(after.sink.error_count(), 0U) << text << "---\n" << once;
  ASSERT_TRUE(SameMeaning(before.tree, after.tree)) << text << "---\n" << once;
  ASSERT_EQ(before.tree.comments().size(), after.tree.comments().size()) << text << "---\n" << once;
  ASSERT_EQ(Format(after.tree), once) << text;
}

TEST(BrokenLines, KeepMeaningAndComments) {
  const std::vector<std::string> parts = Parts();
  std::mt19937 random(5);
  int formatted = 0;
  for (int round = 0; round < 30'000; ++round) {
    std::string text = parts[random() % parts.size()];
    for (unsigned i = 1 + random() % 3; i > 0; --i) {
      const size_t at = text.find_first_of(" ,", random() % text.size());
      if (at == std::string::npos ||
          text.substr(0, at).find("//", text.rfind('\n', at) + 1) != std::string::npos) {
        continue;
      }
      constexpr const char *kBreaks[] = {"\n", " // c\n", "\n\n", "\n// c\n", "  ", " /// d\n  "};
      text.insert(at + 1, kBreaks[random() % std::size(kBreaks)]);
    }
    ExpectKept(text, formatted);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(formatted, 2'000);
}

}  // namespace
}  // namespace groma::format
