// SPDX-License-Identifier: Apache-2.0
#include "bounds_of.h"

namespace groma::timing {
namespace {

void Raise(Cause &cause, const Cause &other) {
  if (other.bound > cause.bound) cause = other;
}

}  // namespace

auto BoundsOf(const Network &network, const Graph &graph, TaskId id,
              llvm::function_ref<const Dates &(TaskId)> dates_of) -> BoundCauses {
  BoundCauses causes = {.start = {.reason = Reason::Start, .bound = network.start},
                        .finish = {.is_finish = true}};
  for (const EdgeId edge_id : graph.into(id)) {
    const Edge &edge = network.edges[edge_id];
    const Dates &from = dates_of(edge.from);
    const Cause cause = {
        Reason::Edge, edge_id, EntersFinish(edge.link),
        network.AfterLag(edge.lag, LeavesFinish(edge.link) ? from.finish : from.start)};
    Raise(cause.is_finish ? causes.finish : causes.start, cause);
  }
  Raise(causes.start, {.reason = Reason::Now, .bound = network.now});
  Raise(causes.start, {.reason = Reason::NotBefore, .bound = network.tasks[id].not_before});
  return causes;
}

}  // namespace groma::timing
