// SPDX-License-Identifier: Apache-2.0
// Which pools a workload may be placed on, by what both of them say.
#pragma once

#include "instance.h"

namespace groma::solve {

class Eligibility {
 public:
  explicit Eligibility(Instance &instance) : instance_(instance), reader_(instance.reader) {}

  // The field of the workload, or of the pool, that rules the place out; kGiven if nothing does.
  auto WhatForbids(const Workload &workload, const Pool &pool, const PoolOffer &offer)
      -> std::optional<Cause>;

 private:
  // What is asked of a workload again and again.
  struct Needs {
    EntityId id{};
    Value gpu, runs_on, only_on, users;
  };
  auto NeedsOf(EntityId workload) -> const Needs &;
  auto FitsGpu(const Needs &needs, const PoolOffer &offer) -> bool;
  auto RunsOn(const Needs &needs, const Value &runs_on) -> bool;
  auto IsNear(const Needs &needs, const PoolOffer &offer) -> bool;

  Instance &instance_;
  Reader &reader_;
  Needs needs_;
};

// The time there and back between two sites, or from people in a part of the world to a site:
// measured, of a link, of a catalogue, or estimated by distance. In seconds; nothing if unknown.
class Distances {
 public:
  explicit Distances(Reader &reader) : reader_(reader) {}
  auto Between(EntityId a, EntityId b) -> std::optional<Rational>;
  auto FromGeography(const Value &geography, EntityId site) -> std::optional<Rational>;

 private:
  auto Measured(EntityId a, EntityId b) -> std::optional<Rational>;
  auto Listed(EntityId a, EntityId b) -> std::optional<Rational>;
  auto IsSameRegion(EntityId site, EntityId region) const -> bool;

  Reader &reader_;
};

// Estimates the time there and back between two points of the earth, in seconds.
auto EstimateRoundTrip(Rational latitude, Rational longitude, Rational other_latitude,
                       Rational other_longitude) -> Rational;

}  // namespace groma::solve
