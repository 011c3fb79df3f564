// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/azure/azure.h"

#include "context.h"
#include "sites.h"

namespace groma::lower {

auto LowerAzure(plan::Plan &plan, diagnostics::Sink &sink) -> resources::Graph {
  azure::Context context(plan, sink);
  azure::LowerSites(context);
  return std::move(context.graph);
}

}  // namespace groma::lower
