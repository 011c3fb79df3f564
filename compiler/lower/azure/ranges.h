// SPDX-License-Identifier: Apache-2.0
// Addresses that networks and subnets of the plan have.
#pragma once

#include <optional>
#include <vector>

#include "groma/base/cidr.h"
#include "groma/lower/azure/reader.h"

namespace groma::lower::azure {

struct Range {
  EntityId entity{};
  Name field{};
  std::optional<base::Cidr> block;
  bool is_stated = false;
};
using Ranges = std::vector<Range>;

// Of the networks of a site that one in which its machines are: the one with the place of the network that groma would
// make, else the first that the plan declares. None if there is none.
auto MainNetwork(Reader &reader, std::optional<base::Cidr> supernet, const Ranges &networks)
    -> const Range *;

}  // namespace groma::lower::azure
