// SPDX-License-Identifier: Apache-2.0
#include "aims.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::solve {
namespace {

auto ShownAs(const plan::Aim &aim, Rational value) -> Value {
  const plan::Linear &linear = *aim.value.linear;
  return Value::Number(aim.is_maximize ? Negate(value) : value, linear.dimension, linear.unit);
}

class Reaching {
 public:
  Reaching(Builder &builder, const Options &options, reason::Effort &effort)
      : builder_(builder), options_(options), effort_(effort) {}

  auto Run(llvm::ArrayRef<const Aims *> environments, std::vector<int64_t> start) -> Reached {
    reached_.answer.values = std::move(start);
    for (const Aims *aims : environments) {
      Add(*aims, reached_.parts.emplace_back());
      if (reached_.answer.values.empty()) return std::move(reached_);
    }
    // Where the best was not proved there are no equals to choose from.
    if (is_proved_) Minimize(Plainness(environments), {});
    return std::move(reached_);
  }

 private:
  void Add(const Aims &aims, Reached::Part &part) {
    part.is_aim_used.resize(aims.forms().size());
    for (size_t i = 0; i < aims.forms().size(); ++i) {
      const auto &form = aims.forms()[i];
      if (!form) continue;
      if (!Minimize(*form, aims.WatchOf(*form, &aims.aim(i)))) break;
      part.is_aim_used[i] = 1;
      part.aims.push_back(aims.Judge(i, reached_.answer));
      is_proved_ &= part.aims.back().is_proved;
    }
    const bool has_none =
        reached_.kept.empty() && reached_.answer.verdict != reason::Verdict::Infeasible;
    const bool is_open = !reached_.answer.values.empty() && !aims.disappointment().is_constant();
    if (has_none || is_open) {
      Minimize(aims.disappointment(), aims.WatchOf(aims.disappointment(), nullptr));
    }
  }

  // False, and the answer as it was, if nothing was found.
  auto Minimize(Form form, const reason::Watch &watch) -> bool {
    form.constant = 0;
    builder_.Minimize(form);
    reason::Answer &answer = reached_.answer;
    const auto *start = answer.values.empty() ? nullptr : &answer.values;
    reason::Answer next = reason::Solve(builder_.program, effort_, options_.prover, start, watch);
    if (next.values.empty() && !answer.values.empty()) return false;
    answer = std::move(next);
    if (answer.values.empty()) return false;
    reached_.kept.push_back({form, form.ValueAt(answer.values)});
    builder_.AtMost(form, reached_.kept.back().value, kGiven);
    return true;
  }

  // Among equals: fewer of everything.
  auto Plainness(llvm::ArrayRef<const Aims *> environments) -> Form {
    Form form;
    const auto &columns = builder_.program.columns;
    std::vector<uint8_t> is_pattern(columns.size());
    for (const Aims *aims : environments) {
      for (const auto &packed : aims->instance().packing.columns) is_pattern[packed.column] = 1;
    }
    for (ColumnId c = 0; c < columns.size(); ++c) {
      // Of machines there are as many whatever they carry.
      if (!columns[c].is_boolean() && is_pattern[c] == 0) form.Add(Form::Of(c, 1000));
    }
    for (const Aims *aims : environments) aims->AddPlainness(form);
    form.Tidy();
    return form;
  }

  Builder &builder_;
  const Options &options_;
  reason::Effort &effort_;
  Reached reached_;
  bool is_proved_ = true;
};

}  // namespace

auto Reach(Builder &builder, llvm::ArrayRef<const Aims *> environments, const Options &options,
           reason::Effort &effort, std::vector<int64_t> start) -> Reached {
  return Reaching(builder, options, effort).Run(environments, std::move(start));
}

void Aims::Read(Formulas &formulas) {
  disappointment_ = formulas.Disappointment();
  for (const plan::Aim &aim : reader_.environment.aims) {
    forms_.push_back(formulas.AimOf(aim));
  }
}

auto Aims::Judge(size_t i, const reason::Answer &answer) const -> plan::AimResult {
  const plan::Aim &aim = this->aim(i);
  const Form &form = *forms_[i];
  plan::AimResult result;
  result.is_maximize = aim.is_maximize;
  result.span = aim.span;
  result.is_proved = answer.verdict == reason::Verdict::Optimal;
  result.value = form.ValueAt(answer.values);
  const auto bound = base::Div(answer.has_bound ? answer.bound : 0, instance_.builder.cost_scale());
  result.bound = base::Add(bound.value_or(0), form.constant).value_or(0);
  if (result.is_proved) result.bound = result.value;
  result.shown = ShownAs(aim, result.value);
  if (aim.is_maximize) {
    result.value = Negate(result.value);
    result.bound = Negate(result.bound);
  }
  return result;
}

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

void Aims::AddPlainness(Form &form) const {
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
}

}  // namespace groma::solve
