// SPDX-License-Identifier: Apache-2.0
// Tokens as the hand-written lexer makes them: plain, 16 bytes, with byte offsets into the file.
#pragma once

#include <cstdint>
#include <vector>

#include "GromaParser.h"
#include "groma/syntax/tree.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace groma::parse {

// The token types are the grammar's.
using Rule = GromaParser;

// Text that the lexer has already reported and could not mend. The grammar has no such token.
inline constexpr uint16_t kBad = 255;
inline constexpr uint16_t kEof = 256;

struct Token {
  uint16_t type = kEof;
  uint16_t flags = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  // `{`: one more than the index of the items read in its stead. Interpolated string: its node.
  uint32_t extra = 0;
};

// Token flags.
inline constexpr uint16_t kFirstOnLine = 1;
inline constexpr uint16_t kInterpolated = 2;
inline constexpr uint16_t kInserted = 4;  // not in the text: a closing bracket or a comma

using Tokens = llvm::ArrayRef<Token>;

inline auto IsOpener(uint16_t type) -> bool {
  return type == Rule::LBRACE || type == Rule::LPAREN || type == Rule::LBRACKET;
}
inline auto IsCloser(uint16_t type) -> bool {
  return type == Rule::RBRACE || type == Rule::RPAREN || type == Rule::RBRACKET;
}
inline auto IsSeparator(uint16_t type) -> bool { return type == Rule::NL || type == Rule::COMMA; }
inline auto IsAssign(uint16_t type) -> bool {
  return type >= Rule::ASSIGN && type <= Rule::STAR_ASSIGN;
}
// Keywords stand first in the grammar; IDENT stands alone.
inline auto IsWord(uint16_t type) -> bool {
  return type == Rule::IDENT || (type >= Rule::IMPORT && type <= Rule::FOR);
}
inline auto IsAtom(uint16_t type) -> bool {
  return (type >= Rule::DATE && type <= Rule::STRING) || (type >= Rule::TRUE && type <= Rule::NONE);
}
// Whether a value may end with this token.
inline auto EndsValue(uint16_t type) -> bool {
  return IsWord(type) || IsAtom(type) || IsCloser(type) || type == Rule::PERCENT;
}

}  // namespace groma::parse
