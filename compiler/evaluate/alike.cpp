// SPDX-License-Identifier: Apache-2.0
// A rule over every pair of two things (each dataset and each site at which it might be used) would take
// the square of a plan. Mostly it looks at a few fields of the element, and many elements have the same.
#include <map>

#include "groma/evaluate/engine.h"

namespace groma::evaluate {

// The fields of the variable that an expression reads; false if it does anything else with it.
auto Engine::FieldsRead(ExprId id, uint32_t variable, std::set<Slot> &slots) const -> bool {
  if (!IsSome(id)) return true;
  const plan::Expr &expr = model_.exprs.expr(id);
  if (expr.kind == ExprKind::Local) return expr.a != variable;
  if (expr.kind == ExprKind::Field && (expr.flags & plan::kByName) == 0) {
    const plan::Expr &object = model_.exprs.expr(model_.exprs.child(id, 0));
    if (object.kind == ExprKind::Local && object.a == variable) {
      slots.insert(expr.a);
      return true;
    }
  }
  return llvm::all_of(model_.exprs.children(id),
                      [&](ExprId child) { return FieldsRead(child, variable, slots); });
}

// The elements of which a condition says the same; null if it is not known. Lists of what the plan
// decides share their elements, so this is worked out once for each condition.
auto Engine::AlikeIn(const plan::Guarded &list, ExprId condition, uint32_t variable)
    -> const std::vector<Alike> * {
  const auto [at, is_new] = alike_.try_emplace({plan::Index(condition), list.elements.data()});
  if (!is_new) return at->second.empty() ? nullptr : &at->second;
  std::set<Slot> slots;
  if (!FieldsRead(condition, variable, slots)) return nullptr;
  const auto is_less = [](const std::vector<Value> &a, const std::vector<Value> &b) {
    for (size_t i = 0; i < a.size(); ++i) {
      if (const int order = plan::Compare(a[i], b[i]); order != 0) return order < 0;
    }
    return false;
  };
  std::map<std::vector<Value>, Alike, decltype(is_less)> classes(is_less);
  const size_t mark = premises_.size();
  for (uint32_t i = 0; i < list.elements.size(); ++i) {
    std::vector<Value> values;
    for (const Slot slot : slots) {
      values.push_back(Read(list.elements[i].value.entity, slot).value);
      if (values.back().is_error() || values.back().is_residual()) return nullptr;
    }
    classes[values].push_back(i);
  }
  premises_.resize(mark);
  // Reading may have asked for another list.
  std::vector<Alike> &result = alike_[{plan::Index(condition), list.elements.data()}];
  for (auto &[values, members] : classes) result.push_back(std::move(members));
  return &result;
}

// The elements of which it must be looked at whether they are there, in their order: of the others the
// condition holds anyway.
auto Engine::OpenUnsettled(const Value &list, ExprId condition, uint32_t variable, bool holds,
                           bool negate, Frame &frame, std::vector<Conditional> &out) -> bool {
  const plan::Guarded *later =
      list.tag == ValueTag::Guarded && list.guarded->is_decided_later() ? list.guarded : nullptr;
  const auto *classes = later == nullptr ? nullptr : AlikeIn(*later, condition, variable);
  if (classes == nullptr) return OpenElements(list, out);
  std::vector<uint32_t> unsettled;
  for (const Alike &alike : *classes) {
    frame.local(variable) = later->elements[alike.front()].value;
    const Value body = negate ? EvaluateNot(condition, frame) : Evaluate(condition, frame);
    if (body.tag != ValueTag::Bool || body.boolean != holds) llvm::append_range(unsettled, alike);
  }
  llvm::sort(unsettled);
  for (const uint32_t i : unsettled) {
    const plan::Guarded::Element &element = later->elements[i];
    out.push_back({element.value, element.condition, later});
  }
  return true;
}

}  // namespace groma::evaluate
