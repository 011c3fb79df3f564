// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/critical_path.h"

#include <algorithm>

#include "bounds_of.h"

namespace groma::timing {
namespace {

auto DateOf(const Dates &dates, bool is_finish) -> Moment {
  return is_finish ? dates.finish : dates.start;
}

class Passes {
 public:
  Passes(const Network &network, const Graph &graph) : network_(network), graph_(graph) {
    result_.tasks.resize(network.tasks.size());
  }

  void Forward(llvm::ArrayRef<TaskId> order);
  // From moments by which tasks have to be finished.
  void Backward(llvm::ArrayRef<TaskId> order, llvm::function_ref<Moment(TaskId)> latest_finish);
  [[nodiscard]] auto finish() const -> Moment { return result_.finish; }
  [[nodiscard]] auto EarlyFinish(TaskId id) const -> Moment {
    return result_.tasks[id].early.finish;
  }
  void Slacks();
  auto result() -> Analysis { return std::move(result_); }

 private:
  void PlaceEarly(TaskId id);
  void PlaceLate(TaskId id, Moment latest_finish);
  [[nodiscard]] auto FreeSlack(TaskId id) const -> Minutes;

  const Network &network_;
  const Graph &graph_;
  Analysis result_;
};

void Passes::PlaceEarly(TaskId id) {
  const Task &task = network_.tasks[id];
  TaskDates &dates = result_.tasks[id];
  const auto [start, finish] = BoundsOf(network_, graph_, id, [&](TaskId from) -> const Dates & {
    return result_.tasks[from].early;
  });
  dates.early = Place(network_, task, {start.bound, finish.bound});
  if (task.finished) {
    dates.cause = {.reason = Reason::Actual, .bound = dates.early.start};
  } else if (task.started) {
    const Dates alone = Place(network_, task, {start.bound, kEver});
    dates.cause =
        alone == dates.early ? Cause{.reason = Reason::Actual, .bound = *task.started} : finish;
  } else if (task.fixed_start) {
    dates.cause = {.reason = Reason::FixedStart, .bound = *task.fixed_start};
  } else if (task.fixed_finish) {
    dates.cause = {.reason = Reason::FixedFinish, .is_finish = true, .bound = *task.fixed_finish};
  } else {
    const Dates alone = Place(network_, task, {start.bound, kEver});
    dates.cause = alone == dates.early ? start : finish;
  }
}

void Passes::Forward(llvm::ArrayRef<TaskId> order) {
  for (const TaskId id : order) {
    PlaceEarly(id);
    if (network_.tasks[id].is_aside) continue;
    result_.finish = std::max(result_.finish, result_.tasks[id].early.finish);
  }
}

void Passes::PlaceLate(TaskId id, Moment latest_finish) {
  const Task &task = network_.tasks[id];
  TaskDates &dates = result_.tasks[id];
  if (task.finished) {
    dates.late = dates.early;
    return;
  }
  Dates before = {kNever, latest_finish};
  for (const EdgeId edge_id : graph_.out_of(id)) {
    const Edge &edge = network_.edges[edge_id];
    const Task &to = network_.tasks[edge.to];
    // What has begun waits for nothing any more.
    if (to.finished || (to.started && !EntersFinish(edge.link))) continue;
    const Moment date = DateOf(result_.tasks[edge.to].late, EntersFinish(edge.link));
    Moment &bound = LeavesFinish(edge.link) ? before.finish : before.start;
    bound = std::min(bound, network_.BeforeLag(edge.lag, date));
  }
  if (task.started) {
    dates.late = {*task.started, before.finish};
    return;
  }
  if (task.fixed_start) before.start = std::min(before.start, *task.fixed_start);
  if (task.fixed_finish) before.finish = std::min(before.finish, *task.fixed_finish);
  dates.late = before.start >= kNever && before.finish >= kNever ? Dates{kNever, kNever}
                                                                 : Latest(network_, task, before);
}

void Passes::Backward(llvm::ArrayRef<TaskId> order,
                      llvm::function_ref<Moment(TaskId)> latest_finish) {
  for (const TaskId id : llvm::reverse(order)) PlaceLate(id, latest_finish(id));
}

auto Passes::FreeSlack(TaskId id) const -> Minutes {
  const TaskDates &dates = result_.tasks[id];
  const Calendar &calendar = network_.calendar(network_.tasks[id].calendar);
  Minutes least = kNever;
  for (const EdgeId edge_id : graph_.out_of(id)) {
    const Edge &edge = network_.edges[edge_id];
    if (network_.tasks[edge.to].finished) continue;
    const Moment to = DateOf(result_.tasks[edge.to].early, EntersFinish(edge.link));
    const Moment from = DateOf(dates.early, LeavesFinish(edge.link));
    least = std::min(least, calendar.Between(from, network_.BeforeLag(edge.lag, to)));
  }
  return std::max<Minutes>(0, least == kNever ? dates.total_slack : least);
}

void Passes::Slacks() {
  for (TaskId id = 0; id < network_.tasks.size(); ++id) {
    const Task &task = network_.tasks[id];
    TaskDates &dates = result_.tasks[id];
    if (task.finished) continue;
    const Calendar &calendar = network_.calendar(task.calendar);
    dates.total_slack = dates.late.finish >= kNever
                            ? kNever
                            : calendar.Between(dates.early.finish, dates.late.finish);
    if (!task.started && dates.late.start < kNever) {
      dates.total_slack =
          std::min(dates.total_slack, calendar.Between(dates.early.start, dates.late.start));
    }
    dates.is_critical = dates.total_slack <= 0;
    dates.free_slack = FreeSlack(id);
  }
}

}  // namespace

auto Analyze(const Network &network, const Graph &graph, llvm::ArrayRef<TaskId> order,
             std::optional<TaskId> target) -> Analysis {
  Passes passes(network, graph);
  passes.Forward(order);
  passes.Backward(order, [&](TaskId id) {
    if (target) return id == *target ? passes.EarlyFinish(id) : kNever;
    const Task &task = network.tasks[id];
    return task.is_aside ? task.deadline : std::min(task.deadline, passes.finish());
  });
  passes.Slacks();
  return passes.result();
}

auto AnalyzeUntil(const Network &network, const Graph &graph, llvm::ArrayRef<TaskId> order,
                  Moment finish) -> Analysis {
  Passes passes(network, graph);
  passes.Forward(order);
  passes.Backward(order, [&](TaskId id) {
    const Task &task = network.tasks[id];
    return task.is_aside ? task.deadline : std::min(task.deadline, finish);
  });
  passes.Slacks();
  return passes.result();
}

auto ChainTo(const Network &network, const Analysis &analysis, TaskId task) -> std::vector<TaskId> {
  std::vector<TaskId> chain = {task};
  while (analysis.tasks[task].cause.reason == Reason::Edge) {
    task = network.edges[analysis.tasks[task].cause.edge].from;
    chain.push_back(task);
  }
  std::ranges::reverse(chain);
  return chain;
}

auto MissedDeadlines(const Network &network, const Analysis &analysis) -> std::vector<TaskId> {
  std::vector<TaskId> missed;
  for (TaskId id = 0; id < network.tasks.size(); ++id) {
    if (analysis.tasks[id].early.finish > network.tasks[id].deadline) missed.push_back(id);
  }
  return missed;
}

}  // namespace groma::timing
