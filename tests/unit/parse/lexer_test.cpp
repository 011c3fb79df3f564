// SPDX-License-Identifier: Apache-2.0
// The hand-written lexer reads what the lexer of the grammar reads.
#include "lexer.h"

#include <gtest/gtest.h>

#include <random>

#include "GromaLexer.h"
#include "parsed.h"

namespace groma::parse {
namespace {

using Listing = std::vector<std::string>;

auto ListGenerated(const std::string &text) -> Listing {
  antlr4::ANTLRInputStream input(text);
  GromaLexer lexer(&input);
  Listing listing;
  for (auto token = lexer.nextToken(); token->getType() != antlr4::Token::EOF;
       token = lexer.nextToken()) {
    if (token->getChannel() != 0 || token->getType() == Rule::NL) continue;
    listing.push_back(std::to_string(token->getType()) + " " + token->getText());
  }
  return listing;
}

// Newlines are compared by the tests of the parser: ours drops those that mean nothing.
auto ListOurs(const std::string &text) -> Listing {
  Lexer lexer(text, 0, static_cast<uint32_t>(text.size()));
  Listing listing;
  for (Token token = lexer.Next(false); token.type != kEof; token = lexer.Next(false)) {
    if (token.type == Rule::NL) continue;
    listing.push_back(std::to_string(token.type) + " " +
                      text.substr(token.begin, token.end - token.begin));
  }
  return listing;
}

TEST(Lexer, AgreesWithTheGrammarOnExamples) {
  for (const std::string &text : Examples()) EXPECT_EQ(ListOurs(text), ListGenerated(text));
}

TEST(Lexer, AgreesWithTheGrammarOnRandomTokens) {
  const std::vector<std::string> words = {"a",
                                          "in",
                                          "weight",
                                          "_x9",
                                          "true",
                                          "1",
                                          "0.92",
                                          "1_000",
                                          "310k",
                                          "22M",
                                          "480 kW",
                                          "760 EUR/day",
                                          "99.9 %",
                                          "2027-06-30",
                                          "2027-06",
                                          "2027-Q3",
                                          "10.40.0.0/16",
                                          "1..2",
                                          "1.5..2",
                                          "\"s\"",
                                          "\"a\\\"b\"",
                                          "\"a ${b + \"c}\"} d\"",
                                          "\"$5\"",
                                          "+",
                                          "-",
                                          "->",
                                          "-=",
                                          "..",
                                          ".",
                                          "==",
                                          "=",
                                          "<=",
                                          "<",
                                          "!=",
                                          "{",
                                          "}",
                                          "(",
                                          ")",
                                          "[",
                                          "]",
                                          ",",
                                          ":",
                                          "?",
                                          "// c",
                                          "/// d"};
  std::mt19937 random(3);
  for (int round = 0; round < 3'000; ++round) {
    std::string text;
    for (unsigned i = random() % 12; i > 0; --i) {
      const std::string &word = words[random() % words.size()];
      text += word + (word[0] == '/' || random() % 8 == 0 ? "\n" : " ");
    }
    EXPECT_EQ(ListOurs(text), ListGenerated(text)) << text;
  }
}

}  // namespace
}  // namespace groma::parse
