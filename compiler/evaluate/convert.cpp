// SPDX-License-Identifier: Apache-2.0
// Conversions that a place asks for: one for many, a period for a day, a milestone for its date.
#include "groma/evaluate/engine.h"

namespace groma::evaluate {

using plan::TypeKind;

auto Engine::EvaluateConvert(ExprId id, Frame &frame) -> Value {
  const plan::Expr expr = model_.exprs.expr(id);
  const Value value = Evaluate(model_.exprs.child(id, 0), frame);
  const plan::TypeId type = model_.types.Unwrap(expr.type);
  if (value.is_error()) return value;
  if (value.is_none()) {
    // `[self.site]` of something without a site has no element.
    return model_.types.kind(type) == TypeKind::List ? Value::Items(ValueTag::List, {}) : value;
  }
  if (value.tag == ValueTag::Deferred) {
    return model_.types.kind(type) == TypeKind::List
               ? Value::Items(ValueTag::List, model_.Keep(llvm::ArrayRef<Value>(value)))
               : value;
  }
  const bool last_day = (expr.flags & plan::kLastDay) != 0;
  if (value.tag == ValueTag::PerOffer && model_.types.kind(type) != TypeKind::List) {
    return lift_.Pointwise(*value.per_offer, expr.span, [&](const Value &one) {
      return ConvertTo(type, one, last_day, expr.span);
    });
  }
  return ConvertTo(type, value, last_day, expr.span);
}

auto Engine::ConvertTo(plan::TypeId type_id, const Value &value, bool last_day, Span at) -> Value {
  if (value.is_error() || value.is_none()) return value;
  const plan::Type &type = model_.types.type(type_id);
  const auto list_of = [&](ValueTag tag, llvm::ArrayRef<Value> items) {
    return Value::Items(tag, model_.Keep(items));
  };
  switch (type.kind) {
    case TypeKind::List: {
      if (value.tag != ValueTag::List) return list_of(ValueTag::List, value);
      std::vector<Value> items;
      for (const Value &item : value.elements()) {
        items.push_back(ConvertTo(type.arguments[0], item, last_day, at));
      }
      return list_of(ValueTag::List, items);
    }
    case TypeKind::Map:
    case TypeKind::Curve: {
      const plan::MapEntry every{Value::None(), value};
      return Value::Entries(type.kind == TypeKind::Map ? ValueTag::Map : ValueTag::Curve,
                            model_.Keep(llvm::ArrayRef<plan::MapEntry>(every)), true);
    }
    case TypeKind::Range: {
      const Value both[] = {value, value};
      return list_of(ValueTag::Range, both);
    }
    case TypeKind::Spread: {
      if (value.tag == ValueTag::Spread) return value;
      if (value.tag != ValueTag::Range) {
        const Value all[] = {value, value, value};
        return list_of(ValueTag::Spread, all);
      }
      // The most likely value lies in the middle unless it is given.
      const Value low = value.elements()[0];
      const Value high = value.elements()[1];
      Value middle = Apply(BinaryOp::Add, low, high, at);
      middle = Apply(BinaryOp::Divide, middle, Value::Number(2, base::DimensionId::kNumber), at);
      const Value all[] = {low, middle, high};
      return middle.is_error() ? middle : list_of(ValueTag::Spread, all);
    }
    case TypeKind::Bound: {
      if (value.tag == ValueTag::Bound) return value;
      Value bound = list_of(ValueTag::Bound, value);
      bound.op = 255;  // exactly
      return bound;
    }
    case TypeKind::Date: {
      const auto day = last_day ? LastDay(value) : FirstDay(value);
      return day ? DateValue(*day) : Value();
    }
    case TypeKind::Moment: {
      if (value.tag == ValueTag::Entity) return ReadNamed(value.entity, "finish");
      const auto day = last_day ? LastDay(value) : FirstDay(value);
      return day ? DateValue(*day) : value;
    }
    case TypeKind::Subject: {
      if (value.tag != ValueTag::Entity) return value;
      Value subject = Value::Of(ValueTag::Subject);
      subject.subject = {value.entity, plan::kNoSlot};
      return subject;
    }
    default: return value;
  }
}

auto Engine::EvaluateRange(ExprId id, Frame &frame) -> Value {
  const plan::Expr expr = model_.exprs.expr(id);
  std::vector<Value> items;
  for (const ExprId child : model_.exprs.children(id)) {
    items.push_back(Evaluate(child, frame));
    const Value &item = items.back();
    if (item.is_error() || item.is_none()) return item;
    if (item.tag == ValueTag::Deferred) return Defer(id, frame);
    if (item.is_residual()) {
      sink_.Report(diag::NotLinear, model_.exprs.expr(child).span, "the end of a range");
      return {};
    }
  }
  bool is_error = false;
  for (size_t i = 0; i + 1 < items.size(); ++i) {
    const bool is_dates = FirstDay(items[i]) && LastDay(items[i + 1]);
    const bool is_empty = is_dates ? *FirstDay(items[i]) > *LastDay(items[i + 1])
                                   : Order(items[i], items[i + 1], expr.span, is_error) > 0;
    if (is_error) return {};
    if (!is_empty) continue;
    sink_.Report(diag::EmptyRange, expr.span, Spell(items[i]), Spell(items[i + 1]));
    return {};
  }
  return Value::Items(expr.kind == ExprKind::Spread ? ValueTag::Spread : ValueTag::Range,
                      model_.Keep(llvm::ArrayRef<Value>(items)));
}

}  // namespace groma::evaluate
