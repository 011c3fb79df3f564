// SPDX-License-Identifier: Apache-2.0
#include "groma/addresses/layout.h"

#include <gtest/gtest.h>

#include <vector>

#include "groma/addresses/overlap.h"

namespace groma::addresses {
namespace {

auto C(const char *text) -> Cidr { return *Cidr::Parse(text).cidr; }

// All places of the block, which may be used at the same time.
auto All(const Reserved &reserved) -> std::vector<Cidr> {
  std::vector<Cidr> all;
  for (const auto &one : {reserved.gateway, reserved.firewall, reserved.firewall_management,
                          reserved.bastion, reserved.route_server, reserved.resolver_in,
                          reserved.resolver_out}) {
    if (one) all.push_back(*one);
  }
  return all;
}

TEST(Layout, OfAWholeSite) {
  const Site site = *SiteIn(C("10.64.0.0/16"));
  EXPECT_EQ(site.network.ToString(), "10.64.0.0/17");
  EXPECT_EQ(site.networks.ToString(), "10.64.128.0/18");
  EXPECT_EQ(site.hub->ToString(), "10.64.254.0/23");
  EXPECT_EQ(site.wan_hub->ToString(), "10.64.252.0/23");
  const Network network = *NetworkIn(site.network);
  EXPECT_EQ(network.servers.ToString(), "10.64.0.0/18");
  EXPECT_EQ(network.endpoints.ToString(), "10.64.64.0/24");
  EXPECT_EQ(network.most_endpoints.ToString(), "10.64.64.0/20");
  EXPECT_EQ(network.reserved.gateway->ToString(), "10.64.94.0/26");
  EXPECT_EQ(network.declared.ToString(), "10.64.96.0/19");
}

TEST(Layout, OfAHub) {
  const Reserved reserved = ReservedIn(C("10.0.0.0/23"));
  EXPECT_EQ(reserved.gateway->ToString(), "10.0.0.0/26");
  EXPECT_EQ(reserved.firewall->ToString(), "10.0.0.64/26");
  EXPECT_EQ(reserved.firewall_management->ToString(), "10.0.0.128/26");
  EXPECT_EQ(reserved.bastion->ToString(), "10.0.0.192/26");
  EXPECT_EQ(reserved.route_server->ToString(), "10.0.1.0/27");
  EXPECT_EQ(reserved.resolver_in->ToString(), "10.0.1.64/28");
  EXPECT_EQ(reserved.resolver_out->ToString(), "10.0.1.80/28");
}

TEST(Layout, SmallSitesHaveNoRoomForAll) {
  EXPECT_FALSE(SiteIn(C("10.0.0.0/30")));
  EXPECT_FALSE(NetworkIn(C("10.0.0.0/28")));
  EXPECT_TRUE(SiteIn(C("10.0.0.0/22"))->hub);
  EXPECT_FALSE(SiteIn(C("10.0.0.0/22"))->wan_hub);
  EXPECT_FALSE(SiteIn(C("10.0.0.0/23"))->hub);
  EXPECT_EQ(NetworkIn(C("10.0.0.0/24"))->reserved.gateway->ToString(), "10.0.0.160/27");
}

TEST(Layout, NothingOfItOverlaps) {
  for (uint32_t prefix = 8; prefix <= 30; ++prefix) {
    const Cidr supernet = Cidr::Around(0x0A000000, prefix);
    const auto site = SiteIn(supernet);
    if (!site) continue;
    std::vector<Claim> claims;
    const auto add = [&](Cidr block) {
      EXPECT_TRUE(supernet.Contains(block)) << prefix;
      EXPECT_LE(block.prefix(), kLeastPrefix) << prefix;
      claims.push_back({block, 0, claims.size()});
    };
    add(site->network);
    if (site->hub) add(*site->hub);
    if (site->wan_hub) add(*site->wan_hub);
    // A smaller one has its hubs where a larger one has its further networks.
    if (prefix <= 20) add(site->networks);
    EXPECT_TRUE(Overlaps(claims).empty()) << prefix;
    const auto network = NetworkIn(site->network);
    if (!network) continue;
    claims.clear();
    add(network->servers);
    add(network->most_endpoints);
    add(network->declared);
    for (const Cidr block : All(network->reserved)) add(block);
    EXPECT_TRUE(Overlaps(claims).empty()) << prefix;
    EXPECT_TRUE(network->most_endpoints.Contains(network->endpoints)) << prefix;
    for (const Claim &claim : claims) EXPECT_TRUE(site->network.Contains(claim.block)) << prefix;
  }
}

TEST(Layout, SubnetsHaveRoomBesideWhatAzureKeeps) {
  EXPECT_EQ(PrefixFor(0), 29U);
  EXPECT_EQ(PrefixFor(3), 29U);
  EXPECT_EQ(PrefixFor(4), 28U);
  EXPECT_EQ(PrefixFor(251), 24U);
  EXPECT_EQ(PrefixFor(252), 23U);
}

}  // namespace
}  // namespace groma::addresses
