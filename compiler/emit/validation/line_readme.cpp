// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/validation/line_readme.h"

#include "groma/emit/validation/line_launch.h"
#include "groma/emit/validation/text.h"

namespace groma::emit::validation {

using acceptance::Suite;

void AddLineTitle(output::Lines &lines, const Suite &suite, size_t tests) {
  const acceptance::Line &line = *suite.shape.line;
  const auto end = [](const acceptance::LineEnd &of) {
    return "`" + of.pool + "` at `" + of.site + "` (" + Cell(of.gpu) + ")";
  };
  lines.Add(0, "# Acceptance of `" + suite.shape.pool + "`, from `" + line.near.site + "` to `" + line.far.site + "`");
  lines.Gap();
  lines.Add(0, Cell(line.kind) + ", " + Number(line.rate) + " Gb/s in each direction, " + Cell(line.encryption) + ". One GPU at each end: of " +
                   end(line.near) + " and of " + end(line.far) + ". " + std::to_string(tests) +
                   " tests in `tests/`, one file each; `src/expect.h` has the limits.");
}

void AddLineCalls(output::Lines &lines, const Suite &suite) {
  const std::string program = "build/" + Plain(suite.shape.pool) + "_acceptance";
  lines.Add(0, program + " --backend sim --fault ../../runtime/sim/faults/line/half_rate_line.yaml   # and that it finds what is broken");
  for (const std::string &call : LineCalls(suite)) lines.Add(0, call);
}

void AddLineHints(output::Lines &lines) {
  lines.Gap();
  lines.Add(0, "Start both ends within five minutes. HOST is an address of the near server that the far one reaches over the link, and no other way: what is");
  lines.Add(0, "measured is the way that the routes lead. Port 29400, and ports that the ranks and NCCL pick, must pass the firewalls between them.");
  lines.Add(0, "The suite has NCCL use TCP with several connections and deep buffers (`NCCL_NET=Socket`, `NCCL_SOCKET_NTHREADS`, `NCCL_NSOCKS_PERTHREAD`,");
  lines.Add(0, "`NCCL_BUFFSIZE`); a value that is set already stays. A server with several networks wants `NCCL_SOCKET_IFNAME`; the kernel's buffers must let");
  lines.Add(0, "bandwidth times round trip be under way (`net.ipv4.tcp_rmem`, `net.ipv4.tcp_wmem`), shared by 16 connections.");
}

void AddLineLimits(output::Lines &lines, const Suite &suite) {
  lines.Gap();
  lines.Add(0, "## What it does not test");
  lines.Gap();
  if (suite.Find("round_trip") == nullptr) {
    lines.Add(0, "- Nobody says how long the way may take (`latency` of the link or of a flow over it): `round_trip` tells how long it takes, without a limit.");
  }
  if (suite.Find("flows") == nullptr) lines.Add(0, "- No flow of the plan goes over it: only what was ordered is asked of it.");
  lines.Add(0, "- Other traffic: what shares the line while this runs takes its part, and the suite takes some of theirs. Run it in a maintenance window.");
  lines.Add(0, "- Encryption, fail-over, price and availability: see the table above for who looks after them.");
}

}  // namespace groma::emit::validation
