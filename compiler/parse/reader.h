// SPDX-License-Identifier: Apache-2.0
// The reader turns declarations into nodes. A declaration that the grammar refuses is taken apart
// at its braces, so that each mistake is found where it is and costs one item.
#pragma once

#include "convert.h"
#include "explain.h"
#include "splitter.h"

namespace groma::parse {

class Reader {
 public:
  Reader(llvm::StringRef text, uint32_t base, syntax::TreeBuilder &builder, diagnostics::Sink &sink)
      : text_(text), base_(base), sink_(sink), converter_(text, base, builder, sink) {}

  // Appends the nodes of a piece: one, unless a separator was missing.
  void Read(Piece &piece, Nodes &out);

 private:
  void ReadItems(Tokens tokens, Nodes &out);
  void ReadItem(Tokens tokens, Nodes &out);
  void ReadWithHoles(Tokens tokens, Nodes &out);
  // Into `last_`.
  auto ReadItemWhole(Tokens tokens) -> bool;
  // Reads what stands between `${` and `}` in the strings of a piece.
  void ReadStrings(std::vector<Token> &tokens, unsigned depth);
  auto ReadString(const Token &string, unsigned depth) -> NodeId;
  auto ReadInterpolation(uint32_t begin, uint32_t end, unsigned depth) -> NodeId;

  llvm::StringRef text_;
  uint32_t base_;
  diagnostics::Sink &sink_;
  Converter converter_;
  Grammar grammar_;
  NodeId last_{};
};

}  // namespace groma::parse
