// SPDX-License-Identifier: Apache-2.0
// Who may do what: identities of machines and services, groups of people, and roles that they have.
#pragma once

#include "context.h"

namespace groma::lower::azure {

struct Grant {
  EntityId of{};            // because of whom
  std::string role;         // its name in the portal
  ResourceId on = resources::kNoResource;  // none: all that lies in the place's group
  std::string concern;
  Value principal;          // its id in the directory
  Value key;                // what stands for it in the name, which must be known beforehand
  bool is_group = false;
  std::string whom;         // for the reader
  std::string description;
  resources::Spans because;
};
// Tells, and grants nothing, where the role is unknown.
auto AddGrant(Context &context, const Place &place, Grant grant) -> ResourceId;
// To an identity.
auto AddGrant(Context &context, const Place &place, EntityId of, llvm::StringRef role,
              ResourceId on, llvm::StringRef concern, ResourceId identity) -> ResourceId;

auto AddIdentity(Context &context, const Place &place, EntityId of, llvm::StringRef role)
    -> ResourceId;

// The parameter with the group's id in the directory: its name is none.
auto GroupId(Context &context, const std::string &group, const resources::Spans &because)
    -> ParameterId;

// What `access` of the plan grants, on what stands for each thing.
void LowerAccess(Context &context);

}  // namespace groma::lower::azure
