// SPDX-License-Identifier: Apache-2.0
// Decides what a plan leaves open.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "groma/base/date.h"
#include "groma/diagnostics/sink.h"
#include "groma/plan/lock.h"
#include "groma/plan/plan.h"
#include "groma/reason/solver.h"

namespace groma::solve {

using diagnostics::Sink;

// What the schedule knows: while all of these choices stand, a step is finished on this day, or later.
struct Cut {
  // Of a number, so much of it or more.
  struct While {
    plan::EntityId entity{};
    plan::Slot slot = plan::kNoSlot;
    plan::Value value;
  };
  struct Line {
    source::Span span;
    std::string text;
  };
  plan::EntityId step{};
  // The pool that nobody can use before. None: the step would be late, so one of the choices must go.
  plan::EntityId pool{};
  base::Date finish;
  std::vector<While> choices;
  // What leads to it, in the plan's lines, and as a chain of steps with their days.
  std::vector<Line> lines;
  std::string chain;
  // No schedule is sooner; otherwise none was found.
  bool is_proved = true;
};

// When something that is decided about comes, so that what is paid for it follows.
struct Arrival {
  plan::EntityId thing{};
  base::Date ordered, present, usable;
  // The steps that say so, for the last two.
  plan::EntityId present_by{}, usable_by{};

  auto operator==(const Arrival &other) const -> bool = default;
};

struct FromSchedule {
  std::vector<Cut> cuts;
  std::vector<Arrival> arrivals;
  std::vector<plan::Labour> labour;
};

// How far deciding is, for whoever waits for it.
struct Progress {
  plan::SymbolId environment{};
  source::Span aim;        // what is aimed at now; none while a plan is sought at all
  std::string_view phase;  // what is being done: "searching"
  bool is_maximize = false;
  std::optional<plan::Value> best, bound;
};

// A field that is asked to be anything but this.
struct RuledOut {
  plan::EntityId environment{};
  plan::EntityId entity{};
  plan::Slot slot = plan::kNoSlot;
  plan::Value value;
};

struct Options {
  uint64_t effort = 100;  // in hundredths of the usual one
  bool is_explaining = true;
  reason::MakeProver prover = reason::MakeZ3;
  // What `groma.lock` pins, in all environments. As few as can be are let go.
  llvm::ArrayRef<plan::Pin> pins;
  // Says what the pins cost, by deciding once more without them.
  bool is_comparing = false;
  std::optional<RuledOut> ruled_out;
  std::function<void(const Progress &)> watch;
  // A rule that does not count, by its name (suspended.h), so that tests can show what it is good for.
  // What comes out is no plan for anybody.
  std::string suspended;
};

struct Solution {
  plan::Decisions decisions;
  std::vector<plan::Placement> placements;
  std::vector<plan::PackedMachines> packings;
  std::vector<plan::AimResult> aims;
  std::vector<plan::CostEntry> costs;
};

enum class Verdict : uint8_t { Solved, Infeasible, Undecided, Failed };

struct Result {
  Verdict verdict = Verdict::Failed;
  Solution solution;  // Solved
  // Infeasible under `ruled_out`: the lines that leave no other choice.
  std::vector<source::Span> forcing = {};
};

// Decides every unknown of `environment` under what is known of its dates. Reports why nothing can be
// decided: the smallest set of lines that contradict each other, prices that nobody states, effort
// that ended.
auto Solve(plan::Model &model, plan::Environment &environment, const FromSchedule &dates,
           const Options &options, Sink &sink) -> Result;

// Nothing was found, and nothing was ruled out.
auto ReportOutOfEffort(Sink &sink) -> diagnostics::Builder;

// The sites that an environment says it shares.
auto SharedSites(plan::Model &model, plan::Environment &environment)
    -> std::vector<plan::EntityId>;

// Decides several environments at once, so that what they use of the sites they share adds up. In
// the order in which the plan declares them: an earlier one gets what is best for it, as long as the
// later ones have a plan at all. One that has none even alone does not count for the others, and
// only the first `asked` of them say why. `dates`: one for each.
auto SolveTogether(plan::Model &model, llvm::ArrayRef<plan::Environment *> environments,
                   llvm::ArrayRef<FromSchedule> dates, size_t asked, const Options &options, Sink &sink) -> std::vector<Result>;

}  // namespace groma::solve
