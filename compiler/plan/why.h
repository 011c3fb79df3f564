// SPDX-License-Identifier: Apache-2.0
// The chain of reasons behind a fact, as an indented story.
#pragma once

#include <string>

#include "groma/plan/model.h"
#include "groma/source/set.h"

namespace groma::plan {

// `subject` is how the fact is called, such as `train.vendor.lead`.
auto Why(const Model &model, const Environment &environment, const source::Set &sources,
         const std::string &subject, const Fact &fact) -> std::string;

}  // namespace groma::plan
