// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/summary.h"
#include "session.h"

namespace groma::driver {

auto RunCheck(Session &session) -> int {
  std::string summary;
  if (session.LoadPlan(session.operand(0, "."))) {
    pipeline::Result result = session.Check(!session.arguments.no_solve);
    if (!session.arguments.no_solve) {
      const bool is_shown = !session.quiet() && session.arguments.format == "text";
      for (const plan::Plan &plan : session.Solve(result)) {
        if (is_shown) summary += plan::Summary(plan, session.program.sources);
      }
    }
  }
  return session.Finish(summary, /*report_is_product=*/true);
}

}  // namespace groma::driver
