// SPDX-License-Identifier: Apache-2.0
// What a plan need not say and Azure must know: a parameter of the deployment where the plan does not say it.
#pragma once

#include "context.h"

namespace groma::lower::azure {

struct Question {
  std::string name;  // words with `_` between them
  std::string description;
  resources::Parameter::Sort sort = resources::Parameter::Sort::Text;
  resources::Parameter::Form form = resources::Parameter::Form::Any;
  bool is_secret = false;
  std::optional<int64_t> least = std::nullopt, most = std::nullopt;
  std::vector<std::string> allowed = {};
};

auto Ask(Context &context, Question question, Spans because) -> Value;

// A number that the field holds, or that is asked for.
auto CountOrAsk(Context &context, EntityId of, Name name, Question question) -> Value;
// The text at that place of a list of texts, or what is asked for.
auto TextOrAsk(Context &context, EntityId of, Name name, size_t index, Question question) -> Value;

}  // namespace groma::lower::azure
