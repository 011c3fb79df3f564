// SPDX-License-Identifier: Apache-2.0
// The graph, and what can be reached in it.
#include "network.h"

#include "eligible.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {

using plan::Index;
using plan::IsSome;

Network::Network(Instance &instance) : instance_(instance), reader_(instance.reader) {
  for (const EntityId site : reader_.All(KnownKind::Site)) (void)NodeOf(site);
  for (const EntityId network : reader_.All(KnownKind::Network)) AddMembers(network);
  for (const EntityId link : reader_.All(KnownKind::Link)) AddLink(link);
  for (const EntityId flow : reader_.All(KnownKind::Flow)) AddFlow(flow);
}

auto Network::NodeOf(EntityId place) -> uint32_t {
  const auto [at, is_new] =
      node_of_.try_emplace(Index(place), static_cast<uint32_t>(nodes_.size()));
  if (is_new) nodes_.push_back(place);
  return at->second;
}

// A site or a network stands for itself, everything else for the site at which it is.
auto Network::PlaceOf(EntityId thing) -> std::optional<uint32_t> {
  if (reader_.IsA(thing, KnownKind::Site) || reader_.IsA(thing, KnownKind::Network)) {
    return NodeOf(thing);
  }
  for (const KnownMember member : {KnownMember::PoolSite, KnownMember::StorageSite,
                                   KnownMember::ServiceSite, KnownMember::MachinesSite}) {
    const EntityId site = reader_.EntityIn(thing, member);
    if (IsSome(site)) return NodeOf(site);
  }
  const Value kept = reader_.Get(thing, KnownMember::DatasetKeptAt);
  if (kept.tag == ValueTag::List && !kept.elements().empty() &&
      kept.elements()[0].tag == ValueTag::Entity) {
    return NodeOf(kept.elements()[0].entity);
  }
  return std::nullopt;
}

void Network::AddMembers(EntityId network) {
  const Value hubs = reader_.Get(network, KnownMember::VirtualWanHubs);
  std::vector<EntityId> members;
  if (hubs.tag == ValueTag::List) {
    for (const Value &hub : hubs.elements()) {
      if (hub.tag == ValueTag::Entity) members.push_back(hub.entity);
    }
  }
  for (const KnownMember member : {KnownMember::HubSpokeHub, KnownMember::LanSite}) {
    const EntityId site = reader_.EntityIn(network, member);
    if (IsSome(site)) members.push_back(site);
  }
  for (const KnownMember member : {KnownMember::HubSpokeSpokes, KnownMember::VpcSites}) {
    const Value sites = reader_.Get(network, member);
    if (sites.tag != ValueTag::List) continue;
    for (const Value &site : sites.elements()) {
      if (site.tag == ValueTag::Entity) members.push_back(site.entity);
    }
  }
  for (const EntityId member : members) {
    Edge edge;
    edge.a = NodeOf(member);
    edge.b = NodeOf(network);
    edge.encryption = ~0U;
    edge.life = {0, reader_.months().count - 1};
    edges_.push_back(edge);
  }
}

void Network::AddLink(EntityId link) {
  const Value between = reader_.Get(link, KnownMember::LinkBetween);
  if (between.tag != ValueTag::List || between.elements().size() != 2) return;
  std::vector<uint32_t> ends;
  for (const Value &end : between.elements()) {
    const auto place = end.tag == ValueTag::Entity ? PlaceOf(end.entity) : std::nullopt;
    if (!place) return;
    ends.push_back(*place);
  }
  Edge edge;
  edge.a = ends[0];
  edge.b = ends[1];
  edge.link = link;
  const llvm::StringRef kind =
      reader_.model.text(reader_.model.kind(reader_.model.entity(link).kind).name);
  edge.may_transit = kind != "link.peering" && kind != "link.private_endpoint";
  edge.own = element_count_++;
  edge.elements.insert(edge.own);
  // Lines of one sort share a gateway in a cloud.
  for (const uint32_t end : ends) {
    const EntityId place = nodes_[end];
    if (!edge.may_transit || !reader_.IsA(place, KnownKind::SiteCloud)) continue;
    const auto [at, is_new] = gateways_.try_emplace({end, kind.str()}, element_count_);
    if (is_new) ++element_count_;
    edge.elements.insert(at->second);
  }
  if (const auto latency = reader_.Number(link, KnownMember::LinkLatency)) {
    edge.latency = *latency;
  } else {
    edge.latency = Distances(reader_).Between(nodes_[ends[0]], nodes_[ends[1]]).value_or(0);
  }
  const Value encryption = reader_.Get(link, KnownMember::LinkEncryption);
  if (encryption.tag == ValueTag::Enum) edge.encryption = encryption.aux;
  edge.life = {0, reader_.months().count - 1};
  if (const auto end = reader_.FirstDay(reader_.Get(link, KnownMember::LinkRetire))) {
    edge.life.last = std::min(edge.life.last, reader_.months().Of(end->AddDays(-1)));
  }
  AddCircuits(edge);
  edges_.push_back(std::move(edge));
}

void Network::AddFlow(EntityId id) {
  const auto from = PlaceOf(reader_.EntityIn(id, KnownMember::FlowFrom));
  const auto to = PlaceOf(reader_.EntityIn(id, KnownMember::FlowTo));
  if (!from || !to || *from == *to) return;
  Flow flow{id,
            *from,
            *to,
            reader_.RangeOf(reader_.Get(id, KnownMember::FlowDuring)),
            reader_.Get(id, KnownMember::FlowRate),
            reader_.Get(id, KnownMember::FlowLatency)};
  const Value encryption = reader_.Get(id, KnownMember::FlowEncryption);
  if (encryption.tag == ValueTag::Enum) flow.encryption = encryption.aux;
  flows_.push_back(flow);
}

// What a place does with traffic that is not for it. Routers of one's own pass on everything; in a
// cloud only a transitive network does, or a gateway for lines that end in a hub of one.
auto Network::MayPass(uint32_t node, const Edge &in, const Edge &out) const -> bool {
  const EntityId place = nodes_[node];
  const auto is_transitive = [&](EntityId network) {
    const Value value = instance_.reader.Get(network, KnownMember::NetworkTransitive);
    return value.tag == ValueTag::Bool && value.boolean;
  };
  if (reader_.suspended.Has("transit")) return true;
  if (reader_.IsA(place, KnownKind::Network)) return is_transitive(place);
  if (!in.may_transit || !out.may_transit) return false;
  if (!reader_.IsA(place, KnownKind::SiteCloud)) return true;
  for (const Edge *edge : {&in, &out}) {
    if (IsSome(edge->link)) continue;
    const uint32_t other = edge->a == node ? edge->b : edge->a;
    if (is_transitive(nodes_[other])) return true;
  }
  // Two lines into one hub meet in the network that has the hub.
  return llvm::any_of(edges_, [&](const Edge &edge) {
    if (IsSome(edge.link) || (edge.a != node && edge.b != node)) return false;
    return is_transitive(nodes_[edge.a == node ? edge.b : edge.a]);
  });
}

auto Network::IsUp(const Edge &edge, const std::set<uint32_t> &failed, int t) const -> bool {
  return edge.life.Has(t) &&
         llvm::none_of(edge.elements, [&](uint32_t element) { return failed.contains(element); });
}

// Places that can be reached, walking over pairs of a place and the edge by which one came.
auto Network::Reached(uint32_t from, const std::set<uint32_t> &failed, int t) const
    -> std::set<uint32_t> {
  std::set<uint32_t> reached{from};
  std::set<std::pair<uint32_t, uint32_t>> seen;
  std::vector<std::pair<uint32_t, std::optional<uint32_t>>> open{{from, std::nullopt}};
  while (!open.empty()) {
    const auto [node, by] = open.back();
    open.pop_back();
    for (uint32_t e = 0; e < edges_.size(); ++e) {
      const Edge &edge = edges_[e];
      if ((edge.a != node && edge.b != node) || !IsUp(edge, failed, t)) continue;
      if (by && !MayPass(node, edges_[*by], edge)) continue;
      const uint32_t other = edge.a == node ? edge.b : edge.a;
      if (!seen.insert({other, e}).second) continue;
      reached.insert(other);
      open.push_back({other, e});
    }
  }
  return reached;
}

// Ways without a loop, in the order of the edges.
auto Network::RoutesOf(const Flow &flow, const std::set<uint32_t> &failed, int t) const
    -> std::vector<Route> {
  constexpr size_t kLongest = 8, kMost = 64;
  std::vector<Route> routes;
  Route route;
  std::vector<uint32_t> visited{flow.from};
  const auto extend = [&](const auto &self, uint32_t node) -> void {
    if (routes.size() >= kMost) return;
    if (node == flow.to) {
      routes.push_back(route);
      return;
    }
    if (route.size() >= kLongest) return;
    for (uint32_t e = 0; e < edges_.size(); ++e) {
      const Edge &edge = edges_[e];
      if (edge.a != node && edge.b != node) continue;
      if (!flow.takes_all && !IsUp(edge, failed, t)) continue;
      if (!flow.takes_all && (edge.is_down || edge.is_unknown)) continue;
      if (edge.encryption < flow.encryption) continue;
      if (!route.empty() && !MayPass(node, edges_[route.back()], edge)) continue;
      const uint32_t other = edge.a == node ? edge.b : edge.a;
      if (llvm::is_contained(visited, other)) continue;
      visited.push_back(other);
      route.push_back(e);
      self(self, other);
      route.pop_back();
      visited.pop_back();
    }
  };
  extend(extend, flow.from);
  if (flow.latency.tag != ValueTag::Bound || flow.latency.elements()[0].tag != ValueTag::Number) {
    return routes;
  }
  llvm::erase_if(routes, [&](const Route &candidate) {
    Rational sum;
    for (const uint32_t e : candidate) sum = base::Add(sum, edges_[e].latency).value_or(sum);
    return sum > flow.latency.elements()[0].number;
  });
  return routes;
}

// All sets of so many things that can fail; fewer failures are never worse.
auto Network::FailureSets(int failures) const -> std::vector<std::set<uint32_t>> {
  std::vector<std::set<uint32_t>> sets{{}};
  if (reader_.suspended.Has("failures")) return sets;
  for (int n = 0; n < failures; ++n) {
    std::set<std::set<uint32_t>> larger;
    for (const std::set<uint32_t> &set : sets) {
      for (uint32_t element = 0; element < element_count_; ++element) {
        if (set.contains(element)) continue;
        std::set<uint32_t> with = set;
        with.insert(element);
        larger.insert(std::move(with));
      }
    }
    if (larger.empty()) break;
    sets.assign(larger.begin(), larger.end());
  }
  return sets;
}

}  // namespace groma::solve
