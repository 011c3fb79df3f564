// SPDX-License-Identifier: Apache-2.0
// Private lines to Azure: ports, circuits, what runs on them, and the gateways of hubs at which they end.
#pragma once

#include "groma/resources/azure/wan.h"

namespace groma::resources::azure {

struct ExpressRoutePort {
  static constexpr Field kLocation{.arm = "properties.peeringLocation",
                                   .azurerm = "peering_location"};
  static constexpr Field kBandwidth{.arm = "properties.bandwidthInGbps",
                                    .azurerm = "bandwidth_in_gbps"};
  static constexpr Field kEncapsulation{
      .arm = "properties.encapsulation", .azurerm = "encapsulation", .words = "Dot1Q|QinQ"};
  static constexpr Field kBilling{.arm = "properties.billingType",
                                  .azurerm = "billing_type",
                                  .words = "MeteredData|UnlimitedData"};
  static constexpr Field kIdentity{
      .arm = "identity.type", .azurerm = "identity.type", .words = "UserAssigned"};
  static constexpr Field kIdentities{.arm = "identity.userAssignedIdentities",
                                     .azurerm = "identity.identity_ids"};
  // ARM has a list of two links, azurerm a block for each of them.
  static constexpr Field kLink{.arm = "properties.links[].name", .rule = Rule::Only};
  static constexpr Field kName{.arm = "properties.links[].properties.macSecConfig.cknSecretIdentifier",
                               .rule = Rule::Only};
  static constexpr Field kKey{.arm = "properties.links[].properties.macSecConfig.cakSecretIdentifier",
                              .rule = Rule::Only};
  static constexpr Field kCipher{.arm = "properties.links[].properties.macSecConfig.cipher",
                                 .rule = Rule::Only,
                                 .words = "GcmAesXpn256"};
  static constexpr Field kName1{.azurerm = "link1.macsec_ckn_keyvault_secret_id", .rule = Rule::Only};
  static constexpr Field kKey1{.azurerm = "link1.macsec_cak_keyvault_secret_id", .rule = Rule::Only};
  static constexpr Field kCipher1{.azurerm = "link1.macsec_cipher", .rule = Rule::Only, .words = "GcmAesXpn256"};
  static constexpr Field kName2{.azurerm = "link2.macsec_ckn_keyvault_secret_id", .rule = Rule::Only};
  static constexpr Field kKey2{.azurerm = "link2.macsec_cak_keyvault_secret_id", .rule = Rule::Only};
  static constexpr Field kCipher2{.azurerm = "link2.macsec_cipher", .rule = Rule::Only, .words = "GcmAesXpn256"};
  static constexpr std::array kFields = {
      &kLocation, &kBandwidth, &kEncapsulation, &kBilling, &kIdentity, &kIdentities, &kLink,    &kName,
      &kKey,      &kCipher,    &kName1,         &kKey1,    &kCipher1,  &kName2,      &kKey2,    &kCipher2};
  static constexpr Type kType{.arm = "Microsoft.Network/ExpressRoutePorts",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_express_route_port",
                              .word = "erd",
                              .title = "pair of ExpressRoute ports",
                              .naming = {.abbreviation = "erd"},
                              .fields = kFields};
};

struct Circuit {
  // azurerm puts it together from tier and family.
  static constexpr Field kSku{.arm = "sku.name", .rule = Rule::Only};
  static constexpr Field kTier{
      .arm = "sku.tier", .azurerm = "sku.tier", .words = "Local|Standard|Premium"};
  static constexpr Field kFamily{
      .arm = "sku.family", .azurerm = "sku.family", .words = "MeteredData|UnlimitedData"};
  static constexpr Field kProvider{
      .arm = "properties.serviceProviderProperties.serviceProviderName",
      .azurerm = "service_provider_name"};
  static constexpr Field kLocation{.arm = "properties.serviceProviderProperties.peeringLocation",
                                   .azurerm = "peering_location"};
  static constexpr Field kMbps{.arm = "properties.serviceProviderProperties.bandwidthInMbps",
                               .azurerm = "bandwidth_in_mbps"};
  static constexpr Field kPort{.arm = "properties.expressRoutePort.id",
                               .azurerm = "express_route_port_id"};
  static constexpr Field kGbps{.arm = "properties.bandwidthInGbps",
                               .azurerm = "bandwidth_in_gbps"};
  static constexpr std::array kFields = {&kSku,      &kTier, &kFamily, &kProvider,
                                         &kLocation, &kMbps, &kPort,   &kGbps};
  static constexpr Type kType{.arm = "Microsoft.Network/expressRouteCircuits",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_express_route_circuit",
                              .word = "erc",
                              .title = "ExpressRoute circuit",
                              .naming = {.abbreviation = "erc"},
                              .fields = kFields};
};

// What another subscription needs to connect to a circuit.
struct CircuitAuthorization {
  static constexpr std::array<const Field *, 0> kFields = {};
  static constexpr Type kType{.arm = "Microsoft.Network/expressRouteCircuits/authorizations",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_express_route_circuit_authorization",
                              .word = "era",
                              .title = "authorization of a circuit",
                              .naming = {.abbreviation = "era", .among = Naming::Among::Parent},
                              .parent = &Circuit::kType,
                              .azurerm_4 = {.attribute = "express_route_circuit_name"},
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

struct CircuitPeering {
  static constexpr Field kSort{.arm = "properties.peeringType",
                               .azurerm = "peering_type",
                               .words = "AzurePrivatePeering|MicrosoftPeering"};
  static constexpr Field kAsn{.arm = "properties.peerASN", .azurerm = "peer_asn"};
  static constexpr Field kPrimary{.arm = "properties.primaryPeerAddressPrefix",
                                  .azurerm = "primary_peer_address_prefix"};
  static constexpr Field kSecondary{.arm = "properties.secondaryPeerAddressPrefix",
                                    .azurerm = "secondary_peer_address_prefix"};
  static constexpr Field kVlan{.arm = "properties.vlanId", .azurerm = "vlan_id"};
  static constexpr std::array kFields = {&kSort, &kAsn, &kPrimary, &kSecondary, &kVlan};
  static constexpr Type kType{.arm = "Microsoft.Network/expressRouteCircuits/peerings",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_express_route_circuit_peering",
                              .word = "private",
                              .title = "peering of a circuit",
                              .naming = {.abbreviation = "peer", .among = Naming::Among::Parent},
                              .parent = &Circuit::kType,
                              .azurerm_4 = {.attribute = "express_route_circuit_name",
                                            .has_name = false},
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

// Two circuits joined through the provider's network: Global Reach.
struct CircuitConnection {
  static constexpr Field kPeering{.arm = "properties.expressRouteCircuitPeering.id",
                                  .rule = Rule::Only};
  static constexpr Field kOther{.arm = "properties.peerExpressRouteCircuitPeering.id",
                                .azurerm = "peer_peering_id"};
  static constexpr Field kRange{.arm = "properties.addressPrefix",
                                .azurerm = "address_prefix_ipv4"};
  static constexpr Field kAuthorization{.arm = "properties.authorizationKey",
                                        .azurerm = "authorization_key"};
  static constexpr std::array kFields = {&kPeering, &kOther, &kRange, &kAuthorization};
  static constexpr Type kType{
      .arm = "Microsoft.Network/expressRouteCircuits/peerings/connections",
      .api = "2025-09-01",
      .azurerm = "azurerm_express_route_circuit_connection",
      .word = "reach",
      .title = "connection of two circuits",
      .naming = {.abbreviation = "reach", .among = Naming::Among::Parent},
      .parent = &CircuitPeering::kType,
      .azurerm_4 = {.attribute = "peering_id", .names_group = false},
      .has_location = false,
      .has_tags = false,
      .fields = kFields};
};

// Of a hub.
struct ExpressRouteGateway {
  static constexpr Field kHub{.arm = "properties.virtualHub.id", .azurerm = "virtual_hub_id"};
  static constexpr Field kLeastUnits{.arm = "properties.autoScaleConfiguration.bounds.min",
                                     .azurerm = "scale_units"};
  static constexpr std::array kFields = {&kHub, &kLeastUnits};
  static constexpr Type kType{.arm = "Microsoft.Network/expressRouteGateways",
                              .api = "2025-09-01",
                              .azurerm = "azurerm_express_route_gateway",
                              .word = "ergw",
                              .title = "ExpressRoute gateway",
                              .naming = {.abbreviation = "ergw"},
                              .fields = kFields};
};

struct ExpressRouteConnection {
  static constexpr Field kPeering{.arm = "properties.expressRouteCircuitPeering.id",
                                  .azurerm = "express_route_circuit_peering_id"};
  static constexpr Field kAuthorization{.arm = "properties.authorizationKey",
                                        .azurerm = "authorization_key"};
  static constexpr Field kSecured{.arm = "properties.enableInternetSecurity",
                                  .azurerm = "internet_security_enabled"};
  static constexpr Field kFastPath{.arm = "properties.expressRouteGatewayBypass",
                                   .azurerm = "express_route_gateway_bypass_enabled"};
  static constexpr std::array kFields = {&kPeering, &kAuthorization, &kSecured, &kFastPath};
  static constexpr Type kType{
      .arm = "Microsoft.Network/expressRouteGateways/expressRouteConnections",
      .api = "2025-09-01",
      .azurerm = "azurerm_express_route_connection",
      .word = "ercn",
      .title = "ExpressRoute connection",
      .naming = {.abbreviation = "ercn", .among = Naming::Among::Parent},
      .parent = &ExpressRouteGateway::kType,
      .azurerm_4 = {.attribute = "express_route_gateway_id", .names_group = false},
      .has_location = false,
      .has_tags = false,
      .fields = kFields};
};

}  // namespace groma::resources::azure
