// SPDX-License-Identifier: Apache-2.0
// The description of the grammar is complete and true.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "parsed.h"

namespace groma::parse {
namespace {

auto ReadGrammarFile(const std::string &name) -> std::string {
  std::ifstream in(GROMA_SOURCE_DIR "/grammar/" + name);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Each match of an expression, by its groups.
auto Matches(const std::string &text, const std::string &expression)
    -> std::vector<std::pair<std::string, std::string>> {
  const std::regex regex(expression, std::regex::multiline);
  std::vector<std::pair<std::string, std::string>> found;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), regex);
       it != std::sregex_iterator(); ++it) {
    found.emplace_back((*it)[1], it->size() > 2 ? (*it)[2].str() : "");
  }
  return found;
}

TEST(Grammar, EveryRuleIsDescribed) {
  std::set<std::string> rules;
  for (const auto &[rule, rest] : Matches(ReadGrammarFile("Groma.g4"), "^([a-z]\\w*)\\s*:")) {
    rules.insert(rule);
  }
  for (const auto &[rule, rest] : Matches(ReadGrammarFile("Groma.g4"), "^([a-z]\\w*)$")) {
    rules.insert(rule);
  }
  std::set<std::string> described;
  for (const auto &[rule, rest] : Matches(ReadGrammarFile("rules.md"), "^\\| `(\\w+)` \\|")) {
    described.insert(rule);
  }
  EXPECT_GT(rules.size(), 30U);
  EXPECT_EQ(rules, described);
}

TEST(Grammar, EveryExampleIsRead) {
  const auto rows = Matches(ReadGrammarFile("rules.md"), "^\\| `(\\w+)` \\|.*\\| `(.*)` \\|$");
  EXPECT_GT(rows.size(), 30U);
  for (const auto &[rule, example] : rows) {
    // A declaration of a file, an item of a body, or a value.
    const bool is_read = ParseText(example).sink.error_count() == 0 ||
                         ParseText("test \"t\" { " + example + " }").sink.error_count() == 0 ||
                         ParseText("let a = " + example).sink.error_count() == 0;
    EXPECT_TRUE(is_read) << rule << ": " << example;
  }
}

}  // namespace
}  // namespace groma::parse
