// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/scenarios.h"
#include "groma/plan/summary.h"
#include "session.h"

namespace groma::driver {

auto RunCheck(Session &session) -> int {
  std::string summary;
  if (session.LoadPlan(session.operand(0, "."))) {
    pipeline::Result result = session.Check(!session.arguments.no_solve);
    if (!session.arguments.no_solve) {
      const bool is_shown = !session.quiet() && session.arguments.format == "text";
      const auto options = session.SolveOptions(*result.model);
      if (!options) return session.Finish("");
      std::vector<plan::Plan> plans = session.Solve(result, *options);
      if (!session.sink.has_errors()) (void)session.Relock(plans);
      if (is_shown) session.PlayScenarios(result, *options, plans);
      for (const plan::Plan &plan : plans) {
        if (is_shown) summary += plan::Summary(plan, session.program.sources) + plan::ScenarioSummary(plan);
      }
    }
  }
  return session.Finish(summary, /*report_is_product=*/true);
}

}  // namespace groma::driver
