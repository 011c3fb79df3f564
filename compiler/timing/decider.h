// SPDX-License-Identifier: Apache-2.0
// What decides Boolean rows. This layer has none: who calls it hands one over, or does without
// proofs.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "llvm/ADT/ArrayRef.h"

namespace groma::timing {

// A variable, numbered from 1, or its negation as the negative number.
using Literal = int32_t;

struct WeightedLiteral {
  Literal literal = 0;
  int32_t weight = 1;
};

class Decider {
 public:
  Decider() = default;
  Decider(const Decider &) = delete;
  auto operator=(const Decider &) -> Decider & = delete;
  virtual ~Decider() = default;

  virtual auto AddVariable() -> Literal = 0;
  // One of them is true.
  virtual void AddClause(llvm::ArrayRef<Literal> literals) = 0;
  // The weights of those that are true add up to `limit` at most.
  virtual void AddAtMost(llvm::ArrayRef<WeightedLiteral> literals, int64_t limit) = 0;
  // Whether all can hold with what is assumed; nothing if that takes more steps than it may.
  virtual auto Decide(llvm::ArrayRef<Literal> assumed) -> std::optional<bool> = 0;
  // In what Decide last found to hold.
  virtual auto IsTrue(Literal literal) -> bool = 0;
};

using MakeDecider = std::function<std::unique_ptr<Decider>()>;

}  // namespace groma::timing
