// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/workforce.h"

#include <algorithm>
#include <map>
#include <utility>

namespace groma::timing {

void GiveEffortCalendars(Network &network, const Workforce &workforce) {
  // Many tasks have the same teams.
  using Teams = std::vector<std::pair<TeamId, int64_t>>;  // with the most of each
  std::map<std::pair<Teams, std::optional<uint32_t>>, CalendarId> known;
  for (TaskId id = 0; id < network.tasks.size(); ++id) {
    const Job &job = workforce.jobs[id];
    if (job.teams.empty()) continue;
    Teams teams;
    for (size_t k = 0; k < job.teams.size(); ++k) teams.emplace_back(job.teams[k], job.MostOf(k));
    std::ranges::sort(teams);
    const auto [at, is_new] = known.try_emplace(
        std::pair(teams, job.closed), static_cast<CalendarId>(network.calendars.size()));
    if (is_new) {
      std::vector<Spans> lists;
      for (const auto &[team, most] : teams) {
        lists.push_back(workforce.teams[team]);
        for (Span &span : lists.back()) span.rate = std::min(span.rate, most);
      }
      const Spans all = Highest(lists);
      network.calendars.emplace_back(job.closed ? Without(all, workforce.closures[*job.closed])
                                                : all);
    }
    network.tasks[id].calendar = at->second;
  }
}

}  // namespace groma::timing
