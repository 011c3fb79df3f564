// SPDX-License-Identifier: Apache-2.0
// Gateways of Azure at the edge of a virtual network or of a hub, and what they are connected with.
#pragma once

#include "groma/resources/azure/wan.h"

namespace groma::resources::azure {

// What the two ends of a tunnel agree on.
inline constexpr const char *kDhGroups =
    "None|DHGroup1|DHGroup2|DHGroup14|DHGroup2048|ECP256|ECP384|DHGroup24";
inline constexpr const char *kIkeCiphers = "DES|DES3|AES128|AES192|AES256|GCMAES256|GCMAES128";
inline constexpr const char *kIkeHashes = "MD5|SHA1|SHA256|SHA384|GCMAES256|GCMAES128";
inline constexpr const char *kCiphers =
    "None|DES|DES3|AES128|AES192|AES256|GCMAES128|GCMAES192|GCMAES256";
inline constexpr const char *kHashes = "MD5|SHA1|SHA256|GCMAES128|GCMAES192|GCMAES256";
inline constexpr const char *kPfsGroups =
    "None|PFS1|PFS2|PFS2048|ECP256|ECP384|PFS24|PFS14|PFSMM";

// Of a hub.
struct VpnGateway {
  static constexpr Field kHub{.arm = "properties.virtualHub.id", .azurerm = "virtual_hub_id"};
  static constexpr Field kUnits{.arm = "properties.vpnGatewayScaleUnit", .azurerm = "scale_unit"};
  static constexpr std::array kFields = {&kHub, &kUnits};
  static constexpr Type kType{.arm = "Microsoft.Network/vpnGateways",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_vpn_gateway",
                              .word = "vpng",
                              .title = "VPN gateway",
                              .naming = {.abbreviation = "vpng"},
                              .fields = kFields};
};

struct VpnSite {
  static constexpr Field kWan{.arm = "properties.virtualWan.id", .azurerm = "virtual_wan_id"};
  static constexpr Field kRanges{.arm = "properties.addressSpace.addressPrefixes",
                                 .azurerm = "address_cidrs"};
  static constexpr Field kLink{.arm = "properties.vpnSiteLinks[].name", .azurerm = "link[].name"};
  static constexpr Field kAddress{.arm = "properties.vpnSiteLinks[].properties.ipAddress",
                                  .azurerm = "link[].ip_address"};
  static constexpr Field kAsn{.arm = "properties.vpnSiteLinks[].properties.bgpProperties.asn",
                              .azurerm = "link[].bgp.asn"};
  static constexpr Field kPeer{
      .arm = "properties.vpnSiteLinks[].properties.bgpProperties.bgpPeeringAddress",
      .azurerm = "link[].bgp.peering_address"};
  static constexpr Field kSpeed{
      .arm = "properties.vpnSiteLinks[].properties.linkProperties.linkSpeedInMbps",
      .azurerm = "link[].speed_in_mbps"};
  static constexpr Field kLinkId{
      .arm = "properties.vpnSiteLinks[].id", .azurerm = "link[].id", .rule = Rule::Result};
  static constexpr std::array kFields = {&kWan,  &kRanges, &kLink,  &kAddress,
                                         &kAsn,  &kPeer,   &kSpeed, &kLinkId};
  static constexpr Type kType{.arm = "Microsoft.Network/vpnSites",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_vpn_site",
                              .word = "vst",
                              .title = "VPN site",
                              .naming = {.abbreviation = "vst"},
                              .fields = kFields};
};

struct VpnConnection {
  static constexpr Field kSite{.arm = "properties.remoteVpnSite.id",
                               .azurerm = "remote_vpn_site_id"};
  static constexpr Field kSecured{.arm = "properties.enableInternetSecurity",
                                  .azurerm = "internet_security_enabled"};
  static constexpr Field kLink{.arm = "properties.vpnLinkConnections[].name",
                               .azurerm = "vpn_link[].name"};
  static constexpr Field kSiteLink{
      .arm = "properties.vpnLinkConnections[].properties.vpnSiteLink.id",
      .azurerm = "vpn_link[].vpn_site_link_id"};
  static constexpr Field kProtocol{
      .arm = "properties.vpnLinkConnections[].properties.vpnConnectionProtocolType",
      .azurerm = "vpn_link[].protocol",
      .words = "IKEv2|IKEv1"};
  static constexpr Field kBandwidth{
      .arm = "properties.vpnLinkConnections[].properties.connectionBandwidth",
      .azurerm = "vpn_link[].bandwidth_mbps"};
  static constexpr Field kBgp{.arm = "properties.vpnLinkConnections[].properties.enableBgp",
                              .azurerm = "vpn_link[].bgp_enabled"};
  static constexpr Field kPrivate{
      .arm = "properties.vpnLinkConnections[].properties.useLocalAzureIpAddress",
      .azurerm = "vpn_link[].local_azure_ip_address_enabled"};
  static constexpr Field kKey{.arm = "properties.vpnLinkConnections[].properties.sharedKey",
                              .azurerm = "vpn_link[].shared_key"};
  static constexpr Field kDh{
      .arm = "properties.vpnLinkConnections[].properties.ipsecPolicies[].dhGroup",
      .azurerm = "vpn_link[].ipsec_policy[].dh_group",
      .words = kDhGroups};
  static constexpr Field kIkeCipher{
      .arm = "properties.vpnLinkConnections[].properties.ipsecPolicies[].ikeEncryption",
      .azurerm = "vpn_link[].ipsec_policy[].ike_encryption_algorithm",
      .words = kIkeCiphers};
  static constexpr Field kIkeHash{
      .arm = "properties.vpnLinkConnections[].properties.ipsecPolicies[].ikeIntegrity",
      .azurerm = "vpn_link[].ipsec_policy[].ike_integrity_algorithm",
      .words = kIkeHashes};
  static constexpr Field kCipher{
      .arm = "properties.vpnLinkConnections[].properties.ipsecPolicies[].ipsecEncryption",
      .azurerm = "vpn_link[].ipsec_policy[].encryption_algorithm",
      .words = kCiphers};
  static constexpr Field kHash{
      .arm = "properties.vpnLinkConnections[].properties.ipsecPolicies[].ipsecIntegrity",
      .azurerm = "vpn_link[].ipsec_policy[].integrity_algorithm",
      .words = kHashes};
  static constexpr Field kPfs{
      .arm = "properties.vpnLinkConnections[].properties.ipsecPolicies[].pfsGroup",
      .azurerm = "vpn_link[].ipsec_policy[].pfs_group",
      .words = kPfsGroups};
  static constexpr Field kLifetime{
      .arm = "properties.vpnLinkConnections[].properties.ipsecPolicies[].saLifeTimeSeconds",
      .azurerm = "vpn_link[].ipsec_policy[].sa_lifetime_sec"};
  static constexpr Field kDataSize{
      .arm = "properties.vpnLinkConnections[].properties.ipsecPolicies[].saDataSizeKilobytes",
      .azurerm = "vpn_link[].ipsec_policy[].sa_data_size_kb"};
  static constexpr std::array kFields = {
      &kSite, &kSecured,   &kLink,    &kSiteLink, &kProtocol, &kBandwidth, &kBgp,      &kPrivate,
      &kKey,  &kIkeCipher, &kIkeHash, &kDh,       &kCipher,   &kHash,      &kPfs,      &kLifetime,
      &kDataSize};
  static constexpr Type kType{.arm = "Microsoft.Network/vpnGateways/vpnConnections",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_vpn_gateway_connection",
                              .word = "vcn",
                              .title = "VPN connection",
                              .naming = {.abbreviation = "vcn", .among = Naming::Among::Parent},
                              .parent = &VpnGateway::kType,
                              .azurerm_4 = {.attribute = "vpn_gateway_id", .names_group = false},
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

// Of a virtual network.
struct NetworkGateway {
  static constexpr Field kSort{
      .arm = "properties.gatewayType", .azurerm = "type", .words = "Vpn|ExpressRoute"};
  static constexpr Field kRouting{
      .arm = "properties.vpnType", .azurerm = "vpn_type", .words = "RouteBased|PolicyBased"};
  static constexpr Field kGeneration{.arm = "properties.vpnGatewayGeneration",
                                     .azurerm = "generation",
                                     .words = "None|Generation1|Generation2"};
  static constexpr Field kSku{
      .arm = "properties.sku.name",
      .azurerm = "sku",
      .words = "Basic|Standard|HighPerformance|UltraPerformance|VpnGw1|VpnGw2|VpnGw3|VpnGw4|VpnGw5|"
               "VpnGw1AZ|VpnGw2AZ|VpnGw3AZ|VpnGw4AZ|VpnGw5AZ|ErGw1AZ|ErGw2AZ|ErGw3AZ|ErGwScale"};
  // azurerm takes it from the name.
  static constexpr Field kTier{
      .arm = "properties.sku.tier", .rule = Rule::Only, .words = kSku.words};
  static constexpr Field kLeastUnits{.arm = "properties.autoScaleConfiguration.bounds.min",
                                     .rule = Rule::Only,
                                     .azurerm_5 = "minimum_scale_unit"};
  static constexpr Field kMostUnits{.arm = "properties.autoScaleConfiguration.bounds.max",
                                    .rule = Rule::Only,
                                    .azurerm_5 = "maximum_scale_unit"};
  static constexpr Field kActive{.arm = "properties.activeActive", .azurerm = "active_active"};
  static constexpr Field kBgp{.arm = "properties.enableBgp", .azurerm = "bgp_enabled"};
  static constexpr Field kPrivate{.arm = "properties.enablePrivateIpAddress",
                                  .azurerm = "private_ip_address_enabled"};
  static constexpr Field kAsn{.arm = "properties.bgpSettings.asn", .azurerm = "bgp_settings.asn"};
  static constexpr Field kAddressName{.arm = "properties.ipConfigurations[].name",
                                      .azurerm = "ip_configuration[].name"};
  static constexpr Field kMethod{
      .arm = "properties.ipConfigurations[].properties.privateIPAllocationMethod",
      .azurerm = "ip_configuration[].private_ip_address_allocation",
      .words = "Static|Dynamic"};
  static constexpr Field kSubnet{.arm = "properties.ipConfigurations[].properties.subnet.id",
                                 .azurerm = "ip_configuration[].subnet_id"};
  static constexpr Field kAddress{
      .arm = "properties.ipConfigurations[].properties.publicIPAddress.id",
      .azurerm = "ip_configuration[].public_ip_address_id"};
  static constexpr std::array kFields = {&kSort,        &kRouting,    &kGeneration, &kSku,
                                         &kTier,        &kLeastUnits, &kMostUnits,  &kActive,
                                         &kBgp,         &kPrivate,    &kAsn,        &kAddressName,
                                         &kMethod,      &kSubnet,     &kAddress};
  static constexpr Type kType{.arm = "Microsoft.Network/virtualNetworkGateways",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_virtual_network_gateway",
                              .word = "vgw",
                              .title = "virtual network gateway",
                              .naming = {.abbreviation = "vgw"},
                              .fields = kFields};
};

struct LocalNetworkGateway {
  static constexpr Field kAddress{.arm = "properties.gatewayIpAddress",
                                  .azurerm = "gateway_address"};
  static constexpr Field kRanges{.arm = "properties.localNetworkAddressSpace.addressPrefixes",
                                 .azurerm = "address_space"};
  static constexpr Field kAsn{.arm = "properties.bgpSettings.asn", .azurerm = "bgp_settings.asn"};
  static constexpr Field kPeer{.arm = "properties.bgpSettings.bgpPeeringAddress",
                               .azurerm = "bgp_settings.bgp_peering_address"};
  static constexpr std::array kFields = {&kAddress, &kRanges, &kAsn, &kPeer};
  static constexpr Type kType{.arm = "Microsoft.Network/localNetworkGateways",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_local_network_gateway",
                              .word = "lgw",
                              .title = "local network gateway",
                              .naming = {.abbreviation = "lgw"},
                              .fields = kFields};
};

// Of a gateway of a virtual network with another one, a device, or a circuit.
struct GatewayConnection {
  static constexpr Field kSort{.arm = "properties.connectionType",
                               .azurerm = "type",
                               .words = "IPsec|Vnet2Vnet|ExpressRoute"};
  static constexpr Field kGateway{.arm = "properties.virtualNetworkGateway1.id",
                                  .azurerm = "virtual_network_gateway_id"};
  static constexpr Field kOther{.arm = "properties.virtualNetworkGateway2.id",
                                .azurerm = "peer_virtual_network_gateway_id"};
  static constexpr Field kDevice{.arm = "properties.localNetworkGateway2.id",
                                 .azurerm = "local_network_gateway_id"};
  // ARM wants an object in each of them, and reads nothing in it.
  static constexpr Field kGatewayRest{.arm = "properties.virtualNetworkGateway1.properties",
                                      .rule = Rule::Only};
  static constexpr Field kOtherRest{.arm = "properties.virtualNetworkGateway2.properties",
                                    .rule = Rule::Only};
  static constexpr Field kDeviceRest{.arm = "properties.localNetworkGateway2.properties",
                                     .rule = Rule::Only};
  static constexpr Field kCircuit{.arm = "properties.peer.id",
                                  .azurerm = "express_route_circuit_id"};
  static constexpr Field kAuthorization{.arm = "properties.authorizationKey",
                                        .azurerm = "authorization_key"};
  static constexpr Field kFastPath{.arm = "properties.expressRouteGatewayBypass",
                                   .azurerm = "express_route_gateway_bypass"};
  static constexpr Field kProtocol{.arm = "properties.connectionProtocol",
                                   .azurerm = "connection_protocol",
                                   .words = "IKEv2|IKEv1"};
  static constexpr Field kBgp{.arm = "properties.enableBgp", .azurerm = "bgp_enabled"};
  static constexpr Field kPrivate{.arm = "properties.useLocalAzureIpAddress",
                                  .azurerm = "local_azure_ip_address_enabled"};
  static constexpr Field kKey{.arm = "properties.sharedKey", .azurerm = "shared_key"};
  static constexpr Field kDh{.arm = "properties.ipsecPolicies[].dhGroup",
                             .azurerm = "ipsec_policy.dh_group",
                             .words = kDhGroups};
  static constexpr Field kIkeCipher{.arm = "properties.ipsecPolicies[].ikeEncryption",
                                    .azurerm = "ipsec_policy.ike_encryption",
                                    .words = kIkeCiphers};
  static constexpr Field kIkeHash{.arm = "properties.ipsecPolicies[].ikeIntegrity",
                                  .azurerm = "ipsec_policy.ike_integrity",
                                  .words = kIkeHashes};
  static constexpr Field kCipher{.arm = "properties.ipsecPolicies[].ipsecEncryption",
                                 .azurerm = "ipsec_policy.ipsec_encryption",
                                 .words = kCiphers};
  static constexpr Field kHash{.arm = "properties.ipsecPolicies[].ipsecIntegrity",
                               .azurerm = "ipsec_policy.ipsec_integrity",
                               .words = kHashes};
  static constexpr Field kPfs{.arm = "properties.ipsecPolicies[].pfsGroup",
                              .azurerm = "ipsec_policy.pfs_group",
                              .words = kPfsGroups};
  static constexpr Field kLifetime{.arm = "properties.ipsecPolicies[].saLifeTimeSeconds",
                                   .azurerm = "ipsec_policy.sa_lifetime"};
  static constexpr Field kDataSize{.arm = "properties.ipsecPolicies[].saDataSizeKilobytes",
                                   .azurerm = "ipsec_policy.sa_datasize"};
  static constexpr std::array kFields = {
      &kSort,    &kGateway, &kOther,     &kDevice,  &kGatewayRest, &kOtherRest, &kDeviceRest,
      &kCircuit, &kAuthorization, &kFastPath, &kProtocol, &kBgp,   &kPrivate,   &kKey,
      &kIkeCipher, &kIkeHash, &kDh,      &kCipher,  &kHash,        &kPfs,       &kLifetime,
      &kDataSize};
  static constexpr Type kType{.arm = "Microsoft.Network/connections",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_virtual_network_gateway_connection",
                              .word = "con",
                              .title = "connection of a gateway",
                              .naming = {.abbreviation = "con"},
                              .fields = kFields};
};

}  // namespace groma::resources::azure
