// SPDX-License-Identifier: Apache-2.0
// A single `given NAME = VALUE`, from outside of any plan: the language has it in a test, so it is
// read in one and then taken out.
#include "groma/parse/parse.h"
#include "load_files.h"

namespace groma::driver {
namespace {

using syntax::NodeId;
using syntax::NodeKind;

auto Copy(const syntax::Tree &from, NodeId id, syntax::TreeBuilder &to) -> NodeId {
  // The empty slot is node 0 in every tree.
  if (id == syntax::kNoNode) return id;
  std::vector<NodeId> children;
  for (const NodeId child : from.children(id)) children.push_back(Copy(from, child, to));
  const syntax::Node &node = from.node(id);
  return to.Add(node.kind, node.begin, node.end, children, node.op, node.flags);
}

// The only Given of the only test.
auto FindGiven(const syntax::Tree &tree) -> std::optional<NodeId> {
  constexpr unsigned kBody = 5;
  const auto items = tree.children(tree.root());
  if (items.size() != 1 || tree.kind(items[0]) != NodeKind::Decl) return std::nullopt;
  const auto body = tree.children(tree.child(items[0], kBody));
  if (body.size() != 1 || tree.kind(body[0]) != NodeKind::Given) return std::nullopt;
  return body[0];
}

}  // namespace

auto ParseGiven(const std::string &name, llvm::StringRef path, llvm::StringRef value,
                source::Set &sources, Sink &sink) -> std::optional<syntax::Tree> {
  const std::string before = "test \"\" {\n  given " + path.str() + " = ";
  const auto &file = sources.file(sources.Add(name, before + value.str() + "\n}\n"));
  const syntax::Tree tree = parse::Parse(file, sink);
  const auto given = FindGiven(tree);
  if (sink.has_errors() || tree.has_errors() || !given || !tree.comments().empty()) {
    return std::nullopt;
  }
  // A `}` in the value would have ended the test, an item more would follow.
  const syntax::Node &node = tree.node(tree.child(*given, 1));
  if (node.begin != before.size() || node.end != before.size() + value.size()) return std::nullopt;
  syntax::TreeBuilder builder(file.text, file.base);
  const NodeId copy = Copy(tree, *given, builder);
  return std::move(builder).Finish({copy});
}

}  // namespace groma::driver
