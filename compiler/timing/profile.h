// SPDX-License-Identifier: Apache-2.0
// Who of a team is still free, and when.
#pragma once

#include "groma/timing/span.h"

namespace groma::timing {

class Profile {
 public:
  explicit Profile(Spans capacity) : free_(std::move(capacity)) {}

  // The first moment, `from` or later, at which so many are free; kNever if there is none.
  [[nodiscard]] auto NextWith(Moment from, int64_t people) const -> Moment;
  // From `from`, at which so many are free, until fewer are.
  [[nodiscard]] auto LastsUntil(Moment from, int64_t people) const -> Moment;
  // Where anybody is free that late or later; the first span may begin earlier.
  [[nodiscard]] auto FreeFrom(Moment from) const -> llvm::ArrayRef<Span> {
    return llvm::ArrayRef(free_).drop_front(At(from) - free_.begin());
  }

  // Takes people in spans that are in order, or where there are fewer all of them.
  void Take(llvm::ArrayRef<Span> taken);

 private:
  // The first span that ends after `moment`.
  [[nodiscard]] auto At(Moment moment) const -> Spans::const_iterator;

  // Spans at which nobody is free are left out, so that a search does not walk over them.
  Spans free_;
  Spans rest_;  // of a span from which people were taken
};

}  // namespace groma::timing
