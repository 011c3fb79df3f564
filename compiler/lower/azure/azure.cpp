// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/azure/azure.h"

#include "context.h"
#include "hubs.h"
#include "networks.h"
#include "sites.h"

namespace groma::lower {

auto LowerAzure(plan::Plan &plan, diagnostics::Sink &sink) -> resources::Graph {
  azure::Context context(plan, sink);
  azure::LowerSites(context);
  azure::LowerNetworks(context);
  azure::LowerHubs(context);
  azure::LowerPeerings(context);
  azure::SizeEndpoints(context);
  return std::move(context.graph);
}

}  // namespace groma::lower
