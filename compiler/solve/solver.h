// SPDX-License-Identifier: Apache-2.0
// One environment's part of a program that decides it, alone or together with others.
#pragma once

#include <memory>

#include "aims.h"
#include "formulas.h"
#include "network.h"
#include "shapes.h"
#include "solve.h"

namespace groma::solve {

inline auto WholeEffort(const Options &options, const reason::Program &program) -> reason::Effort {
  return {options.effort * (reason::UsualEffort(program) / 100)};
}

class Solver {
 public:
  Solver(plan::Model &model, plan::Environment &environment, const FromSchedule &dates,
         const Options &options, Builder &builder, Sink &sink);

  // Its part of the program; what it says is why there can be no plan.
  auto Prepare() -> std::optional<Verdict>;
  auto FitsAll() -> bool;
  // Adds what is ruled out of this environment. False if that is no choice of the plan.
  auto RulesOut() -> bool;

  auto Decoded(const std::vector<int64_t> &values, const std::vector<uint8_t> &is_aim_used)
      -> Solution;
  void ReportLeftOut();
  // Who stops when a site is lost.
  void ReportGivingWay(const std::vector<int64_t> &values);
  // How far a plan that was not proved to be the best may be from it.
  void ReportGap(const plan::AimResult &aim);
  // What `groma update` is good for, and what it would change.
  void ReportSaving(const plan::AimResult &pinned, const plan::AimResult &free,
                    const plan::Decisions &decisions);
  auto NoAnswer(const reason::Answer &answer) -> Result;

  auto instance() -> Instance & { return instance_; }
  auto aims() const -> const Aims & { return aims_; }
  auto sink() -> Sink & { return sink_; }

 private:
  void Build();
  auto Undecided() -> Result;
  auto StillContradicts(llvm::ArrayRef<Cause> core, const Relaxed &relaxed, reason::Effort &effort)
      -> bool;
  void WarnOfWhatDoesNothing();
  auto CanPack() -> bool;
  auto HasAllPlaces() -> bool;
  auto HasAllRoutes() -> bool;
  auto HasAllPrices() -> bool;
  auto CanDecideAll() -> bool;

  Builder &builder_;
  Reader reader_;
  Instance instance_;
  const FromSchedule &dates_;
  const Options &options_;
  Sink &sink_;
  std::optional<Network> network_;
  std::optional<Outcomes> outcomes_;
  std::optional<Formulas> formulas_;
  Aims aims_;
};

using Solvers = llvm::ArrayRef<std::unique_ptr<Solver>>;

// What the program is decided to, by environment; nothing if there is no plan for all of them, for
// the reason of `answer`.
auto Decide(Solvers solvers, Builder &builder, const Options &options, reason::Answer &answer)
    -> std::vector<Result>;

}  // namespace groma::solve
