// SPDX-License-Identifier: Apache-2.0
// How surely places reach what they need: links and gateways fail apart from each other, and each
// way in which they may stand is weighed by the share of time in which they stand so.
#include "llvm/ADT/STLExtras.h"
#include "network.h"

namespace groma::solve {

using plan::IsSome;

namespace {

// So many things that may be down are told apart; there are 2^n ways in which they may stand.
constexpr size_t kMostUncertain = 10;

}  // namespace

// Of a link itself, or of the gateway that it shares with others of its sort.
auto Network::UpsOfElements(Promises &promises) const -> std::map<uint32_t, Rational> {
  std::map<uint32_t, Rational> ups;
  for (const Edge &edge : edges_) {
    if (!IsSome(edge.link)) continue;
    const Promise promise = promises.Of(edge.link);
    if (promise.up == Rational(1)) continue;
    const bool is_shared = promise.is_shared && edge.elements.size() > 1;
    for (const uint32_t element : edge.elements) {
      if (is_shared == (element == edge.own)) continue;
      const auto [at, is_new] = ups.try_emplace(element, promise.up);
      at->second = std::min(at->second, promise.up);
    }
  }
  return ups;
}

// What has no circuit in a month, surely or for all one knows.
auto Network::WithoutCircuit(int t, const std::vector<int64_t> *values, bool is_sure) const
    -> std::set<uint32_t> {
  std::set<uint32_t> without;
  for (const Edge &edge : edges_) {
    if (edge.is_unknown && !is_sure) without.insert(edge.own);
    if (edge.up.empty()) continue;
    const Form &up = edge.up[t];
    const bool is_open = !up.is_constant() && values == nullptr && !edge.is_down;
    const bool is_down =
        edge.is_down || (!is_open && (values ? up.ValueAt(*values) : up.constant).sign() <= 0);
    if (is_down || (is_open && !is_sure)) without.insert(edge.own);
  }
  return without;
}

// Where a thing stands, one gets to it by its own links, if it has some; from elsewhere by any way.
auto Network::Gets(EntityId from, const Need &need, const std::set<uint32_t> &failed, int t)
    -> bool {
  if (!llvm::is_contained(need.at, from)) {
    const std::set<uint32_t> reached = Reached(NodeOf(from), failed, t);
    return llvm::any_of(need.at, [&](EntityId at) { return reached.contains(NodeOf(at)); });
  }
  bool has_own = false;
  for (const Edge &edge : edges_) {
    if (!IsSome(edge.link) || !edge.life.Has(t)) continue;
    const Value between = reader_.Get(edge.link, KnownMember::LinkBetween);
    const bool is_own = llvm::any_of(between.elements(), [&](const Value &end) {
      return end.tag == ValueTag::Entity && end.entity == need.thing;
    });
    if (is_own && IsUp(edge, failed, t)) return true;
    has_own |= is_own;
  }
  return !has_own;
}

// The things on a way from a place to what it needs that may be down; nothing if there are too many
// ways.
auto Network::UncertainTo(EntityId from, const Need &need, const std::set<uint32_t> &failed, int t,
                          const std::map<uint32_t, Rational> &ups, std::set<uint32_t> &found)
    -> bool {
  constexpr size_t kMostRoutes = 64;
  const auto add = [&](const Edge &edge) {
    for (const uint32_t element : edge.elements) {
      if (ups.contains(element)) found.insert(element);
    }
  };
  if (llvm::is_contained(need.at, from)) {
    for (const Edge &edge : edges_) {
      if (!IsSome(edge.link)) continue;
      for (const Value &end : reader_.Get(edge.link, KnownMember::LinkBetween).elements()) {
        if (end.tag == ValueTag::Entity && end.entity == need.thing) add(edge);
      }
    }
    return true;
  }
  for (const EntityId at : need.at) {
    Flow flow;
    flow.from = NodeOf(from);
    flow.to = NodeOf(at);
    const auto routes = RoutesOf(flow, failed, t);
    if (routes.size() >= kMostRoutes) return false;
    for (const Route &route : routes) {
      for (const uint32_t e : route) add(edges_[e]);
    }
  }
  return true;
}

auto Network::StatesFor(const std::vector<Asked> &asked, MonthRange months, Promises &promises,
                        const std::vector<int64_t> *values) -> std::optional<Connections> {
  Connections all;
  if (llvm::all_of(asked, [](const Asked &one) { return one.needs.empty(); })) {
    all.months = {{{1, std::vector<uint8_t>(asked.size(), 1)}}};
    return all;
  }
  const std::map<uint32_t, Rational> ups = UpsOfElements(promises);
  // What no link leads to in any month is reached in a way that the plan does not tell.
  std::vector<std::vector<uint8_t>> is_told;
  for (const Asked &one : asked) {
    auto &told = is_told.emplace_back(one.needs.size());
    for (int t = months.first; t <= months.last; t = LastChange(t) + 1) {
      const auto without = WithoutCircuit(t, values, true);
      for (size_t n = 0; n < told.size(); ++n) {
        if (Gets(one.site, one.needs[n], without, t)) told[n] = 1;
      }
    }
  }
  for (int t = months.first; t <= months.last; t = LastChange(t) + 1) {
    const auto surely = WithoutCircuit(t, values, true);
    const auto without = WithoutCircuit(t, values, false);
    std::set<uint32_t> uncertain;
    for (size_t i = 0; i < asked.size(); ++i) {
      for (size_t n = 0; n < asked[i].needs.size(); ++n) {
        const Need &need = asked[i].needs[n];
        if (is_told[i][n] == 0) continue;
        // It hangs on a link of which nobody knows yet whether it will be there.
        if (!Gets(asked[i].site, need, without, t) && Gets(asked[i].site, need, surely, t)) {
          return std::nullopt;
        }
        if (!UncertainTo(asked[i].site, need, without, t, ups, uncertain)) return std::nullopt;
      }
    }
    if (uncertain.size() > kMostUncertain) return std::nullopt;
    const std::vector<uint32_t> elements(uncertain.begin(), uncertain.end());
    std::map<std::vector<uint8_t>, Rational> shares;
    for (uint32_t down = 0; down < 1U << elements.size(); ++down) {
      Rational share = 1;
      std::set<uint32_t> failed = without;
      for (size_t e = 0; e < elements.size(); ++e) {
        const Rational up = ups.at(elements[e]);
        const bool is_down = (down >> e & 1U) != 0;
        share = Both(share, is_down ? base::Sub(1, up).value_or(0) : up);
        if (is_down) failed.insert(elements[e]);
      }
      std::vector<uint8_t> gets;
      for (size_t i = 0; i < asked.size(); ++i) {
        bool gets_all = true;
        for (size_t n = 0; n < asked[i].needs.size() && gets_all; ++n) {
          gets_all = is_told[i][n] == 0 || Gets(asked[i].site, asked[i].needs[n], failed, t);
        }
        gets.push_back(gets_all ? 1 : 0);
      }
      Rational &sum = shares[std::move(gets)];
      sum = base::Add(sum, share).value_or(sum);
    }
    std::vector<LinkState> &states = all.months.emplace_back();
    for (auto &[gets, share] : shares) states.push_back({share, gets});
    for (const uint32_t element : elements) {
      for (const Edge &edge : edges_) {
        const bool is_on_it = IsSome(edge.link) && edge.elements.contains(element);
        if (is_on_it && !llvm::is_contained(all.links, edge.link)) all.links.push_back(edge.link);
      }
    }
  }
  return all;
}

}  // namespace groma::solve
