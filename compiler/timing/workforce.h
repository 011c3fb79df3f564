// SPDX-License-Identifier: Apache-2.0
// Who does the tasks of a network.
#pragma once

#include <optional>
#include <vector>

#include "groma/timing/placement.h"

namespace groma::timing {

using TeamId = uint32_t;

struct Need {
  TeamId team = 0;
  int64_t people = 1;
};

inline constexpr int64_t kEverybody = int64_t{1} << 40;

// What a task needs beside time: nothing, or people in all of its working minutes, or the effort of
// one team.
struct Job {
  // All have initializers, so that a few can be named.
  // NOLINTBEGIN(readability-redundant-member-init) So many of each, whenever it is worked on.
  std::vector<Need> needs = {};
  // The work of the task is minutes of people of one of these, in the order in which they are
  // preferred, and whoever is free helps, `most` at a time.
  std::vector<TeamId> teams = {};
  int64_t most = kEverybody;
  // The same for each of `teams`, where a person of one is more than a person of another; else empty.
  std::vector<int64_t> most_of = {};
  // Nobody works on it in these `closures`, by their number.
  std::optional<uint32_t> closed = std::nullopt;
  // Other work may interrupt it.
  bool is_splittable = true;
  // Of two tasks that could start the one with the larger number gets the team.
  int32_t priority = 500;
  // NOLINTEND(readability-redundant-member-init)

  // Of one of `teams`, by its place there.
  [[nodiscard]] auto MostOf(size_t place) const -> int64_t {
    return most_of.empty() ? most : most_of[place];
  }
};

// The finish of a task that is not moved lies after one moment and not after another. Of what nobody knows
// it lies anywhere.
struct Kept {
  Moment after = kEver;
  Moment until = kNever;

  [[nodiscard]] auto is_known() const -> bool { return until < kNever; }
  [[nodiscard]] auto Has(Moment finish) const -> bool {
    return !is_known() || (after < finish && finish <= until);
  }
};

// Shares of people are counted in parts of a person, the same for all teams.
struct Workforce {
  // How many work in each team, and when.
  std::vector<Spans> teams;
  // One for each task.
  std::vector<Job> jobs;
  // Times that are closed to some tasks, whoever has time.
  std::vector<Spans> closures;
  // When each task is finished in a schedule that people know, or nothing: of two schedules that are
  // equally good the one that moves fewer tasks is better.
  std::vector<Kept> baseline;
};

// Gives each task that is the effort of a team a calendar of its own, which counts what the team
// could do if it had nothing else to do, while it is not closed: of several teams, whichever could
// do most. Such tasks need one for their bounds to hold.
void GiveEffortCalendars(Network &network, const Workforce &workforce);

// People of a team at work on a task.
struct Booking {
  TaskId task = 0;
  TeamId team = 0;
  Span span;

  friend auto operator==(const Booking &, const Booking &) -> bool = default;
};

// The first that differs decides; less is better.
struct Cost {
  // By how many minutes deadlines are missed, added up.
  Minutes lateness = 0;
  Moment finish = kNever;
  int64_t moved = 0;
  // Finishes of all tasks, added up.
  int64_t sum = 0;

  friend auto operator<=>(const Cost &, const Cost &) = default;
};

struct Levelled {
  std::vector<Dates> dates;
  // When it could have been if its team had been free.
  std::vector<Dates> ready;
  // By task; without a meaning if it has none.
  std::vector<TeamId> team;
  // In the order in which tasks were placed.
  std::vector<Booking> bookings;
  // Tasks whose dates are said although their team has other work then.
  std::vector<TaskId> overbooked;
  Cost cost;
  // How it was built: in this order each task was placed as early as it fits, and not before its
  // floor, if there are any.
  std::vector<TaskId> order;
  std::vector<Moment> floors;
};

}  // namespace groma::timing
