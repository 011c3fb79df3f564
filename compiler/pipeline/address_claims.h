// SPDX-License-Identifier: Apache-2.0
// Who claims which addresses, and that nobody else does.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "groma/base/cidr.h"
#include "groma/lower/azure/reader.h"
#include "groma/pipeline/compile.h"

namespace groma::pipeline {

// The addresses of a network or a subnet.
struct Range {
  plan::EntityId entity{};
  lower::azure::Name field{};
  std::optional<base::Cidr> block;
  bool is_stated = false;
};
using Ranges = std::vector<Range>;

// Of the networks of a site that one in which its machines are: the one with the place of the network that groma would
// make, else the first that the plan declares. None if there is none.
auto MainNetwork(lower::azure::Reader &reader, std::optional<base::Cidr> supernet,
                 const Ranges &networks) -> const Range *;

// Reports what claims the same addresses as something that it is routed together with.
void CheckClaims(lower::azure::Reader &reader, const std::map<plan::EntityId, Ranges> &networks_at,
                 const std::map<plan::EntityId, Ranges> &subnets_at, Sink &sink);

}  // namespace groma::pipeline
