// SPDX-License-Identifier: Apache-2.0
// The functions that the language has without a declaration.
#include "groma/evaluate/engine.h"

namespace groma::evaluate {

using plan::BuiltinFunction;

auto Engine::EvaluateBuiltin(ExprId id, Frame &frame) -> Value {
  const plan::Expr expr = model_.exprs.expr(id);
  const auto function = static_cast<BuiltinFunction>(expr.a);
  std::vector<Value> arguments;
  // What is asked whether it is there is not missed.
  const std::string not_given = not_given_;
  for (const ExprId child : model_.exprs.children(id)) {
    arguments.push_back(Evaluate(child, frame));
    if (arguments.back().is_error()) return {};
    if (function == BuiltinFunction::Default) {
      not_given_ = not_given;
      return DefaultOf(arguments.back(), model_.exprs.child(id, 1), frame);
    }
  }
  if (function == BuiltinFunction::Has) {
    not_given_ = not_given;
    return HasIn(arguments, expr.span);
  }
  for (const Value &argument : arguments) {
    if (argument.tag == ValueTag::Deferred) return Defer(id, frame);
    if (argument.is_none()) return argument;
  }
  const Value &first = arguments.front();
  switch (function) {
    case BuiltinFunction::Sum: return SumOf(first, id, frame);
    case BuiltinFunction::Count: {
      std::vector<Conditional> elements;
      (void)Elements(first, elements);
      if (first.tag == ValueTag::List) {
        return Value::Number(static_cast<int64_t>(elements.size()), base::DimensionId::kNumber);
      }
      return lift_.Count(elements, expr.span, scalar_);
    }
    case BuiltinFunction::Min:
    case BuiltinFunction::Max:
      return ExtremumOf(function == BuiltinFunction::Max, arguments, id, frame);
    default: break;
  }
  const auto open = llvm::count_if(arguments, [](const Value &v) { return v.is_residual(); });
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!arguments[i].is_residual()) continue;
    if (open == 1 && arguments[i].tag == ValueTag::PerOffer) {
      return lift_.Pointwise(*arguments[i].per_offer, expr.span, [&](const Value &value) {
        std::vector<Value> point = arguments;
        point[i] = value;
        return value.is_none() ? value : Decided(function, point, expr.span);
      });
    }
    sink_.Report(diag::NotLinear, model_.exprs.expr(model_.exprs.child(id, i)).span,
                 "this argument");
    return {};
  }
  return Decided(function, arguments, expr.span);
}

auto Engine::Decided(BuiltinFunction function, llvm::ArrayRef<Value> arguments, Span at) -> Value {
  const Value &first = arguments.front();
  const auto elements = first.tag == ValueTag::List ? first.elements() : llvm::ArrayRef<Value>();
  switch (function) {
    case BuiltinFunction::First: return elements.empty() ? Value::None() : elements.front();
    case BuiltinFunction::Last: return elements.empty() ? Value::None() : elements.back();
    case BuiltinFunction::Unique: {
      std::vector<Value> kept;
      for (const Value &element : elements) {
        const bool is_new = llvm::none_of(
            kept, [&](const Value &other) { return plan::Compare(other, element) == 0; });
        if (is_new) kept.push_back(element);
      }
      return Value::Items(ValueTag::List, model_.Keep(llvm::ArrayRef<Value>(kept)));
    }
    case BuiltinFunction::Floor:
    case BuiltinFunction::Ceil:
    case BuiltinFunction::Round: return RoundTo(function, first, at);
    case BuiltinFunction::Abs: {
      Value value = first;
      value.number = base::Abs(first.number);
      return value;
    }
    case BuiltinFunction::Days: {
      const int64_t days = base::DaysBetween(*FirstDay(first), *LastDay(first)) + 1;
      return Value::Number(days * 86400, base::DimensionId::kTime,
                           static_cast<uint32_t>(*model_.units.Find("day")));
    }
    case BuiltinFunction::Contains:
      return Value::Bool(first.string().contains(arguments[1].string()));
    case BuiltinFunction::StartsWith:
      return Value::Bool(first.string().starts_with(arguments[1].string()));
    case BuiltinFunction::Lower: return Value::String(model_.Keep(llvm::StringRef(first.string().lower())));
    case BuiltinFunction::Join: {
      std::string text;
      for (size_t i = 0; i < elements.size(); ++i) {
        if (i > 0) text += arguments[1].string();
        text += elements[i].tag == ValueTag::String ? elements[i].string().str() : Spell(elements[i]);
      }
      return Value::String(model_.Keep(llvm::StringRef(text)));
    }
    case BuiltinFunction::Keys:
    case BuiltinFunction::Values: {
      std::vector<Value> parts;
      for (const plan::MapEntry &entry : first.map()) {
        parts.push_back(function == BuiltinFunction::Keys ? entry.key : entry.value);
      }
      return Value::Items(ValueTag::List, model_.Keep(llvm::ArrayRef<Value>(parts)));
    }
    default: return {};
  }
}

auto Engine::SumOf(const Value &list, ExprId id, const Frame &frame) -> Value {
  const plan::Expr expr = model_.exprs.expr(id);
  std::vector<Conditional> terms;
  if (!Elements(list, terms)) return {};
  bool has_residual = false;
  for (Conditional &term : terms) {
    if (term.value.is_error() || term.value.is_none()) return term.value;
    if (term.value.tag == ValueTag::Deferred) return Defer(id, frame);
    has_residual |= term.condition != nullptr || term.value.is_residual();
    term.value = InMoneyOf(term.value, terms.front().value, expr.span);
    if (term.value.is_error()) return {};
  }
  const plan::Type &type = model_.types.type(model_.types.Unwrap(expr.type));
  const base::DimensionId dimension =
      type.dimensions.empty() ? base::DimensionId::kNumber : InPlanCurrency(type.dimensions.front());
  if (has_residual) {
    return lift_.Sum(terms, dimension, expr.span, scalar_);
  }
  if (terms.empty()) return Value::Number(0, dimension, type.unit);
  Value total = terms[0].value;
  for (size_t i = 1; i < terms.size(); ++i) {
    total = Apply(BinaryOp::Add, total, terms[i].value, expr.span);
    if (total.is_error()) return total;
  }
  return total;
}

auto Engine::ExtremumOf(bool is_max, llvm::ArrayRef<Value> arguments, ExprId id,
                        const Frame &frame) -> Value {
  const Span span = model_.exprs.expr(id).span;
  std::vector<Conditional> elements;
  if (arguments.size() == 1 && IsList(arguments[0])) {
    (void)Elements(arguments[0], elements);
  } else {
    for (const Value &argument : arguments) elements.push_back({argument, nullptr});
  }
  if (elements.empty()) return Value::None();
  for (Conditional &element : elements) {
    if (element.value.is_error() || element.value.is_none()) return element.value;
    if (element.value.tag == ValueTag::Deferred) return Defer(id, frame);
    element.value = InMoneyOf(element.value, elements.front().value, span);
    if (element.value.is_error()) return {};
  }
  for (const Conditional &element : elements) {
    if (element.condition != nullptr || element.value.is_residual()) {
      return lift_.Extremum(is_max, elements, span);
    }
  }
  Value best = elements[0].value;
  bool is_error = false;
  for (size_t i = 1; i < elements.size(); ++i) {
    const int order = Order(elements[i].value, best, span, is_error);
    if (is_error) return {};
    if (is_max ? order > 0 : order < 0) best = elements[i].value;
  }
  return best;
}

// Rounds in the unit in which the number was written: `ceil(2.5 weeks)` is 3 weeks.
auto Engine::RoundTo(BuiltinFunction function, const Value &value, Span at) -> Value {
  const auto unit = static_cast<base::UnitId>(value.aux);
  const auto in_unit = model_.units.FromBase(value.number, unit);
  if (!in_unit) return Overflow(Spell(value), at);
  const int64_t rounded = function == BuiltinFunction::Floor  ? in_unit->Floor()
                          : function == BuiltinFunction::Ceil ? in_unit->Ceil()
                                                              : in_unit->Round();
  const auto number = model_.units.ToBase(rounded, unit);
  if (!number) return Overflow(Spell(value), at);
  return Value::Number(*number, value.dimension, value.aux);
}

auto Engine::HasIn(llvm::ArrayRef<Value> arguments, Span at) -> Value {
  const Value &first = arguments[0];
  if (first.is_none()) return Value::Bool(false);
  if (arguments.size() == 2) return Operate(BinaryOp::In, arguments[1], first, at, at, at);
  if (first.tag != ValueTag::PerOffer) return Value::Bool(true);
  return lift_.Pointwise(*first.per_offer, at,
                         [](const Value &value) { return Value::Bool(!value.is_none()); });
}

// The second argument counts only where the first is absent, which may depend on a choice.
auto Engine::DefaultOf(const Value &value, ExprId otherwise, Frame &frame) -> Value {
  if (value.is_none()) return Evaluate(otherwise, frame);
  const auto is_none = [](const Value &entry) { return entry.is_none(); };
  if (value.tag != ValueTag::PerOffer || llvm::none_of(value.per_offer->table, is_none)) {
    return value;
  }
  const Span at = model_.exprs.expr(otherwise).span;
  const Value other = InMoneyOf(Evaluate(otherwise, frame), value, at);
  if (other.is_error()) return {};
  if (!other.is_residual()) {
    return lift_.Pointwise(*value.per_offer, at, [&](const Value &entry) {
      return entry.is_none() ? other : entry;
    });
  }
  const Value given = HasIn(value, at);
  // Where it is absent any number will do: it is not taken there.
  const Value *sample = llvm::find_if_not(value.per_offer->table, is_none);
  const Value whole = lift_.Pointwise(*value.per_offer, at, [&](const Value &entry) {
    return entry.is_none() ? *sample : entry;
  });
  return lift_.If(given, whole, other, at, scalar_);
}

}  // namespace groma::evaluate
