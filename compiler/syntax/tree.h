// SPDX-License-Identifier: Apache-2.0
// The tree of one file: flat arrays of plain nodes, so that it is cheap at 100,000 lines and can lie
// in the executable as it is.
#pragma once

#include <cstdint>
#include <vector>

#include "groma/source/span.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace groma::syntax {

using source::Span;

enum class NodeKind : uint8_t {
#define GROMA_NODE(Name, Slots) Name,
#include "groma/syntax/nodes.def"
};

enum class AssignOp : uint8_t { Set, Add, Subtract, Multiply, LessEqual, GreaterEqual, Less, Greater };
enum class BoundOp : uint8_t { LessEqual, GreaterEqual, Less, Greater, In };
enum class BinaryOp : uint8_t {
  Multiply, Divide, Add, Subtract,
  Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, In, Is,
  And, Or,
};
enum class QuantifierOp : uint8_t { All, Any };
enum class GoalOp : uint8_t { Minimize, Maximize };
enum class ChooseOp : uint8_t { Range, From };

enum class NodeId : uint32_t {};
inline constexpr NodeId kNoNode{0};

// Plain data: the same bytes in memory and in the embedded standard library. Offsets are local to
// the file.
struct Node {
  NodeKind kind = NodeKind::None;
  uint8_t op = 0;
  uint16_t flags = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t first = 0;
  uint32_t count = 0;
};
static_assert(sizeof(Node) == 20);

// Flags.
inline constexpr uint16_t kRising = 1;      // Choose: `each quarter rising`
inline constexpr uint16_t kHasError = 2;    // a node below could not be read

struct Comment {
  uint32_t begin = 0;
  uint32_t end = 0;  // without the newline
  uint32_t is_doc = 0;
};

class Tree {
 public:
  Tree() = default;
  // A copy would go on looking into the arrays of the tree that it was made from; moved vectors keep
  // theirs.
  Tree(const Tree &) = delete;
  Tree(Tree &&) = default;
  auto operator=(const Tree &) -> Tree & = delete;
  auto operator=(Tree &&) -> Tree & = default;
  ~Tree() = default;
  // Borrows arrays that outlive the tree (the embedded library).
  Tree(llvm::StringRef text, llvm::ArrayRef<Node> nodes, llvm::ArrayRef<NodeId> children,
       llvm::ArrayRef<Comment> comments)
      : text_(text), nodes_(nodes), children_(children), comments_(comments) {}

  auto root() const -> NodeId { return root_; }
  auto node(NodeId id) const -> const Node & { return nodes_[static_cast<uint32_t>(id)]; }
  auto kind(NodeId id) const -> NodeKind { return node(id).kind; }
  auto children(NodeId id) const -> llvm::ArrayRef<NodeId> {
    const Node &n = node(id);
    return children_.slice(n.first, n.count);
  }
  // The child in a slot of nodes.def; kNoNode when it is empty.
  auto child(NodeId id, unsigned slot) const -> NodeId {
    const Node &n = node(id);
    return slot < n.count ? children_[n.first + slot] : kNoNode;
  }
  // The children from a slot on: the `...` of nodes.def.
  auto rest(NodeId id, unsigned slot) const -> llvm::ArrayRef<NodeId> {
    auto all = children(id);
    return slot < all.size() ? all.drop_front(slot) : llvm::ArrayRef<NodeId>();
  }
  template <typename Op>
  auto op(NodeId id) const -> Op {
    return static_cast<Op>(node(id).op);
  }
  auto text(NodeId id) const -> llvm::StringRef {
    const Node &n = node(id);
    return text_.slice(n.begin, n.end);
  }
  auto text() const -> llvm::StringRef { return text_; }
  // The span in the space of all files.
  auto span(NodeId id) const -> Span {
    const Node &n = node(id);
    return {n.begin + base_, n.end + base_};
  }
  auto base() const -> uint32_t { return base_; }
  void set_base(uint32_t base) { base_ = base; }

  auto nodes() const -> llvm::ArrayRef<Node> { return nodes_; }
  auto all_children() const -> llvm::ArrayRef<NodeId> { return children_; }
  auto comments() const -> llvm::ArrayRef<Comment> { return comments_; }
  // The `///` lines right above a node (or above the line it begins on), without the slashes,
  // joined by newlines.
  auto DocOf(NodeId id) const -> std::string;
  auto has_errors() const -> bool { return has_errors_; }

 private:
  friend class TreeBuilder;

  llvm::StringRef text_;
  llvm::ArrayRef<Node> nodes_;
  llvm::ArrayRef<NodeId> children_;
  llvm::ArrayRef<Comment> comments_;
  // By convention node 1 is the File.
  NodeId root_{1};
  uint32_t base_ = 0;
  bool has_errors_ = false;
  // Backing store of a tree that was parsed in this process.
  std::vector<Node> own_nodes_;
  std::vector<NodeId> own_children_;
  std::vector<Comment> own_comments_;
};

// Builds a tree bottom up: children first.
class TreeBuilder {
 public:
  explicit TreeBuilder(llvm::StringRef text, uint32_t base);

  auto Add(NodeKind kind, uint32_t begin, uint32_t end, llvm::ArrayRef<NodeId> children = {},
           uint8_t op = 0, uint16_t flags = 0) -> NodeId;
  void AddComment(Comment comment);
  void MarkError() { has_errors_ = true; }
  auto node(NodeId id) const -> const Node & { return nodes_[static_cast<uint32_t>(id)]; }
  auto nodes() const -> llvm::ArrayRef<Node> { return nodes_; }
  auto child(NodeId id, unsigned slot) const -> NodeId {
    const Node &n = node(id);
    return slot < n.count ? children_[n.first + slot] : kNoNode;
  }

  // Makes the File node over `items` and returns the tree. Comments are sorted by place.
  auto Finish(llvm::ArrayRef<NodeId> items) && -> Tree;

 private:
  llvm::StringRef text_;
  uint32_t base_;
  bool has_errors_ = false;
  std::vector<Node> nodes_;
  std::vector<NodeId> children_;
  std::vector<Comment> comments_;
};

// The name of a kind of node, as in nodes.def.
auto NodeKindName(NodeKind kind) -> llvm::StringRef;

// True if both trees say the same: kinds, operators and the text of leaves, without places,
// comments, parentheses' spans or spacing.
auto SameMeaning(const Tree &a, const Tree &b) -> bool;

// An indented listing, one node a line, for `groma dump --stage tree`.
auto Dump(const Tree &tree) -> std::string;

}  // namespace groma::syntax
