// SPDX-License-Identifier: Apache-2.0
#include "solve.h"

#include "groma/base/check.h"
#include "solver.h"

namespace groma::solve {

auto Decide(Solvers solvers, Search &search) -> bool {
  for (const auto &solver : solvers) {
    solver->Aim(search);
    if (search.answer.values.empty()) return false;
  }
  if (llvm::all_of(solvers, [](const auto &solver) { return solver->IsProved(); })) {
    // Among equals: fewer of everything.
    Form form;
    const auto &columns = search.builder.program.columns;
    std::vector<uint8_t> is_pattern(columns.size());
    for (const auto &solver : solvers) {
      for (const auto &packed : solver->instance().packing.columns) is_pattern[packed.column] = 1;
    }
    for (ColumnId c = 0; c < columns.size(); ++c) {
      // Of machines there are as many whatever they carry.
      if (!columns[c].is_boolean() && is_pattern[c] == 0) form.Add(Form::Of(c, 1000));
    }
    for (const auto &solver : solvers) solver->AddPlainness(form);
    form.Tidy();
    search.Minimize(form);
  }
  base::Check(search.builder.program.IsSolution(search.answer.values),
              "a solution keeps every row");
  return true;
}

auto Solve(plan::Model &model, plan::Environment &environment, llvm::ArrayRef<Cut> cuts,
           const Options &options, Sink &sink) -> Result {
  Builder builder;
  std::vector<std::unique_ptr<Solver>> solvers;
  solvers.push_back(std::make_unique<Solver>(model, environment, cuts, options, builder, sink));
  if (const auto impossible = solvers[0]->Prepare()) return {*impossible, {}};
  if (!solvers[0]->FitsAll()) return {};
  Search search{builder, options, WholeEffort(options), {}};
  if (!Decide(solvers, search)) return solvers[0]->NoAnswer(search.answer);
  return solvers[0]->Decoded(search);
}

}  // namespace groma::solve
