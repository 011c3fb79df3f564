// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/branch.h"

#include <algorithm>

#include "groma/reason/presolve.h"
#include "groma/reason/tree.h"

namespace groma::reason {
namespace {

// The values of `whole` at these columns.
auto Pick(llvm::ArrayRef<int64_t> whole, const std::vector<ColumnId> &columns)
    -> std::vector<int64_t> {
  std::vector<int64_t> values;
  for (const ColumnId column : columns) values.push_back(whole[column]);
  return values;
}

}  // namespace

auto Branch(const Program &program, const std::vector<int64_t> *incumbent, Effort &effort,
            BranchCounts *counts, const Watch &watch) -> Answer {
  Answer answer;
  // What is below zero counts for the sums, too.
  if (!program.Fits() || std::any_of(program.columns.begin(), program.columns.end(), [](auto &c) {
        return c.lower < -std::max(c.reach, c.upper);
      })) {
    return answer;
  }
  if (incumbent != nullptr && !program.IsSolution(*incumbent)) incumbent = nullptr;
  const Presolved presolved = Presolve(program);
  if (presolved.is_infeasible) {
    answer.verdict = Verdict::Infeasible;
    return answer;
  }

  // Each part is solved by itself; one that is infeasible decides for all.
  bool is_optimal = true, has_values = true;
  answer.has_bound = true;
  answer.bound = presolved.program.fixed_cost;
  std::vector<int64_t> values(presolved.program.columns.size());
  const std::vector<Component> parts = Components(presolved.program);
  for (const Component &part : parts) {
    std::optional<std::vector<int64_t>> known;
    if (incumbent != nullptr) known = Pick(Pick(*incumbent, presolved.columns), part.columns);
    // Of several parts none tells what the whole comes to.
    const Watch own_watch = [&](const Step &step) {
      Step told{.phase = step.phase};
      if (parts.size() == 1) {
        told = step;
        told.cost += answer.bound;
        told.bound += answer.bound;
      }
      watch(told);
    };
    Tree tree(part.program, std::move(known), effort, watch ? &own_watch : nullptr);
    const Answer own = tree.Run();
    if (counts != nullptr) counts->nodes += tree.nodes();
    if (own.verdict == Verdict::Infeasible) {
      answer = {};
      answer.verdict = Verdict::Infeasible;
      return answer;
    }
    is_optimal &= own.verdict == Verdict::Optimal;
    has_values &= own.verdict != Verdict::Undecided;
    answer.has_bound &= own.has_bound;
    if (own.has_bound) answer.bound += own.bound;
    for (size_t i = 0; i < own.values.size(); ++i) values[part.columns[i]] = own.values[i];
  }
  if (!has_values) return answer;
  answer.values = presolved.Restore(values);
  answer.cost = program.CostOf(answer.values);
  answer.verdict = is_optimal ? Verdict::Optimal : Verdict::Feasible;
  return answer;
}

}  // namespace groma::reason
