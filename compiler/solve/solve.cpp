// SPDX-License-Identifier: Apache-2.0
#include "solve.h"

#include "alternative.h"
#include "groma/base/check.h"
#include "llvm/ADT/STLExtras.h"
#include "pins.h"
#include "solver.h"

namespace groma::solve {
namespace {

class Deciding {
 public:
  Deciding(Solvers solvers, Builder &builder, const Options &options)
      : solvers_(solvers), builder_(builder), options_(options), effort_(WholeEffort(options, builder.program)) {
    for (const auto &solver : solvers) {
      all_aims_.push_back(&solver->aims());
      pins_.emplace_back(solver->instance(), options);
    }
  }

  auto Run(reason::Answer &answer) -> std::vector<Result> {
    // The program without pins: it tells why there is no plan, and what the pins cost.
    std::optional<Builder> bare;
    std::vector<int64_t> start;
    if (!llvm::all_of(pins_, [](const Pins &pins) { return pins.is_empty(); })) {
      bare = builder_;
      start = Pins::Keep(pins_, builder_, effort_, options_.prover).values;
      if (start.empty()) builder_ = *bare;
    }
    Reached reached = Reach(builder_, all_aims_, options_, effort_, std::move(start));
    if (reached.answer.values.empty()) {
      answer = std::move(reached.answer);
      return {};
    }
    base::Check(builder_.program.IsSolution(reached.answer.values), "a solution keeps every row");
    std::optional<Reached> free;
    if (bare) {
      reached.answer.values.resize(bare->program.columns.size());
      if (options_.is_comparing) free = CompareWithout(*bare, reached);
      builder_ = *std::move(bare);
      for (const Reached::Kept &kept : reached.kept) builder_.AtMost(kept.form, kept.value, kGiven);
    }
    std::vector<Result> results(solvers_.size());
    for (size_t i = 0; i < solvers_.size(); ++i) {
      Reached::Part &part = reached.parts[i];
      results[i].verdict = Verdict::Solved;
      Solution &solution = results[i].solution;
      solution = solvers_[i]->Decoded(reached.answer.values, part.is_aim_used);
      pins_[i].Note(solution, solvers_[i]->sink());
      for (const auto &aim : (free ? free->parts[i] : part).aims) solvers_[i]->ReportGap(aim);
      solution.aims = std::move(part.aims);
      solvers_[i]->ReportLeftOut();
      solvers_[i]->ReportGivingWay(reached.answer.values);
    }
    return results;
  }

 private:
  // What the aims come to without pins. What is pinned is the best there is only if that is no
  // better.
  auto CompareWithout(const Builder &bare, Reached &reached) -> Reached {
    builder_ = bare;
    Reached free = Reach(builder_, all_aims_, options_, effort_, reached.answer.values);
    bool is_told = false;
    for (size_t i = 0; i < solvers_.size(); ++i) {
      const size_t count = std::min(free.parts[i].aims.size(), reached.parts[i].aims.size());
      for (size_t k = 0; k < count; ++k) {
        plan::AimResult &pinned = reached.parts[i].aims[k];
        const plan::AimResult &other = free.parts[i].aims[k];
        pinned.bound = other.bound;
        pinned.is_proved = other.is_proved && pinned.value == other.value;
        if (pinned.value == other.value) continue;
        // What comes after the first difference is not comparable any more.
        if (!is_told) {
          const Solution solution =
              solvers_[i]->Decoded(free.answer.values, free.parts[i].is_aim_used);
          solvers_[i]->ReportSaving(pinned, other, solution.decisions);
        }
        is_told = true;
        break;
      }
    }
    return free;
  }

  Solvers solvers_;
  Builder &builder_;
  const Options &options_;
  reason::Effort effort_;
  std::vector<const Aims *> all_aims_;
  std::vector<Pins> pins_;
};

}  // namespace

auto Decide(Solvers solvers, Builder &builder, const Options &options, reason::Answer &answer)
    -> std::vector<Result> {
  return Deciding(solvers, builder, options).Run(answer);
}

auto Solve(plan::Model &model, plan::Environment &environment, const FromSchedule &dates,
           const Options &options, Sink &sink) -> Result {
  Builder builder;
  std::vector<std::unique_ptr<Solver>> solvers;
  solvers.push_back(std::make_unique<Solver>(model, environment, dates, options, builder, sink));
  if (const auto impossible = solvers[0]->Prepare()) return {*impossible, {}, {}};
  if (!solvers[0]->FitsAll()) return {};
  if (!solvers[0]->RulesOut()) return {};
  reason::Answer answer;
  auto results = Decide(solvers, builder, options, answer);
  if (results.empty()) return solvers[0]->NoAnswer(answer);
  return std::move(results[0]);
}

}  // namespace groma::solve
