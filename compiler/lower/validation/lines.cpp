// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/validation/lines.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::lower::validation {
namespace {

using acceptance::LineEnd;
using acceptance::Shape;

constexpr Name kSitesOfNetworks[] = {Name::HubSpokeHub,    Name::HubSpokeSpokes,     Name::LanSite,
                                     Name::OneNetworkSite, Name::TransitGatewaySite, Name::VirtualWanHubs,
                                     Name::VpcSite,        Name::WideVpcSites};

// Where a place that a link names has servers: a site itself, the sites of a network.
auto SitesOf(Reader &reader, EntityId place) -> std::vector<EntityId> {
  if (reader.Is(place, Kind::Site)) return {place};
  std::vector<EntityId> sites;
  for (const Name name : kSitesOfNetworks) {
    for (const EntityId site : reader.Entities(place, name)) sites.push_back(site);
  }
  return sites;
}

auto EndAt(Reader &reader, const std::vector<EntityId> &sites, const std::vector<TestedPool> &pools)
    -> const TestedPool * {
  for (const EntityId site : sites) {
    for (const TestedPool &pool : pools) {
      if (pool.shape.site == reader.NameOf(site)) return &pool;
    }
  }
  return nullptr;
}

auto EndOf(const TestedPool &pool) -> LineEnd {
  const Shape &shape = pool.shape;
  return {shape.site, shape.pool, shape.sku, shape.gpu, shape.memory, shape.sm, pool.launchers};
}

// "expressroute" of "link.expressroute".
auto KindOf(Reader &reader, EntityId link) -> std::string {
  const plan::Model &model = reader.model();
  const llvm::StringRef name = model.text(model.kind(model.entity(link).kind).name);
  return name.rsplit('.').second.empty() ? name.str() : name.rsplit('.').second.str();
}

}  // namespace

auto LineOf(Reader &reader, EntityId link, const std::vector<TestedPool> &pools)
    -> std::variant<Shape, std::string> {
  const auto rate = reader.Amount(reader.Read(link, Name::LinkBandwidth).value, "Gbps");
  if (!rate) return std::string("it has no bandwidth that it could be held against");
  if (reader.Count(link, Name::LinkCircuits).value_or(1) == 0) {
    return std::string("the plan has no circuit for it");
  }
  std::vector<const TestedPool *> ends;
  for (const EntityId place : reader.Entities(link, Name::LinkBetween)) {
    const std::vector<EntityId> sites = SitesOf(reader, place);
    if (sites.empty()) return "no servers stand at `" + reader.NameOf(place) + "`";
    const TestedPool *end = EndAt(reader, sites, pools);
    if (end == nullptr) return "no pool with GPUs stands at `" + reader.NameOf(place) + "`";
    ends.push_back(end);
  }
  if (ends.size() != 2 || ends[0]->shape.site == ends[1]->shape.site) {
    return std::string("it joins no two sites");
  }
  acceptance::Line line;
  line.kind = KindOf(reader, link);
  line.encryption = reader.Word(link, Name::LinkEncryption);
  line.rate = *rate;
  line.round_trip = reader.Amount(reader.Read(link, Name::LinkLatency).value, "us");
  line.near = EndOf(*ends[0]);
  line.far = EndOf(*ends[1]);
  Shape shape;
  shape.pool = reader.NameOf(link);
  shape.site = "links";
  shape.sku = line.kind;
  shape.gpu = line.near.gpu;
  shape.memory = line.near.memory;
  shape.nodes = 2;
  shape.gpus_per_node = 1;
  shape.fabric = acceptance::Fabric::Ethernet;
  shape.line = std::move(line);
  return shape;
}

auto FlowsOver(Reader &reader, EntityId link) -> std::vector<EntityId> {
  std::vector<EntityId> flows;
  for (const EntityId flow : reader.All(Kind::Flow)) {
    if (llvm::is_contained(reader.Entities(flow, Name::FlowRoute), link)) flows.push_back(flow);
  }
  return flows;
}

}  // namespace groma::lower::validation
