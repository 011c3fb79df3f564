// SPDX-License-Identifier: Apache-2.0
#include "asked.h"

namespace groma::lower::azure {

using resources::Parameter;

auto Ask(Context &context, Question question, Spans because) -> Value {
  Parameter parameter;
  parameter.name = std::move(question.name);
  parameter.description = std::move(question.description);
  parameter.sort = question.sort;
  parameter.form = question.form;
  parameter.is_secret = question.is_secret;
  parameter.least = question.least;
  parameter.most = question.most;
  parameter.allowed = std::move(question.allowed);
  parameter.because = because;
  return Value::Given(context.graph.Add(std::move(parameter)), std::move(because));
}

auto CountOrAsk(Context &context, EntityId of, Name name, Question question) -> Value {
  const Spans because = context.reader.Because(of, name);
  if (const auto count = context.reader.Count(of, name)) return Value::Int(*count, because);
  question.sort = Parameter::Sort::Int;
  return Ask(context, std::move(question), because);
}

auto TextOrAsk(Context &context, EntityId of, Name name, size_t index, Question question) -> Value {
  const Spans because = context.reader.Because(of, name);
  const std::vector<std::string> texts = context.reader.Texts(of, name);
  if (index < texts.size()) return Value::Text(texts[index], because);
  return Ask(context, std::move(question), because);
}

}  // namespace groma::lower::azure
