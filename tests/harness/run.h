// SPDX-License-Identifier: Apache-2.0
// Runs the commands of a file test in a folder of their own.
#pragma once

#include <string>
#include <vector>

#include "llvm/Support/Error.h"
#include "test_file.h"

namespace groma::harness {

struct Outcome {
  int exit = 0;
  std::string out;
  std::string err;
};

struct Result {
  // One for each command of the test.
  std::vector<Outcome> outcomes;
  // The texts of `TestFile::shown`.
  std::vector<std::string> shown;
};

// Puts the test's files into a fresh folder, runs `groma` there, and removes the folder. Fails if a
// command crashes or takes longer than 90 seconds.
auto Run(const TestFile &test, const std::string &groma) -> llvm::Expected<Result>;

}  // namespace groma::harness
