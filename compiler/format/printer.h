// SPDX-License-Identifier: Apache-2.0
// The printer writes nodes as text. What would lose a comment is printed as it was written.
#pragma once

#include <string>
#include <vector>

#include "groma/syntax/tree.h"
#include "table.h"

namespace groma::format {

using syntax::NodeId;
using syntax::NodeKind;

enum class BlockOf : uint8_t { Items, Elements };

struct PrintedBlock {
  // A comment beside the opening bracket, with the space before it.
  std::string beside_open;
  // Each ended by a newline.
  std::string lines;
};

class Printer {
 public:
  explicit Printer(const syntax::Tree &tree) : tree_(tree), text_(tree.text()) {}

  // Nodes on lines, with the comments between them; `begin` and `end` are the inner
  // sides of the brackets. Items stand on lines of their own, elements of a list where the author
  // put them, with commas.
  auto Block(llvm::ArrayRef<NodeId> nodes, uint32_t begin, uint32_t end, unsigned indent,
             BlockOf what) -> PrintedBlock;

 private:
  auto Item(NodeId id, unsigned indent) -> Line;
  auto ItemCells(NodeId id, unsigned indent) -> Line;
  auto Decl(NodeId id, unsigned indent) -> Line;
  auto Variable(NodeId id, unsigned indent) -> Line;
  auto FieldDecl(NodeId id, unsigned indent) -> Line;
  auto Field(NodeId id, unsigned indent) -> Line;
  auto Function(NodeId id, unsigned indent) -> std::string;
  auto Goals(NodeId id, unsigned indent) -> std::string;
  auto Braces(NodeId id, unsigned indent) -> std::string;
  auto InOneLine(NodeId item) -> std::string;

  auto Expr(NodeId id, unsigned indent) -> std::string;
  auto Type(NodeId id) -> std::string;
  auto Choose(NodeId id, unsigned indent) -> std::string;
  auto Bracketed(llvm::ArrayRef<NodeId> elements, uint32_t open, uint32_t end, unsigned indent)
      -> std::string;
  auto Operator(NodeId left, llvm::StringRef op, NodeId right, unsigned indent) -> std::string;
  auto Generator(NodeId id, unsigned indent) -> std::string;
  // ` = value` of a parameter or field; empty without one.
  auto Because(NodeId id) -> std::string;

  auto node(NodeId id) const -> const syntax::Node & { return tree_.node(id); }
  auto Text(NodeId id) const -> std::string { return tree_.text(id).str(); }
  auto HasNewline(uint32_t begin, uint32_t end) const -> bool {
    return text_.slice(begin, end).contains('\n');
  }
  // Whether the author left two spaces or more before an offset.
  auto IsWide(uint32_t at) const -> bool {
    return at >= 2 && text_[at - 1] == ' ' && text_[at - 2] == ' ';
  }
  // The first offset from `at` on that is no space.
  auto SkipSpaces(uint32_t at) const -> uint32_t {
    return static_cast<uint32_t>(std::min(text_.find_first_not_of(" \t", at), text_.size()));
  }
  auto CommentsWithin(uint32_t begin, uint32_t end) const -> llvm::ArrayRef<syntax::Comment>;
  auto AsWritten(uint32_t begin, uint32_t end) const -> std::string;

  const syntax::Tree &tree_;
  llvm::StringRef text_;
  // How many comments were printed so far.
  size_t printed_comments_ = 0;
};

}  // namespace groma::format
