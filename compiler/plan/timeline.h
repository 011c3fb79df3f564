// SPDX-License-Identifier: Apache-2.0
// A solved schedule and what it was worked out from, for whoever writes it in another form: steps, what
// they wait for, who does them, and the hours in which people work.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "groma/base/date.h"
#include "groma/base/rational.h"
#include "groma/plan/ids.h"
#include "groma/source/span.h"

namespace groma::plan {

struct Timeline {
  static constexpr uint32_t kNoStep = ~0U;

  // Minutes since 1970-01-01 00:00 UTC.
  using Moment = int64_t;

  struct Stretch {
    Moment begin = 0, end = 0;
  };

  // So many minutes later, or earlier if it is below 0: of the clock, or of work by the hours of a team.
  struct Lag {
    int64_t minutes = 0;
    bool is_work = false;
    EntityId team{};  // none: the plan's own hours
    base::Rational months = 0;  // of the calendar, if it is written in them
  };

  // An end of a step that another one waits for, or a moment that is said.
  struct Wait {
    uint32_t step = kNoStep;
    bool is_start = false;       // of the step that is waited for
    bool holds_finish = false;   // of the step that waits
    Moment at = 0;               // if it is no step
    std::vector<Lag> lags;       // one is added after the other
  };

  enum class Sort : uint8_t { Task, Milestone, Stream, Decision };
  // What a task takes: minutes of the clock, minutes in which its team works, or minutes of a person.
  enum class Takes : uint8_t { Nothing, Clock, Hours, Effort };

  struct Step {
    EntityId id{};
    Sort sort = Sort::Milestone;
    uint32_t stream = kNoStep;  // in which it stands
    std::vector<Wait> waits;
    Takes takes = Takes::Nothing;
    int64_t minutes = 0;
    int64_t remaining = 0;  // of them, once it is started
    bool is_uncertain = false;  // what it takes is the most likely of a range
    EntityId team{};
    std::vector<EntityId> other_teams;
    EntityId done_by{};  // the one of them all that does it
    std::optional<int64_t> people;  // at most
    int32_t priority = 500;
    bool is_unbroken = false;
    std::optional<Moment> not_before, deadline, started, finished;
    std::vector<Stretch> closed;  // freezes that it rests over, in their order
    bool is_after_use = false;    // the plan is finished without it
    // When it is done.
    Moment start = 0, finish = 0;
    base::Date first_day, last_day;
    std::optional<int64_t> slack;  // in days; none: nothing depends on it
    bool is_critical = false;
    bool is_held = false;  // its team had no time earlier
    // Of its name, and of the lines that say what it waits for, what it takes and by when it must be done.
    source::Span span, after_at, takes_at, by_at;
  };

  // When somebody of a team works, and how many there are of them.
  struct Team {
    EntityId id{};  // none: somebody of whom the plan says no more
    std::vector<Stretch> hours;
    struct Count {
      Moment from = 0;
      int64_t people = 0;
    };
    std::vector<Count> counts;
    int64_t share = 100;  // of their time, in hundredths
  };

  std::vector<Step> steps;  // in order of their names
  std::vector<Team> teams;  // first the one without an id
  base::Date first_day;
  Moment start = 0;
  std::optional<Moment> now;  // what is not done by then is done later
  // By which minutes are read as days: `offset` minutes are added from each moment on.
  struct Offset {
    Moment from = 0;
    int64_t minutes = 0;
  };
  std::vector<Offset> clock;

  // What the clock of the plan shows then, in minutes since the start of 1970.
  auto LocalAt(Moment moment) const -> Moment {
    int64_t minutes = 0;
    for (const Offset &offset : clock) {
      if (offset.from <= moment) minutes = offset.minutes;
    }
    return moment + minutes;
  }
  auto TeamOf(EntityId id) const -> const Team * {
    for (const Team &team : teams) {
      if (team.id == id) return &team;
    }
    return nullptr;
  }
};

}  // namespace groma::plan
