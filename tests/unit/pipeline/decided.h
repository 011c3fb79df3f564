// SPDX-License-Identifier: Apache-2.0
// The plans of tests/file/solve, decided within a test: what groma would say of each.
#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "groma/modules/module.h"
#include "groma/pipeline/compile.h"

namespace groma::pipeline {

struct Told {
  bool has_plan = false;
  std::set<std::string> names;  // of errors
  std::set<std::string> notes;  // of errors
  std::string text;             // all that was decided and said
};

// A plan without imports, checked once and decided as often as one likes.
class CheckedPlan {
 public:
  explicit CheckedPlan(std::string text);
  auto Decide(const solve::Options &options) -> Told;
  auto model() const -> const plan::Model & { return *result_.model; }

 private:
  source::Set sources_;
  modules::Store store_;
  Sink checked_;
  Result result_;
};

auto TextOf(const std::filesystem::path &path) -> std::string;

// By their names without an ending; but for those of `left_out`, which take long.
auto PlansOfFileTests(const std::set<std::string> &left_out) -> std::vector<std::filesystem::path>;

}  // namespace groma::pipeline
