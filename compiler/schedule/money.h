// SPDX-License-Identifier: Apache-2.0
// Money of the plan, in one currency.
#pragma once

#include "source.h"

namespace groma::schedule {

// In hundredths of the plan's currency; of a rate, for each second. Nothing if it is no money, or
// if no rate is known.
auto CentsOf(Source &source, const Value &money) -> std::optional<Rational>;

}  // namespace groma::schedule
