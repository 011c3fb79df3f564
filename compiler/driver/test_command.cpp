// SPDX-License-Identifier: Apache-2.0
#include "session.h"

namespace groma::driver {

auto RunTest(Session &session) -> int {
  std::string out;
  if (session.LoadPlan(session.operand(0, "."))) {
    pipeline::Result result = session.Check(true);
    const auto options = session.SolveOptions(*result.model);
    if (options && !session.sink.has_errors()) {
      const plan::Model &model = *result.model;
      for (const pipeline::TestResult &test : pipeline::RunTests(result, *options, session.sink)) {
        if (session.quiet() && test.passed) continue;
        const llvm::StringRef environment = model.text(test.environment);
        out += (test.passed ? "passed  " : "FAILED  ") + model.entity(test.test).title.str();
        if (!environment.empty()) out += "  (" + environment.str() + ")";
        out += "\n";
      }
      if (out.empty() && !session.quiet()) out = "the plan has no tests\n";
    }
  }
  if (session.arguments.format != "text") out.clear();
  return session.Finish(out, /*report_is_product=*/true);
}

}  // namespace groma::driver
