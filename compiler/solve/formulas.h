// SPDX-License-Identifier: Apache-2.0
// The plan's requirements, preferences and aims, as rows and costs over the columns.
#pragma once

#include "outcomes.h"

namespace groma::solve {

class Formulas {
 public:
  Formulas(Instance &instance, Outcomes &outcomes)
      : instance_(instance), reader_(instance.reader), outcomes_(outcomes) {}

  // What must hold, in every month that no waiver covers. Preferences are left out.
  void Require(const plan::Demand &demand);
  // The weight of all preferences that do not hold.
  auto Disappointment() -> Form;
  // What is to be small: the sum over all months of what changes from month to month.
  auto AimOf(const plan::Aim &aim) -> std::optional<Form>;

  auto LinearIn(const plan::Linear &linear, int t) -> std::optional<Form>;

  // What stands in a requirement or a wish and is not the solver's to work out, and where it was
  // met.
  struct LeftOut {
    plan::OutcomeId outcome{};
    source::Span span;
  };
  std::vector<LeftOut> left_out;
  // A price that nobody states, and where it would be needed.
  struct NoPrice {
    EntityId thing{};
    source::Span span;
  };
  std::vector<NoPrice> without_price;

 private:
  auto TermIn(const plan::Term &term, int t) -> std::optional<Form>;
  auto VariableForms(const plan::Term &term, int t) -> std::optional<Forms>;
  void Assert(const plan::Formula &formula, bool is_true, int t, Cause cause);
  // A column that may be 1 only if the formula has this truth value; or a constant.
  auto Implying(const plan::Formula &formula, bool is_true, int t, Cause cause)
      -> std::optional<Form>;
  auto OffersForm(const plan::Formula &formula) -> Form;
  void AssertRow(const plan::Formula &formula, bool is_true, int t, Cause cause,
                 std::optional<ColumnId> guard);
  void LeaveOut(plan::OutcomeId outcome);
  auto IsHard(const plan::Demand &demand) -> bool;
  auto IsMonthly(const plan::Formula &formula) const -> bool;
  auto IsMonthly(const plan::Linear &linear) const -> bool;
  auto IsWithin(const plan::Formula &formula, int t) const -> bool;
  auto IsWaived(const plan::Demand &demand, int t) -> bool;

  Instance &instance_;
  Reader &reader_;
  Outcomes &outcomes_;
  source::Span span_;
};

}  // namespace groma::solve
