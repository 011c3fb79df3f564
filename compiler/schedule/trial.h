// SPDX-License-Identifier: Apache-2.0
// Schedules everything anew with something changed, to see whether a step is in time then.
#pragma once

#include "layout.h"

namespace groma::schedule {

class Trial {
 public:
  // The step must be finished by `until`.
  Trial(const Layout &layout, uint32_t step, timing::Moment until)
      : task_(layout.ends[step].finish), until_(until) {}

  auto IsInTime(const timing::Network &network, timing::Workforce workforce) const -> bool {
    // What was promised keeps nothing from being sooner here.
    workforce.baseline.clear();
    const timing::Graph graph(network);
    const timing::Order order = timing::FindOrder(network, graph);
    const timing::Level level =
        timing::LevelTasks(network, graph, order.tasks, workforce, kLimits);
    return level.best.dates[task_].finish <= until_;
  }

  // The least number of 1 .. most with which it is in time; none if it never is.
  template <typename Try>
  static auto Least(int64_t most, const Try &is_enough) -> std::optional<int64_t> {
    if (most < 1 || !is_enough(most)) return std::nullopt;
    int64_t low = 1, high = most;
    while (low < high) {
      const int64_t middle = low + (high - low) / 2;
      is_enough(middle) ? high = middle : low = middle + 1;
    }
    return high;
  }

 private:
  // It need not find the best schedule, so long as it is in time.
  static constexpr timing::LevelLimits kLimits{1'000};

  timing::TaskId task_;
  timing::Moment until_;
};

// Takes so much off what a task takes; what is done of it stays done.
inline void TakeOff(timing::Task &task, timing::Work work) {
  task.work = std::max<timing::Work>(0, task.work - work);
  task.remaining = std::min(task.remaining, task.work);
}

}  // namespace groma::schedule
