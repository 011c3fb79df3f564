// SPDX-License-Identifier: Apache-2.0
// Judges a schedule by what is said of it, without the code that made it.
#pragma once

#include <string>

#include "groma/timing/workforce.h"

namespace groma::timing::test {

// What is wrong with it; empty if nothing is.
auto FaultsOf(const Network &network, const Workforce &workforce, const Levelled &schedule)
    -> std::string;

}  // namespace groma::timing::test
