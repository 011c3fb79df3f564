// SPDX-License-Identifier: Apache-2.0
// Comparisons, membership and `is`.
#include "groma/check/checker.h"

namespace groma::check {

using syntax::BinaryOp;

auto Checker::SharesDimension(TypeId left, TypeId right) -> bool {
  for (const base::DimensionId l : model_.types.type(left).dimensions) {
    for (const base::DimensionId r : model_.types.type(right).dimensions) {
      if (WithMoney(l) == WithMoney(r)) return true;
    }
  }
  return false;
}

auto Checker::Comparable(TypeId left_id, TypeId right_id, bool needs_order) -> bool {
  const TypeId l = model_.types.Unwrap(left_id);
  const TypeId r = model_.types.Unwrap(right_id);
  const TypeKind lk = kind(l);
  const TypeKind rk = kind(r);
  if (lk == TypeKind::Any || rk == TypeKind::Any || lk == TypeKind::Error || rk == TypeKind::Error) {
    return true;
  }
  if (lk == TypeKind::None || rk == TypeKind::None) return !needs_order;
  if (lk == TypeKind::Number && rk == TypeKind::Number) return SharesDimension(l, r);
  // A curve is compared month by month: with a number, or with another one.
  if (lk == TypeKind::Curve || rk == TypeKind::Curve) {
    const TypeId x = lk == TypeKind::Curve ? model_.types.argument(l) : l;
    const TypeId y = rk == TypeKind::Curve ? model_.types.argument(r) : r;
    return Comparable(x, y, needs_order);
  }
  const auto is_day = [&](TypeId id) { return IsDateLike(id) || HasFinish(id); };
  if (IsDateLike(l) || IsDateLike(r)) return is_day(l) && is_day(r);
  if (lk != rk) return false;
  if (!needs_order) return Fits(l, r) || Fits(r, l);
  if (lk == TypeKind::Enum) return l == r;
  if (lk == TypeKind::String) return true;
  if (lk != TypeKind::Entity || (!Fits(l, r) && !Fits(r, l))) return false;
  const auto decl = static_cast<KindId>(model_.types.type(Fits(l, r) ? r : l).decl);
  return IsSome(decl) && ShapeOf(decl).ordered_by != plan::kNoSlot;
}

auto Checker::InferComparison(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const auto op = tree.op<BinaryOp>(node);
  const bool needs_order = op != BinaryOp::Equal && op != BinaryOp::NotEqual;
  const NodeId left_node = tree.child(node, 0);
  const NodeId right_node = tree.child(node, 1);
  auto [left, right] = Operands(left_node, right_node, frame);
  const TypeId truth = Simple(TypeKind::Bool);
  if (type(left) == plan::kErrorType || type(right) == plan::kErrorType) {
    return ErrorExpr(tree.span(node));
  }
  if (!Comparable(type(left), type(right), needs_order)) {
    // A tag or an entry may share its name with something else.
    const ExprId as_left = TryCheck(right_node, model_.types.Unwrap(type(left)), frame);
    const ExprId as_right = IsSome(as_left)
                                ? plan::kNoExpr
                                : TryCheck(left_node, model_.types.Unwrap(type(right)), frame);
    if (IsSome(as_left) && Comparable(type(left), type(as_left), needs_order)) {
      right = as_left;
    } else if (IsSome(as_right) && Comparable(type(as_right), type(right), needs_order)) {
      left = as_right;
    } else {
      const TypeId l = model_.types.Unwrap(type(left));
      const TypeId r = model_.types.Unwrap(type(right));
      if (needs_order && Comparable(l, r, false) && kind(l) != TypeKind::Number) {
        const std::string spelled = Spell(l);
        sink_->Report(diag::NotComparable, tree.span(node),
                      spelled != Spell(r)            ? spelled + " and " + Spell(r)
                      : spelled.starts_with("`") ? "two values of " + spelled
                                                     : spelled + " and another one");
      } else {
        Mismatch(node, left, right, frame);
      }
      return ErrorExpr(tree.span(node));
    }
  }
  return Make(ExprKind::Binary, truth, tree.span(node), {left, right}, 0, tree.node(node).op);
}

auto Checker::InferMembership(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const NodeId left_node = tree.child(node, 0);
  const NodeId right_node = tree.child(node, 1);
  const TypeId truth = Simple(TypeKind::Bool);
  ExprId left = TryInfer(left_node, frame);
  const NodeKind form = tree.kind(right_node);
  ExprId right;
  if (IsSome(left) && (form == NodeKind::List || form == NodeKind::Range)) {
    const bool is_range = form == NodeKind::Range;
    const TypeId element = is_range && IsDateLike(type(left)) ? Simple(TypeKind::Period)
                                                              : model_.types.Unwrap(type(left));
    const TypeId wanted =
        model_.types.Of(is_range ? TypeKind::Range : TypeKind::List, element);
    right = TryCheck(right_node, wanted, frame);
    // What is something else by itself is compared with as a whole, not part by part.
    if (!IsSome(right)) right = TryInfer(right_node, frame);
    if (!IsSome(right)) right = Check(right_node, wanted, frame);
  } else {
    right = Infer(right_node, frame);
  }
  if (type(right) == plan::kErrorType) return ErrorExpr(tree.span(node));
  const TypeId container = model_.types.Unwrap(type(right));
  const TypeKind shape = kind(container);
  TypeId element = container;
  if (shape == TypeKind::List || shape == TypeKind::Map || shape == TypeKind::Range) {
    element = model_.types.argument(container);
  } else if (!IsDateLike(container) && shape != TypeKind::Any) {
    sink_->Report(diag::NotAList, tree.span(right_node), Spell(container));
    return ErrorExpr(tree.span(node));
  }
  if (!IsSome(left) || !Comparable(type(left), element, false)) {
    left = Check(left_node, model_.types.Unwrap(element), frame);
  }
  if (type(left) == plan::kErrorType) return ErrorExpr(tree.span(node));
  return Make(ExprKind::Binary, truth, tree.span(node), {left, right}, 0, tree.node(node).op);
}

// `it is owned`: the variant of what the left side is, or any kind by its name.
auto Checker::InferIs(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const NodeId right = tree.child(node, 1);
  const ExprId left = Infer(tree.child(node, 0), frame);
  const TypeId left_type = model_.types.Unwrap(type(left));
  if (left_type == plan::kErrorType) return left;
  if (kind(left_type) == TypeKind::Union) {
    const ExprId tag = UnionTag(left, right, frame);
    if (IsSome(tag)) return tag;
  }
  if (kind(left_type) != TypeKind::Entity) {
    auto report = sink_->Report(diag::TypeMismatch, tree.span(tree.child(node, 0)),
                                "an entity or a union", Spell(left_type));
    if (kind(left_type) == TypeKind::Enum) report.Help("compare with `==`");
    return ErrorExpr(tree.span(node));
  }
  const llvm::StringRef name = tree.text(right);
  KindId found{};
  for (auto at = static_cast<KindId>(model_.types.type(left_type).decl); IsSome(at);
       at = model_.kind(at).base) {
    Declared *variant = FindType(frame.module, text(model_.kind(at).name).str() + "." + name.str());
    if (variant != nullptr && variant->form == DeclaredForm::Kind) {
      found = ResolveKind(*variant);
      break;
    }
  }
  if (!IsSome(found)) {
    const ExprId by_name = CheckKindName(right, frame);
    if (type(by_name) == plan::kErrorType) return by_name;
    found = model_.exprs.literal(by_name).kind;
  }
  const auto declared = static_cast<KindId>(model_.types.type(left_type).decl);
  if (IsSome(declared) && !model_.IsA(found, declared) && !model_.IsA(declared, found)) {
    sink_->Report(diag::TypeMismatch, tree.span(right), "a kind of " + Spell(left_type),
                  "`" + text(model_.kind(found).name).str() + "`")
        .Label(model_.exprs.expr(left).span, "this is " + Spell(left_type) + ", and never the other");
    return ErrorExpr(tree.span(node));
  }
  return Make(ExprKind::IsKind, Simple(TypeKind::Bool), tree.span(node), {left},
              plan::Index(found));
}

// `self.runs_on is slurm`: a comparison with a tag, whatever its payload.
auto Checker::UnionTag(ExprId left, NodeId right, Frame &frame) -> ExprId {
  uint32_t index = 0;
  const TypeId left_type = model_.types.Unwrap(type(left));
  if (frame.tree->kind(right) != NodeKind::Name && frame.tree->kind(right) != NodeKind::Path) {
    return plan::kNoExpr;
  }
  if (!UnionOf(right, left_type, frame, index)) {
    UnknownName(right, left_type, frame);
    return ErrorExpr(frame.tree->span(right));
  }
  const ExprId expr = Make(ExprKind::IsKind, Simple(TypeKind::Bool), frame.tree->span(right), {left},
                           index, 1);
  return expr;
}

}  // namespace groma::check
