// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/validation/program.h"

#include <algorithm>

#include "groma/emit/validation/text.h"

namespace groma::emit::validation {

auto MainFile(const acceptance::Suite &suite, const std::vector<TestFile> &tests, const ValidationOrigin &origin,
              const std::string &head) -> output::File {
  output::Lines lines;
  lines.Because(suite.because);
  lines.Add(0, head);
  lines.Add(0, "// All tests of `" + Comment(suite.shape.pool) + "`, in the order in which they run.");
  lines.Add(0, "#include \"expect.h\"");
  lines.Add(0, "#include \"groma/runtime/suite.h\"");
  lines.Gap();
  lines.Add(0, "using namespace groma::runtime;");
  lines.Gap();
  for (const TestFile &test : tests) {
    lines.Add(0, "void Test" + Camel(test.name) + "(Bench &bench);", test.because);
  }
  lines.Gap();
  lines.Add(0, "int main(int argc, char **argv) {");
  lines.Add(1, "const Suite suite{");
  lines.Add(3, "&expect::kShape,");
  lines.Add(3, Quoted(origin.plan) + ",");
  lines.Add(3, Quoted(origin.groma) + ",");
  lines.Add(3, "expect::kExpected,");
  lines.Add(3, suite.waivers.empty() ? "{}," : "{");
  for (const acceptance::Waiver &waiver : suite.waivers) {
    lines.Add(5, "{" + Quoted(waiver.gate) + ", " + Quoted(waiver.until) + ", " + Quoted(waiver.why) + ", " +
                     Quoted(waiver.place) + "},",
              waiver.because);
  }
  if (!suite.waivers.empty()) lines.Add(3, "},");
  lines.Add(3, "{");
  for (const TestFile &test : tests) {
    std::string variants;
    for (const std::string &variant : test.variants) {
      variants += (variants.empty() ? "Variant::" : ", Variant::") + variant;
    }
    const output::Reason reason(lines, test.because);
    lines.Add(5, "{" + Quoted(test.name) + ",");
    lines.Add(5, " " + Quoted(test.title) + ",");
    lines.Add(5, " " + Quoted(test.place) + ",");
    lines.Add(5, " Tier::" + test.tier + ",");
    lines.Add(5, " {" + variants + "},");
    lines.Add(5, " Test" + Camel(test.name) + "},");
  }
  lines.Add(3, "},");
  lines.Add(1, "};");
  lines.Add(1, "return RunSuite(suite, argc, argv);");
  lines.Add(0, "}");
  return lines.Take("src/main.cpp");
}

auto BuildFile(const acceptance::Suite &suite, const std::vector<TestFile> &tests) -> output::File {
  const std::string name = Plain(suite.shape.pool) + "_acceptance";
  output::Lines lines;
  lines.Because(suite.because);
  lines.Add(0, "# Builds " + name + ": with CUDA and NCCL for real GPUs, without them for the simulator.");
  lines.Add(0, "cmake_minimum_required(VERSION 3.25)");
  lines.Add(0, "project(" + name + " LANGUAGES CXX)");
  lines.Gap();
  lines.Add(0, "if(NOT DEFINED CMAKE_BUILD_TYPE)");
  lines.Add(1, "set(CMAKE_BUILD_TYPE Release)");
  lines.Add(0, "endif()");
  if (suite.shape.line) {
    const auto [least, most] = std::minmax(suite.shape.line->near.sm, suite.shape.line->far.sm);
    lines.Add(0, "# The GPUs at both ends are of these generations.");
    lines.Add(0, "set(CMAKE_CUDA_ARCHITECTURES " + std::to_string(least) + (least == most ? "" : " " + std::to_string(most)) + ")");
  } else {
    lines.Add(0, "# " + suite.shape.sku + " has GPUs of this generation.");
    lines.Add(0, "set(CMAKE_CUDA_ARCHITECTURES " + std::to_string(suite.shape.sm) + ")");
  }
  lines.Add(0, "if(NOT TARGET groma_runtime)");
  lines.Add(1, "add_subdirectory(../../runtime runtime)");
  lines.Add(0, "endif()");
  lines.Gap();
  lines.Add(0, "add_executable(" + name);
  lines.Add(1, "src/main.cpp");
  lines.Add(1, "src/expected.cpp");
  for (const TestFile &test : tests) lines.Add(1, "tests/" + test.name + ".cpp", test.because);
  lines.Add(0, ")");
  lines.Add(0, "set_target_properties(" + name + " PROPERTIES CXX_STANDARD 17 CXX_STANDARD_REQUIRED ON)");
  lines.Add(0, "target_compile_options(" + name + " PRIVATE -Wall -Wextra)");
  lines.Add(0, "target_link_libraries(" + name + " PRIVATE groma_runtime)");
  return lines.Take("CMakeLists.txt");
}

}  // namespace groma::emit::validation
