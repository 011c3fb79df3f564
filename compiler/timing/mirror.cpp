// SPDX-License-Identifier: Apache-2.0
#include "mirror.h"

namespace groma::timing {
namespace {

auto Backwards(llvm::ArrayRef<Span> spans) -> Spans {
  Spans mirrored;
  mirrored.reserve(spans.size());
  for (const Span &span : llvm::reverse(spans)) {
    mirrored.push_back({-span.end, -span.begin, span.rate});
  }
  return mirrored;
}

auto Backwards(Link link) -> Link {
  switch (link) {
    case Link::StartStart:
      return Link::FinishFinish;
    case Link::FinishFinish:
      return Link::StartStart;
    case Link::FinishStart:
    case Link::StartFinish:
      return link;
  }
}

}  // namespace

auto MirrorOf(const Network &network, const Workforce &workforce) -> Mirror {
  Mirror mirror;
  for (const Calendar &calendar : network.calendars) {
    mirror.network.calendars.push_back(calendar.is_clock() ? Calendar()
                                                           : Calendar(Backwards(calendar.spans())));
  }
  for (const Task &task : network.tasks) {
    const Work left = task.finished ? 0 : task.started ? task.remaining : task.work;
    mirror.network.tasks.push_back(
        {.work = left, .calendar = task.calendar, .is_unbroken = task.is_unbroken});
  }
  for (const Edge &edge : network.edges) {
    Lag lag = edge.lag;
    if (lag.months != 0) {
      // In a mirror there are no months: about as long will do for a search.
      constexpr Minutes kMonth = 30 * kDay;
      lag = {(lag.calendar == kClock ? lag.work : 0) + lag.months * kMonth};
    }
    mirror.network.edges.push_back({edge.to, edge.from, Backwards(edge.link), lag});
  }
  for (const Spans &team : workforce.teams) mirror.workforce.teams.push_back(Backwards(team));
  for (const Spans &closure : workforce.closures) {
    mirror.workforce.closures.push_back(Backwards(closure));
  }
  mirror.workforce.jobs = workforce.jobs;
  return mirror;
}

}  // namespace groma::timing
