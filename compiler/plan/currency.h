// SPDX-License-Identifier: Apache-2.0
// Money of one currency in another, by the rates that a plan states.
#pragma once

#include <optional>

#include "groma/plan/model.h"

namespace groma::plan {

// The number of `money` in the currency `wanted`. Nothing if it is no money, or if no rate is known.
auto InCurrency(const Model &model, llvm::ArrayRef<ExchangeRate> rates, const Value &money,
                llvm::StringRef wanted) -> std::optional<base::Rational>;

}  // namespace groma::plan
