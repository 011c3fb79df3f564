// SPDX-License-Identifier: Apache-2.0
// Expressions of a plan as JSON: a list whose first element says what it is, as in
// ["<=", ["field", ["local", "v1"], "used"], ["value", "85 %"]].
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "groma/plan/model.h"

namespace groma::emit {

class Expressions {
 public:
  using Json = nlohmann::ordered_json;
  // `text` prints a literal.
  Expressions(const plan::Model &model, std::function<std::string(const plan::Value &)> text)
      : model_(model), text_(std::move(text)) {}

  auto Of(plan::ExprId id) -> Json;
  static auto BoundSign(uint8_t op) -> const char *;

  // What was met, which a reader needs too.
  std::set<uint32_t> functions, globals;

 private:
  auto Form(plan::ExprId id) -> Json;
  auto MemberName(plan::ExprId id) const -> std::string;
  auto Collection(plan::KindId kind) const -> Json;
  auto Record(plan::ExprId id) -> Json;
  auto Subject(plan::ExprId id) -> Json;
  static auto Variable(uint32_t index) -> std::string { return "v" + std::to_string(index); }

  const plan::Model &model_;
  std::function<std::string(const plan::Value &)> text_;
};

}  // namespace groma::emit
