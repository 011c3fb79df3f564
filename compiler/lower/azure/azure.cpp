// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/azure/azure.h"

#include "context.h"
#include "express_route.h"
#include "sites.h"
#include "vpn.h"
#include "wan.h"

namespace groma::lower {

auto LowerAzure(plan::Plan &plan, diagnostics::Sink &sink) -> resources::Graph {
  azure::Context context(plan, sink);
  azure::LowerSites(context);
  azure::LowerWans(context);
  azure::LowerExpressRoutes(context);
  azure::LowerVpns(context);
  return std::move(context.graph);
}

}  // namespace groma::lower
