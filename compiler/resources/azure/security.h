// SPDX-License-Identifier: Apache-2.0
// What guards networks of Azure: firewalls with their policies, jump hosts, protection against floods.
#pragma once

#include "groma/resources/azure/network.h"
#include "groma/resources/spelling.h"

namespace groma::resources::azure {

struct FloodPlan {
  static constexpr std::array<const Field *, 0> kFields = {};
  static constexpr Type kType{.arm = "Microsoft.Network/ddosProtectionPlans",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_network_ddos_protection_plan",
                              .word = "ddos",
                              .title = "DDoS protection plan",
                              .naming = {.abbreviation = "ddospp"},
                              .fields = kFields};
};

struct FirewallPolicy {
  static constexpr Field kTier{
      .arm = "properties.sku.tier", .azurerm = "sku", .words = "Standard|Premium|Basic"};
  static constexpr Field kThreats{.arm = "properties.threatIntelMode",
                                  .azurerm = "threat_intelligence_mode",
                                  .words = "Alert|Deny|Off"};
  static constexpr Field kIntrusion{.arm = "properties.intrusionDetection.mode",
                                    .azurerm = "intrusion_detection.mode",
                                    .words = "Off|Alert|Deny"};
  static constexpr Field kDnsProxy{.arm = "properties.dnsSettings.enableProxy",
                                   .azurerm = "dns.proxy_enabled"};
  static constexpr std::array kFields = {&kTier, &kThreats, &kIntrusion, &kDnsProxy};
  static constexpr Type kType{.arm = "Microsoft.Network/firewallPolicies",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_firewall_policy",
                              .word = "policy",
                              .title = "firewall policy",
                              .naming = {.abbreviation = "afwp"},
                              .fields = kFields};
};

// Rules by addresses and ports. ARM has one type for both sorts of groups.
struct NetworkRules {
  static constexpr Field kPriority{.arm = "properties.priority", .azurerm = "priority"};
  static constexpr Field kSort{.arm = "properties.ruleCollections[].ruleCollectionType",
                               .rule = Rule::Only,
                               .words = "FirewallPolicyFilterRuleCollection"};
  static constexpr Field kName{.arm = "properties.ruleCollections[].name",
                               .azurerm = "network_rule_collection[].name"};
  static constexpr Field kRank{.arm = "properties.ruleCollections[].priority",
                               .azurerm = "network_rule_collection[].priority"};
  static constexpr Field kAction{.arm = "properties.ruleCollections[].action.type",
                                 .azurerm = "network_rule_collection[].action",
                                 .words = "Allow|Deny"};
  static constexpr Field kRuleSort{.arm = "properties.ruleCollections[].rules[].ruleType",
                                   .rule = Rule::Only,
                                   .words = "NetworkRule"};
  static constexpr Field kRule{.arm = "properties.ruleCollections[].rules[].name",
                               .azurerm = "network_rule_collection[].rule[].name"};
  static constexpr Field kDescription{.arm = "properties.ruleCollections[].rules[].description",
                                      .azurerm = "network_rule_collection[].rule[].description"};
  static constexpr Field kProtocols{.arm = "properties.ruleCollections[].rules[].ipProtocols",
                                    .azurerm = "network_rule_collection[].rule[].protocols",
                                    .words = "Any|TCP|UDP|ICMP"};
  static constexpr Field kFrom{.arm = "properties.ruleCollections[].rules[].sourceAddresses",
                               .azurerm = "network_rule_collection[].rule[].source_addresses"};
  static constexpr Field kTo{.arm = "properties.ruleCollections[].rules[].destinationAddresses",
                             .azurerm = "network_rule_collection[].rule[].destination_addresses"};
  static constexpr Field kPorts{.arm = "properties.ruleCollections[].rules[].destinationPorts",
                                .azurerm = "network_rule_collection[].rule[].destination_ports"};
  static constexpr std::array kFields = {&kPriority,  &kSort, &kName,        &kRank,
                                         &kAction,    &kRuleSort, &kRule,    &kDescription,
                                         &kProtocols, &kFrom, &kTo,          &kPorts};
  static constexpr Type kType{.arm = "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_firewall_policy_rule_collection_group",
                              .word = "rules",
                              .title = "group of firewall rules",
                              .naming = {.abbreviation = "rcg", .among = Naming::Among::Parent},
                              .parent = &FirewallPolicy::kType,
                              .azurerm_4 = {.attribute = "firewall_policy_id", .names_group = false},
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

// Rules by names, or by tags that stand for names.
struct ApplicationRules {
  static constexpr Field kPriority{.arm = "properties.priority", .azurerm = "priority"};
  static constexpr Field kSort{.arm = "properties.ruleCollections[].ruleCollectionType",
                               .rule = Rule::Only,
                               .words = "FirewallPolicyFilterRuleCollection"};
  static constexpr Field kName{.arm = "properties.ruleCollections[].name",
                               .azurerm = "application_rule_collection[].name"};
  static constexpr Field kRank{.arm = "properties.ruleCollections[].priority",
                               .azurerm = "application_rule_collection[].priority"};
  static constexpr Field kAction{.arm = "properties.ruleCollections[].action.type",
                                 .azurerm = "application_rule_collection[].action",
                                 .words = "Allow|Deny"};
  static constexpr Field kRuleSort{.arm = "properties.ruleCollections[].rules[].ruleType",
                                   .rule = Rule::Only,
                                   .words = "ApplicationRule"};
  static constexpr Field kRule{.arm = "properties.ruleCollections[].rules[].name",
                               .azurerm = "application_rule_collection[].rule[].name"};
  static constexpr Field kDescription{
      .arm = "properties.ruleCollections[].rules[].description",
      .azurerm = "application_rule_collection[].rule[].description"};
  static constexpr Field kFrom{.arm = "properties.ruleCollections[].rules[].sourceAddresses",
                               .azurerm = "application_rule_collection[].rule[].source_addresses"};
  static constexpr Field kTags{
      .arm = "properties.ruleCollections[].rules[].fqdnTags",
      .azurerm = "application_rule_collection[].rule[].destination_fqdn_tags"};
  static constexpr Field kProtocol{
      .arm = "properties.ruleCollections[].rules[].protocols[].protocolType",
      .azurerm = "application_rule_collection[].rule[].protocols[].type",
      .words = "Http|Https"};
  static constexpr Field kPort{
      .arm = "properties.ruleCollections[].rules[].protocols[].port",
      .azurerm = "application_rule_collection[].rule[].protocols[].port"};
  static constexpr std::array kFields = {&kPriority, &kSort,        &kName, &kRank,
                                         &kAction,   &kRuleSort,    &kRule, &kDescription,
                                         &kFrom,     &kTags,        &kProtocol, &kPort};
  static constexpr Type kType = [] {
    Type type = NetworkRules::kType;
    type.fields = kFields;
    return type;
  }();
};

struct Firewall {
  static constexpr Field kSku{
      .arm = "properties.sku.name", .azurerm = "sku_name", .words = "AZFW_VNet|AZFW_Hub"};
  static constexpr Field kTier{
      .arm = "properties.sku.tier", .azurerm = "sku_tier", .words = "Standard|Premium|Basic"};
  static constexpr Field kZones{.arm = "zones", .azurerm = "zones"};
  static constexpr Field kPolicy{.arm = "properties.firewallPolicy.id",
                                 .azurerm = "firewall_policy_id"};
  static constexpr Field kConfiguration{.arm = "properties.ipConfigurations[].name",
                                        .azurerm = "ip_configuration[].name"};
  static constexpr Field kSubnet{.arm = "properties.ipConfigurations[].properties.subnet.id",
                                 .azurerm = "ip_configuration[].subnet_id"};
  static constexpr Field kAddress{
      .arm = "properties.ipConfigurations[].properties.publicIPAddress.id",
      .azurerm = "ip_configuration[].public_ip_address_id"};
  static constexpr Field kManagement{.arm = "properties.managementIpConfiguration.name",
                                     .azurerm = "management_ip_configuration.name"};
  static constexpr Field kManagementSubnet{
      .arm = "properties.managementIpConfiguration.properties.subnet.id",
      .azurerm = "management_ip_configuration.subnet_id"};
  static constexpr Field kManagementAddress{
      .arm = "properties.managementIpConfiguration.properties.publicIPAddress.id",
      .azurerm = "management_ip_configuration.public_ip_address_id"};
  // In a hub of a virtual WAN, which gives it its addresses.
  static constexpr Field kHub{.arm = "properties.virtualHub.id",
                              .azurerm = "virtual_hub.virtual_hub_id"};
  static constexpr Field kHubAddresses{.arm = "properties.hubIPAddresses.publicIPs.count",
                                       .azurerm = "virtual_hub.public_ip_count"};
  static constexpr std::array kFields = {&kSku,     &kTier,       &kZones,
                                         &kPolicy,  &kConfiguration, &kSubnet,
                                         &kAddress, &kManagement, &kManagementSubnet,
                                         &kManagementAddress, &kHub, &kHubAddresses};
  static constexpr Type kType{.arm = "Microsoft.Network/azureFirewalls",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_firewall",
                              .word = "firewall",
                              .title = "firewall",
                              .naming = {.abbreviation = "afw"},
                              .fields = kFields};
};

struct Bastion {
  static constexpr Field kSku{
      .arm = "sku.name", .azurerm = "sku", .words = "Basic|Standard|Developer|Premium"};
  static constexpr Field kZones{.arm = "zones", .azurerm = "zones"};
  static constexpr Field kConfiguration{.arm = "properties.ipConfigurations[].name",
                                        .azurerm = "ip_configuration.name"};
  static constexpr Field kSubnet{.arm = "properties.ipConfigurations[].properties.subnet.id",
                                 .azurerm = "ip_configuration.subnet_id"};
  static constexpr Field kAddress{
      .arm = "properties.ipConfigurations[].properties.publicIPAddress.id",
      .azurerm = "ip_configuration.public_ip_address_id"};
  static constexpr std::array kFields = {&kSku, &kZones, &kConfiguration, &kSubnet, &kAddress};
  static constexpr Type kType{.arm = "Microsoft.Network/bastionHosts",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_bastion_host",
                              .word = "bastion",
                              .title = "Bastion host",
                              .naming = {.abbreviation = "bas"},
                              .fields = kFields};
};

}  // namespace groma::resources::azure
