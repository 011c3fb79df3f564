// SPDX-License-Identifier: Apache-2.0
// Lists, comprehensions, filters, quantifiers, conditionals and indexing.
#include "groma/check/checker.h"

namespace groma::check {

auto Checker::Variable(NodeId name, TypeId type, Frame &frame, bool is_it) -> uint32_t {
  Local local;
  local.name = is_it ? it_ : Intern(frame.tree->text(name));
  local.type = type;
  local.index = frame.next_local++;
  local.is_it = is_it;
  frame.locals.push_back(local);
  return local.index;
}

auto Checker::ListElement(ExprId list, Span at) -> TypeId {
  const TypeId id = model_.types.Unwrap(type(list));
  if (kind(id) == TypeKind::List) return model_.types.argument(id);
  if (kind(id) == TypeKind::Any || kind(id) == TypeKind::Error) return id;
  auto report = sink_->Report(diag::NotAList, at, Spell(id));
  if (kind(id) == TypeKind::Map) report.Help("`keys(...)` and `values(...)` make lists of a map");
  return plan::kErrorType;
}

// The type that both fit; of money in two currencies, money in any. An error type if there is none.
auto Checker::CommonType(TypeId left, TypeId right) -> TypeId {
  if (Fits(right, left)) return left;
  if (Fits(left, right)) return right;
  plan::Type type = model_.types.type(left);
  const plan::Type &other = model_.types.type(right);
  if (type.kind != other.kind) return plan::kErrorType;
  if (type.kind != TypeKind::Number) {
    const bool is_family = type.kind == TypeKind::List || type.kind == TypeKind::Curve ||
                           type.kind == TypeKind::Spread || type.kind == TypeKind::Range;
    const TypeId element =
        is_family ? CommonType(type.arguments[0], other.arguments[0]) : plan::kErrorType;
    return element == plan::kErrorType ? element : model_.types.Of(type.kind, element);
  }
  const bool is_one = type.dimensions.size() == 1 && other.dimensions.size() == 1;
  if (!is_one || WithMoney(type.dimensions[0]) != WithMoney(other.dimensions[0])) {
    return plan::kErrorType;
  }
  type.dimensions[0] = WithMoney(type.dimensions[0]);
  type.unit = 0;
  return model_.types.Intern(type);
}

auto Checker::InferList(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  std::vector<ExprId> elements;
  TypeId element{};
  for (const NodeId child : tree.children(node)) {
    if (IsSome(element)) {
      // Elements in several currencies make a list of money.
      const ExprId alone = TryInfer(child, frame);
      const TypeId own = IsSome(alone) ? model_.types.Unwrap(type(alone)) : element;
      const TypeId common =
          CommonType(element, kind(own) == TypeKind::List ? model_.types.argument(own) : own);
      if (common != plan::kErrorType) element = common;
    }
    ExprId expr = IsSome(element) ? CheckElement(child, element, frame) : Infer(child, frame);
    if (type(expr) == plan::kErrorType) return ErrorExpr(tree.span(node));
    if (!IsSome(element)) {
      element = model_.types.Unwrap(type(expr));
      if (kind(element) == TypeKind::List) {
        element = model_.types.argument(element);
        model_.exprs.expr(expr).flags |= plan::kSplice;
      } else if (kind(element) == TypeKind::Number) {
        // `[1, 2.5]` holds numbers, not whole ones only.
        const plan::Type first = model_.types.type(element);
        const bool has_fraction = llvm::any_of(tree.children(node), [&](NodeId other) {
          return tree.kind(other) == NodeKind::Number && tree.text(other).contains('.');
        });
        if (first.form == plan::NumberForm::Int && has_fraction) {
          element = PlainNumber(plan::NumberForm::Decimal);
        }
      }
    }
    elements.push_back(expr);
  }
  if (!IsSome(element)) element = Simple(TypeKind::Any);
  return Make(ExprKind::List, model_.types.Of(TypeKind::List, element), tree.span(node), elements);
}

// One element, or a list of them to be spliced in.
auto Checker::CheckElement(NodeId node, TypeId element, Frame &frame) -> ExprId {
  const NodeKind form = frame.tree->kind(node);
  const bool may_be_list = form == NodeKind::Where || form == NodeKind::ListOf ||
                           form == NodeKind::Name || form == NodeKind::Member ||
                           form == NodeKind::Call || form == NodeKind::Paren ||
                           form == NodeKind::List;
  if (may_be_list && kind(element) != TypeKind::List) {
    const ExprId expr = TryInfer(node, frame);
    if (IsSome(expr) && kind(model_.types.Unwrap(type(expr))) == TypeKind::List) {
      const TypeId inner = model_.types.argument(model_.types.Unwrap(type(expr)));
      if (Fits(inner, element)) {
        model_.exprs.expr(expr).flags |= plan::kSplice;
        return expr;
      }
      if (CanConvert(inner, element)) {
        const ExprId converted = Make(ExprKind::Convert, model_.types.Of(TypeKind::List, element),
                                      frame.tree->span(node), {expr});
        model_.exprs.expr(converted).flags |= plan::kSplice;
        return converted;
      }
    }
  }
  element_ = may_be_list ? node : NodeId{};
  // What is absent is no element; `none` itself would be a slip.
  return Check(node, form == NodeKind::NoneValue ? element : Optional(element), frame);
}

auto Checker::CheckList(NodeId node, TypeId expected, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const TypeId element = model_.types.argument(model_.types.Unwrap(expected));
  const Span span = tree.span(node);
  if (tree.kind(node) == NodeKind::List) {
    std::vector<ExprId> elements;
    bool has_error = false;
    for (const NodeId child : tree.children(node)) {
      elements.push_back(CheckElement(child, element, frame));
      has_error |= type(elements.back()) == plan::kErrorType;
    }
    return has_error ? ErrorExpr(span) : Make(ExprKind::List, expected, span, elements);
  }
  if (tree.kind(node) == NodeKind::ListOf) {
    return Coerce(InferGenerator(tree.child(node, 0), element, frame), expected, node, frame,
                  false);
  }
  const ExprId whole = TryInfer(node, frame);
  if (IsSome(whole) && Fits(type(whole), expected)) return whole;
  if (IsSome(whole) && kind(type(whole)) == TypeKind::Optional &&
      kind(model_.types.Unwrap(type(whole))) == TypeKind::List) {
    return Coerce(whole, expected, node, frame, false);
  }
  // One element counts as a list of one.
  const ExprId one = CheckElement(node, element, frame);
  if (type(one) == plan::kErrorType) return one;
  if (model_.exprs.expr(one).flags & plan::kSplice) return one;
  return Make(ExprKind::List, expected, span, {one});
}

auto Checker::InferGenerator(NodeId node, TypeId element, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const size_t depth = frame.locals.size();
  const ExprId list = Infer(tree.child(node, 2), frame);
  const TypeId variable_type = ListElement(list, tree.span(tree.child(node, 2)));
  const uint32_t variable = Variable(tree.child(node, 1), variable_type, frame, false);
  ExprId condition = plan::kNoExpr;
  if (const NodeId filter = tree.child(node, 3); filter != syntax::kNoNode) {
    condition = CheckCondition(filter, frame);
    NotePresent(filter, true, tree.child(node, 0), frame);
  }
  const ExprId value = element == plan::kErrorType ? Infer(tree.child(node, 0), frame)
                                                   : Check(tree.child(node, 0), element, frame);
  frame.locals.resize(depth);
  if (type(value) == plan::kErrorType || type(list) == plan::kErrorType) {
    return ErrorExpr(tree.span(node));
  }
  return Make(ExprKind::Generator, model_.types.Of(TypeKind::List, type(value)), tree.span(node),
              {list, value, condition}, variable);
}

auto Checker::InferWhere(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const size_t depth = frame.locals.size();
  const ExprId list = Infer(tree.child(node, 0), frame);
  const TypeId element = ListElement(list, tree.span(tree.child(node, 0)));
  // Without an element nothing in the condition means anything.
  if (kind(element) == TypeKind::Error) return ErrorExpr(tree.span(node));
  const uint32_t variable = Variable(syntax::kNoNode, element, frame, true);
  const ExprId condition = CheckCondition(tree.child(node, 1), frame);
  frame.locals.resize(depth);
  if (type(list) == plan::kErrorType || type(condition) == plan::kErrorType) {
    return ErrorExpr(tree.span(node));
  }
  return Make(ExprKind::Where, type(list), tree.span(node), {list, condition}, variable);
}

auto Checker::InferQuantifier(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const size_t depth = frame.locals.size();
  const ExprId list = Infer(tree.child(node, 1), frame);
  const TypeId element = ListElement(list, tree.span(tree.child(node, 1)));
  const uint32_t variable = Variable(tree.child(node, 0), element, frame, false);
  const ExprId body = CheckCondition(tree.child(node, 2), frame);
  frame.locals.resize(depth);
  if (type(list) == plan::kErrorType || type(body) == plan::kErrorType) {
    return ErrorExpr(tree.span(node));
  }
  return Make(ExprKind::Quantifier, Simple(TypeKind::Bool), tree.span(node), {list, body}, variable,
              tree.node(node).op);
}

auto Checker::CheckIf(NodeId node, TypeId expected, Frame &frame, bool last_day) -> ExprId {
  const Tree &tree = *frame.tree;
  const ExprId condition = CheckCondition(tree.child(node, 0), frame);
  NotePresent(tree.child(node, 0), true, tree.child(node, 1), frame);
  NotePresent(tree.child(node, 0), false, tree.child(node, 2), frame);
  const ExprId yes = Check(tree.child(node, 1), expected, frame, last_day);
  const ExprId no = Check(tree.child(node, 2), expected, frame, last_day);
  for (const ExprId part : {condition, yes, no}) {
    if (type(part) == plan::kErrorType) return ErrorExpr(tree.span(node));
  }
  return Make(ExprKind::If, kind(expected) == TypeKind::Any ? type(yes) : expected, tree.span(node),
              {condition, yes, no});
}

auto Checker::InferIf(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const ExprId condition = CheckCondition(tree.child(node, 0), frame);
  NotePresent(tree.child(node, 0), true, tree.child(node, 1), frame);
  NotePresent(tree.child(node, 0), false, tree.child(node, 2), frame);
  auto [yes, no] = Operands(tree.child(node, 1), tree.child(node, 2), frame);
  for (const ExprId part : {condition, yes, no}) {
    if (type(part) == plan::kErrorType) return ErrorExpr(tree.span(node));
  }
  const TypeId y = type(yes);
  const TypeId n = type(no);
  if (kind(y) == TypeKind::None || kind(n) == TypeKind::None) {
    return Make(ExprKind::If, Optional(kind(y) == TypeKind::None ? n : y), tree.span(node), {condition, yes, no});
  }
  // Either may be absent; then the whole may be.
  const TypeId y_there = model_.types.Unwrap(y);
  const TypeId n_there = model_.types.Unwrap(n);
  const TypeId result = CommonType(y_there, n_there);
  if (result == plan::kErrorType) {
    sink_->Report(diag::TypeMismatch, model_.exprs.expr(no).span, Spell(y), Spell(n))
        .Label(model_.exprs.expr(yes).span, "the other branch is " + Spell(y));
    return ErrorExpr(tree.span(node));
  }
  return Make(ExprKind::If, AbsentWith(result, {yes, no}), tree.span(node), {condition, yes, no});
}

auto Checker::InferIndex(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const ExprId object = Infer(tree.child(node, 0), frame);
  const TypeId object_type = model_.types.Unwrap(type(object));
  const NodeId index_node = tree.child(node, 1);
  const auto make = [&](TypeId key, TypeId result) {
    const ExprId index = Check(index_node, key, frame);
    if (type(index) == plan::kErrorType) return index;
    return Make(ExprKind::Index, AbsentWith(result, object), tree.span(node), {object, index});
  };
  switch (kind(object_type)) {
    case TypeKind::Error: return object;
    case TypeKind::Map: {
      return make(model_.types.argument(object_type),
                  Optional(model_.types.argument(object_type, 1)));
    }
    case TypeKind::List:
      return make(PlainNumber(plan::NumberForm::Int), model_.types.argument(object_type));
    case TypeKind::Curve: return make(Simple(TypeKind::Date), model_.types.argument(object_type));
    case TypeKind::Entity: {
      // An entry of a vault.
      const auto vault = KnownKind("service.key_vault");
      if (IsSome(vault) &&
          model_.IsA(static_cast<KindId>(model_.types.type(object_type).decl), vault)) {
        return make(Simple(TypeKind::String), Simple(TypeKind::Secret));
      }
      break;
    }
    default: break;
  }
  sink_->Report(diag::NotIndexable, tree.span(tree.child(node, 0)), Spell(object_type));
  return ErrorExpr(tree.span(node));
}

}  // namespace groma::check
