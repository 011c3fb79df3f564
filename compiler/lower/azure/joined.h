// SPDX-License-Identifier: Apache-2.0
// Which sites are routed together.
#pragma once

#include <map>

#include "groma/lower/azure/reader.h"

namespace groma::lower::azure {

// Sites that a network or a link joins, also by way of others.
class Joined {
 public:
  explicit Joined(Reader &reader);

  auto Are(EntityId a, EntityId b) const -> bool;
  auto PartOf(EntityId site) const -> EntityId;

 private:
  void Join(EntityId a, EntityId b);

  std::map<EntityId, EntityId> over_;  // a site, and one nearer to the one that stands for its part
};

// The site of a network, a service, storage or a pool; a site itself.
auto SiteOf(Reader &reader, EntityId id) -> EntityId;

}  // namespace groma::lower::azure
