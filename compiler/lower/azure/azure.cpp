// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/azure/azure.h"

#include "context.h"
#include "capacity.h"
#include "identities.h"
#include "kubernetes.h"
#include "raw.h"
#include "scale_sets.h"
#include "sites.h"
#include "storage.h"
#include "vaults.h"

namespace groma::lower {

auto LowerAzure(plan::Plan &plan, diagnostics::Sink &sink) -> resources::Graph {
  azure::Context context(plan, sink);
  azure::LowerSites(context);
  azure::LowerVaults(context);
  azure::LowerStorage(context);
  std::vector<azure::Nodes> nodes = azure::NodesOf(context);
  azure::LowerClusters(context, nodes);
  azure::LowerScaleSets(context, nodes);
  azure::NoteContracts(context, nodes);
  azure::LowerQuota(context, nodes);
  azure::LowerRaw(context);
  azure::LowerAccess(context);
  azure::LowerExisting(context);
  azure::NoteUnwritten(context);
  return std::move(context.graph);
}

}  // namespace groma::lower
