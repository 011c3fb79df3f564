// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/validation/validation.h"

#include <utility>

#include "groma/emit/validation/expect.h"
#include "groma/emit/validation/index.h"
#include "groma/emit/validation/launch.h"
#include "groma/emit/validation/program.h"
#include "groma/emit/validation/readme.h"
#include "groma/emit/validation/runtime_files.h"
#include "groma/emit/validation/tests.h"
#include "groma/emit/validation/text.h"

namespace groma::emit {
namespace {

using acceptance::Suite;
using output::File;

void AddSuite(const Suite &suite, const ValidationOrigin &origin, std::vector<File> &files) {
  const std::string head =
      "// Written by groma " + origin.groma + " from plan " + origin.plan.substr(0, 12) + ": change the plan, not this file.";
  const std::vector<validation::TestFile> tests = validation::TestsOf(suite);
  const std::string folder = validation::FolderOf(suite.shape) + "/";
  const auto add = [&](File file) {
    file.path = folder + file.path;
    files.push_back(std::move(file));
  };
  add(validation::ReadmeFile(suite, tests));
  add(validation::BuildFile(suite, tests));
  add(validation::ExpectHeader(suite, head));
  File json = validation::ExpectedJson(suite, origin.plan);
  add(validation::ExpectedSource(json, head, suite.because));
  add(std::move(json));
  add(validation::MainFile(suite, tests, origin, head));
  for (const validation::TestFile &test : tests) add(validation::PrintTest(test, head));
  for (File &file : validation::LaunchFiles(suite, head)) add(std::move(file));
}

// Where suites are, the runtime is: it follows from all of them.
void AddRuntime(const std::vector<Suite> &suites, std::vector<File> &files) {
  acceptance::Spans because;
  for (const Suite &suite : suites) because.insert(because.end(), suite.because.begin(), suite.because.end());
  // How suites are laid out, whose lines break by what they say, and how the runtime is.
  for (const auto &[path, limit] : {std::pair(".clang-format", "0"), std::pair("runtime/.clang-format", "100")}) {
    File format;
    format.path = path;
    format.text = std::string("BasedOnStyle: Google\nColumnLimit: ") + limit + "\n";
    format.Trace(1, because);
    format.Trace(2, because);
    files.push_back(std::move(format));
  }
  for (const validation::RuntimeFile &runtime : validation::RuntimeFiles()) {
    File file;
    file.path = "runtime/" + std::string(runtime.path);
    file.text = runtime.text().str();
    llvm::SmallVector<llvm::StringRef> lines;
    runtime.text().split(lines, '\n');
    for (size_t i = 0; i < lines.size(); ++i) {
      if (!lines[i].trim().empty()) file.Trace(i + 1, because);
    }
    files.push_back(std::move(file));
  }
}

}  // namespace

auto Validation(const acceptance::Acceptance &acceptance, const ValidationOrigin &origin) -> std::vector<File> {
  std::vector<File> files;
  const std::vector<Suite> &suites = acceptance.suites;
  if (suites.empty()) return files;
  for (const Suite &suite : suites) AddSuite(suite, origin, files);
  files.push_back(validation::IndexFile(acceptance));
  AddRuntime(suites, files);
  return files;
}

}  // namespace groma::emit
