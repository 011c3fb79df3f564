// SPDX-License-Identifier: Apache-2.0
// Values as the language writes them.
#pragma once

#include <string>

#include "groma/plan/model.h"

namespace groma::plan {

// `environment` names unknowns and outcomes in residuals; null prints `?` for them.
auto Print(const Model &model, const Value &value, const Environment *environment = nullptr)
    -> std::string;
auto Print(const Model &model, const Linear &linear, const Environment *environment) -> std::string;
auto Print(const Model &model, const Formula &formula, const Environment *environment) -> std::string;
// `train.nodes`
auto NameOf(const Model &model, const Environment &environment, UnknownId unknown) -> std::string;
auto NameOf(const Model &model, const Environment &environment, OutcomeId outcome) -> std::string;
// Whose choice a table is by: `train.sku`, or `(train.sku, train.contract)`.
auto NameOfChoices(const Model &model, const Environment &environment, Choices choices)
    -> std::string;

}  // namespace groma::plan
