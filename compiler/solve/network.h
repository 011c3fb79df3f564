// SPDX-License-Identifier: Apache-2.0
// Sites, networks and the links between them as a graph: what reaches what, over which routes, and
// after which failures.
#pragma once

#include <set>

#include "instance.h"
#include "promises.h"

namespace groma::solve {

class Network {
 public:
  explicit Network(Instance &instance);

  // Every flow has a route in every month; what links then carry.
  void AddFlows();
  // 1 if a site still reaches every other site, and its flows their ends, after any `failures`
  // circuits, gateways or links have failed. A constant where nothing that is chosen matters;
  // nothing if it cannot be worked out.
  auto Reachable(EntityId site, int failures, int t) -> std::optional<Form>;
  // Whether that was asked before.
  auto HasReachable(EntityId site, int failures, int t) const -> bool {
    return reachable_.contains(std::tuple(plan::Index(site), failures, LastChange(t)));
  }
  // Bandwidth that flows use on a link in a month; nothing if it is no link of the network.
  auto UsedOn(EntityId link, int t) const -> Form;
  // Data in a second that leave a site in a month: flows that begin there, or pass through it.
  auto LeavingFrom(EntityId site, int t) const -> Form;
  // 1 if the route of a flow leads over a link.
  auto IsOnRoute(EntityId flow, EntityId link) const -> Form;
  // Where routes would lead if no field ruled them out: the links that are ruled out, and by what.
  struct Obstacle {
    EntityId link{};
    KnownMember field{};
  };
  auto ObstaclesOf(EntityId flow) const -> std::vector<Obstacle>;
  // What has to be got to from a place: one of the places where a thing is.
  struct Need {
    EntityId thing{};
    std::vector<EntityId> at;
  };
  struct Asked {
    EntityId site{};
    std::vector<Need> needs;
  };
  // The share of time in which links stand so that these of the sites that were asked about get to
  // all that they need.
  struct LinkState {
    Rational share;
    std::vector<uint8_t> gets;  // by site
  };
  struct Connections {
    std::vector<std::vector<LinkState>> months;  // for each stretch of them with the same links
    std::vector<EntityId> links;                 // that matter and may be down
  };
  // Links of which is open whether they will have a circuit count as down; nothing if more hangs on
  // them, or if there are too many ways in which links may stand.
  auto StatesFor(const std::vector<Asked> &asked, MonthRange months, Promises &promises,
                 const std::vector<int64_t> *values) -> std::optional<Connections>;
  // The flow that no route can carry whatever is chosen, if there is one.
  auto unroutable() const -> const std::vector<EntityId> & { return unroutable_; }

 private:
  struct Edge {
    uint32_t a = 0, b = 0;
    EntityId link{};  // none: a member of a network
    bool may_transit = true;
    uint32_t own = ~0U;           // the link itself, as a thing that can fail
    std::set<uint32_t> elements;  // what breaks it: the link itself, gateways
    Rational latency;
    uint32_t encryption = 0;
    MonthRange life;
    std::vector<Form> up;     // 1 if it has a circuit, by month; empty if it always has one
    bool is_down = false;     // it never has one
    bool is_unknown = false;  // that cannot be worked out
  };
  struct Cases;
  struct Flow {
    EntityId id{};
    uint32_t from = 0, to = 0;
    MonthRange months;
    Value rate, latency;
    uint32_t encryption = 0;
    bool takes_all = false;  // links without a circuit and those that are given back too
  };
  using Route = std::vector<uint32_t>;  // edges
  // A choice of one route for each of some flows, under one set of failures.
  struct Routing {
    std::vector<std::vector<Route>> routes;      // by flow
    std::vector<std::vector<ColumnId>> columns;  // likewise
  };

  auto PlaceOf(EntityId thing) -> std::optional<uint32_t>;
  auto NodeOf(EntityId place) -> uint32_t;
  void AddLink(EntityId link);
  void AddMembers(EntityId network);
  // circuits.cpp
  void AddCircuits(Edge &edge);
  auto CircuitsIn(const Value &value, int t, std::optional<Form> &at_least_one)
      -> std::optional<Form>;
  static auto IsSameUp(const Edge &edge, int t, int other) -> bool;
  auto Explore(Cases &cases) -> bool;
  auto NotCutOff(EntityId site, const std::vector<std::set<uint32_t>> &sets, int t)
      -> std::optional<Form>;
  void TellCutOff(EntityId site, const std::vector<std::set<uint32_t>> &sets, int t);
  auto NameOfElement(uint32_t element) const -> std::string;

  // connections.cpp
  auto UpsOfElements(Promises &promises) const -> std::map<uint32_t, Rational>;
  auto WithoutCircuit(int t, const std::vector<int64_t> *values, bool is_sure) const
      -> std::set<uint32_t>;
  auto Gets(EntityId from, const Need &need, const std::set<uint32_t> &failed, int t) -> bool;
  auto UncertainTo(EntityId from, const Need &need, const std::set<uint32_t> &failed, int t,
                   const std::map<uint32_t, Rational> &ups, std::set<uint32_t> &found) -> bool;

  void AddFlow(EntityId flow);
  auto MayPass(uint32_t node, const Edge &in, const Edge &out) const -> bool;
  auto IsUp(const Edge &edge, const std::set<uint32_t> &failed, int t) const -> bool;
  auto Reached(uint32_t from, const std::set<uint32_t> &failed, int t) const -> std::set<uint32_t>;
  auto IsCutOff(uint32_t from, const std::set<uint32_t> &failed, int t) -> bool;
  auto RoutesOf(const Flow &flow, const std::set<uint32_t> &failed, int t) const
      -> std::vector<Route>;
  auto FailureSets(int failures) const -> std::vector<std::set<uint32_t>>;
  auto AddRouting(const std::vector<uint32_t> &flows, const std::set<uint32_t> &failed, int t,
                  std::optional<ColumnId> guard) -> std::optional<Routing>;
  void AddLoads(const Routing &routing, const std::vector<uint32_t> &flows, int t);
  auto LastChange(int t) const -> int;

  Instance &instance_;
  Reader &reader_;
  std::vector<EntityId> nodes_;
  std::map<uint32_t, uint32_t> node_of_;
  std::vector<Edge> edges_;
  std::vector<Flow> flows_;
  std::map<std::pair<uint32_t, std::string>, uint32_t> gateways_;
  uint32_t element_count_ = 0;
  std::vector<std::pair<MonthRange, Routing>> base_;  // what carries all flows, by months
  std::map<std::tuple<uint32_t, int, int>, std::optional<Form>> reachable_;
  std::vector<EntityId> unroutable_;
};

// After the flows have routes, and before budgets count what is spent.
void AddEgress(Instance &instance, const Network &network);

}  // namespace groma::solve
