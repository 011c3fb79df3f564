// SPDX-License-Identifier: Apache-2.0
#include "layout.h"

#include <algorithm>

namespace groma::addresses {
namespace {

constexpr std::uint32_t kMost = 32;

auto Part(Cidr block, std::uint32_t deeper, std::uint64_t index) -> std::optional<Cidr> {
  const std::uint32_t prefix = block.prefix() + deeper;
  return prefix > kLeastPrefix ? std::nullopt : block.Subnet(prefix, index);
}

// The block of that prefix that starts so many addresses after the start, if it lies inside.
auto At(Cidr block, std::uint32_t offset, std::uint32_t prefix) -> std::optional<Cidr> {
  if (prefix < block.prefix() || offset >= block.size()) return std::nullopt;
  return Cidr::Around(block.first() + offset, prefix);
}

}  // namespace

auto ReservedIn(Cidr block) -> Reserved {
  Reserved reserved;
  reserved.gateway = At(block, 0, block.prefix() == 27 ? 27 : 26);
  reserved.firewall = At(block, 64, 26);
  reserved.firewall_management = At(block, 128, 26);
  reserved.bastion = At(block, 192, 26);
  reserved.route_server = At(block, 256, 27);
  reserved.resolver_in = At(block, 320, 28);
  reserved.resolver_out = At(block, 336, 28);
  return reserved;
}

auto NetworkIn(Cidr range) -> std::optional<Network> {
  const auto servers = Part(range, 1, 0);
  const auto third = Part(range, 2, 2);
  const auto declared = Part(range, 2, 3);
  if (!servers || !third || !declared) return std::nullopt;
  Network network;
  network.servers = *servers;
  network.declared = *declared;
  const auto half = Part(*third, 1, 0);
  if (!half) {
    network.endpoints = network.most_endpoints = *third;
    return network;
  }
  network.most_endpoints = *half;
  network.endpoints = Cidr::Around(half->first(), std::max(24U, half->prefix()));
  const std::uint32_t prefix = std::max(kHubPrefix, half->prefix());
  network.reserved = ReservedIn(Cidr::Around(third->last(), prefix));
  return network;
}

auto SiteIn(Cidr supernet) -> std::optional<Site> {
  const auto network = Part(supernet, 1, 0);
  const auto networks = Part(supernet, 2, 2);
  if (!network || !networks) return std::nullopt;
  Site site;
  site.network = *network;
  site.networks = *networks;
  const auto last = Part(supernet, 2, 3);
  // Both hubs in the last quarter; where that is too small, the one has the other half and the other has none.
  const Cidr end = last && last->prefix() < kHubPrefix ? *last : *Part(supernet, 1, 1);
  if (end.prefix() > kHubPrefix) return site;
  site.hub = Cidr::Around(end.last(), kHubPrefix);
  if (end.prefix() < kHubPrefix) site.wan_hub = Cidr::Around(site.hub->first() - 1, kHubPrefix);
  return site;
}

auto PrefixFor(std::uint64_t addresses) -> std::uint32_t {
  std::uint32_t prefix = kLeastPrefix;
  while (prefix > 0 && (std::uint64_t{1} << (kMost - prefix)) < addresses + kKept) --prefix;
  return prefix;
}

}  // namespace groma::addresses
