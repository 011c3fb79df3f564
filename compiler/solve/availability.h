// SPDX-License-Identifier: Apache-2.0
// The share of a month in which a workload answers, from the parts that it needs: the sites and
// pools on which it runs, the services that it uses, and the links by which it gets to these and to
// its users. What nobody promises anything about is not counted.
#pragma once

#include <functional>

#include "network.h"

namespace groma::solve {

class Availability {
 public:
  // `any`: 1 if one of these is.
  using AnyOf = std::function<Form(const std::vector<Form> &)>;
  Availability(Instance &instance, Network &network, AnyOf any)
      : instance_(instance),
        reader_(instance.reader),
        network_(network),
        promises_(instance.reader),
        any_(std::move(any)) {}

  // As a form over where it may be placed. Makes columns. Nothing if there are too many ways to
  // place it or in which links may stand, or if it is split within sites that have to stand in for
  // each other.
  auto FormOf(const Workload &workload) -> std::optional<Form>;
  // Where it has been placed.
  auto ValueOf(const Workload &workload, const std::vector<int64_t> &values)
      -> std::optional<Rational>;

 private:
  // How much of the time a part is up, for each way in which the links may stand.
  using Ups = std::vector<Rational>;
  // Parts that are down in the same way, and of which some are taken.
  struct Class {
    Ups up;
    std::vector<Form> taken;  // 1 for each that is
  };
  // How links stand between the sites on which a workload may be and what it needs.
  struct World {
    std::vector<EntityId> sites;
    Network::Connections connections;
    std::vector<Network::LinkState> states;  // of all stretches of months, one after the other
  };
  auto Enter(const Workload &workload, const std::vector<int64_t> *values) -> bool;
  auto NeedsOf(const Workload &workload) -> std::vector<Network::Need>;
  auto UpOf(EntityId asset) -> Rational { return promises_.Of(asset).up; }
  auto Always(Rational up) const -> Ups { return Ups(world_.states.size(), up); }
  // A site, as far as it gets to all that the workload needs.
  auto SiteUp(EntityId site) -> Ups;
  auto UpOf(const Cell &cell) -> Ups;
  void Tell(const Workload &workload, Rational best);
  auto ServicesUp(const Workload &workload) -> Rational;
  // Classes of what a workload may take: cells where one pool at each site carries it, else sites
  // and pools, all of which it needs.
  auto ClassesOf(const Workload &workload) -> std::optional<std::vector<Class>>;
  auto AllNeeded(const Workload &workload) -> std::vector<Class>;
  // The same reckoning for what may be taken and for what is.
  auto UpOf(const Workload &workload, const std::vector<Ups> &ups) -> Rational;
  auto SplitWithinSites(const Workload &workload, const std::vector<int64_t> &values) -> Rational;

  Instance &instance_;
  Reader &reader_;
  Network &network_;
  Promises promises_;
  AnyOf any_;
  World world_;  // of the workload that is looked at
};

}  // namespace groma::solve
