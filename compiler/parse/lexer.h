// SPDX-License-Identifier: Apache-2.0
// The lexer reads tokens by hand: it is ten times quicker than the generated one, works on bytes,
// and knows the usual mistakes. A test compares it with the grammar's own lexer.
#pragma once

#include <vector>

#include "mistakes.h"
#include "token.h"

namespace groma::parse {

class Lexer {
 public:
  Lexer(llvm::StringRef text, uint32_t begin, uint32_t end) : text_(text), at_(begin), end_(end) {}

  // The next token; kEof at the end, again and again. `quiet`: newlines mean nothing (inside ( and
  // [). Newlines in a row, and those after `{` and `,`, are one token or none.
  auto Next(bool quiet) -> Token;

  // Goes back to the beginning of a token and forgets what was found after it.
  void Rewind(uint32_t at);

  // The closing brace of the `${` whose text begins at `at`.
  auto EndOfInterpolation(uint32_t at) const -> uint32_t;

  auto text() const -> llvm::StringRef { return text_; }
  auto comments() -> std::vector<syntax::Comment> & { return comments_; }
  auto mistakes() -> std::vector<Mistake> & { return mistakes_; }
  // Where the line of the last token begins, and where its first token stands.
  auto line_begin() const -> uint32_t { return line_begin_; }
  auto indent() const -> uint32_t { return indent_; }

 private:
  auto peek(uint32_t ahead = 0) const -> unsigned char {
    return at_ + ahead < end_ ? static_cast<unsigned char>(text_[at_ + ahead]) : 0;
  }
  auto SkipTrivia() -> bool;
  auto GoesOn() const -> bool;
  void SkipComment(uint32_t slashes);
  auto Scan() -> Token;
  auto ScanWord() -> Token;
  auto ScanNumber() -> Token;
  auto ScanDate(Token &token) -> bool;
  auto ScanCidr(Token &token) -> bool;
  auto ScanString() -> Token;
  // The end of the string that begins at `at`; one past the closing quote, or 0 if there is none.
  auto EndOfString(uint32_t at, unsigned depth, bool &is_interpolated) const -> uint32_t;
  auto ScanSingleQuotes() -> Token;
  auto ScanSymbol() -> Token;
  auto ScanStray() -> Token;
  auto ScanForeign() -> Token;
  void Found(MistakeKind kind, uint32_t begin, uint32_t end, uint32_t at = 0) {
    mistakes_.push_back({kind, begin, end, at});
  }
  auto Take(uint16_t type, uint32_t length) -> Token {
    at_ += length;
    return {type, 0, at_ - length, at_, 0};
  }

  llvm::StringRef text_;
  uint32_t at_;
  uint32_t end_;
  uint32_t line_begin_ = 0;
  uint32_t indent_ = 0;
  // Openers seen on this line, so that a string without an end does not swallow their closers.
  uint32_t open_on_line_ = 0;
  uint16_t last_ = Rule::NL;
  uint16_t before_last_ = Rule::NL;
  std::vector<syntax::Comment> comments_;
  std::vector<Mistake> mistakes_;
};

auto IsWordByte(unsigned char c) -> bool;
auto IsDigit(unsigned char c) -> bool;

}  // namespace groma::parse
