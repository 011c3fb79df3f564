// SPDX-License-Identifier: Apache-2.0
// Private names of Azure, and private endpoints, which have them.
#pragma once

#include "groma/resources/azure/network.h"
#include "groma/resources/spelling.h"

namespace groma::resources::azure {

struct PrivateZone {
  // Zones lie nowhere; ARM wants that said.
  static constexpr Field kLocation{.arm = "location", .rule = Rule::Only};
  static constexpr std::array kFields = {&kLocation};
  static constexpr Type kType{.arm = "Microsoft.Network/privateDnsZones",
                              .api = "2024-06-01",
                              .azurerm = "azurerm_private_dns_zone",
                              .word = "zone",
                              .title = "private DNS zone",
                              .naming = {.most = 253},
                              .has_location = false,
                              .fields = kFields};
};

struct ZoneLink {
  static constexpr Field kLocation{.arm = "location", .rule = Rule::Only};
  static constexpr Field kNetwork{.arm = "properties.virtualNetwork.id",
                                  .azurerm = "virtual_network_id"};
  static constexpr Field kRegisters{.arm = "properties.registrationEnabled",
                                    .azurerm = "registration_enabled"};
  static constexpr std::array kFields = {&kLocation, &kNetwork, &kRegisters};
  static constexpr Type kType{
      .arm = "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
      .api = "2024-06-01",
      .azurerm = "azurerm_private_dns_zone_virtual_network_link",
      .word = "link",
      .title = "link of a DNS zone",
      .naming = {.abbreviation = "link", .among = Naming::Among::Parent},
      .parent = &PrivateZone::kType,
      .azurerm_4 = {.attribute = "private_dns_zone_name"},
      .azurerm_5 = {.attribute = "private_dns_zone_id", .names_group = false},
      .has_location = false,
      .fields = kFields};
};

struct PrivateEndpoint {
  static constexpr Field kSubnet{.arm = "properties.subnet.id", .azurerm = "subnet_id"};
  static constexpr Field kCard{.arm = "properties.customNetworkInterfaceName",
                               .azurerm = "custom_network_interface_name"};
  static constexpr Field kConnection{.arm = "properties.privateLinkServiceConnections[].name",
                                     .azurerm = "private_service_connection.name"};
  static constexpr Field kTarget{
      .arm = "properties.privateLinkServiceConnections[].properties.privateLinkServiceId",
      .azurerm = "private_service_connection.private_connection_resource_id"};
  static constexpr Field kParts{
      .arm = "properties.privateLinkServiceConnections[].properties.groupIds",
      .azurerm = "private_service_connection.subresource_names"};
  static constexpr Field kIsManual{.azurerm = "private_service_connection.is_manual_connection",
                                   .rule = Rule::Only};
  static constexpr std::array kFields = {&kSubnet, &kCard,  &kConnection,
                                         &kTarget, &kParts, &kIsManual};
  static constexpr Type kType{.arm = "Microsoft.Network/privateEndpoints",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_private_endpoint",
                              .word = "pe",
                              .title = "private endpoint",
                              .naming = {.abbreviation = "pep"},
                              .fields = kFields};
};

// The zones in which an endpoint gets its names.
struct ZoneGroup {
  static constexpr Field kName{.azurerm = "private_dns_zone_group.name", .rule = Rule::Only};
  static constexpr Field kZone{.arm = "properties.privateDnsZoneConfigs[].name",
                               .rule = Rule::Only};
  static constexpr Field kZoneId{
      .arm = "properties.privateDnsZoneConfigs[].properties.privateDnsZoneId",
      .azurerm = "private_dns_zone_group.private_dns_zone_ids[]"};
  static constexpr std::array kFields = {&kName, &kZone, &kZoneId};
  static constexpr Type kType{.arm = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_private_endpoint",
                              .word = "zones",
                              .title = "zones of a private endpoint",
                              .naming = {.among = Naming::Among::Parent},
                              .parent = &PrivateEndpoint::kType,
                              .azurerm_in_parent = true,
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

struct Resolver {
  static constexpr Field kNetwork{.arm = "properties.virtualNetwork.id",
                                  .azurerm = "virtual_network_id"};
  static constexpr std::array kFields = {&kNetwork};
  static constexpr Type kType{.arm = "Microsoft.Network/dnsResolvers",
                              .api = "2025-05-01",
                              .azurerm = "azurerm_private_dns_resolver",
                              .word = "resolver",
                              .title = "DNS resolver",
                              .naming = {.abbreviation = "dnspr"},
                              .fields = kFields};
};

// Where questions from outside come in.
struct ResolverIn {
  static constexpr Field kSubnet{.arm = "properties.ipConfigurations[].subnet.id",
                                 .azurerm = "ip_configurations.subnet_id"};
  static constexpr Field kMethod{.arm = "properties.ipConfigurations[].privateIpAllocationMethod",
                                 .azurerm = "ip_configurations.private_ip_allocation_method",
                                 .words = "Static|Dynamic"};
  static constexpr Field kAddress{.arm = "properties.ipConfigurations[].privateIpAddress",
                                  .azurerm = "ip_configurations.private_ip_address"};
  static constexpr std::array kFields = {&kSubnet, &kMethod, &kAddress};
  static constexpr Type kType{
      .arm = "Microsoft.Network/dnsResolvers/inboundEndpoints",
      .api = "2025-05-01",
      .azurerm = "azurerm_private_dns_resolver_inbound_endpoint",
      .word = "in",
      .title = "inbound endpoint of a DNS resolver",
      .naming = {.abbreviation = "in", .among = Naming::Among::Parent},
      .parent = &Resolver::kType,
      .azurerm_4 = {.attribute = "private_dns_resolver_id", .names_group = false},
      .fields = kFields};
};

// From where questions go out.
struct ResolverOut {
  static constexpr Field kSubnet{.arm = "properties.subnet.id", .azurerm = "subnet_id"};
  static constexpr std::array kFields = {&kSubnet};
  static constexpr Type kType{
      .arm = "Microsoft.Network/dnsResolvers/outboundEndpoints",
      .api = "2025-05-01",
      .azurerm = "azurerm_private_dns_resolver_outbound_endpoint",
      .word = "out",
      .title = "outbound endpoint of a DNS resolver",
      .naming = {.abbreviation = "out", .among = Naming::Among::Parent},
      .parent = &Resolver::kType,
      .azurerm_4 = {.attribute = "private_dns_resolver_id", .names_group = false},
      .fields = kFields};
};

// Where questions about some domains go.
struct Ruleset {
  // azurerm wants the list of ids that ARM has in objects.
  static constexpr Field kOut{.arm = "properties.dnsResolverOutboundEndpoints[].id",
                              .azurerm = "private_dns_resolver_outbound_endpoint_ids",
                              .rule = Rule::List};
  static constexpr std::array kFields = {&kOut};
  static constexpr Type kType{.arm = "Microsoft.Network/dnsForwardingRulesets",
                              .api = "2025-05-01",
                              .azurerm = "azurerm_private_dns_resolver_dns_forwarding_ruleset",
                              .word = "rules",
                              .title = "DNS forwarding ruleset",
                              .naming = {.abbreviation = "dnsfrs"},
                              .fields = kFields};
};

struct ForwardingRule {
  static constexpr Field kDomain{.arm = "properties.domainName", .azurerm = "domain_name"};
  static constexpr Field kState{.arm = "properties.forwardingRuleState",
                                .azurerm = "enabled",
                                .rule = Rule::Enabled,
                                .words = "Enabled|Disabled"};
  static constexpr Field kServer{.arm = "properties.targetDnsServers[].ipAddress",
                                 .azurerm = "target_dns_servers[].ip_address"};
  static constexpr Field kPort{.arm = "properties.targetDnsServers[].port",
                               .azurerm = "target_dns_servers[].port"};
  static constexpr std::array kFields = {&kDomain, &kState, &kServer, &kPort};
  static constexpr Type kType{
      .arm = "Microsoft.Network/dnsForwardingRulesets/forwardingRules",
      .api = "2025-05-01",
      .azurerm = "azurerm_private_dns_resolver_forwarding_rule",
      .word = "forward",
      .title = "DNS forwarding rule",
      .naming = {.also = "-_", .among = Naming::Among::Parent, .is_bare = true},
      .parent = &Ruleset::kType,
      .azurerm_4 = {.attribute = "dns_forwarding_ruleset_id", .names_group = false},
      .has_location = false,
      .has_tags = false,
      .fields = kFields};
};

// That a ruleset holds for a network.
struct RulesetLink {
  static constexpr Field kNetwork{.arm = "properties.virtualNetwork.id",
                                  .azurerm = "virtual_network_id"};
  static constexpr std::array kFields = {&kNetwork};
  static constexpr Type kType{
      .arm = "Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks",
      .api = "2025-05-01",
      .azurerm = "azurerm_private_dns_resolver_virtual_network_link",
      .word = "link",
      .title = "link of a DNS forwarding ruleset",
      .naming = {.abbreviation = "link", .also = "-_", .among = Naming::Among::Parent},
      .parent = &Ruleset::kType,
      .azurerm_4 = {.attribute = "dns_forwarding_ruleset_id", .names_group = false},
      .has_location = false,
      .has_tags = false,
      .fields = kFields};
};

}  // namespace groma::resources::azure
