// SPDX-License-Identifier: Apache-2.0
// Virtual networks of Azure with what lies in them.
#pragma once

#include "groma/resources/spelling.h"

namespace groma::resources::azure {

struct VirtualNetwork {
  static constexpr Field kRanges{.arm = "properties.addressSpace.addressPrefixes",
                                 .azurerm = "address_space"};
  static constexpr Field kDnsServers{.arm = "properties.dhcpOptions.dnsServers",
                                     .azurerm = "dns_servers"};
  static constexpr Field kProtected{.arm = "properties.enableDdosProtection",
                                    .azurerm = "ddos_protection_plan.enable"};
  static constexpr Field kProtection{.arm = "properties.ddosProtectionPlan.id",
                                     .azurerm = "ddos_protection_plan.id"};
  static constexpr std::array kFields = {&kRanges, &kDnsServers, &kProtected, &kProtection};
  static constexpr Type kType{.arm = "Microsoft.Network/virtualNetworks",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_virtual_network",
                              .word = "vnet",
                              .title = "virtual network",
                              .naming = {.abbreviation = "vnet", .least = 2, .most = 64},
                              .fields = kFields};
};

struct Subnet {
  static constexpr Field kRanges{.arm = "properties.addressPrefixes",
                                 .azurerm = "address_prefixes"};
  static constexpr Field kOutbound{.arm = "properties.defaultOutboundAccess",
                                   .azurerm = "default_outbound_access_enabled"};
  static constexpr Field kEndpointPolicies{
      .arm = "properties.privateEndpointNetworkPolicies",
      .azurerm = "private_endpoint_network_policies",
      .words = "Disabled|Enabled|NetworkSecurityGroupEnabled|RouteTableEnabled"};
  static constexpr Field kDelegation{.arm = "properties.delegations[].name",
                                     .azurerm = "delegation[].name"};
  static constexpr Field kDelegatedTo{
      .arm = "properties.delegations[].properties.serviceName",
      .azurerm = "delegation[].service_delegation.name",
      .words = "GitHub.Network/networkSettings|Informatica.DataManagement/organizations|"
               "Microsoft.ApiManagement/service|Microsoft.Apollo/npu|Microsoft.App/environments|"
               "Microsoft.App/testClients|Microsoft.AVS/PrivateClouds|Microsoft.AzureCosmosDB/clusters|"
               "Microsoft.BareMetal/AzureHostedService|Microsoft.BareMetal/AzureHPC|"
               "Microsoft.BareMetal/AzurePaymentHSM|Microsoft.BareMetal/AzureVMware|"
               "Microsoft.BareMetal/CrayServers|Microsoft.BareMetal/MonitoringServers|"
               "Microsoft.Batch/batchAccounts|Microsoft.CloudTest/hostedpools|"
               "Microsoft.CloudTest/images|Microsoft.CloudTest/pools|Microsoft.Codespaces/plans|"
               "Microsoft.ContainerInstance/containerGroups|Microsoft.ContainerService/managedClusters|"
               "Microsoft.ContainerService/TestClients|Microsoft.Databricks/workspaces|"
               "Microsoft.DBforMySQL/flexibleServers|Microsoft.DBforMySQL/servers|"
               "Microsoft.DBforMySQL/serversv2|Microsoft.DBforPostgreSQL/flexibleServers|"
               "Microsoft.DBforPostgreSQL/serversv2|Microsoft.DBforPostgreSQL/singleServers|"
               "Microsoft.DelegatedNetwork/controller|Microsoft.DevCenter/networkConnection|"
               "Microsoft.DevOpsInfrastructure/pools|Microsoft.DocumentDB/cassandraClusters|"
               "Microsoft.Fidalgo/networkSettings|Microsoft.HardwareSecurityModules/dedicatedHSMs|"
               "Microsoft.Kusto/clusters|Microsoft.LabServices/labplans|"
               "Microsoft.Logic/integrationServiceEnvironments|"
               "Microsoft.MachineLearningServices/workspaces|Microsoft.MessagingConnectors/connectors|"
               "Microsoft.NetApp/volumes=Microsoft.Netapp/volumes|Microsoft.Network/applicationGateways|"
               "Microsoft.Network/dnsResolvers|Microsoft.Network/managedResolvers|"
               "Microsoft.Network/fpgaNetworkInterfaces|Microsoft.Network/virtualNetworkGateways|"
               "Microsoft.Orbital/orbitalGateways|Microsoft.PowerAutomate/hostedRpa|"
               "Microsoft.PowerPlatform/enterprisePolicies|Microsoft.PowerPlatform/vnetaccesslinks|"
               "Microsoft.ServiceFabricMesh/networks|Microsoft.ServiceNetworking/trafficControllers|"
               "Microsoft.Singularity/accounts/networks|Microsoft.Singularity/accounts/npu|"
               "Microsoft.Sql/managedInstances|Microsoft.Sql/managedInstancesOnebox|"
               "Microsoft.Sql/managedInstancesStage|Microsoft.Sql/managedInstancesTest|"
               "Microsoft.Sql/servers|Microsoft.StoragePool/diskPools|"
               "Microsoft.StreamAnalytics/streamingJobs|Microsoft.Synapse/workspaces|"
               "Microsoft.Web/hostingEnvironments|Microsoft.Web/serverFarms|"
               "NGINX.NGINXPLUS/nginxDeployments|Oracle.Database/networkAttachments|"
               "PaloAltoNetworks.Cloudngfw/firewalls|Qumulo.Storage/fileSystems|"
               "PureStorage.Block/storagePools"};
  static constexpr Field kSecurityGroup{
      .arm = "properties.networkSecurityGroup.id",
      .azurerm = "network_security_group_id",
      .rule = Rule::Association,
      .tie = "azurerm_subnet_network_security_group_association"};
  static constexpr Field kRouteTable{.arm = "properties.routeTable.id",
                                     .azurerm = "route_table_id",
                                     .rule = Rule::Association,
                                     .tie = "azurerm_subnet_route_table_association"};
  static constexpr Field kNatGateway{.arm = "properties.natGateway.id",
                                     .azurerm = "nat_gateway_id",
                                     .rule = Rule::Association,
                                     .tie = "azurerm_subnet_nat_gateway_association"};
  static constexpr std::array kFields = {&kRanges,     &kOutbound,      &kEndpointPolicies,
                                         &kDelegation, &kDelegatedTo,   &kSecurityGroup,
                                         &kRouteTable, &kNatGateway};
  static constexpr Type kType{.arm = "Microsoft.Network/virtualNetworks/subnets",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_subnet",
                              .word = "snet",
                              .title = "subnet",
                              .naming = {.abbreviation = "snet", .among = Naming::Among::Parent},
                              .parent = &VirtualNetwork::kType,
                              .inside = "properties.subnets",
                              .azurerm_4 = {.attribute = "virtual_network_name"},
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

struct Peering {
  static constexpr Field kRemote{.arm = "properties.remoteVirtualNetwork.id",
                                 .azurerm = "remote_virtual_network_id"};
  static constexpr Field kAccess{.arm = "properties.allowVirtualNetworkAccess",
                                 .azurerm = "allow_virtual_network_access"};
  static constexpr Field kForwarded{.arm = "properties.allowForwardedTraffic",
                                    .azurerm = "allow_forwarded_traffic"};
  static constexpr Field kLendsGateway{.arm = "properties.allowGatewayTransit",
                                       .azurerm = "allow_gateway_transit"};
  static constexpr Field kUsesGateway{.arm = "properties.useRemoteGateways",
                                      .azurerm = "use_remote_gateways"};
  static constexpr std::array kFields = {&kRemote, &kAccess, &kForwarded, &kLendsGateway,
                                         &kUsesGateway};
  static constexpr Type kType{.arm = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_virtual_network_peering",
                              .word = "peering",
                              .title = "peering",
                              .naming = {.abbreviation = "peer", .among = Naming::Among::Parent},
                              .parent = &VirtualNetwork::kType,
                              .azurerm_4 = {.attribute = "virtual_network_name"},
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

struct SecurityGroup {
  static constexpr Field kRule{.arm = "properties.securityRules[].name",
                               .azurerm = "security_rule[].name"};
  static constexpr Field kDescription{.arm = "properties.securityRules[].properties.description",
                                      .azurerm = "security_rule[].description"};
  static constexpr Field kPriority{.arm = "properties.securityRules[].properties.priority",
                                   .azurerm = "security_rule[].priority"};
  static constexpr Field kDirection{.arm = "properties.securityRules[].properties.direction",
                                    .azurerm = "security_rule[].direction",
                                    .words = "Inbound|Outbound"};
  static constexpr Field kAccess{.arm = "properties.securityRules[].properties.access",
                                 .azurerm = "security_rule[].access",
                                 .words = "Allow|Deny"};
  static constexpr Field kProtocol{.arm = "properties.securityRules[].properties.protocol",
                                   .azurerm = "security_rule[].protocol",
                                   .words = "Tcp|Udp|Icmp|Esp|Ah|*"};
  static constexpr Field kFromPort{.arm = "properties.securityRules[].properties.sourcePortRange",
                                   .azurerm = "security_rule[].source_port_range"};
  static constexpr Field kToPort{
      .arm = "properties.securityRules[].properties.destinationPortRange",
      .azurerm = "security_rule[].destination_port_range"};
  static constexpr Field kToPorts{
      .arm = "properties.securityRules[].properties.destinationPortRanges",
      .azurerm = "security_rule[].destination_port_ranges"};
  static constexpr Field kFrom{.arm = "properties.securityRules[].properties.sourceAddressPrefix",
                               .azurerm = "security_rule[].source_address_prefix"};
  static constexpr Field kFromAny{
      .arm = "properties.securityRules[].properties.sourceAddressPrefixes",
      .azurerm = "security_rule[].source_address_prefixes"};
  static constexpr Field kTo{
      .arm = "properties.securityRules[].properties.destinationAddressPrefix",
      .azurerm = "security_rule[].destination_address_prefix"};
  static constexpr Field kToAny{
      .arm = "properties.securityRules[].properties.destinationAddressPrefixes",
      .azurerm = "security_rule[].destination_address_prefixes"};
  static constexpr std::array kFields = {&kRule,     &kDescription, &kPriority, &kDirection,
                                         &kAccess,   &kProtocol,    &kFromPort, &kToPort,
                                         &kToPorts,  &kFrom,        &kFromAny,  &kTo,
                                         &kToAny};
  static constexpr Type kType{.arm = "Microsoft.Network/networkSecurityGroups",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_network_security_group",
                              .word = "nsg",
                              .title = "network security group",
                              .naming = {.abbreviation = "nsg"},
                              .fields = kFields};
};

struct RouteTable {
  static constexpr Field kIgnoresBgp{.arm = "properties.disableBgpRoutePropagation",
                                     .azurerm = "bgp_route_propagation_enabled",
                                     .rule = Rule::Not};
  static constexpr Field kRoute{.arm = "properties.routes[].name", .azurerm = "route[].name"};
  static constexpr Field kRange{.arm = "properties.routes[].properties.addressPrefix",
                                .azurerm = "route[].address_prefix"};
  static constexpr Field kHop{
      .arm = "properties.routes[].properties.nextHopType",
      .azurerm = "route[].next_hop_type",
      .words = "VirtualNetworkGateway|VnetLocal|Internet|VirtualAppliance|None"};
  static constexpr Field kHopAddress{.arm = "properties.routes[].properties.nextHopIpAddress",
                                     .azurerm = "route[].next_hop_in_ip_address"};
  static constexpr std::array kFields = {&kIgnoresBgp, &kRoute, &kRange, &kHop, &kHopAddress};
  static constexpr Type kType{.arm = "Microsoft.Network/routeTables",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_route_table",
                              .word = "rt",
                              .title = "route table",
                              .naming = {.abbreviation = "rt"},
                              .fields = kFields};
};

struct PublicIp {
  static constexpr Field kSku{.arm = "sku.name", .azurerm = "sku", .words = "Standard|StandardV2"};
  static constexpr Field kTier{.arm = "sku.tier", .azurerm = "sku_tier", .words = "Regional|Global"};
  static constexpr Field kMethod{.arm = "properties.publicIPAllocationMethod",
                                 .azurerm = "allocation_method",
                                 .words = "Static|Dynamic"};
  static constexpr Field kZones{.arm = "zones", .azurerm = "zones"};
  static constexpr Field kAddress{.arm = "properties.ipAddress",
                                  .azurerm = "ip_address",
                                  .rule = Rule::Result};
  static constexpr std::array kFields = {&kSku, &kTier, &kMethod, &kZones, &kAddress};
  static constexpr Type kType{.arm = "Microsoft.Network/publicIPAddresses",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_public_ip",
                              .word = "pip",
                              .title = "public address",
                              .naming = {.abbreviation = "pip"},
                              .fields = kFields};
};

struct NatGateway {
  static constexpr Field kSku{
      .arm = "sku.name", .azurerm = "sku_name", .words = "Standard|StandardV2"};
  static constexpr Field kIdle{.arm = "properties.idleTimeoutInMinutes",
                               .azurerm = "idle_timeout_in_minutes"};
  static constexpr Field kZones{.arm = "zones", .azurerm = "zones"};
  static constexpr Field kAddresses{.arm = "properties.publicIpAddresses[].id",
                                    .azurerm = "public_ip_address_id",
                                    .rule = Rule::Association,
                                    .tie = "azurerm_nat_gateway_public_ip_association"};
  static constexpr std::array kFields = {&kSku, &kIdle, &kZones, &kAddresses};
  static constexpr Type kType{.arm = "Microsoft.Network/natGateways",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_nat_gateway",
                              .word = "ng",
                              .title = "NAT gateway",
                              .naming = {.abbreviation = "ng"},
                              .fields = kFields};
};

}  // namespace groma::resources::azure
