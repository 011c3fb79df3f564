// SPDX-License-Identifier: Apache-2.0
#include "efforts.h"

namespace groma::solve {
namespace {

using plan::IsSome;

// A contradiction with more lines than that is none that one reads.
constexpr size_t kMostTasks = 12;

// The field that says how much work it is, if the plan itself does: of what a playbook asks for there is no
// line that one would change.
auto FieldOf(const Reader &reader, EntityId task) -> std::optional<KnownMember> {
  for (const KnownMember member : {KnownMember::TaskEffort, KnownMember::TaskDuration}) {
    for (const plan::Written &written : reader.model.entity(task).written) {
      if (written.slot == reader.known.slot(member)) return member;
    }
  }
  return std::nullopt;
}

}  // namespace

auto SpentByEfforts(Instance &instance, EntityId budget, MonthRange range, WorkColumns &columns)
    -> Form {
  Form sum;
  std::map<EntityId, Rational> fixed;
  for (const Cost *cost : instance.CostsOf(budget, range)) {
    const bool is_work = IsSome(cost->task) && cost->amount.is_constant() &&
                         FieldOf(instance.reader, cost->task);
    const auto more = is_work ? base::Add(fixed[cost->task], cost->amount.constant) : std::nullopt;
    if (more) {
      fixed[cost->task] = *more;
    } else {
      sum.Add(cost->amount);
    }
  }
  std::vector<std::pair<EntityId, Rational>> tasks(fixed.begin(), fixed.end());
  llvm::stable_sort(tasks, [](const auto &a, const auto &b) { return b.second < a.second; });
  for (size_t i = 0; i < tasks.size(); ++i) {
    const auto &[task, amount] = tasks[i];
    if (i >= kMostTasks) {
      sum.Add(amount);
      continue;
    }
    const auto [at, is_new] = columns.try_emplace(task);
    if (is_new) {
      const Cause cause = instance.FieldCause(task, *FieldOf(instance.reader, task));
      at->second = instance.builder.Fixed(1, 1, cause);
    }
    sum.Add(Form::Of(at->second, amount));
  }
  sum.Tidy();
  return sum;
}

}  // namespace groma::solve
