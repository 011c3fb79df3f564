// SPDX-License-Identifier: Apache-2.0
// `groma.lock`: what was decided, one line for each choice, so that an unrelated edit moves nothing.
#pragma once

#include <string>
#include <vector>

#include "groma/plan/plan.h"

namespace groma::plan {

// A choice as the lock has it: `prod serve.sku = nc40ads_h100_v5`.
struct Pin {
  std::string environment;  // empty: the plan has none
  std::string name;         // the field: `serve.sku`, or the pools of a workload: `chat.placed_on`
  std::string value;        // as `Print` writes it
  source::Span span;        // of the line; none if it is in no lock

  auto key() const -> std::pair<const std::string &, const std::string &> {
    return {environment, name};
  }
};

// A line that cannot be read.
struct LockFault {
  enum class Of : uint8_t {
    Syntax,    // it is not `[ENVIRONMENT] NAME = VALUE`
    Conflict,  // a merge left it for people to solve
    Twice      // an earlier line pins the same
  };
  Of of = Of::Syntax;
  source::Span span;
  Pin pin;  // Twice
};

// The member of workloads that names their pools.
inline constexpr llvm::StringLiteral kPlacedOn = "placed_on";

struct Lock {
  std::vector<Pin> pins;
  std::vector<LockFault> faults;
};

// `base` is the global offset of the text.
auto ReadLock(llvm::StringRef text, uint32_t base) -> Lock;

// Sorts the pins. An empty line parts entities, so that git merges what branches did to neighbours.
auto WriteLock(std::vector<Pin> pins) -> std::string;

// What a lock says of a decided plan.
auto PinsOf(const Plan &plan) -> std::vector<Pin>;

}  // namespace groma::plan
