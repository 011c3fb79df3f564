// SPDX-License-Identifier: Apache-2.0
// Days on which what runs must not be changed, and which tasks stay out of them.
#pragma once

#include "groma/timing/workforce.h"
#include "groma/timing/zone.h"
#include "steps.h"

namespace groma::schedule {

struct Freeze {
  EntityId id{};
  timing::Span span;  // by the clocks of the plan
  std::vector<EntityId> covers;  // none: everything
};

class Freezes {
 public:
  Freezes(Source &source, const timing::Zone &zone);

  // By their numbers, those that a step stays out of: it is a change, and it is, or stands in, what
  // they cover.
  auto Of(const Step &step) const -> std::vector<uint32_t>;
  auto freeze(uint32_t number) const -> const Freeze & { return list_[number]; }
  auto SpansOf(llvm::ArrayRef<uint32_t> numbers) const -> timing::Spans;

 private:
  const plan::Model &model_;
  std::vector<Freeze> list_;
};

}  // namespace groma::schedule
