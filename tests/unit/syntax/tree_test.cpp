// SPDX-License-Identifier: Apache-2.0
#include "groma/syntax/tree.h"

#include <gtest/gtest.h>

namespace groma::syntax {
namespace {

// `a = 1` or the like, as a file with one field in it.
auto FieldTree(llvm::StringRef text, AssignOp op = AssignOp::Set) -> Tree {
  TreeBuilder builder(text, 100);
  const auto size = static_cast<uint32_t>(text.size());
  const NodeId name = builder.Add(NodeKind::Name, 0, 1);
  const NodeId path = builder.Add(NodeKind::Path, 0, 1, {name});
  const NodeId value = builder.Add(NodeKind::Number, size - 1, size);
  const NodeId field =
      builder.Add(NodeKind::Field, 0, size, {path, value}, static_cast<uint8_t>(op));
  return std::move(builder).Finish({field});
}

TEST(Tree, HasTheFileAsItsRoot) {
  const Tree tree = FieldTree("a = 1");
  ASSERT_EQ(tree.kind(tree.root()), NodeKind::File);
  const NodeId field = tree.child(tree.root(), 0);
  EXPECT_EQ(tree.kind(field), NodeKind::Field);
  EXPECT_EQ(tree.text(tree.child(field, 1)), "1");
  EXPECT_EQ(tree.span(field), (Span{100, 105}));
  EXPECT_EQ(tree.child(field, 7), kNoNode);
  EXPECT_FALSE(tree.has_errors());
}

TEST(Tree, MeaningIsWithoutPlaces) {
  EXPECT_TRUE(SameMeaning(FieldTree("a = 1"), FieldTree("a   =   1")));
  EXPECT_FALSE(SameMeaning(FieldTree("a = 1"), FieldTree("a = 2")));
  EXPECT_FALSE(SameMeaning(FieldTree("a = 1"), FieldTree("b = 1")));
  EXPECT_FALSE(SameMeaning(FieldTree("a = 1"), FieldTree("a = 1", AssignOp::Add)));
}

TEST(Tree, ErrorsAreSeenFromAbove) {
  TreeBuilder builder("{ ? }", 1);
  const NodeId error = builder.Add(NodeKind::Error, 2, 3);
  const NodeId body = builder.Add(NodeKind::Body, 0, 5, {error});
  const Tree tree = std::move(builder).Finish({body});
  EXPECT_TRUE(tree.has_errors());
  EXPECT_NE(tree.node(tree.root()).flags & kHasError, 0);
}

TEST(Tree, DocumentationStandsRightAbove) {
  const llvm::StringRef text = "/// Not this.\n\n/// First.\n  /// Second.\na {}\n";
  TreeBuilder builder(text, 1);
  const auto at = static_cast<uint32_t>(text.find("a {"));
  const NodeId tag = builder.Add(NodeKind::Tag, at, at + 4, {});
  const Tree tree = std::move(builder).Finish({tag});
  EXPECT_EQ(tree.DocOf(tag), "First.\nSecond.");
}

TEST(Tree, DumpNamesNodesAndOperators) {
  EXPECT_EQ(Dump(FieldTree("a = 1", AssignOp::Multiply)),
            "File\n  Field *=\n    Path\n      Name a\n    Number 1\n");
}

}  // namespace
}  // namespace groma::syntax
