// SPDX-License-Identifier: Apache-2.0
// Says in people's words why an item could not be read, and mends it where it is clear how.
#pragma once

#include <vector>

#include "grammar.h"
#include "groma/diagnostics/sink.h"

namespace groma::parse {

struct Advice {
  enum Kind : uint8_t {
    GiveUp,   // reported; the item is lost
    Mended,   // reported, and the tokens changed: read them again
    TwoItems  // reported; a separator is missing before token `at`
  } kind = GiveUp;
  size_t at = 0;
};

class Explainer {
 public:
  Explainer(llvm::StringRef text, uint32_t base, diagnostics::Sink &sink)
      : text_(text), base_(base), sink_(sink) {}

  // `tokens` are those of one item (or, `is_item` being false, of an interpolation).
  auto Explain(std::vector<Token> &tokens, const Failure &failure, bool is_item) -> Advice;

 private:
  auto MendHead(std::vector<Token> &tokens, size_t at) -> bool;
  auto MendAssign(std::vector<Token> &tokens, size_t at) -> bool;
  auto MissingSeparator(std::vector<Token> &tokens, size_t at) -> Advice;
  void Say(const std::vector<Token> &tokens, const Failure &failure, bool is_item);

  auto SpanOf(const Token &token) const -> source::Span {
    return {base_ + token.begin, base_ + token.end};
  }
  auto TextOf(const Token &token) const -> std::string;

  llvm::StringRef text_;
  uint32_t base_;
  diagnostics::Sink &sink_;
};

}  // namespace groma::parse
