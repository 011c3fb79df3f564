// SPDX-License-Identifier: Apache-2.0
// Clusters of Azure Kubernetes Service and their pools of nodes.
#pragma once

#include "groma/resources/spelling.h"

namespace groma::resources::azure {

struct Cluster {
  static constexpr Field kSku{.arm = "sku.name", .rule = Rule::Only, .words = "Base"};
  static constexpr Field kTier{
      .arm = "sku.tier", .azurerm = "sku_tier", .words = "Free|Standard|Premium"};
  static constexpr Field kIdentity{
      .arm = "identity.type", .azurerm = "identity.type", .words = "UserAssigned"};
  static constexpr Field kIdentities{.arm = "identity.userAssignedIdentities",
                                     .azurerm = "identity.identity_ids"};
  static constexpr Field kVersion{.arm = "properties.kubernetesVersion",
                                  .azurerm = "kubernetes_version"};
  static constexpr Field kPrefix{.arm = "properties.dnsPrefix", .azurerm = "dns_prefix"};
  static constexpr Field kNodeGroup{.arm = "properties.nodeResourceGroup",
                                    .azurerm = "node_resource_group"};
  static constexpr Field kRoles{.arm = "properties.enableRBAC",
                                .azurerm = "role_based_access_control_enabled"};
  static constexpr Field kNoLocal{.arm = "properties.disableLocalAccounts",
                                  .azurerm = "local_account_disabled"};
  static constexpr Field kEntra{.arm = "properties.aadProfile.managed", .rule = Rule::Only};
  static constexpr Field kEntraRoles{
      .arm = "properties.aadProfile.enableAzureRBAC",
      .azurerm = "azure_active_directory_role_based_access_control.azure_rbac_enabled"};
  static constexpr Field kTenant{
      .arm = "properties.aadProfile.tenantID",
      .azurerm = "azure_active_directory_role_based_access_control.tenant_id"};
  static constexpr Field kAdmins{
      .arm = "properties.aadProfile.adminGroupObjectIDs",
      .azurerm = "azure_active_directory_role_based_access_control.admin_group_object_ids"};
  static constexpr Field kPrivate{.arm = "properties.apiServerAccessProfile.enablePrivateCluster",
                                  .azurerm = "private_cluster_enabled"};
  static constexpr Field kPublicName{
      .arm = "properties.apiServerAccessProfile.enablePrivateClusterPublicFQDN",
      .azurerm = "private_cluster_public_fqdn_enabled"};
  static constexpr Field kZone{.arm = "properties.apiServerAccessProfile.privateDNSZone",
                               .azurerm = "private_dns_zone_id",
                               .words = "system=System|none=None"};
  static constexpr Field kIssuer{.arm = "properties.oidcIssuerProfile.enabled",
                                 .azurerm = "oidc_issuer_enabled"};
  static constexpr Field kIssuerUrl{.arm = "properties.oidcIssuerProfile.issuerURL",
                                    .azurerm = "oidc_issuer_url",
                                    .rule = Rule::Result};
  static constexpr Field kWorkloadIdentity{
      .arm = "properties.securityProfile.workloadIdentity.enabled",
      .azurerm = "workload_identity_enabled"};
  static constexpr Field kUpgrade{.arm = "properties.autoUpgradeProfile.upgradeChannel",
                                  .azurerm = "automatic_upgrade_channel",
                                  .words = "patch|stable|rapid|node-image"};
  static constexpr Field kNodeUpgrade{.arm = "properties.autoUpgradeProfile.nodeOSUpgradeChannel",
                                      .azurerm = "node_os_upgrade_channel",
                                      .words = "NodeImage|SecurityPatch|Unmanaged|None"};
  static constexpr Field kProvisioning{.arm = "properties.nodeProvisioningProfile.mode",
                                       .azurerm = "node_provisioning_profile.mode",
                                       .words = "Manual|Auto"};
  static constexpr Field kPlugin{
      .arm = "properties.networkProfile.networkPlugin", .azurerm = "network_profile.network_plugin", .words = "azure"};
  static constexpr Field kPluginMode{.arm = "properties.networkProfile.networkPluginMode",
                                     .azurerm = "network_profile.network_plugin_mode",
                                     .words = "overlay"};
  static constexpr Field kDataPlane{.arm = "properties.networkProfile.networkDataplane",
                                    .azurerm = "network_profile.network_data_plane",
                                    .words = "azure|cilium"};
  static constexpr Field kPolicy{.arm = "properties.networkProfile.networkPolicy",
                                 .azurerm = "network_profile.network_policy",
                                 .words = "calico|cilium"};
  static constexpr Field kPods{.arm = "properties.networkProfile.podCidr",
                               .azurerm = "network_profile.pod_cidr"};
  static constexpr Field kServices{.arm = "properties.networkProfile.serviceCidr",
                                   .azurerm = "network_profile.service_cidr"};
  static constexpr Field kDns{.arm = "properties.networkProfile.dnsServiceIP",
                              .azurerm = "network_profile.dns_service_ip"};
  static constexpr Field kBalancer{.arm = "properties.networkProfile.loadBalancerSku",
                                   .azurerm = "network_profile.load_balancer_sku",
                                   .words = "standard"};
  static constexpr Field kOutbound{
      .arm = "properties.networkProfile.outboundType",
      .azurerm = "network_profile.outbound_type",
      .words = "loadBalancer|userDefinedRouting|userAssignedNATGateway|none"};
  // The pool of the cluster's own programs; the others are resources of their own.
  static constexpr Field kPool{.arm = "properties.agentPoolProfiles[].name",
                               .azurerm = "default_node_pool.name"};
  static constexpr Field kPoolMode{
      .arm = "properties.agentPoolProfiles[].mode", .rule = Rule::Only, .words = "System"};
  static constexpr Field kPoolSort{.arm = "properties.agentPoolProfiles[].type",
                                   .rule = Rule::Only,
                                   .words = "VirtualMachineScaleSets"};
  static constexpr Field kPoolSize{.arm = "properties.agentPoolProfiles[].vmSize",
                                   .azurerm = "default_node_pool.vm_size"};
  static constexpr Field kPoolVersion{.arm = "properties.agentPoolProfiles[].orchestratorVersion",
                                      .azurerm = "default_node_pool.orchestrator_version"};
  static constexpr Field kPoolCount{.arm = "properties.agentPoolProfiles[].count",
                                    .azurerm = "default_node_pool.node_count"};
  static constexpr Field kPoolZones{.arm = "properties.agentPoolProfiles[].availabilityZones",
                                    .azurerm = "default_node_pool.zones"};
  static constexpr Field kPoolOs{.arm = "properties.agentPoolProfiles[].osSKU",
                                 .azurerm = "default_node_pool.os_sku",
                                 .words = "AzureLinux|Ubuntu"};
  static constexpr Field kPoolDisk{.arm = "properties.agentPoolProfiles[].osDiskType",
                                   .azurerm = "default_node_pool.os_disk_type",
                                   .words = "Ephemeral|Managed"};
  static constexpr Field kPoolDiskSize{.arm = "properties.agentPoolProfiles[].osDiskSizeGB",
                                       .azurerm = "default_node_pool.os_disk_size_gb"};
  static constexpr Field kPoolPods{.arm = "properties.agentPoolProfiles[].maxPods",
                                   .azurerm = "default_node_pool.max_pods"};
  static constexpr Field kPoolSubnet{.arm = "properties.agentPoolProfiles[].vnetSubnetID",
                                     .azurerm = "default_node_pool.vnet_subnet_id"};
  // ARM says it as a taint.
  static constexpr Field kPoolTaints{.arm = "properties.agentPoolProfiles[].nodeTaints",
                                     .rule = Rule::Only};
  static constexpr Field kPoolCritical{.azurerm = "default_node_pool.only_critical_addons_enabled",
                                       .rule = Rule::Only};
  static constexpr Field kPoolSurge{
      .arm = "properties.agentPoolProfiles[].upgradeSettings.maxSurge",
      .azurerm = "default_node_pool.upgrade_settings.max_surge"};
  // Where azurerm makes new nodes while it changes the size of these.
  static constexpr Field kPoolSpare{.azurerm = "default_node_pool.temporary_name_for_rotation",
                                    .rule = Rule::Only};
  static constexpr std::array kFields = {
      &kSku,       &kTier,        &kIdentity,  &kIdentities, &kVersion,   &kPrefix,
      &kNodeGroup, &kRoles,       &kNoLocal,   &kEntra,      &kEntraRoles, &kTenant,
      &kAdmins,    &kPrivate,     &kPublicName, &kZone,      &kIssuer,    &kIssuerUrl,
      &kWorkloadIdentity, &kUpgrade, &kNodeUpgrade, &kPlugin, &kPluginMode, &kDataPlane, &kProvisioning,
      &kPolicy,    &kPods,        &kServices,  &kDns,        &kBalancer,  &kOutbound,
      &kPool,      &kPoolMode,    &kPoolSort,  &kPoolSize,   &kPoolCount, &kPoolZones,
      &kPoolOs,    &kPoolDisk,    &kPoolDiskSize, &kPoolPods, &kPoolSubnet, &kPoolTaints,
      &kPoolCritical, &kPoolSurge, &kPoolSpare, &kPoolVersion};
  static constexpr Type kType{.arm = "Microsoft.ContainerService/managedClusters",
                              .api = "2026-05-01",
                              .azurerm = "azurerm_kubernetes_cluster",
                              .word = "aks",
                              .title = "Kubernetes cluster",
                              .naming = {.abbreviation = "aks", .most = 63, .also = "-_"},
                              .fields = kFields};
};

struct NodePool {
  static constexpr Field kMode{.arm = "properties.mode", .azurerm = "mode", .words = "User"};
  static constexpr Field kSort{.arm = "properties.type",
                               .rule = Rule::Only,
                               .words = "VirtualMachineScaleSets"};
  static constexpr Field kSize{.arm = "properties.vmSize", .azurerm = "vm_size"};
  static constexpr Field kVersion{.arm = "properties.orchestratorVersion",
                                  .azurerm = "orchestrator_version"};
  static constexpr Field kCount{.arm = "properties.count", .azurerm = "node_count"};
  static constexpr Field kScales{.arm = "properties.enableAutoScaling",
                                 .azurerm = "auto_scaling_enabled"};
  static constexpr Field kLeast{.arm = "properties.minCount", .azurerm = "min_count"};
  static constexpr Field kMost{.arm = "properties.maxCount", .azurerm = "max_count"};
  static constexpr Field kZones{.arm = "properties.availabilityZones", .azurerm = "zones"};
  static constexpr Field kOsType{
      .arm = "properties.osType", .azurerm = "os_type", .words = "Linux"};
  static constexpr Field kOs{
      .arm = "properties.osSKU", .azurerm = "os_sku", .words = "AzureLinux|Ubuntu"};
  static constexpr Field kDisk{.arm = "properties.osDiskType",
                               .azurerm = "os_disk_type",
                               .words = "Ephemeral|Managed"};
  static constexpr Field kDiskSize{.arm = "properties.osDiskSizeGB", .azurerm = "os_disk_size_gb"};
  static constexpr Field kPods{.arm = "properties.maxPods", .azurerm = "max_pods"};
  static constexpr Field kSubnet{.arm = "properties.vnetSubnetID", .azurerm = "vnet_subnet_id"};
  static constexpr Field kLabels{.arm = "properties.nodeLabels", .azurerm = "node_labels"};
  static constexpr Field kTaints{.arm = "properties.nodeTaints", .azurerm = "node_taints"};
  static constexpr Field kDriver{
      .arm = "properties.gpuProfile.driver", .azurerm = "gpu_driver", .words = "Install|None"};
  static constexpr Field kMig{.arm = "properties.gpuInstanceProfile",
                              .azurerm = "gpu_instance",
                              .words = "MIG1g|MIG2g|MIG3g|MIG4g|MIG7g"};
  static constexpr Field kSecureBoot{.arm = "properties.securityProfile.enableSecureBoot",
                                     .rule = Rule::Only};
  static constexpr Field kVtpm{.arm = "properties.securityProfile.enableVTPM", .rule = Rule::Only};
  static constexpr Field kPriority{.arm = "properties.scaleSetPriority",
                                   .azurerm = "priority",
                                   .words = "Regular|Spot"};
  static constexpr Field kEviction{.arm = "properties.scaleSetEvictionPolicy",
                                   .azurerm = "eviction_policy",
                                   .words = "Delete|Deallocate"};
  static constexpr Field kReservation{.arm = "properties.capacityReservationGroupID",
                                      .azurerm = "capacity_reservation_group_id"};
  static constexpr Field kProximity{.arm = "properties.proximityPlacementGroupID",
                                    .azurerm = "proximity_placement_group_id"};
  static constexpr Field kSurge{.arm = "properties.upgradeSettings.maxSurge", .rule = Rule::Only};
  static constexpr Field kUnavailable{.arm = "properties.upgradeSettings.maxUnavailable",
                                      .azurerm = "upgrade_settings.max_unavailable"};
  static constexpr Field kTags{.arm = "properties.tags", .azurerm = "tags"};
  static constexpr std::array kFields = {
      &kMode,    &kSort,  &kSize,     &kCount,    &kScales,    &kLeast, &kMost,
      &kZones,   &kOsType, &kOs,      &kDisk,     &kDiskSize,    &kPods,      &kSubnet, &kLabels,
      &kTaints,  &kDriver, &kMig, &kSecureBoot, &kVtpm, &kPriority, &kEviction, &kReservation, &kProximity, &kSurge,
      &kUnavailable, &kTags, &kVersion};
  static constexpr Type kType{.arm = "Microsoft.ContainerService/managedClusters/agentPools",
                              .api = "2026-05-01",
                              .azurerm = "azurerm_kubernetes_cluster_node_pool",
                              .word = "np",
                              .title = "node pool",
                              .naming = {.most = 12,
                                         .also = "",
                                         .letters = Naming::Letters::Lower,
                                         .among = Naming::Among::Parent,
                                         .is_bare = true},
                              .parent = &Cluster::kType,
                              .azurerm_4 = {.attribute = "kubernetes_cluster_id", .names_group = false},
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

}  // namespace groma::resources::azure
