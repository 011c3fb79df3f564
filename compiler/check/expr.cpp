// SPDX-License-Identifier: Apache-2.0
// Typing an expression: by itself, or against the type that its place expects.
#include "groma/check/checker.h"
#include "llvm/ADT/Hashing.h"

namespace groma::check {

auto Checker::Make(ExprKind kind, TypeId type, Span span, llvm::ArrayRef<ExprId> children,
                   uint32_t a, uint8_t op, uint16_t flags) -> ExprId {
  plan::Expr expr;
  expr.kind = kind;
  expr.type = type;
  expr.span = span;
  expr.a = a;
  expr.op = op;
  expr.flags = flags;
  for (const ExprId child : children) {
    if (IsSome(child)) expr.flags |= model_.exprs.expr(child).flags & plan::kReadsSelf;
  }
  return model_.exprs.Add(expr, children);
}

auto Checker::Literal(plan::Value value, TypeId type, Span span) -> ExprId {
  return model_.exprs.AddLiteral(value, type, span);
}

auto Checker::ErrorExpr(Span span) -> ExprId { return Make(ExprKind::Error, plan::kErrorType, span); }

// What a trial depends on: the expression, and the types of the names around it.
auto Checker::TrialOf(NodeId node, const Frame &frame) -> size_t {
  llvm::hash_code key = llvm::hash_combine(frame.tree, static_cast<uint32_t>(node),
                                           plan::Index(frame.self), frame.has_bare_members);
  for (const Local &local : frame.locals) {
    key = llvm::hash_combine(key, plan::Index(local.name), plan::Index(local.type), local.is_it);
  }
  return key;
}

auto Checker::TryInfer(NodeId node, Frame &frame) -> ExprId {
  // What has failed would fail again, and so would each of its parts: without this a sum of thirty with
  // one mistake in it is tried a billion times.
  const size_t key = TrialOf(node, frame);
  if (failed_trials_.contains(key)) return plan::kNoExpr;
  Sink *before = sink_;
  Sink trial;
  sink_ = &trial;
  ++trials_;
  const ExprId expr = Infer(node, frame);
  --trials_;
  sink_ = before;
  if (!trial.has_errors() && type(expr) != plan::kErrorType) {
    sink_->Append(std::move(trial));
    return expr;
  }
  failed_trials_.insert(key);
  return plan::kNoExpr;
}

auto Checker::TryCheck(NodeId node, TypeId expected, Frame &frame) -> ExprId {
  Sink *before = sink_;
  Sink trial;
  sink_ = &trial;
  ++trials_;
  const ExprId expr = Check(node, expected, frame);
  --trials_;
  sink_ = before;
  if (trial.has_errors() || type(expr) == plan::kErrorType) return plan::kNoExpr;
  sink_->Append(std::move(trial));
  return expr;
}

auto Checker::Infer(NodeId node, Frame &frame) -> ExprId {
  frame.allows_choose = false;
  const Step step(*this, frame.tree->span(node));
  if (step.is_too_deep()) return ErrorExpr(frame.tree->span(node));
  return InferByNode(node, frame);
}

auto Checker::InferByNode(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  switch (tree.kind(node)) {
    case NodeKind::Name: return InferName(node, frame);
    case NodeKind::Path:
    case NodeKind::Member: return InferMember(node, frame);
    case NodeKind::Call: return InferCall(node, frame);
    case NodeKind::Index: return InferIndex(node, frame);
    case NodeKind::Negate: return InferNegate(node, frame);
    case NodeKind::Not: {
      const ExprId operand = CheckCondition(tree.child(node, 0), frame);
      return Make(ExprKind::Not, Simple(TypeKind::Bool), tree.span(node), {operand});
    }
    case NodeKind::Binary: return InferBinary(node, frame);
    case NodeKind::Range:
    case NodeKind::Spread: return InferRange(node, frame);
    case NodeKind::Where: return InferWhere(node, frame);
    case NodeKind::Quantifier: return InferQuantifier(node, frame);
    case NodeKind::If: return InferIf(node, frame);
    case NodeKind::Record: return InferCurve(node, frame);
    case NodeKind::List: return InferList(node, frame);
    case NodeKind::ListOf:
      return InferGenerator(tree.child(node, 0), plan::kErrorType, frame);
    case NodeKind::Generator: return InferGenerator(node, plan::kErrorType, frame);
    case NodeKind::Paren: return Infer(tree.child(node, 0), frame);
    case NodeKind::String:
      return tree.children(node).empty() ? InferLiteral(node, frame) : InferText(node, frame);
    case NodeKind::Tagged: {
      const NodeId tag = tree.child(node, 0);
      UnknownName(tag, plan::kErrorType, frame);
      return ErrorExpr(tree.span(node));
    }
    case NodeKind::Choose:
      sink_->Report(diag::MisplacedChoose, tree.span(node));
      return ErrorExpr(tree.span(node));
    case NodeKind::Error: return ErrorExpr(tree.span(node));
    default: return InferLiteral(node, frame);
  }
}

// A condition may be absent: whoever asks for it says what then.
auto Checker::CheckCondition(NodeId node, Frame &frame) -> ExprId {
  const TypeId truth = Simple(TypeKind::Bool);
  return Check(node, frame.tree->kind(node) == NodeKind::NoneValue ? truth : Optional(truth), frame);
}

auto Checker::Check(NodeId node, TypeId expected, Frame &frame, bool last_day) -> ExprId {
  const bool allows_choose = frame.allows_choose;
  frame.allows_choose = false;
  const Tree &tree = *frame.tree;
  const Step step(*this, tree.span(node));
  if (step.is_too_deep()) return ErrorExpr(tree.span(node));
  if (tree.kind(node) == NodeKind::Choose) {
    if (allows_choose) return CheckChoose(node, expected, frame);
    sink_->Report(diag::MisplacedChoose, tree.span(node))
        .Help("give the field of an entity a `choose`, and read that field here");
    return ErrorExpr(tree.span(node));
  }
  if (const auto done = CheckByNode(node, expected, frame, last_day)) return *done;
  return CheckByType(node, expected, frame, last_day);
}

// Forms whose parts, not themselves, meet the expectation.
auto Checker::CheckByNode(NodeId node, TypeId expected, Frame &frame, bool last_day)
    -> std::optional<ExprId> {
  const Tree &tree = *frame.tree;
  switch (tree.kind(node)) {
    case NodeKind::Error: return ErrorExpr(tree.span(node));
    case NodeKind::Paren: return Check(tree.child(node, 0), expected, frame, last_day);
    case NodeKind::If: return CheckIf(node, expected, frame, last_day);
    case NodeKind::NoneValue:
      if (kind(expected) == TypeKind::Optional || kind(expected) == TypeKind::Any ||
          kind(expected) == TypeKind::Error) {
        return Literal(plan::Value::None(), expected, tree.span(node));
      }
      sink_->Report(diag::TypeMismatch, tree.span(node), Spell(expected), "`none`");
      return ErrorExpr(tree.span(node));
    default: return std::nullopt;
  }
}

auto Checker::CheckByType(NodeId node, TypeId expected, Frame &frame, bool last_day) -> ExprId {
  const Tree &tree = *frame.tree;
  const TypeId wanted = model_.types.Unwrap(expected);
  const NodeKind form = tree.kind(node);
  switch (kind(wanted)) {
    case TypeKind::Error: {
      // What was expected is unknown; only look for mistakes inside.
      const ExprId expr = TryInfer(node, frame);
      return IsSome(expr) ? expr : ErrorExpr(tree.span(node));
    }
    case TypeKind::Any:
      if (form == NodeKind::Record) {
        return CheckMap(node, model_.types.MapOf(Simple(TypeKind::String), wanted), frame);
      }
      break;
    case TypeKind::Bound: {
      const ExprId value = TryInfer(node, frame);
      if (IsSome(value) && Fits(type(value), expected)) return value;
      const TypeId limit = model_.types.argument(wanted);
      const ExprId inner = Check(node, wanted == expected ? limit : Optional(limit), frame);
      if (type(inner) == plan::kErrorType) return inner;
      return Make(ExprKind::Convert, wanted, tree.span(node), {inner});
    }
    case TypeKind::List: return CheckList(node, expected, frame);
    case TypeKind::Map:
    case TypeKind::Curve:
      if (form == NodeKind::Record) return CheckMap(node, wanted, frame);
      return CheckOrWrap(node, expected,
                         model_.types.argument(wanted, kind(wanted) == TypeKind::Map ? 1 : 0),
                         frame);
    case TypeKind::Range:
    case TypeKind::Spread: return CheckRange(node, expected, frame);
    case TypeKind::Number:
      if (form == NodeKind::Number || form == NodeKind::Quantity || form == NodeKind::Negate) {
        return CheckNumber(node, expected, frame);
      }
      break;
    case TypeKind::Date:
    case TypeKind::Month:
    case TypeKind::Quarter:
    case TypeKind::Year:
    case TypeKind::Period:
    case TypeKind::Moment: return CheckDateLike(node, expected, frame, last_day);
    case TypeKind::Currency:
    case TypeKind::Enum:
    case TypeKind::Entity:
      if (form == NodeKind::Name) return CheckName(node, expected, frame);
      break;
    case TypeKind::Union:
      if (form == NodeKind::Name) return CheckName(node, expected, frame);
      if (form == NodeKind::Tagged) return CheckTagged(node, wanted, frame);
      if (form == NodeKind::Record) {
        sink_->Report(diag::TypeMismatch, tree.span(node), Spell(wanted), "a record without a tag")
            .Help("write the tag before the record: `tag { ... }`");
        return ErrorExpr(tree.span(node));
      }
      if (form == NodeKind::Call) {
        if (const ExprId call = CallTag(node, wanted, frame); IsSome(call)) return call;
      }
      break;
    case TypeKind::Record:
      if (form == NodeKind::Record) return CheckRecord(node, wanted, frame);
      if (form == NodeKind::List) {
        sink_->Report(diag::TypeMismatch, tree.span(node), Spell(wanted), "a list");
        return ErrorExpr(tree.span(node));
      }
      break;
    case TypeKind::TimeZone:
    case TypeKind::Secret:
      if (form == NodeKind::String) return CheckString(node, wanted, frame);
      break;
    case TypeKind::Subject: return CheckSubject(node, expected, frame);
    case TypeKind::KindName: return CheckKindName(node, frame);
    default: break;
  }
  // A name that is not found is told with what would fit here.
  if (form == NodeKind::Name && !last_day) return CheckName(node, expected, frame);
  return Coerce(Infer(node, frame), expected, node, frame, last_day);
}

auto Checker::CheckOrWrap(NodeId node, TypeId expected, TypeId element, Frame &frame) -> ExprId {
  const ExprId whole = TryInfer(node, frame);
  if (IsSome(whole) && Fits(type(whole), expected)) return whole;
  const bool is_range = IsSome(whole) &&
                        kind(model_.types.Unwrap(expected)) == TypeKind::Spread &&
                        kind(model_.types.Unwrap(type(whole))) == TypeKind::Range;
  const bool may_be_absent = IsSome(whole) && kind(type(whole)) == TypeKind::Optional;
  if ((is_range || may_be_absent) && CanConvert(type(whole), expected)) {
    return Make(ExprKind::Convert, expected, frame.tree->span(node), {whole});
  }
  const TypeKind shape = IsSome(whole) ? kind(type(whole)) : TypeKind::Error;
  const bool is_other = shape == TypeKind::List || shape == TypeKind::String || shape == TypeKind::Bool;
  if (is_other && !IsSome(TryCheck(node, element, frame))) {
    return Coerce(whole, expected, node, frame, false);
  }
  const ExprId one = Check(node, element, frame);
  if (type(one) == plan::kErrorType) return one;
  return Make(ExprKind::Convert, expected, frame.tree->span(node), {one});
}

auto Checker::CanConvert(TypeId actual_id, TypeId expected_id) -> bool {
  const TypeId actual = model_.types.Unwrap(actual_id);
  const TypeId expected = model_.types.Unwrap(expected_id);
  // Nothing but a list says what becomes of what is absent: it has no element.
  if (actual != actual_id && expected == expected_id && kind(expected) != TypeKind::List) return false;
  switch (kind(expected)) {
    case TypeKind::List:
    case TypeKind::Curve:
    case TypeKind::Bound: return Fits(actual, model_.types.argument(expected));
    case TypeKind::Map: return Fits(actual, model_.types.argument(expected, 1));
    case TypeKind::Spread:
      return Fits(actual, model_.types.argument(expected)) ||
             (kind(actual) == TypeKind::Range &&
              Fits(model_.types.argument(actual), model_.types.argument(expected)));
    case TypeKind::Range: return Fits(actual, model_.types.argument(expected));
    case TypeKind::Date: return IsDateLike(actual) && kind(actual) != TypeKind::Moment;
    case TypeKind::Month:
    case TypeKind::Year:
    case TypeKind::Quarter: return false;
    case TypeKind::Period:
      return kind(actual) == TypeKind::Range ? IsDateLike(model_.types.argument(actual))
                                             : IsDateLike(actual);
    case TypeKind::Moment: return IsDateLike(actual) || HasFinish(actual);
    case TypeKind::Subject: return kind(actual) == TypeKind::Entity;
    default: return false;
  }
}

auto Checker::Coerce(ExprId expr, TypeId expected, NodeId node, Frame &frame, bool last_day)
    -> ExprId {
  const TypeId actual = type(expr);
  if (Fits(actual, expected)) return expr;
  const Span span = frame.tree->span(node);
  if (CanConvert(actual, expected)) {
    return Make(ExprKind::Convert, model_.types.Unwrap(expected), span, {expr}, 0, 0,
                last_day ? plan::kLastDay : 0);
  }
  DoesNotFit(expr, expected, span, frame.tree->text(node));
  return ErrorExpr(span);
}

}  // namespace groma::check
