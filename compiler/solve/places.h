// SPDX-License-Identifier: Apache-2.0
// Where an entity stands in a list that only grows: plans ask for the same thing month by month.
#pragma once

#include <vector>

#include "groma/plan/ids.h"
#include "llvm/ADT/DenseMap.h"

namespace groma::solve {

class Places {
 public:
  // Null if no element of the list has this id.
  template <typename Thing>
  auto Find(const std::vector<Thing> &things, plan::EntityId id) -> const Thing * {
    for (; known_ < things.size(); ++known_) {
      at_.try_emplace(plan::Index(things[known_].id), static_cast<uint32_t>(known_));
    }
    const auto found = at_.find(plan::Index(id));
    return found == at_.end() ? nullptr : &things[found->second];
  }

 private:
  llvm::DenseMap<uint32_t, uint32_t> at_;
  size_t known_ = 0;
};

}  // namespace groma::solve
