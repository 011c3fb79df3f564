// SPDX-License-Identifier: Apache-2.0
// What decides Boolean rows. The only implementation that decides anything is Z3, behind `MakeZ3`;
// no header of groma knows it.
#pragma once

#include <memory>
#include <string>

#include "groma/reason/program.h"

namespace groma::reason {

// A variable, numbered from 1, or its negation as the negative number. 0 is no literal.
using Literal = int32_t;

// `coefficient` if the literal is true, nothing if it is false.
struct Term {
  Literal literal = 0;
  int32_t coefficient = 1;  // above 0
};

// The coefficients of a row add up to less than this, and its limit is below it: above 2^31 they
// would overflow silently.
inline constexpr int64_t kLargestRow = int64_t{1} << 30;

enum class Finding : uint8_t { Sat, Unsat, Unknown };

class Prover {
 public:
  Prover() = default;
  Prover(const Prover &) = delete;
  auto operator=(const Prover &) -> Prover & = delete;
  virtual ~Prover() = default;

  // What is added stays. The order in which it is added has an influence on which solution is
  // found and which core, so callers add in the order of the program.
  virtual auto AddVariable() -> Literal = 0;
  virtual void AddClause(llvm::ArrayRef<Literal> literals) = 0;
  virtual void AddAtMost(llvm::ArrayRef<Term> terms, int64_t limit) = 0;
  virtual void AddExactly(llvm::ArrayRef<Term> terms, int64_t limit) = 0;

  // Whether there is a solution in which all assumptions are true. Unknown if the effort ends
  // first, and if the prover itself fails, such as for want of memory.
  virtual auto Check(llvm::ArrayRef<Literal> assumptions, Effort &effort) -> Finding = 0;

  // Of the last check, if it found Sat.
  virtual auto IsTrue(Literal literal) -> bool = 0;
  // Assumptions that cannot hold together, if the last check found Unsat.
  virtual auto Core() -> std::vector<Literal> = 0;
};

// How a caller chooses what decides.
using MakeProver = auto (*)() -> std::unique_ptr<Prover>;

// Z3; what MakeUnknown makes if its library is not found.
auto MakeZ3() -> std::unique_ptr<Prover>;
// Never finds anything: whatever passes with it has not been decided by a prover.
auto MakeUnknown() -> std::unique_ptr<Prover>;

// The full version of Z3, such as 4.8.12.0; empty if its library is not found.
auto EngineVersion() -> std::string;
// What keeps Z3 from being used, and the way out; empty if nothing does.
auto EngineFault() -> std::string;

}  // namespace groma::reason
