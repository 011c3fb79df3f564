// SPDX-License-Identifier: Apache-2.0
// Arithmetic: what may be added to what, and what comes out.
#include "groma/check/checker.h"

namespace groma::check {

using base::DimensionId;
using plan::NumberForm;
using syntax::BinaryOp;

auto Checker::InferBinary(NodeId node, Frame &frame) -> ExprId {
  switch (frame.tree->op<BinaryOp>(node)) {
    case BinaryOp::Multiply:
    case BinaryOp::Divide:
    case BinaryOp::Add:
    case BinaryOp::Subtract: return InferArithmetic(node, frame);
    case BinaryOp::And:
    case BinaryOp::Or: {
      const TypeId truth = Simple(TypeKind::Bool);
      const ExprId left = CheckCondition(frame.tree->child(node, 0), frame);
      const NodeId second = frame.tree->child(node, 1);
      const bool is_and = frame.tree->op<BinaryOp>(node) == BinaryOp::And;
      NotePresent(frame.tree->child(node, 0), is_and, second, frame);
      const ExprId right = CheckCondition(second, frame);
      return Make(ExprKind::Binary, truth, frame.tree->span(node), {left, right}, 0,
                  frame.tree->node(node).op);
    }
    case BinaryOp::In: return InferMembership(node, frame);
    case BinaryOp::Is: return InferIs(node, frame);
    default: return InferComparison(node, frame);
  }
}

auto Checker::InferNegate(NodeId node, Frame &frame) -> ExprId {
  const ExprId operand = Infer(frame.tree->child(node, 0), frame);
  const TypeId operand_type = model_.types.Unwrap(type(operand));
  const TypeKind shape = kind(NumberPart(operand_type));
  if (shape != TypeKind::Number && shape != TypeKind::Error && shape != TypeKind::Any) {
    sink_->Report(diag::NotANumber, frame.tree->span(node), "`-`", Spell(operand_type));
    return ErrorExpr(frame.tree->span(node));
  }
  return Make(ExprKind::Negate, type(operand), frame.tree->span(node), {operand});
}

// Types both sides. A side that means nothing by itself (a tag, an entry, a count without its unit)
// is read as what the other side is.
auto Checker::Operands(NodeId left, NodeId right, Frame &frame) -> std::pair<ExprId, ExprId> {
  ExprId l = TryInfer(left, frame);
  ExprId r = TryInfer(right, frame);
  if (!IsSome(l) && IsSome(r)) {
    l = Check(left, model_.types.Unwrap(type(r)), frame);
    return {l, r};
  }
  if (!IsSome(l)) l = Infer(left, frame);
  if (!IsSome(r)) {
    const TypeId wanted = model_.types.Unwrap(type(l));
    r = wanted == plan::kErrorType ? ErrorExpr(frame.tree->span(right)) : Check(right, wanted, frame);
    return {l, r};
  }
  const auto is_plain = [&](NodeId node) { return frame.tree->kind(node) == NodeKind::Number; };
  const auto counts = [&](ExprId e) {
    const plan::Type &t = model_.types.type(model_.types.Unwrap(type(e)));
    return t.kind == TypeKind::Number && t.dimensions.size() == 1 &&
           model_.units.IsCounting(t.dimensions[0]);
  };
  if (is_plain(right) && counts(l)) r = Check(right, model_.types.Unwrap(type(l)), frame);
  if (is_plain(left) && counts(r)) l = Check(left, model_.types.Unwrap(type(r)), frame);
  // `2027` beside a date is a year.
  const auto as_year = [&](NodeId node, ExprId number) {
    const ExprId year = TryCheck(node, Simple(TypeKind::Period), frame);
    return IsSome(year) ? year : number;
  };
  if (is_plain(right) && IsDateLike(type(l))) r = as_year(right, r);
  if (is_plain(left) && IsDateLike(type(r))) l = as_year(left, l);
  return {l, r};
}

auto Checker::InferArithmetic(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const auto op = tree.op<BinaryOp>(node);
  const bool is_sum = op == BinaryOp::Add || op == BinaryOp::Subtract;
  ExprId left;
  ExprId right;
  if (is_sum) {
    std::tie(left, right) = Operands(tree.child(node, 0), tree.child(node, 1), frame);
  } else {
    left = Infer(tree.child(node, 0), frame);
    right = Infer(tree.child(node, 1), frame);
  }
  if (type(left) == plan::kErrorType || type(right) == plan::kErrorType) {
    return ErrorExpr(tree.span(node));
  }
  if (is_sum && HasFinish(type(left))) {
    left = Make(ExprKind::Convert, Simple(TypeKind::Moment), model_.exprs.expr(left).span, {left});
  }
  const TypeId result = ArithmeticType(op, model_.types.Unwrap(type(left)),
                                       model_.types.Unwrap(type(right)));
  if (result == plan::kErrorType) {
    Mismatch(node, left, right, frame);
    return ErrorExpr(tree.span(node));
  }
  return Make(ExprKind::Binary, AbsentWith(result, {left, right}), tree.span(node), {left, right}, 0,
              tree.node(node).op);
}

auto Checker::ArithmeticType(BinaryOp op, TypeId left, TypeId right) -> TypeId {
  const TypeKind l = kind(left);
  const TypeKind r = kind(right);
  if (l == TypeKind::Any || r == TypeKind::Any) return Simple(TypeKind::Any);
  if (l == TypeKind::Number && r == TypeKind::Number) return NumberType(op, left, right);
  const bool is_sum = op == BinaryOp::Add || op == BinaryOp::Subtract;
  if (IsDateLike(left) && l != TypeKind::Year && is_sum) {
    if (IsDateLike(right)) {
      return op == BinaryOp::Subtract
                 ? model_.types.Number(NumberForm::Duration, {DimensionId::kTime})
                 : plan::kErrorType;
    }
    const plan::Type &by = model_.types.type(right);
    const bool is_length =
        r == TypeKind::Number && llvm::any_of(by.dimensions, [](DimensionId d) {
          return d == DimensionId::kTime || d == DimensionId::kMonth || d == DimensionId::kWorkday;
        });
    if (!is_length) return plan::kErrorType;
    return l == TypeKind::Period ? Simple(TypeKind::Moment) : left;
  }
  if (l == TypeKind::List && r == TypeKind::List && op == BinaryOp::Add) {
    return CommonType(left, right);
  }
  // Curves, spreads, ranges and maps of numbers: step by step, with a number or with each other.
  const auto is_family = [](TypeKind k) {
    return k == TypeKind::Curve || k == TypeKind::Spread || k == TypeKind::Range;
  };
  const auto element = [&](TypeId id, TypeKind k) {
    return is_family(k) ? model_.types.argument(id) : k == TypeKind::Map ? model_.types.argument(id, 1) : id;
  };
  const bool is_map = (l == TypeKind::Map) != (r == TypeKind::Map) && !is_family(l) && !is_family(r);
  const bool is_one = (is_family(l) && (r == l || r == TypeKind::Number)) ||
                      (is_family(r) && l == TypeKind::Number && op != BinaryOp::Divide);
  if (!is_map && !is_one) return plan::kErrorType;
  if (kind(element(left, l)) != TypeKind::Number || kind(element(right, r)) != TypeKind::Number) {
    return plan::kErrorType;
  }
  const TypeId inner = NumberType(op, element(left, l), element(right, r));
  if (inner == plan::kErrorType) return inner;
  if (is_map) {
    return model_.types.MapOf(model_.types.argument(l == TypeKind::Map ? left : right), inner);
  }
  return model_.types.Of(is_family(l) ? l : r, inner);
}

auto Checker::NumberType(BinaryOp op, TypeId left_id, TypeId right_id) -> TypeId {
  const plan::Type left = model_.types.type(left_id);
  const plan::Type right = model_.types.type(right_id);
  const bool is_sum = op == BinaryOp::Add || op == BinaryOp::Subtract;
  const bool both_int = left.form == NumberForm::Int && right.form == NumberForm::Int;
  std::vector<DimensionId> dimensions;
  const auto add = [&](DimensionId d) {
    if (!llvm::is_contained(dimensions, d) && dimensions.size() < 8) dimensions.push_back(d);
  };
  for (const DimensionId l : left.dimensions) {
    for (const DimensionId r : right.dimensions) {
      if (is_sum) {
        // Currencies are converted if a rate is dated; that shows when it is evaluated.
        if (WithMoney(l) == WithMoney(r)) add(model_.units.CurrencyOf(l) ? l : r);
      } else {
        add(op == BinaryOp::Multiply ? model_.units.Multiply(l, r) : model_.units.Divide(l, r));
      }
    }
  }
  if (dimensions.empty()) return plan::kErrorType;
  NumberForm form = NumberForm::Quantity;
  if (dimensions.size() == 1 && dimensions[0] == DimensionId::kNumber) {
    form = both_int && op != BinaryOp::Divide            ? NumberForm::Int
           : left.form == NumberForm::Ratio && right.form == NumberForm::Ratio ? NumberForm::Ratio
                                                                               : NumberForm::Decimal;
  } else if (is_sum) {
    form = left.form;
  }
  return model_.types.Number(form, dimensions, is_sum ? left.unit : 0);
}

// What a curve, a spread, a range or a map of numbers is of; anything else is itself.
auto Checker::NumberPart(TypeId id) -> TypeId {
  switch (kind(id)) {
    case TypeKind::Curve:
    case TypeKind::Spread:
    case TypeKind::Range: return model_.types.argument(id);
    case TypeKind::Map: return model_.types.argument(id, 1);
    default: return id;
  }
}

void Checker::Mismatch(NodeId node, ExprId left, ExprId right, Frame &frame) {
  const Tree &tree = *frame.tree;
  static constexpr llvm::StringLiteral kDone[] = {"multiplied", "divided", "added", "subtracted"};
  static constexpr llvm::StringLiteral kSign[] = {"`*`", "`/`", "`+`", "`-`"};
  const auto op = static_cast<size_t>(tree.op<BinaryOp>(node));
  const TypeId l = model_.types.Unwrap(type(left));
  const TypeId r = model_.types.Unwrap(type(right));
  const Span l_span = model_.exprs.expr(left).span;
  const Span r_span = model_.exprs.expr(right).span;
  if (op > static_cast<size_t>(BinaryOp::Subtract)) {
    sink_->Report(diag::DimensionMismatch, tree.span(node), Spell(l), Spell(r), "compared")
        .Label(l_span, "this is " + Spell(l))
        .Label(r_span, "this is " + Spell(r));
    return;
  }
  const bool is_sum = tree.op<BinaryOp>(node) == BinaryOp::Add ||
                      tree.op<BinaryOp>(node) == BinaryOp::Subtract;
  if (IsDateLike(l) && !IsDateLike(r) && is_sum) {
    const bool is_plain = kind(r) == TypeKind::Number && Fits(r, PlainNumber(NumberForm::Decimal));
    sink_->Report(diag::TypeMismatch, r_span, "a duration",
                  is_plain ? "a number without a unit" : Spell(r))
        .Help("a date moves by durations, such as `3 days` or `10 workdays`");
    return;
  }
  // Of curves, spreads and the like, what they are of is what cannot be combined.
  const TypeId l_part = NumberPart(l);
  const TypeId r_part = NumberPart(r);
  const bool both_numbers = kind(l_part) == TypeKind::Number && kind(r_part) == TypeKind::Number &&
                            NumberType(tree.op<BinaryOp>(node), l_part, r_part) == plan::kErrorType;
  if (both_numbers || (IsDateLike(l) && IsDateLike(r))) {
    sink_->Report(diag::DimensionMismatch, tree.span(node), Spell(l_part), Spell(r_part),
                  kDone[op].str())
        .Label(l_span, "this is " + Spell(l))
        .Label(r_span, "this is " + Spell(r));
    return;
  }
  const bool is_left = kind(l) != TypeKind::Number && kind(l) != TypeKind::Curve;
  auto report = sink_->Report(diag::NotANumber, is_left ? l_span : r_span, kSign[op].str(),
                              Spell(is_left ? l : r));
  if (is_left && kind(l) == TypeKind::List && tree.op<BinaryOp>(node) == BinaryOp::Add) {
    report.Help("lists are put together with `[1] + [2]`");
  }
  if (kind(l) == TypeKind::String || kind(r) == TypeKind::String) {
    report.Help("texts are put together with `\"${a} ${b}\"`");
  }
}

}  // namespace groma::check
