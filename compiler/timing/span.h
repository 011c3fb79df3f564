// SPDX-License-Identifier: Apache-2.0
// Stretches of time, and what is common to lists of them.
#pragma once

#include <vector>

#include "groma/timing/moment.h"
#include "llvm/ADT/ArrayRef.h"

namespace groma::timing {

// What is worked out lies in it; calendars know nothing beyond.
struct Horizon {
  Moment from = 0;
  Moment until = 0;
};

// From `begin` to just before `end`.
struct Span {
  Moment begin = 0;
  Moment end = 0;
  // What is done in each minute: 1, or the number of people.
  int64_t rate = 1;

  friend auto operator==(const Span &, const Span &) -> bool = default;
};

// In order, without overlaps, none empty; neighbours that touch differ in their rate.
using Spans = std::vector<Span>;

// Of spans in any order, with the sum of the rates where they overlap.
[[nodiscard]] auto Sum(llvm::ArrayRef<Span> spans) -> Spans;
// The time of any of them, at a rate of 1: teams that follow the sun.
[[nodiscard]] auto Union(llvm::ArrayRef<Spans> lists) -> Spans;
// The time of any of them, at the highest rate.
[[nodiscard]] auto Highest(llvm::ArrayRef<Spans> lists) -> Spans;
// The time of both, at the rate of `left`.
[[nodiscard]] auto Intersection(const Spans &left, const Spans &right) -> Spans;
// What is left of `spans` outside of `holes`.
[[nodiscard]] auto Without(const Spans &spans, const Spans &holes) -> Spans;

// From each moment on, so much.
struct Step {
  Moment at = 0;
  int64_t value = 0;
};
// `spans` at their rates times the value that holds, in the order of the steps; nothing before the
// first step.
[[nodiscard]] auto Times(const Spans &spans, llvm::ArrayRef<Step> steps) -> Spans;

}  // namespace groma::timing
