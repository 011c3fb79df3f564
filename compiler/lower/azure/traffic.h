// SPDX-License-Identifier: Apache-2.0
// What must reach what, as flows, workloads and their users say.
#pragma once

#include "context.h"

namespace groma::lower::azure {

struct Traffic {
  std::string name;         // of the flow or the workload, as in rules: letters, digits, `-` and `_`
  std::string description;
  EntityId from{}, to{};    // sites; `from` is none where `tag` says who it is
  std::string tag;          // a word of Azure for many addresses, such as `Internet`
  std::vector<std::string> ports;  // empty: any
  bool is_to_service = false;      // it ends at a private endpoint
  resources::Spans because;
};

// In order of names.
auto AllTraffic(Context &context) -> std::vector<Traffic>;

// The addresses from which things of a site come: its network, or all of a site that is not in Azure.
auto SourceOf(Context &context, EntityId site) -> std::optional<base::Cidr>;
// At most so many bytes, not cut within a letter.
auto Cut(llvm::StringRef text, size_t most) -> std::string;

}  // namespace groma::lower::azure
