// SPDX-License-Identifier: Apache-2.0
// The share of a month in which a workload answers, from the parts that it needs: the sites and
// pools on which it runs and the services that it uses. What nobody promises anything about is not
// counted.
#pragma once

#include <functional>

#include "instance.h"

namespace groma::solve {

class Availability {
 public:
  // `any`: 1 if one of these is.
  using AnyOf = std::function<Form(const std::vector<Form> &)>;
  Availability(Instance &instance, AnyOf any)
      : instance_(instance), reader_(instance.reader), any_(std::move(any)) {}

  // As a form over where it may be placed. Makes columns. Nothing if there are too many ways to
  // place it, or if it is split within sites that have to stand in for each other.
  auto FormOf(const Workload &workload) -> std::optional<Form>;
  // Where it has been placed.
  auto ValueOf(const Workload &workload, const std::vector<int64_t> &values) -> Rational;

 private:
  // Parts that are down in the same way, and of which some are taken.
  struct Class {
    Rational up = 1;
    std::vector<Form> taken;  // 1 for each that is
  };
  auto UpOf(EntityId asset) -> Rational;
  auto UpOf(const Cell &cell) -> Rational;
  auto ServicesUp(const Workload &workload) -> Rational;
  // Classes of what a workload may take: cells where one pool at each site carries it, else sites
  // and pools, all of which it needs.
  auto ClassesOf(const Workload &workload) -> std::optional<std::vector<Class>>;
  auto AllNeeded(const Workload &workload) -> std::vector<Class>;
  // The same reckoning for what may be taken and for what is.
  auto UpOf(const Workload &workload, const std::vector<Rational> &ups) -> Rational;
  auto SplitWithinSites(const Workload &workload, const std::vector<int64_t> &values) -> Rational;

  Instance &instance_;
  Reader &reader_;
  AnyOf any_;
};

}  // namespace groma::solve
