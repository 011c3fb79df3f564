// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/workforce.h"

#include <algorithm>
#include <map>
#include <utility>

namespace groma::timing {

void GiveEffortCalendars(Network &network, const Workforce &workforce) {
  // Many tasks have the same teams.
  std::map<std::pair<std::vector<TeamId>, int64_t>, CalendarId> known;
  for (TaskId id = 0; id < network.tasks.size(); ++id) {
    const Job &job = workforce.jobs[id];
    if (job.teams.empty()) continue;
    std::vector<TeamId> teams = job.teams;
    std::ranges::sort(teams);
    const auto [at, is_new] = known.try_emplace(std::pair(std::move(teams), job.most),
                                                static_cast<CalendarId>(network.calendars.size()));
    if (is_new) {
      std::vector<Spans> lists;
      for (const TeamId team : job.teams) {
        lists.push_back(workforce.teams[team]);
        for (Span &span : lists.back()) span.rate = std::min(span.rate, job.most);
      }
      network.calendars.emplace_back(Highest(lists));
    }
    network.tasks[id].calendar = at->second;
  }
}

}  // namespace groma::timing
