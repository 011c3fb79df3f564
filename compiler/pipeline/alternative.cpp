// SPDX-License-Identifier: Apache-2.0
// The nearest alternative of a choice: decide once more, with what was chosen ruled out.
#include "neighbours.h"
#include "rounds.h"

namespace groma::pipeline {
namespace {

auto Find(const plan::Decisions &decisions, plan::EntityId entity, plan::Slot slot)
    -> const plan::Value * {
  if (const auto *choice = decisions.FindChoice(entity, slot)) return &choice->value;
  const auto *result = decisions.FindResult(entity, slot, {});
  return result == nullptr ? nullptr : &result->value;
}

}  // namespace

auto NextBest(Result &checked, plan::Environment &environment, const plan::Plan &plan,
              plan::EntityId entity, plan::Slot slot, solve::Options options) -> Alternative {
  Alternative other;
  const plan::Value *now = Find(*plan.decisions, entity, slot);
  if (now == nullptr) return other;
  options.ruled_out = solve::RuledOut{environment.entity, entity, slot, *now};
  options.is_comparing = false;
  Sink ignored;
  auto decided =
      DecideInRounds(checked, AllWith(checked, environment), 1, options, ignored);
  solve::Result &result = decided[0].result;
  if (decided[0].dates == schedule::Verdict::Late) result.verdict = solve::Verdict::Infeasible;
  other.verdict = result.verdict;
  other.forcing = std::move(result.forcing);
  if (result.verdict != solve::Verdict::Solved) return other;
  const plan::Value *value = Find(result.solution.decisions, entity, slot);
  if (value != nullptr) other.value = *value;
  other.is_proved = true;
  for (size_t i = 0; i < std::min(plan.aims.size(), result.solution.aims.size()); ++i) {
    const plan::AimResult &before = plan.aims[i], &after = result.solution.aims[i];
    other.is_proved &= after.is_proved;
    if (before.value == after.value) continue;
    plan::Value by = after.shown;
    by.number = base::Sub(after.shown.number, before.shown.number).value_or(0);
    other.difference = {by, after.is_maximize, i};
    break;
  }
  return other;
}

}  // namespace groma::pipeline
