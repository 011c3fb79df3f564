// SPDX-License-Identifier: Apache-2.0
// A solved plan: one environment in which nothing is left open. Emitters take these and nothing else.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "groma/plan/model.h"

namespace groma::plan {

// A workload on a pool: GPUs by month, a curve.
struct Placement {
  EntityId workload{}, pool{};
  Value gpus;
  // The workload could also be on other pools.
  bool is_choice = false;
};

// Machines of a group that are of one size and carry the same copies.
struct PackedMachines {
  struct Copies {
    EntityId component{};
    int64_t count = 0;
  };
  EntityId group{}, sku{};
  int64_t nodes = 0;
  std::vector<Copies> copies;  // of one of them; by component
};

// What an aim came to, and what no plan can do better than.
struct AimResult {
  base::Rational value, bound;
  bool is_maximize = false;
  bool is_proved = false;  // the value is the best there is
  Value shown;             // the value with its unit
  source::Span span;
};

// What a thing costs in a month, in the plan's currency, and why: `capex`, `opex`, ...
struct CostEntry {
  EntityId of{};
  std::string line;
  base::Month month;
  base::Rational amount;
};

// What a team does on a task, and when, so that what its work costs follows.
struct Labour {
  EntityId task{}, team{};
  // Days of a person in all; and how many of these one unit of the task's effort is, if that decides.
  base::Rational days, per_effort;
  // By month, adding up to 1.
  std::vector<std::pair<base::Month, base::Rational>> shares;

  auto operator==(const Labour &other) const -> bool = default;
};

struct Plan;

// A scenario beside a plan. A day by which something must be done, or a budget, that it breaks does not bind there.
struct Played {
  struct Relaxed {
    EntityId of{};
    // By how much: of a day, so many days; of a budget, so much money, in its worst month if it is one of every month.
    std::optional<int64_t> days;
    base::Rational amount;
    std::optional<base::Month> month;
  };
  enum class Outcome : uint8_t { Solved, Unchanged, NoPlan, Undecided };
  EntityId scenario{};
  Outcome outcome = Outcome::NoPlan;
  std::string why;                 // there is no plan
  std::vector<Relaxed> relaxed;
  std::shared_ptr<Plan> plan;      // Solved
};

struct Plan {
  Model *model = nullptr;
  // Evaluated under the decisions; `environment.decisions` points at them.
  Environment environment;
  std::unique_ptr<Decisions> decisions;
  std::vector<Unknown> unknowns;  // what was open, with what it might have become
  std::vector<Placement> placements;  // by workload, then by pool
  std::vector<PackedMachines> packings;  // by group
  std::vector<AimResult> aims;
  std::vector<CostEntry> costs;  // by thing, line and month
  std::vector<Played> scenarios;  // in order of their names, if they were played
};

}  // namespace groma::plan
