// SPDX-License-Identifier: Apache-2.0
// When everything is done, and how far it is on a day.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/plan/plan.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace groma::schedule {

using diagnostics::Sink;

enum class Verdict : uint8_t {
  Scheduled,
  Late,    // a step is finished after its `by`
  Failed,  // there are no dates, and why was reported
};

// What leads to a date.
struct Lead {
  struct Line {
    source::Span span;
    std::string text;
  };
  // As they were decided. Of a number, more of it makes nothing earlier.
  struct Choice {
    plan::EntityId entity{};
    plan::Slot slot = plan::kNoSlot;
    plan::Value value;
  };
  std::vector<Line> lines;
  std::vector<Choice> choices;
  // It depends on no other choices.
  bool is_complete = true;
  // The steps, each with the day on which it is finished.
  std::string chain;
};

// A day by which a step must be finished for what was decided: a workload needs the pool then.
struct Need {
  plan::EntityId step{};
  base::Date by;
};

// A need, or a `by`, that is not met.
struct Miss {
  plan::EntityId step{};
  bool is_own = false;  // its own `by`
  base::Date by, finish;
  Lead lead;
  // With these choices no schedule is earlier.
  bool is_proved = false;
};

struct Outcome {
  Verdict verdict = Verdict::Failed;
  std::vector<Miss> missed;
  std::vector<plan::Labour> labour;  // by task, then by team
};

// What if a step were finished no sooner than a day, or had to be by a day?
struct Shift {
  plan::EntityId step{};
  std::optional<base::Date> not_before, by;
};

// Works out when each step of `environment` starts and finishes, and adds that to `decisions`, under
// which the environment was decided. Reports steps that are late, with what leads to them.
// Where `is_last` says that nothing will be decided again it also plays the schedule through, to see
// how sure its dates are.
auto Schedule(plan::Model &model, const plan::Environment &environment,
              plan::Decisions &decisions, llvm::ArrayRef<Need> needs, llvm::ArrayRef<Shift> shifts,
              llvm::function_ref<bool(Outcome &)> is_last, Sink &sink) -> Outcome;

// The same as though everybody had all the people they need: no schedule is earlier. Reports nothing,
// and misses are those of needs that are missed even then.
auto Foresee(plan::Model &model, const plan::Environment &environment, plan::Decisions &decisions,
             llvm::ArrayRef<Need> needs, llvm::ArrayRef<Shift> shifts) -> Outcome;

// A change with which a step is finished by an earlier day; tried by scheduling everything anew.
struct Sooner {
  std::string text;
  // Hundredths of the plan's currency; nothing if nobody states a price for it.
  std::optional<base::Rational> cents;
  int64_t changes = 0;  // how much is asked for: days, people
};

// What it takes to keep the date of a step, with everything as it was decided.
struct Stakes {
  base::Date finish;
  std::optional<base::Date> by;
  // What must be started first, if that has not happened: planned for a day, and the last day with which
  // nothing is late that has a `by`, if there is one. That was tried by scheduling everything anew.
  plan::EntityId first{};
  base::Date starts;
  std::optional<base::Date> order_by;
  // Who pays for each day after the last one that is allowed for a task that leads to it.
  struct Fine {
    plan::EntityId vendor{}, task{};
    base::Date allowed;
  };
  std::vector<Fine> fines;
  // What is likely to make it late: the longest of the tasks that lead to it, or the vendor whose lead that
  // is, with all tasks that take as long as it. Each with the day on which it is finished.
  plan::EntityId culprit{};
  std::vector<std::pair<plan::EntityId, base::Date>> slow;
  std::vector<Sooner> sooner;
};

// Of a step that is not finished; with what makes it come so many days sooner.
auto StakesOf(plan::Model &model, const plan::Environment &environment,
               llvm::ArrayRef<Need> needs, plan::EntityId step, int sooner_by)
    -> std::optional<Stakes>;

// Work in days of a person.
struct Progress {
  plan::EntityId step{};
  bool is_task = false;
  // The plan is finished without it.
  bool is_after_use = false;
  // As promised: by the baseline, or by the schedule as it was before anything happened.
  base::Date start, finish;
  base::Rational effort = 0;
  // From 0 to 1 as the day begins: by the stakes, in even steps of working time; and in fact.
  base::Rational planned = 0;
  base::Rational done = 0;
  base::Rational spent = 0;
  // What its start waits for and is not finished.
  std::vector<plan::EntityId> waits_for;
  // Nobody said what was spent, so it is taken from what is done.
  bool is_spent_assumed = false;
};

struct ProgressReport {
  // The last one that was taken by the day, if there is one.
  plan::EntityId baseline{};
  std::vector<Progress> steps;
};

// Of a plan that has a schedule, in the order of its steps. What happened after `day` does not
// count.
auto ProgressAt(plan::Model &model, const plan::Environment &environment, base::Date day)
    -> ProgressReport;

}  // namespace groma::schedule
