// SPDX-License-Identifier: Apache-2.0
// Mistakes that tokens betray. The lexer goes on as if each had been mended, so that none is
// reported twice; they are reported only once the splitter is sure of where a declaration ends.
#pragma once

#include <cstdint>

#include "groma/diagnostics/sink.h"
#include "llvm/ADT/StringRef.h"

namespace groma::parse {

enum class MistakeKind : uint8_t {
  UnitTouchesNumber,  // at: where the unit begins
  NameBeginsWithDigit,
  MinusTouchesNumbers,  // at: the minus
  DateForm,
  NoSuchDate,
  NoSuchAddress,
  NumberWithoutZero,  // .5
  SemicolonAtEnd,
  SemicolonBetween,
  SingleQuotes,
  HashComment,
  BlockComment,
  SymbolOperator,  // && || ! === =< => and the like
  UnknownCharacter,
  ForeignSpace,
  ForeignQuote,  // curly ones
  UnterminatedString,
  UnknownEscape,
  BraceOnNextLine,  // at: where the line before ends
};

struct Mistake {
  MistakeKind kind;
  uint32_t begin;
  uint32_t end;
  uint32_t at;
};

void Report(const Mistake &mistake, llvm::StringRef text, uint32_t base, diagnostics::Sink &sink);

// Reports bytes that no plan may hold: what is not UTF-8, and control characters.
void CheckBytes(llvm::StringRef text, uint32_t base, diagnostics::Sink &sink);

// The length of the UTF-8 sequence at the front of `text`; 0 if there is none.
auto Utf8Length(llvm::StringRef text) -> uint32_t;

// How a plan spells what other languages write as `symbol`; empty if the same.
auto OurSpelling(llvm::StringRef symbol) -> llvm::StringRef;

// The date that `2027-6-1` or `2027-6` means, with all its digits; empty if there is none.
auto WholeDate(llvm::StringRef text) -> std::string;

}  // namespace groma::parse
