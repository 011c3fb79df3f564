// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/workforce.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace groma::timing {

void GiveEffortCalendars(Network &network, const Workforce &workforce) {
  // Many tasks have the same teams.
  std::map<std::tuple<std::vector<TeamId>, int64_t, std::optional<uint32_t>>, CalendarId> known;
  for (TaskId id = 0; id < network.tasks.size(); ++id) {
    const Job &job = workforce.jobs[id];
    if (job.teams.empty()) continue;
    std::vector<TeamId> teams = job.teams;
    std::ranges::sort(teams);
    const auto [at, is_new] =
        known.try_emplace(std::tuple(std::move(teams), job.most, job.closed),
                          static_cast<CalendarId>(network.calendars.size()));
    if (is_new) {
      std::vector<Spans> lists;
      for (const TeamId team : job.teams) {
        lists.push_back(workforce.teams[team]);
        for (Span &span : lists.back()) span.rate = std::min(span.rate, job.most);
      }
      const Spans all = Highest(lists);
      network.calendars.emplace_back(job.closed ? Without(all, workforce.closures[*job.closed])
                                                : all);
    }
    network.tasks[id].calendar = at->second;
  }
}

}  // namespace groma::timing
