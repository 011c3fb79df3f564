// SPDX-License-Identifier: Apache-2.0
// A stable listing of a model in one environment, for `groma dump --stage model` and the tests.
#pragma once

#include <string>

#include "groma/plan/model.h"

namespace groma::plan {

auto Dump(const Model &model, const Environment &environment) -> std::string;

}  // namespace groma::plan
