// SPDX-License-Identifier: Apache-2.0
#include "groma/syntax/tree.h"

#include <algorithm>
#include <utility>

namespace groma::syntax {

TreeBuilder::TreeBuilder(llvm::StringRef text, uint32_t base) : text_(text), base_(base) {
  nodes_.resize(2);  // None and, filled in by Finish, File.
}

auto TreeBuilder::Add(NodeKind kind, uint32_t begin, uint32_t end, llvm::ArrayRef<NodeId> children,
                      uint8_t op, uint16_t flags) -> NodeId {
  if (kind == NodeKind::Error) {
    flags |= kHasError;
    has_errors_ = true;
  }
  for (NodeId child : children) flags |= node(child).flags & kHasError;
  const auto id = static_cast<NodeId>(nodes_.size());
  nodes_.push_back({kind, op, flags, begin, end, static_cast<uint32_t>(children_.size()),
                    static_cast<uint32_t>(children.size())});
  children_.insert(children_.end(), children.begin(), children.end());
  return id;
}

void TreeBuilder::AddComment(Comment comment) { comments_.push_back(comment); }

auto TreeBuilder::Finish(llvm::ArrayRef<NodeId> items) && -> Tree {
  const NodeId last = Add(NodeKind::File, 0, static_cast<uint32_t>(text_.size()), items);
  nodes_[1] = node(last);
  nodes_.pop_back();
  std::sort(comments_.begin(), comments_.end(),
            [](const Comment &a, const Comment &b) { return a.begin < b.begin; });
  Tree tree;
  tree.text_ = text_;
  tree.base_ = base_;
  tree.has_errors_ = has_errors_;
  tree.own_nodes_ = std::move(nodes_);
  tree.own_children_ = std::move(children_);
  tree.own_comments_ = std::move(comments_);
  tree.nodes_ = tree.own_nodes_;
  tree.children_ = tree.own_children_;
  tree.comments_ = tree.own_comments_;
  return tree;
}

auto Tree::DocOf(NodeId id) const -> std::string {
  // The line on which the node begins, then upwards as long as each line is a `///`.
  size_t line = text_.rfind('\n', node(id).begin);
  std::vector<llvm::StringRef> lines;
  while (line != llvm::StringRef::npos) {
    const size_t begin = line == 0 ? 0 : text_.rfind('\n', line) + 1;
    llvm::StringRef above = text_.slice(begin, line).trim();
    if (!above.consume_front("///")) break;
    above.consume_front(" ");
    lines.push_back(above);
    line = begin == 0 ? llvm::StringRef::npos : begin - 1;
  }
  std::string doc;
  for (size_t i = lines.size(); i-- > 0;) {
    doc += lines[i];
    if (i > 0) doc += '\n';
  }
  return doc;
}

auto SameMeaning(const Tree &a, const Tree &b) -> bool {
  std::vector<std::pair<NodeId, NodeId>> open = {{a.root(), b.root()}};
  while (!open.empty()) {
    auto [x, y] = open.back();
    open.pop_back();
    const Node &n = a.node(x);
    const Node &m = b.node(y);
    if (n.kind != m.kind || n.op != m.op || n.flags != m.flags || n.count != m.count) return false;
    const bool is_bare = n.kind == NodeKind::None || n.kind == NodeKind::File;
    if (n.count == 0 && !is_bare && n.kind != NodeKind::Body && n.kind != NodeKind::Record &&
        n.kind != NodeKind::List && a.text(x) != b.text(y)) {
      return false;
    }
    for (unsigned i = 0; i < n.count; ++i) open.emplace_back(a.child(x, i), b.child(y, i));
  }
  return true;
}

}  // namespace groma::syntax
