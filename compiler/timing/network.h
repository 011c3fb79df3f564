// SPDX-License-Identifier: Apache-2.0
// Tasks and what waits for what.
#pragma once

#include <optional>
#include <vector>

#include "groma/timing/calendar.h"
#include "groma/timing/zone.h"

namespace groma::timing {

using TaskId = uint32_t;
using EdgeId = uint32_t;
using CalendarId = int32_t;

// Around the clock.
inline constexpr CalendarId kClock = -1;

// So much later, or earlier if it is below 0, by what `calendar` counts.
struct Lag {
  Work work = 0;
  CalendarId calendar = kClock;
  // Before that, so many months: to the same day of another month, or to its last one if that is
  // shorter.
  int32_t months = 0;
  // A midnight is the end of the day before it, and not the start of one, unless it is `begin`.
  bool is_of_end = false;
  Moment begin = kEver;
  // The months go by while `calendar` is open only: where it is not, they wait.
  bool rests = false;
};

// The moment of the one that the other waits for, and the moment of the other that waits.
enum class Link : uint8_t { FinishStart, StartStart, FinishFinish, StartFinish };

struct Edge {
  TaskId from = 0;
  TaskId to = 0;
  Link link = Link::FinishStart;
  Lag lag = {};
};

[[nodiscard]] constexpr auto LeavesFinish(Link link) -> bool {
  return link == Link::FinishStart || link == Link::FinishFinish;
}
[[nodiscard]] constexpr auto EntersFinish(Link link) -> bool {
  return link == Link::FinishFinish || link == Link::StartFinish;
}

struct Task {
  // What is to be done, as its calendar counts: minutes, or minutes of people. 0 for a milestone.
  Work work = 0;
  CalendarId calendar = kClock;
  // Nights and weekends may not interrupt it.
  bool is_unbroken = false;
  // The network is finished without it.
  bool is_aside = false;
  Moment not_before = kEver;
  // Whatever it would have to wait for.
  std::optional<Moment> fixed_start = std::nullopt;
  std::optional<Moment> fixed_finish = std::nullopt;
  Moment deadline = kNever;
  // What has happened. Once it is started, `remaining` is what is left of `work`.
  std::optional<Moment> started = std::nullopt;
  std::optional<Moment> finished = std::nullopt;
  Work remaining = 0;
};

struct Network {
  std::vector<Calendar> calendars;
  std::vector<Task> tasks;
  std::vector<Edge> edges;
  // Nothing starts before it.
  Moment start = 0;
  // What is not done by now is done later.
  Moment now = kEver;
  // By its clocks months are counted.
  Zone zone;

  [[nodiscard]] auto calendar(CalendarId id) const -> const Calendar &;
  [[nodiscard]] auto AfterLag(const Lag &lag, Moment moment) const -> Moment {
    if (lag.rests) return AfterOpenMonths(lag, moment);
    if (lag.months != 0) moment = AfterMonths(lag, moment);
    return calendar(lag.calendar).Add(moment, lag.work);
  }
  // The last moment after which `lag` does not lead beyond `moment`.
  [[nodiscard]] auto BeforeLag(const Lag &lag, Moment moment) const -> Moment {
    if (lag.rests) return BeforeOpenMonths(lag, moment);
    const Moment before = calendar(lag.calendar).Subtract(moment, lag.work);
    return lag.months == 0 ? before : BeforeMonths(lag, before);
  }

 private:
  [[nodiscard]] auto AfterMonths(const Lag &lag, Moment moment) const -> Moment;
  [[nodiscard]] auto BeforeMonths(const Lag &lag, Moment moment) const -> Moment;
  [[nodiscard]] auto AfterOpenMonths(const Lag &lag, Moment moment) const -> Moment;
  [[nodiscard]] auto BeforeOpenMonths(const Lag &lag, Moment moment) const -> Moment;
};

// The edges that enter and leave each task, in their order.
class Graph {
 public:
  explicit Graph(const Network &network);

  [[nodiscard]] auto into(TaskId task) const -> llvm::ArrayRef<EdgeId> { return into_.of(task); }
  [[nodiscard]] auto out_of(TaskId task) const -> llvm::ArrayRef<EdgeId> {
    return out_of_.of(task);
  }

 private:
  struct Lists {
    std::vector<uint32_t> first;
    std::vector<EdgeId> edges;

    [[nodiscard]] auto of(TaskId task) const -> llvm::ArrayRef<EdgeId> {
      return llvm::ArrayRef(edges).slice(first[task], first[task + 1] - first[task]);
    }
  };
  Lists into_;
  Lists out_of_;
};

// Tasks so that each comes after those that it waits for; where that leaves a choice, in the order
// of their numbers. If there is none, the edges of a cycle instead, each leading to the next.
struct Order {
  std::vector<TaskId> tasks;
  std::vector<EdgeId> cycle;
};
[[nodiscard]] auto FindOrder(const Network &network, const Graph &graph) -> Order;

}  // namespace groma::timing
