// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/least.h"

#include "groma/reason/slim.h"
#include "groma/reason/solver.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::reason {
namespace {

auto WithoutCosts(const Program &program) -> Program {
  Program free = program;
  free.fixed_cost = 0;
  for (Column &column : free.columns) column.cost = 0;
  return free;
}

}  // namespace

auto LeastValue(const Program &program, const Part &part, ColumnId column, MakeProver prover,
                Effort &effort) -> std::optional<Least> {
  Program priced = WithoutCosts(program);
  priced.columns[column].cost = 1;
  Least least{priced.columns[column].lower, true};
  for (const Component &component : Slim(priced, part)) {
    const Answer answer = Solve(component.program, effort, prover);
    if (answer.values.empty()) return std::nullopt;
    const auto at = llvm::find(component.columns, column);
    if (at == component.columns.end()) continue;
    least.value = answer.values[static_cast<size_t>(at - component.columns.begin())];
    least.is_proved = answer.verdict == Verdict::Optimal;
  }
  return least;
}

auto CanHold(const Program &program, const Part &part, MakeProver prover, Effort &effort) -> bool {
  for (const Component &component : Slim(WithoutCosts(program), part)) {
    if (Solve(component.program, effort, prover).values.empty()) return false;
  }
  return true;
}

}  // namespace groma::reason
