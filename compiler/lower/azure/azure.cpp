// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/azure/azure.h"

#include "capacity.h"
#include "context.h"
#include "express_route.h"
#include "guards.h"
#include "hardware.h"
#include "hub_firewall.h"
#include "hubs.h"
#include "identities.h"
#include "kubernetes.h"
#include "name_services.h"
#include "networks.h"
#include "raw.h"
#include "rules.h"
#include "scale_sets.h"
#include "sites.h"
#include "storage.h"
#include "subscriptions.h"
#include "vaults.h"
#include "vpn.h"
#include "wan.h"

namespace groma::lower {

auto LowerAzure(plan::Plan &plan, diagnostics::Sink &sink) -> resources::Graph {
  azure::Context context(plan, sink);
  azure::LowerSites(context);
  if (!context.places.empty()) {
    context.graph.region =
        context.reader.Text(context.Central().site, azure::Name::SiteAzureRegion).value_or("");
  }
  azure::LowerSubscription(context);
  azure::LowerNetworks(context);
  azure::LowerHubs(context);
  azure::LowerWans(context);
  azure::LowerFirewalls(context);
  azure::LowerHubFirewalls(context);
  azure::LowerBastions(context);
  azure::LowerExpressRoutes(context);
  azure::LowerVpns(context);
  azure::OrderHubs(context);
  azure::LowerNameServices(context);
  azure::LowerPeerings(context);
  azure::LowerVaults(context);
  azure::LowerStorage(context);
  azure::LowerEndpointLinks(context);
  azure::LowerWaysOut(context);
  std::vector<azure::Nodes> nodes = azure::NodesOf(context);
  azure::ReadHardware(context, nodes);
  azure::LowerClusters(context, nodes);
  azure::LowerScaleSets(context, nodes);
  azure::NoteContracts(context, nodes);
  azure::LowerQuota(context, nodes);
  azure::LowerRaw(context);
  azure::LowerAccess(context);
  azure::LowerExisting(context);
  azure::NoteUnwritten(context);
  azure::SizeEndpoints(context);
  azure::LowerRules(context);
  return std::move(context.graph);
}

}  // namespace groma::lower
