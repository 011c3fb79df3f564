// SPDX-License-Identifier: Apache-2.0
// Machines of Azure, and what keeps a place for them.
#pragma once

#include "groma/resources/spelling.h"

namespace groma::resources::azure {

// Machines that are all alike and share one fabric: a single placement group.
struct ScaleSet {
  static constexpr Field kSize{.arm = "sku.name", .azurerm = "sku"};
  static constexpr Field kCount{.arm = "sku.capacity", .azurerm = "instances"};
  static constexpr Field kZones{.arm = "zones", .azurerm = "zones"};
  static constexpr Field kMode{
      .arm = "properties.orchestrationMode", .rule = Rule::Only, .words = "Uniform"};
  static constexpr Field kOneGroup{.arm = "properties.singlePlacementGroup",
                                   .azurerm = "single_placement_group"};
  static constexpr Field kOverprovision{.arm = "properties.overprovision",
                                        .azurerm = "overprovision"};
  static constexpr Field kUpgrade{.arm = "properties.upgradePolicy.mode",
                                  .azurerm = "upgrade_mode",
                                  .words = "Automatic|Manual|Rolling"};
  static constexpr Field kProximity{.arm = "properties.proximityPlacementGroup.id",
                                    .azurerm = "proximity_placement_group_id"};
  static constexpr Field kReservation{
      .arm = "properties.virtualMachineProfile.capacityReservation.capacityReservationGroup.id",
      .azurerm = "capacity_reservation_group_id"};
  static constexpr Field kPriority{.arm = "properties.virtualMachineProfile.priority",
                                   .azurerm = "priority",
                                   .words = "Regular|Spot"};
  static constexpr Field kEviction{.arm = "properties.virtualMachineProfile.evictionPolicy",
                                   .azurerm = "eviction_policy",
                                   .words = "Deallocate|Delete"};
  static constexpr Field kUser{.arm = "properties.virtualMachineProfile.osProfile.adminUsername",
                               .azurerm = "admin_username"};
  static constexpr Field kPrefix{
      .arm = "properties.virtualMachineProfile.osProfile.computerNamePrefix",
      .azurerm = "computer_name_prefix"};
  static constexpr Field kNoPassword{
      .arm = "properties.virtualMachineProfile.osProfile.linuxConfiguration."
             "disablePasswordAuthentication",
      .azurerm = "disable_password_authentication"};
  // ARM names the file of the keys, azurerm the user.
  static constexpr Field kKeyPath{
      .arm = "properties.virtualMachineProfile.osProfile.linuxConfiguration.ssh.publicKeys[].path",
      .rule = Rule::Only};
  static constexpr Field kKeyUser{.azurerm = "admin_ssh_key[].username", .rule = Rule::Only};
  static constexpr Field kKey{
      .arm = "properties.virtualMachineProfile.osProfile.linuxConfiguration.ssh.publicKeys[].keyData",
      .azurerm = "admin_ssh_key[].public_key"};
  static constexpr Field kImage{
      .arm = "properties.virtualMachineProfile.storageProfile.imageReference.id",
      .azurerm = "source_image_id"};
  static constexpr Field kPublisher{
      .arm = "properties.virtualMachineProfile.storageProfile.imageReference.publisher",
      .azurerm = "source_image_reference.publisher"};
  static constexpr Field kOffer{
      .arm = "properties.virtualMachineProfile.storageProfile.imageReference.offer",
      .azurerm = "source_image_reference.offer"};
  static constexpr Field kSku{
      .arm = "properties.virtualMachineProfile.storageProfile.imageReference.sku",
      .azurerm = "source_image_reference.sku"};
  static constexpr Field kVersion{
      .arm = "properties.virtualMachineProfile.storageProfile.imageReference.version",
      .azurerm = "source_image_reference.version"};
  static constexpr Field kDiskMade{
      .arm = "properties.virtualMachineProfile.storageProfile.osDisk.createOption",
      .rule = Rule::Only,
      .words = "FromImage"};
  static constexpr Field kCaching{
      .arm = "properties.virtualMachineProfile.storageProfile.osDisk.caching",
      .azurerm = "os_disk.caching",
      .words = "None|ReadOnly|ReadWrite"};
  static constexpr Field kDisk{
      .arm = "properties.virtualMachineProfile.storageProfile.osDisk.managedDisk.storageAccountType",
      .azurerm = "os_disk.storage_account_type",
      .words = "Premium_LRS|StandardSSD_LRS"};
  static constexpr Field kNic{
      .arm = "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[].name",
      .azurerm = "network_interface[].name"};
  static constexpr Field kNicPrimary{
      .arm = "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[]."
             "properties.primary",
      .azurerm = "network_interface[].primary"};
  static constexpr Field kAccelerated{
      .arm = "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[]."
             "properties.enableAcceleratedNetworking",
      .azurerm = "network_interface[].enable_accelerated_networking",
      .azurerm_5 = "network_interface[].accelerated_networking_enabled"};
  static constexpr Field kAddress{
      .arm = "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[]."
             "properties.ipConfigurations[].name",
      .azurerm = "network_interface[].ip_configuration[].name"};
  static constexpr Field kAddressPrimary{
      .arm = "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[]."
             "properties.ipConfigurations[].properties.primary",
      .azurerm = "network_interface[].ip_configuration[].primary"};
  static constexpr Field kSubnet{
      .arm = "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[]."
             "properties.ipConfigurations[].properties.subnet.id",
      .azurerm = "network_interface[].ip_configuration[].subnet_id"};
  static constexpr Field kSecurity{
      .arm = "properties.virtualMachineProfile.securityProfile.securityType",
      .rule = Rule::Only,
      .words = "TrustedLaunch"};
  static constexpr Field kSecureBoot{
      .arm = "properties.virtualMachineProfile.securityProfile.uefiSettings.secureBootEnabled",
      .azurerm = "secure_boot_enabled"};
  static constexpr Field kVtpm{
      .arm = "properties.virtualMachineProfile.securityProfile.uefiSettings.vTpmEnabled",
      .azurerm = "vtpm_enabled"};
  static constexpr Field kBootLog{
      .arm = "properties.virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled",
      .azurerm = "boot_diagnostics",
      .rule = Rule::Block};
  static constexpr std::array kFields = {
      &kSize,    &kCount,    &kZones,     &kMode,       &kOneGroup, &kOverprovision, &kUpgrade,
      &kProximity, &kReservation, &kPriority, &kEviction, &kUser,   &kPrefix,        &kNoPassword,
      &kKeyPath, &kKeyUser,  &kKey,       &kImage,      &kPublisher, &kOffer,        &kSku,
      &kVersion, &kDiskMade, &kCaching,   &kDisk,       &kNic,      &kNicPrimary,    &kAccelerated,
      &kAddress, &kAddressPrimary, &kSubnet, &kSecurity, &kSecureBoot, &kVtpm, &kBootLog};
  static constexpr Type kType{.arm = "Microsoft.Compute/virtualMachineScaleSets",
                              .api = "2026-04-01",
                              .azurerm = "azurerm_linux_virtual_machine_scale_set",
                              .word = "vmss",
                              .title = "scale set",
                              .naming = {.abbreviation = "vmss", .most = 64, .also = "-_"},
                              .fields = kFields};
};

// Machines that are alike and stand on their own.
struct FlexibleSet {
  static constexpr Field kSize{.arm = "sku.name", .azurerm = "sku_name"};
  static constexpr Field kMode{
      .arm = "properties.orchestrationMode", .rule = Rule::Only, .words = "Flexible"};
  static constexpr Field kDomains{.arm = "properties.platformFaultDomainCount",
                                  .azurerm = "platform_fault_domain_count"};
  static constexpr Field kNetworkApi{
      .arm = "properties.virtualMachineProfile.networkProfile.networkApiVersion",
      .azurerm = "network_api_version",
      .words = "2020-11-01|2022-11-01"};
  static constexpr Field kUser{
      .arm = "properties.virtualMachineProfile.osProfile.adminUsername",
      .azurerm = "os_profile.linux_configuration.admin_username"};
  static constexpr Field kPrefix{
      .arm = "properties.virtualMachineProfile.osProfile.computerNamePrefix",
      .azurerm = "os_profile.linux_configuration.computer_name_prefix"};
  static constexpr Field kNoPassword{
      .arm = "properties.virtualMachineProfile.osProfile.linuxConfiguration."
             "disablePasswordAuthentication",
      .azurerm = "os_profile.linux_configuration.disable_password_authentication"};
  // azurerm has them for uniform sets only.
  static constexpr Field kSecureBoot{.arm = ScaleSet::kSecureBoot.arm, .rule = Rule::Only};
  static constexpr Field kVtpm{.arm = ScaleSet::kVtpm.arm, .rule = Rule::Only};
  static constexpr Field kKeyUser{.azurerm = "os_profile.linux_configuration.admin_ssh_key[].username",
                                  .rule = Rule::Only};
  static constexpr Field kKey{
      .arm = "properties.virtualMachineProfile.osProfile.linuxConfiguration.ssh.publicKeys[].keyData",
      .azurerm = "os_profile.linux_configuration.admin_ssh_key[].public_key"};
  static constexpr std::array kFields = {
      &kSize,
      &ScaleSet::kCount,
      &ScaleSet::kZones,
      &kMode,
      &kDomains,
      &ScaleSet::kOneGroup,
      &ScaleSet::kProximity,
      &ScaleSet::kReservation,
      &ScaleSet::kPriority,
      &ScaleSet::kEviction,
      &kUser,
      &kPrefix,
      &kNoPassword,
      &ScaleSet::kKeyPath,
      &kKeyUser,
      &kKey,
      &ScaleSet::kImage,
      &ScaleSet::kPublisher,
      &ScaleSet::kOffer,
      &ScaleSet::kSku,
      &ScaleSet::kVersion,
      &ScaleSet::kDiskMade,
      &ScaleSet::kCaching,
      &ScaleSet::kDisk,
      &kNetworkApi,
      &ScaleSet::kNic,
      &ScaleSet::kNicPrimary,
      &ScaleSet::kAccelerated,
      &ScaleSet::kAddress,
      &ScaleSet::kAddressPrimary,
      &ScaleSet::kSubnet,
      &ScaleSet::kSecurity,
      &kSecureBoot,
      &kVtpm,
      &ScaleSet::kBootLog,
  };
  static constexpr Type kType{.arm = "Microsoft.Compute/virtualMachineScaleSets",
                              .api = "2026-04-01",
                              .azurerm = "azurerm_orchestrated_virtual_machine_scale_set",
                              .word = "vmss",
                              .title = "scale set",
                              .naming = {.abbreviation = "vmss", .most = 64, .also = "-_"},
                              .fields = kFields};
};

struct ProximityGroup {
  static constexpr Field kSort{.arm = "properties.proximityPlacementGroupType",
                               .rule = Rule::Only,
                               .words = "Standard"};
  static constexpr Field kSizes{.arm = "properties.intent.vmSizes", .azurerm = "allowed_vm_sizes"};
  static constexpr Field kZones{.arm = "zones", .azurerm = "zone", .rule = Rule::First};
  static constexpr std::array kFields = {&kSort, &kSizes, &kZones};
  static constexpr Type kType{.arm = "Microsoft.Compute/proximityPlacementGroups",
                              .api = "2026-04-01",
                              .azurerm = "azurerm_proximity_placement_group",
                              .word = "ppg",
                              .title = "proximity placement group",
                              .naming = {.abbreviation = "ppg"},
                              .fields = kFields};
};

// A block of machines that is set aside between two days. azurerm knows only reservations without an end.
struct ReservationGroup {
  static constexpr Field kSort{.arm = "properties.reservationType", .words = "Targeted|Block"};
  static constexpr Field kZones{.arm = "zones"};
  static constexpr std::array kFields = {&kSort, &kZones};
  static constexpr Type kType{.arm = "Microsoft.Compute/capacityReservationGroups",
                              .api = "2026-04-01",
                              .word = "crg",
                              .title = "capacity reservation group",
                              .naming = {.abbreviation = "crg", .most = 64},
                              .fields = kFields};
};

struct Reservation {
  static constexpr Field kSize{.arm = "sku.name"};
  static constexpr Field kCount{.arm = "sku.capacity"};
  static constexpr Field kStart{.arm = "properties.scheduleProfile.start"};
  static constexpr Field kEnd{.arm = "properties.scheduleProfile.end"};
  static constexpr Field kZones{.arm = "zones"};
  static constexpr std::array kFields = {&kSize, &kCount, &kStart, &kEnd, &kZones};
  static constexpr Type kType{
      .arm = "Microsoft.Compute/capacityReservationGroups/capacityReservations",
      .api = "2026-04-01",
      .word = "cr",
      .title = "capacity reservation",
      .naming = {.abbreviation = "cr", .among = Naming::Among::Parent},
      .parent = &ReservationGroup::kType,
      .fields = kFields};
};

// How many virtual processors of a family of sizes a subscription may have in a region. It is always there: it can be changed,
// and neither made nor deleted.
struct Quota {
  static constexpr Field kSort{
      .arm = "properties.limit.limitObjectType", .words = "LimitValue"};
  static constexpr Field kLimit{.arm = "properties.limit.value"};
  static constexpr Field kFamily{.arm = "properties.name.value"};
  static constexpr std::array kFields = {&kSort, &kLimit, &kFamily};
  static constexpr Type kType{.arm = "Microsoft.Quota/quotas",
                              .api = "2025-09-01",
                              .word = "quota",
                              .title = "quota",
                              .scope = Scope::Subscription,
                              .has_location = false,
                              .has_tags = false,
                              .azapi = "azapi_update_resource",
                              .in_templates = false,
                              .fields = kFields};
};

}  // namespace groma::resources::azure
