// SPDX-License-Identifier: Apache-2.0
#include "beginnings.h"

namespace groma::schedule {

auto FindBeginnings(const Steps &steps, const Layout &layout) -> std::vector<Beginning> {
  const timing::Network &network = layout.network;
  const timing::Graph graph(network);
  const timing::Order order = timing::FindOrder(network, graph);
  const timing::Analysis analysis =
      timing::AnalyzeUntil(network, graph, order.tasks, timing::kNever);
  std::vector<Beginning> by_task(network.tasks.size());
  for (const timing::TaskId id : order.tasks) {
    Beginning &first = by_task[id];
    for (const timing::EdgeId edge : graph.into(id)) {
      const Beginning &before = by_task[network.edges[edge].from];
      if (before.step == kNoStep) continue;
      if (first.step == kNoStep || before.latest < first.latest) first = before;
    }
    if (first.step != kNoStep) continue;
    const uint32_t at = layout.step_of[id];
    const timing::Task &task = network.tasks[id];
    const bool is_task =
        steps.list[at].sort == Step::Sort::Task && layout.ends[at].finish == id;
    if (is_task && !task.started && !task.finished) first = {at, analysis.tasks[id].late.start};
  }
  std::vector<Beginning> beginnings;
  for (const Layout::Ends &ends : layout.ends) beginnings.push_back(by_task[ends.finish]);
  return beginnings;
}

}  // namespace groma::schedule
