// SPDX-License-Identifier: Apache-2.0
// When everything is done, and how far it is on a day.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/plan/plan.h"

namespace groma::schedule {

using diagnostics::Sink;

enum class Verdict : uint8_t {
  Scheduled,
  Late,    // a step is finished after its `by`
  Failed,  // there are no dates, and why was reported
};

// Works out when each step of `environment` starts and finishes, and adds that to `decisions`,
// under which the environment was decided. Reports steps that are late, with what leads to them.
auto Schedule(plan::Model &model, const plan::Environment &environment, plan::Decisions &decisions,
              Sink &sink) -> Verdict;

// Work in days of a person.
struct Progress {
  plan::EntityId step{};
  bool is_task = false;
  // As promised: by the baseline, or by the schedule as it was before anything happened.
  base::Date start, finish;
  base::Rational effort = 0;
  // From 0 to 1 as the day begins: by the promise, in even steps of working time; and in fact.
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
