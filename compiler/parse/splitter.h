// SPDX-License-Identifier: Apache-2.0
// The splitter cuts a file into declarations and sees to it that brackets match, so that the
// parser gets one declaration at a time and a forgotten bracket costs only that one.
#pragma once

#include <functional>
#include <vector>

#include "lexer.h"
#include "token.h"

namespace groma::parse {

inline constexpr unsigned kMaxDepth = 256;
inline constexpr unsigned kMaxTokens = 1'000'000;
// The parser's stack, and that of whoever walks the tree, grows with the length of an expression
// and not only with its brackets.
inline constexpr unsigned kMaxParts = 1'000;

struct Piece {
  // Without the newline or comma that ends it. Brackets match.
  std::vector<Token> tokens;
  uint32_t begin = 0;
  uint32_t end = 0;
  // Holds a token of type kBad.
  bool is_bad = false;
  // Too deep or too long, and reported.
  bool is_refused = false;
  bool has_interpolation = false;
};

class Splitter {
 public:
  // `is_quiet`: the text of an interpolation, where newlines mean nothing.
  Splitter(llvm::StringRef text, uint32_t base, uint32_t begin, uint32_t end, bool is_quiet,
           diagnostics::Sink &sink)
      : lexer_(text, begin, end), base_(base), is_quiet_(is_quiet), sink_(sink) {}

  // Fills in the next declaration and reports its mistakes; false at the end.
  auto Next(Piece &piece) -> bool;
  auto comments() -> std::vector<syntax::Comment> & { return lexer_.comments(); }

 private:
  struct Open {
    uint16_t type;
    uint32_t begin;
    uint32_t indent;
    unsigned parts;
  };

  enum class Outcome : uint8_t { Done, Nothing, Unclosed };
  auto Collect(Piece &piece) -> Outcome;
  auto IsNewDeclaration(const Token &token) const -> bool;
  auto IsNewItem(const Token &token, uint16_t previous) const -> bool;
  auto Close(Token &token, Piece &piece) -> bool;
  void CloseMissing(Piece &piece, size_t from);
  void Push(const Token &token, Piece &piece);
  void ReportUnclosed(const Open &open, const Piece &piece);
  auto is_quiet() const -> bool {
    return open_.empty() ? is_quiet_ : open_.back().type != Rule::LBRACE;
  }

  Lexer lexer_;
  uint32_t base_;
  bool is_quiet_;
  diagnostics::Sink &sink_;
  std::vector<Open> open_;
  unsigned open_of_type_[3] = {0, 0, 0};
  // Once a bracket was found to be missing, declarations are also told by their looks.
  bool is_careful_ = false;
  // An opener whose closer stood at another indentation: the likely culprit.
  Open suspect_ = {};
  unsigned parts_ = 0;
  // Held back until it is certain that the piece is not read a second time.
  std::vector<std::function<void(diagnostics::Sink &)>> pending_;
};

}  // namespace groma::parse
