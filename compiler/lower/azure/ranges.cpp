// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/azure/ranges.h"

#include "groma/addresses/layout.h"

namespace groma::lower::azure {

auto MainNetwork(Reader &reader, std::optional<base::Cidr> supernet, const Ranges &networks)
    -> const Range * {
  const auto layout = supernet ? addresses::SiteIn(*supernet) : std::nullopt;
  const Range *main = nullptr;
  for (const Range &range : networks) {
    if (layout && range.block == layout->network) return &range;
    if (main == nullptr || reader.SpanOf(range.entity).begin < reader.SpanOf(main->entity).begin) {
      main = &range;
    }
  }
  return main;
}

}  // namespace groma::lower::azure
