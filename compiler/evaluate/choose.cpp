// SPDX-License-Identifier: Apache-2.0
// `choose`: a field that the solver decides becomes an unknown of its entity.
#include "groma/evaluate/engine.h"

namespace groma::evaluate {

auto Engine::EvaluateChoose(ExprId id, Frame &frame) -> Value {
  const plan::Expr expr = model_.exprs.expr(id);
  if (environment_.decisions != nullptr) {
    if (const auto *known = environment_.decisions->FindChoice(target_.entity, target_.slot)) {
      ReadBindings(known->binding);
      return known->value;
    }
  }
  plan::Unknown unknown;
  unknown.entity = target_.entity;
  unknown.slot = target_.slot;
  unknown.span = expr.span;
  const Value domain = Evaluate(model_.exprs.child(id, 0), frame);
  if (domain.is_error()) return {};
  if (domain.is_none() || HasOpenElement(domain)) {
    sink_.Report(diag::NotLinear, model_.exprs.expr(model_.exprs.child(id, 0)).span,
                 "what is chosen from");
    return {};
  }
  if (expr.flags & plan::kChooseFrom) {
    if (domain.elements().empty()) {
      sink_.Report(diag::NothingToChoose, expr.span)
          .Help(model_.exprs.expr(model_.exprs.child(id, 0)).kind == plan::ExprKind::Where
                    ? "no element of the list fulfils the condition"
                    : "the list has no element");
      return {};
    }
    // The same entry twice is one choice.
    std::vector<Value> choices;
    for (const Value &value : domain.elements()) {
      const bool is_new = llvm::none_of(
          choices, [&](const Value &other) { return plan::Compare(other, value) == 0; });
      if (is_new) choices.push_back(value);
    }
    unknown.choices = model_.Keep(llvm::ArrayRef<Value>(choices));
  } else {
    unknown.is_count = true;
    unknown.low = domain.elements()[0];
    unknown.high = domain.elements()[1];
    if (!CountOf(id, frame, unknown)) return {};
  }
  environment_.unknowns.push_back(unknown);
  return lift_.OfUnknown(static_cast<plan::UnknownId>(environment_.unknowns.size() - 1));
}

auto Engine::CountOf(ExprId id, Frame &frame, plan::Unknown &unknown) -> bool {
  const plan::Expr expr = model_.exprs.expr(id);
  unknown.period = static_cast<plan::ChoosePeriod>(expr.a);
  unknown.is_rising = (expr.flags & plan::kChooseRising) != 0;
  const ExprId step = model_.exprs.child(id, 1);
  if (!IsSome(step)) {
    // Counts go by ones of the unit in which they are written.
    const auto one = model_.units.ToBase(1, static_cast<base::UnitId>(unknown.low.aux));
    unknown.step = Value::Number(one.value_or(1), unknown.low.dimension, unknown.low.aux);
    return true;
  }
  unknown.step = Evaluate(step, frame);
  if (unknown.step.is_error()) return false;
  if (unknown.step.is_none() || unknown.step.is_residual()) {
    sink_.Report(diag::NotLinear, model_.exprs.expr(step).span, "a step");
    return false;
  }
  if (unknown.step.number.sign() > 0) return true;
  sink_.Report(diag::BadStep, model_.exprs.expr(step).span, Spell(unknown.step));
  return false;
}

}  // namespace groma::evaluate
