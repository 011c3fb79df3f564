// SPDX-License-Identifier: Apache-2.0
// Fixed places for what groma makes by itself at a site: each purpose has its own, whether it is used or not, so that
// what comes later moves nothing.
#pragma once

#include <optional>

#include "groma/base/cidr.h"

namespace groma::addresses {

using base::Cidr;

// Subnets whose names and least sizes Azure gives. What does not fit is absent.
struct Reserved {
  std::optional<Cidr> gateway;              // /26, for up to 16 circuits; /27 where there is no more
  std::optional<Cidr> firewall;             // /26
  std::optional<Cidr> firewall_management;  // /26
  std::optional<Cidr> bastion;              // /26
  std::optional<Cidr> route_server;         // /27, kept for a router beside the gateways
  std::optional<Cidr> resolver_in;          // /28
  std::optional<Cidr> resolver_out;         // /28
};

// Inside of the network of a site's machines.
struct Network {
  Cidr servers;        // its lower half
  Cidr endpoints;      // /24, or a half of the third quarter where that is less
  Cidr most_endpoints; // that half: endpoints that outgrow their block get all of it
  Reserved reserved;   // at the end of the third quarter
  Cidr declared;       // the last quarter: subnets that the plan declares
};

// Of a site's addresses.
struct Site {
  Cidr network;                 // the lower half
  Cidr networks;                // the third quarter: further networks that the plan declares
  std::optional<Cidr> hub;      // the last /23: a hub network
  std::optional<Cidr> wan_hub;  // the one before it: a hub of a virtual WAN
};

constexpr std::uint32_t kHubPrefix = 23;
constexpr std::uint32_t kLeastPrefix = 29;  // of a subnet of Azure
constexpr std::uint64_t kKept = 5;          // addresses of each subnet that Azure keeps for itself

// Nothing if the block is too small to be divided at all.
auto SiteIn(Cidr supernet) -> std::optional<Site>;
auto NetworkIn(Cidr range) -> std::optional<Network>;
// From the start of the block on.
auto ReservedIn(Cidr block) -> Reserved;

// The prefix of the smallest subnet that has room for so many addresses beside those that Azure keeps.
auto PrefixFor(std::uint64_t addresses) -> std::uint32_t;

}  // namespace groma::addresses
