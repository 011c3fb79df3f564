// SPDX-License-Identifier: Apache-2.0
// The environments that are decided together with one, for the sites that they share.
#pragma once

#include "groma/pipeline/compile.h"

namespace groma::pipeline {

// First the one that was asked about, then those that share a site with it, or with one that does.
auto AllWith(Result &result, plan::Environment &environment) -> std::vector<plan::Environment *>;

}  // namespace groma::pipeline
