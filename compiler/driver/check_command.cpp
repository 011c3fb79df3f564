// SPDX-License-Identifier: Apache-2.0
#include "messages.h"
#include "session.h"

namespace groma::driver {

auto RunCheck(Session &session) -> int {
  if (!session.arguments.no_solve) {
    session.sink.Report(message::SolvesLater, {})
        .Help("`groma check --no-solve` checks everything that needs no decision");
  } else if (session.LoadPlan(session.operand(0, "."))) {
    session.Check();
  }
  return session.Finish("", /*report_is_product=*/true);
}

}  // namespace groma::driver
