// SPDX-License-Identifier: Apache-2.0
// Sizes in which Azure sells lines and gateways, from the tables that the plan imports.
#pragma once

#include "context.h"

namespace groma::lower::azure {

// The rows of the tables of that kind, of all that the plan imports.
auto Rows(const Reader &reader, Kind kind) -> std::vector<EntityId>;

// What a gateway must carry, of all links that end at it.
struct Load {
  int64_t mbps = 0;
  int64_t lines = 0;        // tunnels or circuits
  // Of the one that carries most; of the tunnels that encrypt and sign in two steps, which is slower, apart.
  int64_t line_mbps = 0, cbc_mbps = 0;
  bool has_fast_path = false;
  std::vector<std::string> stated;  // gateways that links ask for by name
  Spans because, because_stated;

  void Add(const Load &other);
};

struct Size {
  std::string name;  // none: whoever deploys chooses
  int64_t units = 1;
};

// Nothing if there is none that carries so much, which is reported.
auto VpnSize(Context &context, const Place &place, const Load &load) -> std::optional<Size>;
auto ExpressRouteSize(Context &context, const Place &place, const Load &load) -> std::optional<Size>;

// The smallest circuit that carries so much; as much where no table is imported.
auto CircuitMbps(Context &context, int64_t mbps, bool is_direct) -> std::optional<int64_t>;
// The smallest pair of ports that carries a circuit of that bandwidth, in Gbps.
auto PortGbps(Context &context, int64_t mbps) -> int64_t;

// Of the gateway of a hub. Nothing if it is too much, which is reported.
auto UnitsOf(Context &context, const Load &load, int64_t unit_mbps, int64_t most,
             const std::string &gateway) -> std::optional<int64_t>;

}  // namespace groma::lower::azure
