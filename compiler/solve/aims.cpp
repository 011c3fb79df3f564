// SPDX-License-Identifier: Apache-2.0
#include "aims.h"

#include "diagnostics.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {
namespace {

auto ShownAs(const plan::Aim &aim, Rational value) -> Value {
  const plan::Linear &linear = *aim.value.linear;
  return Value::Number(aim.is_maximize ? Negate(value) : value, linear.dimension, linear.unit);
}

}  // namespace

void Aims::Read(Formulas &formulas, Sink &sink) {
  disappointment_ = formulas.Disappointment();
  for (const plan::Aim &aim : reader_.environment.aims) {
    aims_.push_back(formulas.AimOf(aim));
    if (!aims_.back()) sink.Report(diag::AimOfSchedule, aim.span);
  }
}

auto Aims::Reach(std::vector<int64_t> start) -> Reached {
  Reached reached;
  reached.answer.values = std::move(start);
  reached.is_aim_used.resize(aims_.size());
  bool is_proved = true;
  for (size_t i = 0; i < aims_.size(); ++i) {
    const plan::Aim &aim = reader_.environment.aims[i];
    if (!aims_[i]) continue;
    if (!Minimize(*aims_[i], &aim, reached)) break;
    reached.is_aim_used[i] = 1;
    reached.aims.push_back(Judge(aim, *aims_[i], reached.answer));
    is_proved &= reached.aims.back().is_proved;
  }
  const bool has_none =
      reached.kept.empty() && reached.answer.verdict != reason::Verdict::Infeasible;
  if (has_none || (!reached.answer.values.empty() && !disappointment_.is_constant())) {
    Minimize(disappointment_, nullptr, reached);
  }
  // Where the best was not proved there are no equals to choose from.
  if (is_proved && !reached.answer.values.empty()) Minimize(Plainness(), nullptr, reached);
  return reached;
}

// False, and the answer as it was, if nothing was found.
auto Aims::Minimize(Form form, const plan::Aim *aim, Reached &reached) -> bool {
  const reason::Watch watch = WatchOf(form, aim);
  form.constant = 0;
  Builder &builder = instance_.builder;
  builder.Minimize(form);
  reason::Answer &answer = reached.answer;
  const auto *start = answer.values.empty() ? nullptr : &answer.values;
  reason::Answer next = reason::Solve(builder.program, effort_, options_.prover, start, watch);
  if (next.values.empty() && !answer.values.empty()) return false;
  answer = std::move(next);
  if (answer.values.empty()) return false;
  reached.kept.push_back({form, form.ValueAt(answer.values)});
  builder.AtMost(form, reached.kept.back().value, kGiven);
  return true;
}

auto Aims::Judge(const plan::Aim &aim, const Form &form, const reason::Answer &answer) const
    -> plan::AimResult {
  plan::AimResult result;
  result.is_maximize = aim.is_maximize;
  result.span = aim.span;
  result.is_proved = answer.verdict == reason::Verdict::Optimal;
  result.value = form.ValueAt(answer.values);
  const auto bound =
      base::Div(answer.has_bound ? answer.bound : 0, instance_.builder.cost_scale());
  result.bound = base::Add(bound.value_or(0), form.constant).value_or(0);
  if (result.is_proved) result.bound = result.value;
  result.shown = ShownAs(aim, result.value);
  if (aim.is_maximize) {
    result.value = Negate(result.value);
    result.bound = Negate(result.bound);
  }
  return result;
}

// Tells of an aim in its own unit; what is not the plan's to aim at is told by its phase alone.
auto Aims::WatchOf(const Form &form, const plan::Aim *aim) const -> reason::Watch {
  if (!options_.watch) return {};
  return [this, aim, constant = form.constant](const reason::Step &step) {
    Progress progress;
    progress.environment = reader_.environment.name;
    progress.phase = step.phase;
    if (aim != nullptr) {
      progress.aim = aim->span;
      progress.is_maximize = aim->is_maximize;
      const auto shown = [&](int64_t cost) {
        const auto value = base::Div(cost, instance_.builder.cost_scale());
        return ShownAs(*aim, base::Add(value.value_or(0), constant).value_or(0));
      };
      if (step.has_cost) progress.best = shown(step.cost);
      if (step.has_bound) progress.bound = shown(step.bound);
    }
    options_.watch(progress);
  };
}

// Among equals: fewer of everything, what stands first in its list, what has the first name.
auto Aims::Plainness() -> Form {
  Form form;
  const auto &columns = instance_.builder.program.columns;
  std::vector<uint8_t> is_pattern(columns.size());
  for (const Packing::Column &packed : instance_.packing.columns) is_pattern[packed.column] = 1;
  for (ColumnId c = 0; c < columns.size(); ++c) {
    // Of machines there are as many whatever they carry.
    if (!columns[c].is_boolean() && is_pattern[c] == 0) form.Add(Form::Of(c, 1000));
  }
  for (const Pool &pool : instance_.pools) {
    for (size_t o = 0; o < pool.offers.count; ++o) {
      form.Add(pool.by_offer[o].chosen, static_cast<int64_t>(o));
    }
  }
  for (const Cell &cell : instance_.cells) form.Add(Form::Of(cell.column, int64_t{cell.pool}));
  for (const EntityId entity : reader_.model.plan_entities) {
    const Offers offers = reader_.OffersOf(entity);
    if (offers.count == 1 || instance_.PoolOf(entity) != nullptr) continue;
    const Forms &chosen = instance_.ChosenOf(offers);
    for (size_t o = 0; o < offers.count; ++o) form.Add(chosen[o], static_cast<int64_t>(o) * 100);
  }
  form.Tidy();
  return form;
}

}  // namespace groma::solve
