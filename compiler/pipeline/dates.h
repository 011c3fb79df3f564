// SPDX-License-Identifier: Apache-2.0
// What capacity asks of dates, and what dates tell capacity.
#pragma once

#include <map>

#include "groma/evaluate/evaluate.h"
#include "groma/plan/known.h"
#include "groma/schedule/schedule.h"
#include "groma/solve/solve.h"

namespace groma::pipeline {

class Dates {
 public:
  Dates(plan::Model &model, plan::Environment &environment, llvm::ArrayRef<schedule::Shift> shifts);

  // Pools must be accepted before the first month in which something is placed on them.
  auto NeedsOf(const solve::Solution &solution) const -> std::vector<schedule::Need>;
  // When things come, by the dates among the decisions.
  auto ArrivalsBy(const plan::Decisions &decisions) const -> std::vector<solve::Arrival>;
  // The pool that this step says is accepted; none if it is another one.
  auto PoolOf(plan::EntityId step) const -> plan::EntityId;
  auto CutBy(schedule::Miss miss) const -> solve::Cut;
  // The same miss with the smallest sizes with which it is one. More of anything makes nothing earlier.
  auto ForAllSizes(schedule::Miss miss, const plan::Decisions &decisions) -> schedule::Miss;
  // What an aim over dates comes to at best, if it is one that sooner dates serve.
  auto BestOf(const plan::Aim &aim) const -> std::optional<base::Rational>;
  // Before anything is decided: with the lowest number of everything, the first of every list, and all
  // the people that are needed. Nothing comes sooner than that.
  auto Foreseen() -> solve::FromSchedule;

 private:
  // The steps by which something comes, and by which a pool may be used.
  struct Coming {
    plan::EntityId thing{}, order{}, present{}, usable{};
  };
  void Add(evaluate::Evaluator &evaluator, plan::EntityId thing, plan::KnownMember present, plan::KnownMember usable);
  auto FinishOf(const plan::Decisions &decisions, plan::EntityId step) const
      -> std::optional<base::Date>;

  plan::Model &model_;
  plan::Environment &environment_;
  llvm::ArrayRef<schedule::Shift> shifts_;
  const plan::Known known_;
  // With the lowest number of everything and all the people there could be.
  plan::Decisions soonest_;
  std::vector<Coming> coming_;
  std::map<plan::EntityId, plan::EntityId> orders_;    // by thing
  std::map<plan::EntityId, plan::EntityId> accepted_;  // by pool
};

}  // namespace groma::pipeline
