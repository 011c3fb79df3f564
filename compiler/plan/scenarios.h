// SPDX-License-Identifier: Apache-2.0
// What a scenario comes to beside the plan, and what differs.
#pragma once

#include "groma/plan/plan.h"

namespace groma::plan {

// What is different in a scenario. Where a measure is there on one side only, the other one is empty.
struct Difference {
  std::string area;     // `limit`, `date`, `money`, `capacity` or `critical path`
  std::string name;     // of what
  std::string measure;  // `finish`, `total`, a month, a field
  std::string base, played;
  std::string change;  // such as `+6 days`; empty if it is no number
  bool is_brief = false;  // it belongs into a few lines
  std::vector<source::Span> because;
};

// Dates of milestones and of the whole, money in total and by month, what is chosen and placed, steps that
// became critical or did not stay so; first the limits that the scenario breaks.
auto Compare(const Plan &base, const Played &played) -> std::vector<Difference>;

// Of the plan; empty if it has none.
auto CurrencyOf(const Model &model, const Environment &environment) -> std::string;

// `solved`, `unchanged`, `no plan`, `undecided`.
auto OutcomeText(const Played &played) -> llvm::StringRef;

// The few lines of each scenario of a plan.
auto ScenarioSummary(const Plan &plan) -> std::string;

}  // namespace groma::plan
