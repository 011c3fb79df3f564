// SPDX-License-Identifier: Apache-2.0
// In which order values are read. What a value needs comes first, by a walk that keeps its place in a
// list and not on the stack: a chain of ten thousand values is no deeper than one. The walk looks at
// what the plan writes, which is read in any case; what it does not foresee is read as it is met, and
// counted.
#include "groma/evaluate/engine.h"

namespace groma::evaluate {

auto Engine::IsRead(const Step &step) const -> bool {
  if (IsSome(step.global)) return IsSome(environment_.globals[plan::Index(step.global)].origin);
  const auto &slots = environment_.facts_of[plan::Index(step.entity)];
  return slots != nullptr && slots[step.slot] != 0;
}

// The values that reading `step` asks for by name.
void Engine::NeedsOf(const Step &step, std::vector<Step> &needs) const {
  llvm::SmallVector<ExprId, 16> exprs;
  if (IsSome(step.global)) {
    exprs.push_back(model_.globals[plan::Index(step.global)].value);
  } else {
    for (EntityId at = step.entity; IsSome(at); at = model_.entity(at).base) {
      const plan::Written *written = WrittenOf(at, step.slot);
      if (written == nullptr) continue;
      exprs.push_back(written->value);
      if (written->op < static_cast<uint8_t>(syntax::AssignOp::Add) ||
          written->op > static_cast<uint8_t>(syntax::AssignOp::Multiply)) {
        break;
      }
    }
  }
  const auto need_member = [&](EntityId entity, Slot slot) {
    const plan::Entity &owner = model_.entity(entity);
    if (owner.is_library || owner.is_template) return;
    if (model_.kind(owner.kind).members.list[slot].form != plan::MemberForm::Field) return;
    // A default is read only where it is asked for.
    for (EntityId at = entity; IsSome(at); at = model_.entity(at).base) {
      if (WrittenOf(at, slot) == nullptr) continue;
      needs.push_back({entity, slot, {}});
      return;
    }
  };
  while (!exprs.empty()) {
    const ExprId id = exprs.pop_back_val();
    if (!IsSome(id)) continue;
    const plan::Expr &expr = model_.exprs.expr(id);
    const auto children = model_.exprs.children(id);
    if (expr.kind == ExprKind::Global) {
      const auto global = static_cast<plan::GlobalId>(expr.a);
      if (!model_.globals[expr.a].is_library) needs.push_back({{}, 0, global});
    } else if (expr.kind == ExprKind::Field && (expr.flags & plan::kByName) == 0) {
      const ExprKind object = model_.exprs.expr(children[0]).kind;
      if (object == ExprKind::Literal) {
        const Value &value = model_.exprs.literal(children[0]);
        if (value.tag == ValueTag::Entity) need_member(value.entity, expr.a);
      } else if (object == ExprKind::Self && IsSome(step.entity)) {
        need_member(step.entity, expr.a);
      }
    }
    exprs.append(children.begin(), children.end());
  }
}

void Engine::ReadInOrder(Step root) {
  struct Visit {
    Step step;
    std::vector<Step> needs;
    size_t next = 0;
  };
  std::vector<Visit> visits;
  const auto enter = [&](const Step &step) {
    const auto key = IsSome(step.global)
                         ? std::make_pair(uint32_t{0}, plan::Index(step.global))
                         : std::make_pair(plan::Index(step.entity), static_cast<uint32_t>(step.slot));
    if (IsRead(step) || !ordered_.insert(key).second) return;
    visits.push_back({step, {}});
    NeedsOf(step, visits.back().needs);
  };
  enter(root);
  while (!visits.empty()) {
    Visit &visit = visits.back();
    if (visit.next < visit.needs.size()) {
      enter(Step(visit.needs[visit.next++]));
      continue;
    }
    const Step step = visit.step;
    visits.pop_back();
    const size_t mark = premises_.size();
    IsSome(step.global) ? (void)ReadGlobal(step.global) : (void)Read(step.entity, step.slot);
    premises_.resize(mark);
  }
}

}  // namespace groma::evaluate
