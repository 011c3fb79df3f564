// SPDX-License-Identifier: Apache-2.0
// Virtual WANs of Azure: hubs, and what is joined to them.
#pragma once

#include "groma/resources/azure/network.h"

namespace groma::resources::azure {

struct VirtualWan {
  static constexpr Field kSort{
      .arm = "properties.type", .azurerm = "type", .words = "Basic|Standard"};
  static constexpr Field kBranches{.arm = "properties.allowBranchToBranchTraffic",
                                   .azurerm = "allow_branch_to_branch_traffic"};
  static constexpr Field kUnencrypted{.arm = "properties.disableVpnEncryption",
                                      .azurerm = "disable_vpn_encryption"};
  static constexpr std::array kFields = {&kSort, &kBranches, &kUnencrypted};
  static constexpr Type kType{.arm = "Microsoft.Network/virtualWans",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_virtual_wan",
                              .word = "vwan",
                              .title = "virtual WAN",
                              .naming = {.abbreviation = "vwan"},
                              .fields = kFields};
};

struct VirtualHub {
  static constexpr Field kSku{
      .arm = "properties.sku", .azurerm = "sku", .words = "Basic|Standard"};
  static constexpr Field kRange{.arm = "properties.addressPrefix", .azurerm = "address_prefix"};
  static constexpr Field kWan{.arm = "properties.virtualWan.id", .azurerm = "virtual_wan_id"};
  static constexpr Field kPreference{.arm = "properties.hubRoutingPreference",
                                     .azurerm = "hub_routing_preference",
                                     .words = "ExpressRoute|VpnGateway|ASPath"};
  static constexpr Field kCapacity{
      .arm = "properties.virtualRouterAutoScaleConfiguration.minCapacity",
      .azurerm = "virtual_router_auto_scale_min_capacity"};
  static constexpr std::array kFields = {&kSku, &kRange, &kWan, &kPreference, &kCapacity};
  static constexpr Type kType{.arm = "Microsoft.Network/virtualHubs",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_virtual_hub",
                              .word = "vhub",
                              .title = "virtual hub",
                              .naming = {.abbreviation = "vhub"},
                              .fields = kFields};
};

struct HubConnection {
  static constexpr Field kNetwork{.arm = "properties.remoteVirtualNetwork.id",
                                  .azurerm = "remote_virtual_network_id"};
  static constexpr Field kSecured{.arm = "properties.enableInternetSecurity",
                                  .azurerm = "internet_security_enabled"};
  static constexpr std::array kFields = {&kNetwork, &kSecured};
  static constexpr Type kType{
      .arm = "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections",
      .api = "2025-09-01",
      .azurerm = "azurerm_virtual_hub_connection",
      .word = "vhcn",
      .title = "connection of a virtual hub",
      .naming = {.abbreviation = "vhcn", .among = Naming::Among::Parent},
      .parent = &VirtualHub::kType,
      .azurerm_4 = {.attribute = "virtual_hub_id", .names_group = false},
      .has_location = false,
      .has_tags = false,
      .fields = kFields};
};

struct RoutingIntent {
  static constexpr Field kPolicy{.arm = "properties.routingPolicies[].name",
                                 .azurerm = "routing_policy[].name"};
  static constexpr Field kDestinations{.arm = "properties.routingPolicies[].destinations",
                                       .azurerm = "routing_policy[].destinations"};
  static constexpr Field kHop{.arm = "properties.routingPolicies[].nextHop",
                              .azurerm = "routing_policy[].next_hop"};
  static constexpr std::array kFields = {&kPolicy, &kDestinations, &kHop};
  static constexpr Type kType{.arm = "Microsoft.Network/virtualHubs/routingIntent",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_virtual_hub_routing_intent",
                              .word = "intent",
                              .title = "routing intent",
                              .naming = {.abbreviation = "intent", .among = Naming::Among::Parent},
                              .parent = &VirtualHub::kType,
                              .azurerm_4 = {.attribute = "virtual_hub_id", .names_group = false},
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

}  // namespace groma::resources::azure
