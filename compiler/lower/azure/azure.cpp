// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/azure/azure.h"

#include "context.h"
#include "express_route.h"
#include "guards.h"
#include "hub_firewall.h"
#include "hubs.h"
#include "name_services.h"
#include "networks.h"
#include "rules.h"
#include "sites.h"
#include "vpn.h"
#include "wan.h"

namespace groma::lower {

auto LowerAzure(plan::Plan &plan, diagnostics::Sink &sink) -> resources::Graph {
  azure::Context context(plan, sink);
  azure::LowerSites(context);
  azure::LowerNetworks(context);
  azure::LowerHubs(context);
  azure::LowerWans(context);
  azure::LowerExpressRoutes(context);
  azure::LowerVpns(context);
  azure::LowerFirewalls(context);
  azure::LowerHubFirewalls(context);
  azure::LowerBastions(context);
  azure::LowerNameServices(context);
  azure::LowerPeerings(context);
  azure::LowerEndpointLinks(context);
  azure::SizeEndpoints(context);
  azure::LowerWaysOut(context);
  azure::LowerRules(context);
  return std::move(context.graph);
}

}  // namespace groma::lower
