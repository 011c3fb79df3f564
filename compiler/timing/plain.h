// SPDX-License-Identifier: Apache-2.0
// Scheduling in its plainest form, of which the most can be proved: tasks that are not interrupted,
// and one clock for all.
#pragma once

#include <optional>

#include "groma/timing/workforce.h"

namespace groma::timing {

struct PlainTask {
  int64_t length = 0;
  // Its earliest start, whatever it waits for.
  int64_t from = 0;
  std::vector<Need> needs;
};

// `to` starts at least so much after `from` starts.
struct PlainArc {
  TaskId from = 0;
  TaskId to = 0;
  int64_t distance = 0;
};

// How many there are from each tick on, and what all of them could do before it.
struct PlainTeam {
  struct Change {
    int64_t tick = 0;
    int64_t people = 0;
    int64_t before = 0;
  };
  std::vector<Change> changes;  // the first at tick 0

  [[nodiscard]] auto PeopleAt(int64_t tick) const -> int64_t;
  [[nodiscard]] auto WorkUntil(int64_t tick) const -> int64_t;
  [[nodiscard]] auto Most() const -> int64_t;
};

// Time counts ticks from the start on. The last task has no length and waits for all others.
struct Plain {
  std::vector<PlainTask> tasks;
  std::vector<PlainArc> arcs;
  std::vector<PlainTeam> teams;
  // Beyond it nothing is known of the teams.
  int64_t last = 0;
  // What a tick is, and where ticks begin, as the calendar of all tasks counts.
  CalendarId calendar = kClock;
  Work tick = 1;
  Work origin = 0;

  [[nodiscard]] auto goal() const -> TaskId { return static_cast<TaskId>(tasks.size() - 1); }
};

// Nothing if it has something that a plain problem has not: several calendars, efforts, deadlines, tasks aside,
// work that has begun. Arcs come in an order in which tasks are before what
// waits for them.
[[nodiscard]] auto PlainOf(const Network &network, llvm::ArrayRef<TaskId> order,
                           const Workforce &workforce) -> std::optional<Plain>;

// The first and the last start of each task.
struct Window {
  int64_t first = 0;
  int64_t last = 0;
};

// Windows outside of which no task starts in any schedule that ends by `end`; nothing if there is
// none that does.
[[nodiscard]] auto WindowsOf(const Plain &plain, int64_t end) -> std::optional<std::vector<Window>>;

// The first end that WindowsOf does not rule out, from `from` on and not beyond `until`.
[[nodiscard]] auto PlainBound(const Plain &plain, int64_t from, int64_t until) -> int64_t;

}  // namespace groma::timing
