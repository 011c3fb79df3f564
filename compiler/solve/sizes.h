// SPDX-License-Identifier: Apache-2.0
// What the machines of a group hold, and what choosing one size and not another comes to.
#pragma once

#include <vector>

#include "instance.h"

namespace groma::solve {

// A size under an offer of its group.
struct Size {
  uint32_t index = 0;  // in `by_offer`
  uint32_t offer = 0;
  Amounts capacity{};
  // What one machine costs, draws and takes, each in its place; more is worse.
  std::vector<Rational> burden;

  // True if every machine of the other size may as well be one of this.
  auto IsNoWorseThan(const Size &other) const -> bool;
};

// The sizes that some plan may need. Where each machine is of its own size, those that are worse
// than another in everything are left out, and so are those without a price where others have one.
// `unit`: how many of a resource's own units one of a capacity is.
auto SizesOf(Instance &instance, const Pool &group, const std::array<int64_t, kResources> &unit)
    -> std::vector<Size>;

}  // namespace groma::solve
