// SPDX-License-Identifier: Apache-2.0
// Gateways of virtual networks, and where they stand.
#pragma once

#include "groma/resources/azure/gateways.h"
#include "sizes.h"

namespace groma::lower::azure {

using resources::azure::NetworkGateway;

struct Wanted {
  std::string role;  // in names: "vpn"
  std::string sort;  // as Azure calls it: "Vpn"
  std::string title;
  size_t addresses = 1;  // public ones: machines of which it consists
  Size size = {};
  std::vector<std::string> sizes = {};  // between which whoever deploys may choose
};

// Its size, its addresses and its place; the rest is for who asked for it.
auto AddGateway(Context &context, Place &place, const Wanted &wanted, const Load &load)
    -> std::optional<Making<NetworkGateway>>;

}  // namespace groma::lower::azure
