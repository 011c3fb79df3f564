// SPDX-License-Identifier: Apache-2.0
// What subscriptions lie in, and subscriptions themselves: deployed to the tenant, before anything else.
#pragma once

#include "groma/resources/spelling.h"

namespace groma::resources::azure {

struct ManagementGroup {
  static constexpr Field kTitle{.arm = "properties.displayName", .azurerm = "display_name"};
  static constexpr Field kWithin{.arm = "properties.details.parent.id",
                                 .azurerm = "parent_management_group_id"};
  static constexpr std::array kFields = {&kTitle, &kWithin};
  static constexpr Type kType{.arm = "Microsoft.Management/managementGroups",
                              .api = "2023-04-01",
                              .azurerm = "azurerm_management_group",
                              .word = "mg",
                              .title = "management group",
                              .naming = {.abbreviation = "mg",
                                         .most = 90,
                                         .also = "-_.()",
                                         .among = Naming::Among::Subscription},
                              .scope = Scope::Tenant,
                              .azurerm_4 = {.names_group = false},
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

// That a subscription which is there already lies in a group. Its name is the subscription's id.
struct SubscriptionMember {
  // `/subscriptions/ID`
  static constexpr Field kSubscription{.azurerm = "subscription_id", .rule = Rule::Only};
  static constexpr std::array kFields = {&kSubscription};
  static constexpr Type kType{.arm = "Microsoft.Management/managementGroups/subscriptions",
                              .api = "2023-04-01",
                              .azurerm = "azurerm_management_group_subscription_association",
                              .word = "member",
                              .title = "place of a subscription",
                              .naming = {.most = 36, .among = Naming::Among::Parent},
                              .scope = Scope::Tenant,
                              .parent = &ManagementGroup::kType,
                              .azurerm_4 = {.attribute = "management_group_id",
                                            .names_group = false,
                                            .has_name = false},
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

struct Subscription {
  static constexpr Field kAlias{.azurerm = "alias", .rule = Rule::Only};
  static constexpr Field kTitle{.arm = "properties.displayName", .azurerm = "subscription_name"};
  static constexpr Field kBilling{.arm = "properties.billingScope", .azurerm = "billing_scope_id"};
  static constexpr Field kWorkload{
      .arm = "properties.workload", .azurerm = "workload", .words = "Production|DevTest"};
  static constexpr Field kGroup{.arm = "properties.additionalProperties.managementGroupId",
                                .azurerm = "management_group_id",
                                .rule = Rule::Association,
                                .tie = "azurerm_management_group_subscription_association"};
  static constexpr Field kTags{.arm = "properties.additionalProperties.tags", .azurerm = "tags"};
  static constexpr Field kId{
      .arm = "properties.subscriptionId", .azurerm = "subscription_id", .rule = Rule::Result};
  static constexpr std::array kFields = {&kAlias, &kTitle, &kBilling, &kWorkload,
                                         &kGroup, &kTags,  &kId};
  static constexpr Type kType{.arm = "Microsoft.Subscription/aliases",
                              .api = "2021-10-01",
                              .azurerm = "azurerm_subscription",
                              .word = "sub",
                              .title = "subscription",
                              .naming = {.abbreviation = "sub",
                                         .most = 63,
                                         .also = "-_",
                                         .among = Naming::Among::Subscription},
                              .scope = Scope::Tenant,
                              .azurerm_4 = {.names_group = false, .has_name = false},
                              .has_location = false,
                              .has_tags = false,
                              .tied_as = "properties.subscriptionId",
                              .tied_after = "/subscriptions/",
                              .fields = kFields};
};

}  // namespace groma::resources::azure
