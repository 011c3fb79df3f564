// SPDX-License-Identifier: Apache-2.0
// What a condition says about what may be absent: in `if has(x) then x else 0` the first `x` is there.
#include "groma/check/checker.h"

namespace groma::check {

using syntax::BinaryOp;

auto Checker::DottedText(llvm::ArrayRef<NodeId> names, const Tree &tree) -> std::string {
  std::string spelled;
  for (const NodeId name : names) spelled += (spelled.empty() ? "" : ".") + tree.text(name).str();
  return spelled;
}

// Notes what is there in `within`, where the condition is known to hold, or not to hold.
void Checker::NotePresent(NodeId condition, bool holds, NodeId within, Frame &frame) {
  const Tree &tree = *frame.tree;
  const auto note = [&](NodeId subject) {
    const std::vector<NodeId> names = DottedNames(subject, frame);
    if (!names.empty()) frame.present.push_back({DottedText(names, tree), tree.span(within)});
  };
  switch (tree.kind(condition)) {
    case NodeKind::Paren: NotePresent(tree.child(condition, 0), holds, within, frame); break;
    case NodeKind::Not: NotePresent(tree.child(condition, 0), !holds, within, frame); break;
    case NodeKind::Call:
      if (holds && tree.text(tree.child(condition, 0)) == "has" &&
          tree.rest(condition, 1).size() == 1) {
        note(tree.child(condition, 1));
      }
      break;
    case NodeKind::Binary: {
      const auto op = tree.op<BinaryOp>(condition);
      const NodeId left = tree.child(condition, 0);
      const NodeId right = tree.child(condition, 1);
      if (op == (holds ? BinaryOp::And : BinaryOp::Or)) {
        NotePresent(left, holds, within, frame);
        NotePresent(right, holds, within, frame);
      } else if (op == (holds ? BinaryOp::NotEqual : BinaryOp::Equal)) {
        if (tree.kind(right) == NodeKind::NoneValue) note(left);
        if (tree.kind(left) == NodeKind::NoneValue) note(right);
      }
      break;
    }
    default: break;
  }
}

// The expression that these names mean, without the chance of being absent where a condition rules
// that out.
auto Checker::WherePresent(ExprId expr, llvm::ArrayRef<NodeId> names, Frame &frame) -> ExprId {
  if (frame.present.empty() || !IsSome(expr) || kind(type(expr)) != TypeKind::Optional) return expr;
  const Span span = frame.tree->span(names[0]);
  const std::string spelled = DottedText(names, *frame.tree);
  const bool is_present = llvm::any_of(frame.present, [&](const Present &known) {
    return known.name == spelled && known.within.begin <= span.begin && span.end <= known.within.end;
  });
  if (is_present) model_.exprs.expr(expr).type = model_.types.Unwrap(type(expr));
  return expr;
}

}  // namespace groma::check
