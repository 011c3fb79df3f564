// SPDX-License-Identifier: Apache-2.0
// Places for data in Azure.
#pragma once

#include "groma/resources/spelling.h"

namespace groma::resources::azure {

struct StorageAccount {
  static constexpr Field kKind{
      .arm = "kind", .azurerm = "account_kind", .words = "StorageV2|FileStorage|BlockBlobStorage"};
  // One word of ARM is two of azurerm.
  static constexpr Field kSku{.arm = "sku.name",
                              .azurerm = "account_tier",
                              .words = "Standard_LRS=Standard|Standard_ZRS=Standard|Standard_GRS=Standard|"
                                       "Standard_GZRS=Standard|Premium_LRS=Premium|Premium_ZRS=Premium"};
  static constexpr Field kReplication{
      .arm = "sku.name",
      .azurerm = "account_replication_type",
      .words = "Standard_LRS=LRS|Standard_ZRS=ZRS|Standard_GRS=GRS|Standard_GZRS=GZRS|Premium_LRS=LRS|"
               "Premium_ZRS=ZRS"};
  static constexpr Field kTier{.arm = "properties.accessTier",
                               .azurerm = "access_tier",
                               .words = "Hot|Cool|Cold"};
  static constexpr Field kFolders{.arm = "properties.isHnsEnabled", .azurerm = "is_hns_enabled"};
  static constexpr Field kTls{
      .arm = "properties.minimumTlsVersion", .azurerm = "min_tls_version", .words = "TLS1_2"};
  static constexpr Field kHttpsOnly{.arm = "properties.supportsHttpsTrafficOnly",
                                    .azurerm = "https_traffic_only_enabled"};
  static constexpr Field kPublicBlobs{.arm = "properties.allowBlobPublicAccess",
                                      .azurerm = "allow_nested_items_to_be_public"};
  static constexpr Field kSharedKeys{.arm = "properties.allowSharedKeyAccess",
                                     .azurerm = "shared_access_key_enabled"};
  static constexpr Field kOtherTenants{.arm = "properties.allowCrossTenantReplication",
                                       .azurerm = "cross_tenant_replication_enabled"};
  static constexpr Field kPublic{.arm = "properties.publicNetworkAccess",
                                 .azurerm = "public_network_access_enabled",
                                 .rule = Rule::Enabled,
                                 .words = "Enabled|Disabled"};
  static constexpr Field kDefault{.arm = "properties.networkAcls.defaultAction",
                                  .azurerm = "network_rules.default_action",
                                  .words = "Allow|Deny"};
  static constexpr Field kBypass{.arm = "properties.networkAcls.bypass",
                                 .azurerm = "network_rules.bypass",
                                 .rule = Rule::List,
                                 .words = "AzureServices|None"};
  static constexpr Field kIdentity{
      .arm = "identity.type", .azurerm = "identity.type", .words = "UserAssigned"};
  static constexpr Field kIdentities{.arm = "identity.userAssignedIdentities",
                                     .azurerm = "identity.identity_ids"};
  static constexpr Field kKeySource{.arm = "properties.encryption.keySource",
                                    .rule = Rule::Only,
                                    .words = "Microsoft.Storage|Microsoft.Keyvault"};
  static constexpr Field kKeyIdentity{
      .arm = "properties.encryption.identity.userAssignedIdentity",
      .azurerm = "customer_managed_key.user_assigned_identity_id"};
  // ARM names the key and its vault; azurerm takes the address of the key without a version.
  static constexpr Field kKeyName{.arm = "properties.encryption.keyvaultproperties.keyname",
                                  .rule = Rule::Only};
  static constexpr Field kKeyVault{.arm = "properties.encryption.keyvaultproperties.keyvaulturi",
                                   .rule = Rule::Only};
  static constexpr Field kKey{.azurerm = "customer_managed_key.key_vault_key_id",
                              .rule = Rule::Only};
  static constexpr Field kImmutable{.arm = "properties.immutableStorageWithVersioning.enabled",
                                    .rule = Rule::Only};
  static constexpr Field kImmutableState{
      .arm = "properties.immutableStorageWithVersioning.immutabilityPolicy.state",
      .azurerm = "immutability_policy.state",
      .words = "Locked|Unlocked"};
  static constexpr Field kImmutableDays{
      .arm = "properties.immutableStorageWithVersioning.immutabilityPolicy."
             "immutabilityPeriodSinceCreationInDays",
      .azurerm = "immutability_policy.period_since_creation_in_days"};
  static constexpr Field kAppends{
      .arm = "properties.immutableStorageWithVersioning.immutabilityPolicy."
             "allowProtectedAppendWrites",
      .azurerm = "immutability_policy.allow_protected_append_writes"};
  static constexpr std::array kFields = {
      &kKind,         &kSku,       &kReplication, &kTier,          &kFolders,       &kTls,
      &kHttpsOnly,    &kPublicBlobs, &kSharedKeys, &kOtherTenants, &kPublic,        &kDefault,
      &kBypass,       &kIdentity,  &kIdentities,  &kKeySource,     &kKeyIdentity,   &kKeyName,
      &kKeyVault,     &kKey,       &kImmutable,   &kImmutableState, &kImmutableDays, &kAppends};
  static constexpr Type kType{.arm = "Microsoft.Storage/storageAccounts",
                              .api = "2026-04-01",
                              .azurerm = "azurerm_storage_account",
                              .word = "st",
                              .title = "storage account",
                              .naming = {.abbreviation = "st",
                                         .least = 3,
                                         .most = 24,
                                         .also = "",
                                         .letters = Naming::Letters::Lower,
                                         .among = Naming::Among::World},
                              .fields = kFields};
};

// What holds for all blobs of an account.
struct BlobService {
  static constexpr Field kVersions{.arm = "properties.isVersioningEnabled",
                                   .azurerm = "blob_properties.versioning_enabled"};
  static constexpr Field kKeeps{.arm = "properties.deleteRetentionPolicy.enabled",
                                .rule = Rule::Only};
  static constexpr Field kKept{.arm = "properties.deleteRetentionPolicy.days",
                               .azurerm = "blob_properties.delete_retention_policy.days"};
  static constexpr Field kKeepsContainers{
      .arm = "properties.containerDeleteRetentionPolicy.enabled", .rule = Rule::Only};
  static constexpr Field kContainersKept{
      .arm = "properties.containerDeleteRetentionPolicy.days",
      .azurerm = "blob_properties.container_delete_retention_policy.days"};
  static constexpr std::array kFields = {&kVersions, &kKeeps, &kKept, &kKeepsContainers,
                                         &kContainersKept};
  static constexpr Type kType{.arm = "Microsoft.Storage/storageAccounts/blobServices",
                              .api = "2026-04-01",
                              .azurerm = "azurerm_storage_account",
                              .word = "blobs",
                              .title = "blob service",
                              .naming = {.among = Naming::Among::Parent},
                              .parent = &StorageAccount::kType,
                              .azurerm_in_parent = true,
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

struct Container {
  static constexpr Field kAccess{.arm = "properties.publicAccess",
                                 .azurerm = "container_access_type",
                                 .words = "None=private"};
  static constexpr std::array kFields = {&kAccess};
  static constexpr Type kType{.arm = "Microsoft.Storage/storageAccounts/blobServices/containers",
                              .api = "2026-04-01",
                              .azurerm = "azurerm_storage_container",
                              .word = "container",
                              .title = "container",
                              .naming = {.least = 3, .most = 63, .also = "-",
                                         .among = Naming::Among::Parent},
                              .parent = &BlobService::kType,
                              .azurerm_4 = {.attribute = "storage_account_id", .names_group = false},
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

// What holds for all shares of an account.
struct FileService {
  static constexpr Field kKeeps{.arm = "properties.shareDeleteRetentionPolicy.enabled",
                                .rule = Rule::Only};
  static constexpr Field kKept{.arm = "properties.shareDeleteRetentionPolicy.days",
                               .azurerm = "share_properties.retention_policy.days"};
  static constexpr std::array kFields = {&kKeeps, &kKept};
  static constexpr Type kType{.arm = "Microsoft.Storage/storageAccounts/fileServices",
                              .api = "2025-01-01",
                              .azurerm = "azurerm_storage_account",
                              .word = "files",
                              .title = "file service",
                              .naming = {.among = Naming::Among::Parent},
                              .parent = &StorageAccount::kType,
                              .azurerm_in_parent = true,
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

struct Share {
  static constexpr Field kGib{.arm = "properties.shareQuota", .azurerm = "quota"};
  static constexpr Field kProtocol{.arm = "properties.enabledProtocols",
                                   .azurerm = "enabled_protocol",
                                   .words = "NFS|SMB"};
  static constexpr std::array kFields = {&kGib, &kProtocol};
  static constexpr Type kType{.arm = "Microsoft.Storage/storageAccounts/fileServices/shares",
                              .api = "2025-01-01",
                              .azurerm = "azurerm_storage_share",
                              .word = "share",
                              .title = "file share",
                              .naming = {.least = 3, .most = 63, .also = "-",
                                         .among = Naming::Among::Parent},
                              .parent = &FileService::kType,
                              .azurerm_4 = {.attribute = "storage_account_id", .names_group = false},
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

struct Lustre {
  static constexpr Field kSku{.arm = "sku.name",
                              .azurerm = "sku_name",
                              .words = "AMLFS-Durable-Premium-40|AMLFS-Durable-Premium-125|"
                                       "AMLFS-Durable-Premium-250|AMLFS-Durable-Premium-500"};
  static constexpr Field kCapacity{.arm = "properties.storageCapacityTiB",
                                   .azurerm = "storage_capacity_in_tb"};
  static constexpr Field kSubnet{.arm = "properties.filesystemSubnet", .azurerm = "subnet_id"};
  static constexpr Field kDay{
      .arm = "properties.maintenanceWindow.dayOfWeek",
      .azurerm = "maintenance_window.day_of_week",
      .words = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"};
  static constexpr Field kTime{.arm = "properties.maintenanceWindow.timeOfDayUTC",
                               .azurerm = "maintenance_window.time_of_day_in_utc"};
  static constexpr Field kZones{.arm = "zones", .azurerm = "zones"};
  static constexpr Field kIdentity{
      .arm = "identity.type", .azurerm = "identity.type", .words = "UserAssigned"};
  static constexpr Field kIdentities{.arm = "identity.userAssignedIdentities",
                                     .azurerm = "identity.identity_ids"};
  static constexpr Field kKey{.arm = "properties.encryptionSettings.keyEncryptionKey.keyUrl",
                              .azurerm = "encryption_key.key_url"};
  static constexpr Field kKeyVault{
      .arm = "properties.encryptionSettings.keyEncryptionKey.sourceVault.id",
      .azurerm = "encryption_key.source_vault_id"};
  static constexpr std::array kFields = {&kSku,  &kCapacity, &kSubnet,     &kDay, &kTime,
                                         &kZones, &kIdentity, &kIdentities, &kKey, &kKeyVault};
  static constexpr Type kType{.arm = "Microsoft.StorageCache/amlFilesystems",
                              .api = "2026-01-01",
                              .azurerm = "azurerm_managed_lustre_file_system",
                              .word = "amlfs",
                              .title = "Lustre file system",
                              .naming = {.abbreviation = "amlfs", .least = 2, .also = "-_"},
                              .fields = kFields};
};

struct NetAppAccount {
  static constexpr std::array<const Field *, 0> kFields = {};
  static constexpr Type kType{.arm = "Microsoft.NetApp/netAppAccounts",
                              .api = "2026-06-01",
                              .azurerm = "azurerm_netapp_account",
                              .word = "anf",
                              .title = "NetApp account",
                              .naming = {.abbreviation = "anf", .least = 3, .most = 64, .also = "-_"},
                              .fields = kFields};
};

struct NetAppPool {
  static constexpr Field kLevel{.arm = "properties.serviceLevel",
                                .azurerm = "service_level",
                                .words = "Standard|Premium|Ultra"};
  static constexpr Field kSize{
      .arm = "properties.size", .azurerm = "size_in_tb", .rule = Rule::Tebibytes};
  static constexpr std::array kFields = {&kLevel, &kSize};
  static constexpr Type kType{.arm = "Microsoft.NetApp/netAppAccounts/capacityPools",
                              .api = "2026-06-01",
                              .azurerm = "azurerm_netapp_pool",
                              .word = "anfp",
                              .title = "NetApp pool",
                              .naming = {.abbreviation = "anfp", .least = 3, .most = 64, .also = "-_",
                                         .among = Naming::Among::Parent},
                              .parent = &NetAppAccount::kType,
                              .azurerm_4 = {.attribute = "account_name"},
                              .fields = kFields};
};

struct NetAppVolume {
  // azurerm names the account beside the pool.
  static constexpr Field kAccount{.azurerm = "account_name", .rule = Rule::Only};
  static constexpr Field kPath{.arm = "properties.creationToken", .azurerm = "volume_path"};
  static constexpr Field kLevel{.arm = "properties.serviceLevel",
                                .azurerm = "service_level",
                                .words = "Standard|Premium|Ultra"};
  static constexpr Field kSubnet{.arm = "properties.subnetId", .azurerm = "subnet_id"};
  static constexpr Field kProtocols{.arm = "properties.protocolTypes", .azurerm = "protocols"};
  static constexpr Field kFeatures{
      .arm = "properties.networkFeatures", .azurerm = "network_features", .words = "Basic|Standard"};
  static constexpr Field kSize{.arm = "properties.usageThreshold",
                               .azurerm = "storage_quota_in_gb",
                               .rule = Rule::Gibibytes};
  static constexpr Field kSnapshots{.arm = "properties.snapshotDirectoryVisible",
                                    .azurerm = "snapshot_directory_visible"};
  static constexpr Field kRule{.arm = "properties.exportPolicy.rules[].ruleIndex",
                               .azurerm = "export_policy_rule[].rule_index"};
  static constexpr Field kClients{.arm = "properties.exportPolicy.rules[].allowedClients",
                                  .azurerm = "export_policy_rule[].allowed_clients",
                                  .rule = Rule::List};
  static constexpr Field kNfs{.arm = "properties.exportPolicy.rules[].nfsv41", .rule = Rule::Only};
  static constexpr Field kNfsName{.azurerm = "export_policy_rule[].protocol", .rule = Rule::Only};
  static constexpr Field kOldNfs{.arm = "properties.exportPolicy.rules[].nfsv3",
                                 .rule = Rule::Only};
  static constexpr Field kWrites{.arm = "properties.exportPolicy.rules[].unixReadWrite",
                                 .azurerm = "export_policy_rule[].unix_read_write"};
  static constexpr Field kRoot{.arm = "properties.exportPolicy.rules[].hasRootAccess",
                               .azurerm = "export_policy_rule[].root_access_enabled"};
  static constexpr std::array kFields = {&kAccount, &kPath,    &kLevel,   &kSubnet, &kProtocols,
                                         &kFeatures, &kSize,   &kSnapshots, &kRule, &kClients,
                                         &kNfs,     &kNfsName, &kOldNfs,  &kWrites, &kRoot};
  static constexpr Type kType{.arm = "Microsoft.NetApp/netAppAccounts/capacityPools/volumes",
                              .api = "2026-06-01",
                              .azurerm = "azurerm_netapp_volume",
                              .word = "anfv",
                              .title = "NetApp volume",
                              .naming = {.abbreviation = "anfv", .most = 64, .also = "-_",
                                         .among = Naming::Among::Parent},
                              .parent = &NetAppPool::kType,
                              .azurerm_4 = {.attribute = "pool_name"},
                              .fields = kFields};
};

}  // namespace groma::resources::azure
