// SPDX-License-Identifier: Apache-2.0
// Machines of the plan that stand in Azure, as far as it does not matter what starts programs on them.
#pragma once

#include "context.h"

namespace groma::lower::azure {

struct Nodes {
  EntityId of{};
  Place *place = nullptr;
  std::string role;     // tells machines of several sizes apart; empty where there is one
  EntityId sku{};
  std::string size;     // as Azure calls it
  int64_t now = 0, least = 0, most = 0;  // how many
  bool follows_load = false;
  bool is_spot = false, has_gpus = false, is_amd = false;
  bool is_one_fabric = false;  // they reach each other over InfiniBand
  // Set by ReadHardware.
  std::string mig;  // the word of Azure for the parts of each GPU; empty where it stays one
  bool has_own_driver = false, is_trusted = false;
  int64_t zones = 1;
  std::string runs_on;
  std::optional<std::string> image;
  // Set by Reserve.
  Value zone;
  ResourceId reservation = resources::kNoResource, proximity = resources::kNoResource;
  resources::Spans because, because_sku, because_count, because_fabric;

  auto varies() const -> bool { return least != most; }
};

// Without those that are none in the whole horizon.
auto NodesOf(Context &context) -> std::vector<Nodes>;

// The parameter with how many there are.
auto CountOf(Context &context, const Nodes &nodes) -> Value;
// The parameter with the zone of machines that must stand in one; nothing where the region has none.
auto ZoneOf(Context &context, const Nodes &nodes) -> Value;
// `["1", "2"]`; nothing where the machines need not be spread.
auto ZonesOf(Context &context, const Nodes &nodes) -> Value;

}  // namespace groma::lower::azure
