// SPDX-License-Identifier: Apache-2.0
// Small programs of chance, and what is true of them, found by trying everything.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "groma/reason/program.h"

namespace groma::reason::test {

// Causes are numbered below this, so that sets of them are bits.
inline constexpr Cause kCauses = 12;

// A number in low .. high that is the same with every standard library.
class Chance {
 public:
  explicit Chance(uint64_t seed) : state_(seed * 2654435761 + 1) {}
  auto In(int64_t low, int64_t high) -> int64_t;

 private:
  uint64_t state_;
};

struct Shape {
  // Coefficients and limits are multiplied by this, and then differ by chance in their last digits.
  int64_t scale = 1;
};
auto RandomProgram(Chance &chance, const Shape &shape) -> Program;

class Exhaustive {
 public:
  explicit Exhaustive(const Program &program);

  // Whether these causes can hold together with what is given.
  auto CanHold(llvm::ArrayRef<Cause> causes) const -> bool;
  // The least cost of a solution; nothing if there is none.
  auto optimum() const -> std::optional<int64_t> { return optimum_; }

 private:
  void Visit(const Program &program, std::vector<int64_t> &values);
  void Judge(const Program &program, llvm::ArrayRef<int64_t> values);

  std::set<uint32_t> broken_;  // the causes that some choice of values breaks, as bits
  std::optional<int64_t> optimum_;
};

}  // namespace groma::reason::test
