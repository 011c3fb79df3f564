// SPDX-License-Identifier: Apache-2.0
// What everything else lies in: resource groups, and locks on them.
#pragma once

#include "groma/resources/spelling.h"

namespace groma::resources::azure {

struct ResourceGroup {
  static constexpr std::array<const Field *, 0> kFields = {};
  static constexpr Type kType{.arm = "Microsoft.Resources/resourceGroups",
                              .api = "2025-04-01",
                              .azurerm = "azurerm_resource_group",
                              .word = "rg",
                              .title = "resource group",
                              .naming = {.abbreviation = "rg",
                                         .most = 90,
                                         .also = "-_.()",
                                         .among = Naming::Among::Subscription},
                              .scope = Scope::Subscription,
                              .azurerm_4 = {.names_group = false},
                              .fields = kFields};
};

struct Lock {
  static constexpr Field kLevel{.arm = "properties.level",
                                .azurerm = "lock_level",
                                .words = "CanNotDelete|ReadOnly"};
  static constexpr Field kNotes{.arm = "properties.notes", .azurerm = "notes"};
  // ARM knows it by the scope in which the lock is deployed.
  static constexpr Field kScope{.azurerm = "scope", .rule = Rule::Only};
  static constexpr std::array kFields = {&kLevel, &kNotes, &kScope};
  static constexpr Type kType{.arm = "Microsoft.Authorization/locks",
                              .api = "2020-05-01",
                              .azurerm = "azurerm_management_lock",
                              .word = "lock",
                              .title = "lock",
                              .naming = {.abbreviation = "lock", .most = 90},
                              .azurerm_4 = {.names_group = false},
                              .has_location = false,
                              .has_tags = false,
                              .fields = kFields};
};

}  // namespace groma::resources::azure
