// SPDX-License-Identifier: Apache-2.0
// Measures the engines for large programs on a placement instance, in processor time:
//   search_tool search FILE [STEPS] [BOUND STEPS]   the cheapest solution, and how far it may be
//   off search_tool first FILE                          any solution search_tool core FILE [STEPS]
//   why there is none
#include <sys/resource.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "groma/reason/core.h"
#include "groma/reason/gradient.h"
#include "groma/reason/search.h"
#include "placement_program.h"

namespace groma::bench {
namespace {

// Says what each step of the work took.
class Clock {
 public:
  Clock() { Lap(); }
  void Report(const char *what, uint64_t steps) {
    const double seconds = Lap();
    std::cout << "  " << what << ": " << seconds << " s, " << steps << " steps\n";
  }

 private:
  auto Lap() -> double {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const double now = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                       1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
    return now - std::exchange(last_, now);
  }
  double last_ = 0;
};

// What a person can change easily is kept rather than what is physical; workloads are counted.
auto RankOf(const std::string &cause) -> uint32_t {
  if (cause.starts_with("budget")) return 3;
  return cause.starts_with("quota") ? 2 : 1;
}

void TellCore(const Placement &placement, uint64_t steps, Clock &clock) {
  std::vector<uint32_t> rank;
  std::vector<uint8_t> is_aggregate;
  for (const std::string &cause : placement.causes) {
    rank.push_back(RankOf(cause));
    is_aggregate.push_back(cause.starts_with("workload") ? 1 : 0);
  }
  reason::Effort effort{steps};
  const auto ray = reason::FindRay(placement.program, {}, effort);
  clock.Report(ray ? "proved that nothing fits" : "no proof found", steps - effort.left);
  effort.left = steps;
  const auto core = reason::FindCore(placement.program, {rank, is_aggregate}, effort);
  clock.Report("core", steps - effort.left);
  if (!core) return;
  std::cout << (core->is_minimal ? "  minimal:" : "  not proved minimal:");
  for (const reason::Cause cause : core->causes) std::cout << ' ' << placement.causes[cause];
  std::cout << ", and " << core->aggregate.size() << " workloads\n";
  for (const reason::Shortage &shortage : core->shortages) {
    const reason::Row &row = placement.program.rows[shortage.row];
    std::cout << "  " << placement.causes[row.cause] << " needs at least " << shortage.least
              << " where the limit is " << row.limit << '\n';
  }
}

void TellSolution(const Placement &placement, reason::SearchFor goal, uint64_t steps,
                  uint64_t bound_steps, Clock &clock) {
  reason::Effort effort{bound_steps};
  const auto found = reason::BoundByGradient(placement.program, {}, effort);
  clock.Report("bound", bound_steps - effort.left);
  effort.left = steps;
  const auto answer = reason::Search(placement.program, found.reduced, effort, goal);
  clock.Report("search", steps - effort.left);
  std::cout << "  bound " << found.bound;
  if (answer.verdict == reason::Verdict::Feasible) {
    const double gap =
        100.0 * static_cast<double>(answer.cost - found.bound) / static_cast<double>(found.bound);
    std::cout << ", cost " << answer.cost << ", at most " << gap << " % too much";
  }
  std::cout << '\n';
}

auto Run(int argc, char **argv) -> int {
  const auto steps = [&](int at, uint64_t otherwise) -> uint64_t {
    return argc > at ? static_cast<uint64_t>(std::atof(argv[at])) : otherwise;
  };
  const std::string mode = argc > 2 ? argv[1] : "";
  if (mode != "search" && mode != "first" && mode != "core") {
    std::cerr << "search_tool search|first|core FILE [STEPS] [BOUND STEPS]\n";
    return 2;
  }
  Clock clock;
  const auto placement = ReadPlacement(argv[2]);
  if (!placement) {
    std::cerr << argv[2] << " is no placement instance\n";
    return 1;
  }
  std::cout << argv[2] << ": " << placement->program.columns.size() << " columns, "
            << placement->program.rows.size() << " rows\n";
  clock.Report("read", 0);
  if (mode == "core") {
    TellCore(*placement, steps(3, 1'000'000'000), clock);
  } else if (mode == "first") {
    // A rough bound is enough to know where to look.
    uint64_t entries = 0;
    for (const reason::Row &row : placement->program.rows) entries += row.end - row.begin;
    TellSolution(*placement, reason::SearchFor::Any, 1'000'000'000, 100 * entries, clock);
  } else {
    TellSolution(*placement, reason::SearchFor::Cheap, steps(3, 800'000'000), steps(4, 200'000'000),
                 clock);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::cout << "  memory " << usage.ru_maxrss / 1024 << " MB\n";
  return 0;
}

}  // namespace
}  // namespace groma::bench

auto main(int argc, char **argv) -> int { return groma::bench::Run(argc, argv); }
