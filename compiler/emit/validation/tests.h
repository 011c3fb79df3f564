// SPDX-License-Identifier: Apache-2.0
// The tests of a suite: what each does, which tiers and variants run it, and its file.
#pragma once

#include <vector>

#include "groma/acceptance/suite.h"
#include "groma/output/file.h"

namespace groma::emit::validation {

struct TestFile {
  std::string name;   // "all_reduce"
  std::string title;  // one sentence
  std::string tier;   // "kSmoke"
  std::vector<std::string> variants;  // "kDefault"
  std::vector<std::string> body;      // lines of the function
  std::vector<const acceptance::Gate *> gates;
  std::string place;
  acceptance::Spans because;
};

auto TestsOf(const acceptance::Suite &suite) -> std::vector<TestFile>;
auto PrintTest(const TestFile &test, const std::string &head) -> output::File;

}  // namespace groma::emit::validation
