// SPDX-License-Identifier: Apache-2.0
#include "solver.h"

#include <map>

#include "alternative.h"
#include "decode.h"
#include "diagnostics.h"
#include "explain.h"
#include "groma/plan/print.h"
#include "groma/reason/restrict.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {

using plan::Index;
using plan::IsSome;

Solver::Solver(plan::Model &model, plan::Environment &environment, const FromSchedule &dates,
               const Options &options, Builder &builder, Sink &sink)
    : builder_(builder),
      reader_(model, environment, options.suspended),
      instance_(reader_, builder_),
      dates_(dates),
      options_(options),
      sink_(sink),
      aims_(instance_, options_) {
  builder.Suspend(reader_.suspended);
  instance_.cuts = dates.cuts;
  for (const Arrival &arrival : dates.arrivals) instance_.arrivals[Index(arrival.thing)] = arrival;
}

auto Solver::Prepare() -> std::optional<Verdict> {
  Build();
  WarnOfWhatDoesNothing();
  if (!CanPack()) return Verdict::Failed;
  if (!HasAllPlaces() || !HasAllRoutes()) return Verdict::Infeasible;
  if (!HasAllPrices() || !CanDecideAll()) return Verdict::Failed;
  return std::nullopt;
}

void Solver::Build() {
  AddCounts(instance_);
  AddPools(instance_);
  AddMachines(instance_);
  AddPacking(instance_);
  AddWorkloads(instance_);
  AddCapacity(instance_);
  AddCuts(instance_);
  AddSiteLimits(instance_);
  network_.emplace(instance_);
  network_->AddFlows();
  AddCosts(instance_);
  AddEgress(instance_, *network_);
  AddLabour(instance_, dates_.labour);
  AddBudgets(instance_);
  outcomes_.emplace(instance_, *network_);
  formulas_.emplace(instance_, *outcomes_);
  for (const plan::Demand &demand : reader_.environment.demands) formulas_->Require(demand);
  aims_.Read(*formulas_);
  // Where nothing is open there is one plan all the same: it has a column that decides nothing.
  if (builder_.program.columns.empty()) (void)builder_.Boolean();
}

auto Solver::FitsAll() -> bool {
  if (!builder_.is_broken() && builder_.program.Fits()) return true;
  sink_.Report(diag::TooLarge, {})
      .Help("write quantities in coarser steps, or shorten the horizon");
  return false;
}

auto Solver::RulesOut() -> bool {
  const auto &out = options_.ruled_out;
  if (!out || out->environment != reader_.environment.entity) return true;
  return RuleOut(instance_, *out);
}

auto Solver::Decoded(const std::vector<int64_t> &values, const std::vector<uint8_t> &is_aim_used)
    -> Solution {
  return Decoder(instance_, *outcomes_, values, is_aim_used).Decode();
}

auto Solver::NoAnswer(const reason::Answer &answer) -> Result {
  const bool is_infeasible = answer.verdict == reason::Verdict::Infeasible;
  // The search for a plan may have left nothing.
  reason::Effort effort = WholeEffort(options_, builder_.program);
  if (options_.ruled_out) {
    auto lines = LinesThatForce(instance_, options_.prover, effort);
    if (!is_infeasible && lines.empty()) return {Verdict::Undecided, {}, {}};
    return {Verdict::Infeasible, {}, std::move(lines)};
  }
  if (is_infeasible && !options_.is_explaining) return {Verdict::Infeasible, {}, {}};
  if (!options_.is_explaining) return Undecided();
  const auto still = [&](llvm::ArrayRef<Cause> core, const Relaxed &relaxed) {
    reason::Slice slice(effort, effort.left / 16);
    return StillContradicts(core, relaxed, slice.part);
  };
  if (Explain(instance_, options_.prover, effort, still, sink_))
    return {Verdict::Infeasible, {}, {}};
  if (!is_infeasible) return Undecided();
  sink_.Report(diag::Contradiction, {}, "the requirements of the plan")
      .Note("which of them was not found within the effort")
      .Help("try `--effort` with a larger number");
  return {Verdict::Infeasible, {}, {}};
}

auto ReportOutOfEffort(Sink &sink) -> diagnostics::Builder {
  return sink.Report(diag::OutOfEffort, {});
}

auto Solver::Undecided() -> Result {
  ReportOutOfEffort(sink_).Help("try `--effort` with a larger number");
  return {Verdict::Undecided, {}};
}

// Builds anew without these fields, and keeps what the core names and what nobody can change.
auto Solver::StillContradicts(llvm::ArrayRef<Cause> core, const Relaxed &relaxed,
                              reason::Effort &effort) -> bool {
  Sink ignored;
  Builder builder;
  Solver other(reader_.model, reader_.environment, dates_, options_, builder, ignored);
  other.instance_.relaxed = relaxed;
  other.Build();
  if (!other.instance_.packing.too_varied.empty() || builder.is_broken()) return false;
  std::vector<Cause> kept = {kGiven};
  for (const Cause cause : core) kept.push_back(builder.CauseOf(builder_.causes[cause]));
  std::vector<uint8_t> dropped(builder.causes.size(), 1);
  for (const Cause cause : kept) dropped[cause] = 0;
  reason::Program program = reason::Restrict(builder.program, {.dropped = dropped});
  for (reason::Column &column : program.columns) column.cost = 0;
  if (!program.Fits()) return false;
  return reason::Solve(program, effort, options_.prover).verdict == reason::Verdict::Infeasible;
}

}  // namespace groma::solve
