// SPDX-License-Identifier: Apache-2.0
// Who may do what in Azure, and where keys are kept.
#pragma once

#include "groma/resources/spelling.h"

namespace groma::resources::azure {

struct Identity {
  static constexpr Field kPrincipal{.arm = "properties.principalId",
                                    .azurerm = "principal_id",
                                    .rule = Rule::Result};
  static constexpr Field kClient{
      .arm = "properties.clientId", .azurerm = "client_id", .rule = Rule::Result};
  static constexpr std::array kFields = {&kPrincipal, &kClient};
  static constexpr Type kType{.arm = "Microsoft.ManagedIdentity/userAssignedIdentities",
                              .api = "2024-11-30",
                              .azurerm = "azurerm_user_assigned_identity",
                              .word = "identity",
                              .title = "identity",
                              .naming = {.abbreviation = "id", .least = 3, .most = 128, .also = "-_"},
                              .fields = kFields};
};

// It stands on what it is about: see Resource::on.
struct RoleAssignment {
  // ARM wants the id of the role's definition, azurerm looks it up by the name.
  static constexpr Field kRole{.arm = "properties.roleDefinitionId", .rule = Rule::Only};
  static constexpr Field kRoleName{.azurerm = "role_definition_name", .rule = Rule::Only};
  static constexpr Field kPrincipal{.arm = "properties.principalId", .azurerm = "principal_id"};
  static constexpr Field kPrincipalType{.arm = "properties.principalType",
                                        .azurerm = "principal_type",
                                        .words = "User|Group|ServicePrincipal"};
  static constexpr Field kDescription{.arm = "properties.description", .azurerm = "description"};
  static constexpr Field kScope{.azurerm = "scope", .rule = Rule::Only};
  static constexpr std::array kFields = {&kRole,          &kRoleName,    &kPrincipal,
                                         &kPrincipalType, &kDescription, &kScope};
  static constexpr Type kType{.arm = "Microsoft.Authorization/roleAssignments",
                              .api = "2022-04-01",
                              .azurerm = "azurerm_role_assignment",
                              .word = "role",
                              .title = "role assignment",
                              .azurerm_4 = {.names_group = false},
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

struct Vault {
  static constexpr Field kTenant{.arm = "properties.tenantId", .azurerm = "tenant_id"};
  static constexpr Field kSku{
      .arm = "properties.sku.name", .azurerm = "sku_name", .words = "standard|premium"};
  static constexpr Field kFamily{
      .arm = "properties.sku.family", .rule = Rule::Only, .words = "A"};
  static constexpr Field kRoles{.arm = "properties.enableRbacAuthorization",
                                .azurerm = "rbac_authorization_enabled"};
  static constexpr Field kKept{.arm = "properties.softDeleteRetentionInDays",
                               .azurerm = "soft_delete_retention_days"};
  static constexpr Field kPurgeProtection{.arm = "properties.enablePurgeProtection",
                                          .azurerm = "purge_protection_enabled"};
  static constexpr Field kPublic{.arm = "properties.publicNetworkAccess",
                                 .azurerm = "public_network_access_enabled",
                                 .rule = Rule::Enabled,
                                 .words = "Enabled|Disabled"};
  static constexpr Field kBypass{.arm = "properties.networkAcls.bypass",
                                 .azurerm = "network_acls.bypass",
                                 .words = "AzureServices|None"};
  static constexpr Field kDefault{.arm = "properties.networkAcls.defaultAction",
                                  .azurerm = "network_acls.default_action",
                                  .words = "Allow|Deny"};
  static constexpr Field kUri{
      .arm = "properties.vaultUri", .azurerm = "vault_uri", .rule = Rule::Result};
  static constexpr std::array kFields = {&kTenant, &kSku,             &kFamily, &kRoles,
                                         &kKept,   &kPurgeProtection, &kPublic, &kBypass,
                                         &kDefault, &kUri};
  static constexpr Type kType{.arm = "Microsoft.KeyVault/vaults",
                              .api = "2026-02-01",
                              .azurerm = "azurerm_key_vault",
                              .word = "kv",
                              .title = "key vault",
                              .naming = {.abbreviation = "kv",
                                         .least = 3,
                                         .most = 24,
                                         .also = "-",
                                         .among = Naming::Among::World},
                              .fields = kFields};
};

struct Key {
  static constexpr Field kSort{
      .arm = "properties.kty", .azurerm = "key_type", .words = "EC|EC-HSM|RSA|RSA-HSM"};
  static constexpr Field kSize{.arm = "properties.keySize", .azurerm = "key_size"};
  static constexpr Field kUses{.arm = "properties.keyOps", .azurerm = "key_opts"};
  static constexpr Field kRotation{.arm = "properties.rotationPolicy.lifetimeActions[].action.type",
                                   .rule = Rule::Only,
                                   .words = "rotate|notify"};
  static constexpr Field kRotatedAfter{
      .arm = "properties.rotationPolicy.lifetimeActions[].trigger.timeAfterCreate",
      .azurerm = "rotation_policy.automatic.time_after_creation"};
  static constexpr Field kUri{
      .arm = "properties.keyUri", .azurerm = "versionless_id", .rule = Rule::Result};
  static constexpr Field kVersionUri{
      .arm = "properties.keyUriWithVersion", .azurerm = "id", .rule = Rule::Result};
  static constexpr std::array kFields = {&kSort,         &kSize, &kUses,      &kRotation,
                                         &kRotatedAfter, &kUri,  &kVersionUri};
  static constexpr Type kType{.arm = "Microsoft.KeyVault/vaults/keys",
                              .api = "2026-02-01",
                              .azurerm = "azurerm_key_vault_key",
                              .word = "key",
                              .title = "key",
                              .naming = {.abbreviation = "key",
                                         .most = 127,
                                         .also = "-",
                                         .among = Naming::Among::Parent,
                                         .is_bare = true},
                              .parent = &Vault::kType,
                              .azurerm_4 = {.attribute = "key_vault_id", .names_group = false},
                              .has_location = false,
                              .fields = kFields};
};

}  // namespace groma::resources::azure
