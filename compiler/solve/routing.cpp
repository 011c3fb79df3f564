// SPDX-License-Identifier: Apache-2.0
// Flows over the network: one route for each, within the bandwidth of every link.
#include "llvm/ADT/STLExtras.h"
#include "network.h"

namespace groma::solve {

using plan::Index;
using plan::IsSome;

// The last month until which the same links and flows exist as in month t.
auto Network::LastChange(int t) const -> int {
  int last = reader_.months().count - 1;
  for (const Edge &edge : edges_) {
    if (edge.life.Has(t)) last = std::min(last, edge.life.last);
    if (edge.life.first > t) last = std::min(last, edge.life.first - 1);
    for (int later = t + 1; later <= last; ++later) {
      if (!IsSameUp(edge, t, later)) last = later - 1;
    }
  }
  for (const Flow &flow : flows_) {
    if (flow.months.Has(t)) last = std::min(last, flow.months.last);
    if (flow.months.first > t) last = std::min(last, flow.months.first - 1);
  }
  return std::max(t, last);
}

void Network::AddFlows() {
  for (int t = 0; t < reader_.months().count;) {
    const int last = LastChange(t);
    std::vector<uint32_t> flows;
    for (uint32_t f = 0; f < flows_.size(); ++f) {
      if (flows_[f].months.Has(t)) flows.push_back(f);
    }
    if (const auto routing = AddRouting(flows, {}, t, std::nullopt)) {
      for (int month = t; month <= last; ++month) AddLoads(*routing, flows, month);
      base_.push_back({{t, last}, *routing});
    }
    t = last + 1;
  }
}

// Nothing if some flow has no route.
auto Network::AddRouting(const std::vector<uint32_t> &flows, const std::set<uint32_t> &failed,
                         int t, std::optional<ColumnId> guard) -> std::optional<Routing> {
  Routing routing;
  routing.routes.resize(flows_.size());
  routing.columns.resize(flows_.size());
  for (const uint32_t f : flows) {
    routing.routes[f] = RoutesOf(flows_[f], failed, t);
    if (!routing.routes[f].empty()) continue;
    if (!guard && !llvm::is_contained(unroutable_, flows_[f].id)) {
      unroutable_.push_back(flows_[f].id);
    }
    return std::nullopt;
  }
  for (const uint32_t f : flows) {
    const Cause cause = instance_.FieldCause(flows_[f].id, KnownMember::FlowRate);
    Form picked;
    std::vector<reason::Group::Member> members;
    for (uint32_t r = 0; r < routing.routes[f].size(); ++r) {
      const ColumnId column = instance_.builder.Boolean();
      routing.columns[f].push_back(column);
      members.push_back({column, r});
      picked.Add(Form::Of(column), -1);
      // A route needs each of its links to have a circuit.
      for (const uint32_t e : routing.routes[f][r]) {
        if (edges_[e].up.empty()) continue;
        Form without = Form::Of(column);
        without.Add(edges_[e].up[t], -1);
        instance_.builder.AtMost(without, 0, kGiven);
      }
    }
    if (guard) {
      picked.Add(Form::Of(*guard));
      instance_.builder.AtMost(picked, 0, kGiven);
    } else {
      instance_.builder.program.AddGroup(members, 1, cause);
    }
  }
  return routing;
}

void Network::AddLoads(const Routing &routing, const std::vector<uint32_t> &flows, int t) {
  std::map<uint32_t, Form> load;  // by edge
  for (const uint32_t f : flows) {
    const Rational rate = reader_.NumberIn(flows_[f].rate, t).value_or(0);
    for (size_t r = 0; r < routing.routes[f].size(); ++r) {
      for (const uint32_t e : routing.routes[f][r]) {
        load[e].Add(Form::Of(routing.columns[f][r]), rate);
      }
    }
  }
  for (auto &[e, form] : load) {
    const EntityId link = edges_[e].link;
    if (!IsSome(link)) continue;
    const Offers offers = reader_.OffersOf(link);
    const Forms &chosen = instance_.ChosenOf(offers);
    bool has_limit = true;
    for (size_t o = 0; o < offers.count && has_limit; ++o) {
      const Value bandwidth = reader_.Get(link, KnownMember::LinkBandwidth, offers, o);
      const auto limit = reader_.NumberIn(bandwidth, t);
      has_limit = limit.has_value();
      if (limit) form.Add(chosen[o], Negate(*limit));
    }
    if (!has_limit) continue;
    instance_.builder.AtMost(form, 0, instance_.FieldCause(link, KnownMember::LinkBandwidth));
  }
}

// A site is cut off if it is not in the one part that holds most sites: where a far site hangs on
// one line, it is that site which is cut off when the line fails, not all the others.
auto Network::IsCutOff(uint32_t from, const std::set<uint32_t> &failed, int t) -> bool {
  std::set<uint32_t> left;
  for (const EntityId site : reader_.All(KnownKind::Site)) left.insert(NodeOf(site));
  size_t own = 0, largest_other = 0;
  while (!left.empty()) {
    const bool is_own = left.contains(from);
    const std::set<uint32_t> reached = Reached(is_own ? from : *left.begin(), failed, t);
    size_t size = 0;
    for (const uint32_t node : reached) size += left.erase(node);
    if (is_own) {
      own = size;
    } else {
      largest_other = std::max(largest_other, size);
    }
  }
  return own <= largest_other;
}

auto Network::Reachable(EntityId site, int failures, int t) -> std::optional<Form> {
  const int last = LastChange(t);
  const auto key = std::tuple(Index(site), failures, last);
  const auto known = reachable_.find(key);
  if (known != reachable_.end()) return known->second;
  const uint32_t from = NodeOf(site);
  std::vector<uint32_t> flows;
  for (uint32_t f = 0; f < flows_.size(); ++f) {
    const Flow &flow = flows_[f];
    if (flow.months.Has(t) && (flow.from == from || flow.to == from)) flows.push_back(f);
  }
  const auto sets = FailureSets(failures);
  auto result = NotCutOff(site, sets, t);
  const bool is_never = result && result->is_constant() && result->constant.is_zero();
  if (result && !is_never && !flows.empty()) {
    const ColumnId guard = instance_.builder.Boolean();
    Form cut_off = Form::Of(guard);
    cut_off.Add(*result, -1);
    instance_.builder.AtMost(cut_off, 0, kGiven);
    result = Form::Of(guard);
    for (const std::set<uint32_t> &failed : sets) {
      const auto routing = AddRouting(flows, failed, t, guard);
      if (!routing) {
        instance_.builder.AtMost(Form::Of(guard), 0, kGiven);
        break;
      }
      for (int month = t; month <= last; ++month) AddLoads(*routing, flows, month);
    }
  }
  return reachable_.emplace(key, result).first->second;
}

auto Network::ObstaclesOf(EntityId id) const -> std::vector<Obstacle> {
  std::vector<Obstacle> found;
  const auto flow = llvm::find_if(flows_, [&](const Flow &one) { return one.id == id; });
  if (flow == flows_.end()) return found;
  Flow any = *flow;
  any.encryption = 0;
  any.latency = Value::None();
  any.takes_all = true;
  const auto add = [&](EntityId link, KnownMember field) {
    const bool is_known = llvm::any_of(
        found, [&](const Obstacle &one) { return one.link == link && one.field == field; });
    if (IsSome(link) && !is_known) found.push_back({link, field});
  };
  bool has_open_route = false;
  const std::vector<Route> routes = RoutesOf(any, {}, flow->months.first);
  for (const Route &route : routes) {
    bool is_open = true;
    for (const uint32_t e : route) {
      const Edge &edge = edges_[e];
      const size_t before = found.size();
      if (edge.encryption < flow->encryption) add(edge.link, KnownMember::LinkEncryption);
      if (edge.is_down || edge.is_unknown) add(edge.link, KnownMember::LinkCircuits);
      if (!edge.life.Has(flow->months.first) || !edge.life.Has(flow->months.last)) {
        add(edge.link, KnownMember::LinkRetire);
      }
      is_open &= before == found.size();
    }
    has_open_route |= is_open;
  }
  // With routes that are open they are too long.
  if (has_open_route) {
    for (const Route &route : routes) {
      for (const uint32_t e : route) add(edges_[e].link, KnownMember::LinkLatency);
    }
  }
  return found;
}

auto Network::UsedOn(EntityId link, int t) const -> Form {
  Form sum;
  for (const auto &[range, routing] : base_) {
    if (!range.Has(t)) continue;
    for (size_t f = 0; f < flows_.size(); ++f) {
      for (size_t r = 0; r < routing.routes[f].size(); ++r) {
        for (const uint32_t e : routing.routes[f][r]) {
          if (edges_[e].link != link) continue;
          sum.Add(Form::Of(routing.columns[f][r]), reader_.NumberIn(flows_[f].rate, t).value_or(0));
        }
      }
    }
  }
  return sum;
}

auto Network::LeavingFrom(EntityId site, int t) const -> Form {
  const auto place = node_of_.find(Index(site));
  Form sum;
  if (place == node_of_.end()) return sum;
  for (const auto &[range, routing] : base_) {
    if (!range.Has(t)) continue;
    for (size_t f = 0; f < flows_.size(); ++f) {
      const Flow &flow = flows_[f];
      const Rational rate = reader_.NumberIn(flow.rate, t).value_or(0);
      for (size_t r = 0; r < routing.routes[f].size(); ++r) {
        uint32_t node = flow.from;
        bool leaves = node == place->second;
        for (const uint32_t e : routing.routes[f][r]) {
          node = edges_[e].a == node ? edges_[e].b : edges_[e].a;
          leaves |= node == place->second && node != flow.to;
        }
        if (leaves) sum.Add(Form::Of(routing.columns[f][r]), rate);
      }
    }
  }
  return sum;
}

auto Network::IsOnRoute(EntityId flow, EntityId link) const -> Form {
  Form sum;
  for (const auto &[range, routing] : base_) {
    for (size_t f = 0; f < flows_.size(); ++f) {
      if (flows_[f].id != flow) continue;
      for (size_t r = 0; r < routing.routes[f].size(); ++r) {
        const bool is_over =
            llvm::any_of(routing.routes[f][r], [&](uint32_t e) { return edges_[e].link == link; });
        if (is_over) sum.Add(Form::Of(routing.columns[f][r]));
      }
    }
    break;
  }
  return sum;
}

}  // namespace groma::solve
