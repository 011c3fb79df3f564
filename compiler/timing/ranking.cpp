// SPDX-License-Identifier: Apache-2.0
#include "ranking.h"

#include <queue>
#include <tuple>

namespace groma::timing {

auto OrderBy(const Network &network, const Graph &graph, const Workforce &workforce,
             const Ranks &ranks) -> std::vector<TaskId> {
  using Key = std::tuple<bool, int32_t, int64_t, TaskId>;
  std::priority_queue<Key, std::vector<Key>, std::greater<>> ready;
  const auto push = [&](TaskId id) {
    const Task &task = network.tasks[id];
    const bool is_open = !task.started && !task.finished && !task.fixed_start && !task.fixed_finish;
    ready.emplace(is_open, -workforce.jobs[id].priority, ranks[id], id);
  };
  std::vector<uint32_t> waiting(network.tasks.size());
  for (TaskId id = 0; id < network.tasks.size(); ++id) {
    waiting[id] = graph.into(id).size();
    if (waiting[id] == 0) push(id);
  }
  std::vector<TaskId> order;
  order.reserve(network.tasks.size());
  while (!ready.empty()) {
    order.push_back(std::get<TaskId>(ready.top()));
    ready.pop();
    for (const EdgeId edge : graph.out_of(order.back())) {
      if (--waiting[network.edges[edge].to] == 0) push(network.edges[edge].to);
    }
  }
  return order;
}

auto RanksByRules(const Network &network, const Graph &graph, llvm::ArrayRef<TaskId> order,
                  const Analysis &analysis, const Workforce &workforce) -> std::vector<Ranks> {
  const size_t count = network.tasks.size();
  std::vector<Ranks> rules(3, Ranks(count));
  for (TaskId id = 0; id < count; ++id) {
    rules[0][id] = analysis.tasks[id].late.finish;
    rules[1][id] = analysis.tasks[id].late.start;
  }
  // The work that follows, counted once for each way that leads to it, within limits.
  constexpr int64_t kMuch = int64_t{1} << 50;
  for (const TaskId id : llvm::reverse(order)) {
    int64_t follows = network.tasks[id].work + 1;
    for (const EdgeId edge : graph.out_of(id)) {
      follows = std::min(kMuch, follows - rules[2][network.edges[edge].to]);
    }
    rules[2][id] = -follows;
  }
  if (!workforce.baseline.empty()) {
    rules.emplace_back(count);
    for (TaskId id = 0; id < count; ++id) {
      const Kept &kept = workforce.baseline[id];
      rules.back()[id] = kept.is_known() ? kept.until : analysis.tasks[id].late.finish;
    }
  }
  return rules;
}

}  // namespace groma::timing
