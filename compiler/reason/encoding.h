// SPDX-License-Identifier: Apache-2.0
// A program as Boolean rows of a prover: each column is a sum of binary digits.
#pragma once

#include <memory>
#include <optional>

#include "groma/reason/prover.h"

namespace groma::reason {

// Whether what a cause brings about simply holds, or only where a literal of the cause is assumed.
// Without its cause a column lies in 0 .. reach, or as far as its own bounds go, a row does not
// hold, and a group may pick any number of its members, of distinct classes.
enum class Causes : uint8_t { Hold, Assumed };

class Encoding {
 public:
  // Nothing if the numbers are too large, or the effort is: a step for each term.
  static auto Make(const Program &program, Causes causes, MakeProver make, Effort &effort)
      -> std::optional<Encoding>;

  auto prover() -> Prover & { return *prover_; }
  // The causes that the program mentions, in their order, and the literal of each.
  auto causes() const -> llvm::ArrayRef<Cause> { return causes_; }
  auto LiteralOf(Cause cause) const -> Literal;
  auto CauseOf(Literal literal) const -> Cause { return causes_[literal - first_guard_]; }

  // Of each column, after the prover found Sat.
  auto Values() -> std::vector<int64_t>;
  // A literal which, if it is true, keeps the cost at `limit` or below.
  auto AddCostLimit(int64_t limit) -> Literal;

 private:
  // base + sum(2^i * digit i).
  struct Number {
    int64_t base = 0;
    Literal first = 0;
    int digits = 0;
  };
  struct Span {
    int64_t lower = 0, upper = 0;
  };

  Encoding(const Program &program, Causes causes, MakeProver make)
      : program_(&program), has_guards_(causes == Causes::Assumed), prover_(make()) {}

  auto SpanOf(const Column &column) const -> Span;
  auto Fits() const -> bool;
  void AddGuards();
  void AddNumbers();
  void AddBounds();
  void AddGroup(const Group &group);
  auto GuardOf(Cause cause) const -> Literal;

  const Program *program_;
  bool has_guards_;
  std::unique_ptr<Prover> prover_;
  std::vector<Cause> causes_;
  Literal first_guard_ = 0;
  std::vector<Number> numbers_;
};

}  // namespace groma::reason
