// SPDX-License-Identifier: Apache-2.0
// What was decided, for people: a few lines for each environment.
#pragma once

#include <string>

#include "groma/plan/plan.h"
#include "groma/source/set.h"

namespace groma::plan {

auto Summary(const Plan &plan, const source::Set &sources) -> std::string;

}  // namespace groma::plan
