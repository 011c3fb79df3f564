// SPDX-License-Identifier: Apache-2.0
// `unit` declarations: new counting dimensions, and other spellings of known quantities.
#include "groma/check/checker.h"

namespace groma::check {
namespace {

auto FieldNamed(const Tree &tree, NodeId decl, llvm::StringRef name) -> NodeId {
  for (const NodeId item : tree.children(tree.child(decl, 5))) {
    if (tree.kind(item) == NodeKind::Field && tree.text(tree.child(item, 0)) == name) {
      return tree.child(item, 1);
    }
  }
  return syntax::kNoNode;
}

auto TextOf(const Tree &tree, NodeId node) -> llvm::StringRef {
  if (node == syntax::kNoNode) return {};
  return tree.text(node).trim('"');
}

}  // namespace

void Checker::DeclareUnits() {
  std::vector<std::pair<const Tree *, NodeId>> open;
  // The prelude first: what a plan declares may build on it.
  const auto gather = [&](ModuleIndex index) {
    for (const Tree &tree : store_.module(index).trees) {
      for (const NodeId item : tree.children(tree.root())) {
        if (tree.kind(item) == NodeKind::Decl && tree.text(tree.child(item, 0)) == "unit") {
          open.emplace_back(&tree, item);
        }
      }
    }
  };
  gather(store_.prelude);
  for (uint32_t i = 0; i < store_.modules.size(); ++i) {
    if (static_cast<ModuleIndex>(i) != store_.prelude) gather(static_cast<ModuleIndex>(i));
  }
  // A unit may be written before the one that it is defined by.
  for (bool progress = true; progress && !open.empty();) {
    const size_t before = open.size();
    std::erase_if(open, [&](auto &entry) { return DeclareUnit(*entry.first, entry.second, false); });
    progress = open.size() < before;
  }
  for (const auto &[tree, decl] : open) (void)DeclareUnit(*tree, decl, true);
}

// False if the unit that it is defined by is not known yet; on the last try that is reported.
auto Checker::DeclareUnit(const Tree &tree, NodeId decl, bool is_last_try) -> bool {
  const NodeId name = tree.child(decl, 1);
  const llvm::StringRef spelling = tree.text(name);
  const NodeId is = FieldNamed(tree, decl, "is");
  bool is_free = true;
  if (is == syntax::kNoNode) {
    is_free = model_.units.Declare(spelling, TextOf(tree, FieldNamed(tree, decl, "symbol")),
                                   TextOf(tree, FieldNamed(tree, decl, "plural")));
  } else {
    const NodeId unit = tree.kind(is) == NodeKind::Quantity ? tree.child(is, 1) : syntax::kNoNode;
    const auto number = base::Rational::Parse(tree.text(
        tree.kind(is) == NodeKind::Quantity ? tree.child(is, 0) : is));
    const auto parsed = model_.units.Parse(tree.text(unit));
    if (unit == syntax::kNoNode || !number || !parsed) {
      if (!is_last_try) return false;
      sink_->Report(diag::TypeMismatch, tree.span(is), "a quantity in a known unit, such as `3 Gbps`",
                    "`" + tree.text(is).str() + "`");
      return true;
    }
    const base::Unit known = model_.units.unit(parsed.id);
    const auto scale = base::Mul(*number, known.scale);
    is_free = scale && model_.units.DeclareAlias(spelling, *scale, known.dimension, known.family);
  }
  if (!is_free) sink_->Report(diag::UnitTaken, tree.span(name), spelling.str());
  return true;
}

}  // namespace groma::check
