// SPDX-License-Identifier: Apache-2.0
// The wall around ANTLR: runs the generated parser over tokens of ours. It never recovers; the
// reader takes a declaration that failed apart and asks again.
#pragma once

#include <memory>
#include <vector>

#include "llvm/ADT/SmallVector.h"
#include "token.h"

namespace groma::parse {

// One of our tokens as ANTLR wants it. `Token` stays plain, and these are made once and reused.
class AntlrToken final : public antlr4::Token {
 public:
  parse::Token token;
  size_t index = 0;

  auto getText() const -> std::string override { return {}; }
  auto getType() const -> size_t override {
    return token.type == kEof ? static_cast<size_t>(antlr4::Token::EOF) : token.type;
  }
  auto getLine() const -> size_t override { return 0; }
  auto getCharPositionInLine() const -> size_t override { return 0; }
  auto getChannel() const -> size_t override { return 0; }
  auto getTokenIndex() const -> size_t override { return index; }
  auto getStartIndex() const -> size_t override { return token.begin; }
  auto getStopIndex() const -> size_t override { return token.end; }
  auto getTokenSource() const -> antlr4::TokenSource * override { return nullptr; }
  auto getInputStream() const -> antlr4::CharStream * override { return nullptr; }
  auto toString() const -> std::string override { return {}; }
};

inline auto TokenOf(const antlr4::Token *token) -> const Token & {
  return static_cast<const AntlrToken *>(token)->token;
}

// Where the parser gave up.
struct Failure {
  // Index of the first token that fits nowhere; the number of tokens if more were expected.
  size_t token = 0;
  // The rules that were being read, innermost first.
  llvm::SmallVector<size_t, 16> rules;

  auto innermost() const -> size_t { return rules.empty() ? 0 : rules.front(); }
};

// Sll is quick and may fail on what Ll can read.
enum class Effort : uint8_t { Sll, Ll };

class Grammar {
 public:
  Grammar();
  ~Grammar();
  Grammar(const Grammar &) = delete;
  auto operator=(const Grammar &) -> Grammar & = delete;

  // The result lives until the next call; null on failure.
  auto ReadItem(Tokens tokens, Effort effort, Failure *failure) -> GromaParser::ItemContext *;
  auto ReadExpression(Tokens tokens, Effort effort, Failure *failure) -> GromaParser::ExprContext *;

 private:
  class Stream;
  class Strategy;

  template <typename Read>
  auto Run(Tokens tokens, Effort effort, Failure *failure, Read read) -> decltype(read());

  std::unique_ptr<Stream> stream_;
  std::shared_ptr<Strategy> strategy_;
  std::unique_ptr<GromaParser> parser_;
};

}  // namespace groma::parse
