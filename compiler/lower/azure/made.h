// SPDX-License-Identifier: Apache-2.0
// What stands for things of the plan once it is made, so that others can refer to it.
#pragma once

#include <map>
#include <set>
#include <string>

#include "groma/lower/azure/reader.h"
#include "groma/resources/graph.h"

namespace groma::lower::azure {

struct Made {
  // The resources on which access to a thing of the plan is granted: one for each of its sites.
  std::map<EntityId, std::vector<resources::ResourceId>> of;
  std::map<EntityId, resources::ResourceId> clusters;  // by site
  std::map<EntityId, resources::ResourceId> vaults;    // by site: those in which keys of data at rest lie
  std::map<resources::ResourceId, EntityId> vault_entities;  // those that the plan has
  std::map<std::string, resources::ParameterId> groups;  // ids of groups of people, by their names
  std::optional<resources::ParameterId> user, ssh_key;   // of machines
};

}  // namespace groma::lower::azure
