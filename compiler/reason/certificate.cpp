// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/certificate.h"

#include <algorithm>
#include <cmath>

#include "llvm/ADT/SmallVector.h"

namespace groma::reason {
namespace {

using Wide = __int128;

// Multipliers are taken as whole multiples of 2^-20.
constexpr int kShift = 20;
constexpr double kLargestMultiplier = 1099511627776.0;  // 2^40; 2^60 after the shift
// A sum of 2^60 * 2^60 stays inside a Wide for 2^6 terms and more: larger ones are refused.
constexpr Wide kLargestWide = static_cast<Wide>(1) << 125;

class Certifier {
 public:
  Certifier(const Program &program, const Part &part, bool with_cost)
      : program_(program), part_(part), with_cost_(with_cost) {}

  // The bound times 2^20; nothing on overflow.
  auto Bound(llvm::ArrayRef<double> multipliers) -> std::optional<Wide> {
    if (!Reduce(multipliers)) return std::nullopt;
    std::vector<uint8_t> in_group(program_.columns.size());
    for (const Group &group : program_.groups) {
      if (!AddGroup(group, in_group)) return std::nullopt;
      if (has_no_solution_) return sum_;
    }
    for (size_t i = 0; i < program_.columns.size(); ++i) {
      const auto column = static_cast<ColumnId>(i);
      if (Lower(column) > Upper(column)) has_no_solution_ = true;
      if (in_group[i] == 0 &&
          !AddTimes(reduced_[i], reduced_[i] > 0 ? Lower(column) : Upper(column))) {
        return std::nullopt;
      }
    }
    return sum_;
  }
  auto has_no_solution() const -> bool { return has_no_solution_; }

 private:
  auto IsDropped(Cause cause) const -> bool {
    return cause < part_.dropped.size() && part_.dropped[cause] != 0;
  }
  auto Lower(ColumnId column) const -> int64_t {
    if (IsDropped(program_.columns[column].cause)) return 0;
    return part_.lower.empty() ? program_.columns[column].lower : part_.lower[column];
  }
  auto Upper(ColumnId column) const -> int64_t {
    if (IsDropped(program_.columns[column].cause)) return program_.columns[column].reach;
    return part_.upper.empty() ? program_.columns[column].upper : part_.upper[column];
  }
  auto Add(Wide amount) -> bool {
    sum_ += amount;
    return sum_ < kLargestWide && sum_ > -kLargestWide;
  }
  auto AddTimes(Wide amount, int64_t times) -> bool {
    Wide product = 0;
    if (__builtin_mul_overflow(amount, static_cast<Wide>(times), &product)) return false;
    return product < kLargestWide && product > -kLargestWide && Add(product);
  }

  // Costs minus what the rows give back, and what the limits take.
  auto Reduce(llvm::ArrayRef<double> multipliers) -> bool {
    reduced_.assign(program_.columns.size(), 0);
    if (with_cost_) {
      for (size_t i = 0; i < reduced_.size(); ++i) {
        reduced_[i] = static_cast<Wide>(program_.columns[i].cost) << kShift;
      }
      if (!Add(static_cast<Wide>(program_.fixed_cost) << kShift)) return false;
    }
    for (size_t r = 0; r < program_.rows.size(); ++r) {
      const Row &row = program_.rows[r];
      double multiplier = multipliers[r];
      if (!row.is_equal && !(multiplier > 0)) continue;
      if (IsDropped(row.cause) || !std::isfinite(multiplier)) continue;
      multiplier = std::clamp(multiplier, -kLargestMultiplier, kLargestMultiplier);
      const auto weight = static_cast<Wide>(std::llround(multiplier * (1 << kShift)));
      if (weight == 0) continue;
      if (!AddTimes(-weight, row.limit)) return false;
      for (const Entry &entry : program_.entries(row)) {
        Wide &reduced = reduced_[entry.column];
        reduced += weight * entry.coefficient;
        if (reduced >= kLargestWide || reduced <= -kLargestWide) return false;
      }
    }
    return true;
  }

  // The cheapest way to pick from a group, given what is fixed already.
  auto AddGroup(const Group &group, std::vector<uint8_t> &in_group) -> bool {
    const auto members = program_.members(group);
    for (const Group::Member &member : members) in_group[member.column] = 1;
    if (IsDropped(group.cause)) {
      for (const Group::Member &member : members) {
        const Wide reduced = reduced_[member.column];
        if (!AddTimes(reduced, reduced > 0 ? Lower(member.column) : Upper(member.column)))
          return false;
      }
      return true;
    }
    uint32_t left = group.pick;
    llvm::SmallVector<uint32_t, 8> taken;
    llvm::SmallVector<const Group::Member *, 32> open;
    for (const Group::Member &member : members) {
      if (Lower(member.column) >= 1) {
        if (left == 0 || llvm::is_contained(taken, member.of_class)) return MarkNoSolution();
        --left;
        taken.push_back(member.of_class);
        if (!Add(reduced_[member.column])) return false;
      } else if (Upper(member.column) >= 1) {
        open.push_back(&member);
      }
    }
    std::stable_sort(open.begin(), open.end(), [&](const auto *a, const auto *b) {
      return reduced_[a->column] < reduced_[b->column];
    });
    for (const Group::Member *member : open) {
      if (left == 0) break;
      if (llvm::is_contained(taken, member->of_class)) continue;
      --left;
      taken.push_back(member->of_class);
      if (!Add(reduced_[member->column])) return false;
    }
    return left == 0 || MarkNoSolution();
  }
  auto MarkNoSolution() -> bool {
    has_no_solution_ = true;
    return true;
  }

  const Program &program_;
  const Part &part_;
  bool with_cost_;
  bool has_no_solution_ = false;
  std::vector<Wide> reduced_;
  Wide sum_ = 0;
};

}  // namespace

auto CertifiedBound(const Program &program, const Part &part, llvm::ArrayRef<double> multipliers)
    -> std::optional<int64_t> {
  Certifier certifier(program, part, true);
  const auto bound = certifier.Bound(multipliers);
  if (certifier.has_no_solution()) return kNoSolution;
  if (!bound) return std::nullopt;
  // Costs are whole numbers: what is above one is at least the next.
  const Wide one = static_cast<Wide>(1) << kShift;
  Wide up = *bound >= 0 ? (*bound + one - 1) / one : -((-*bound) / one);
  if (up >= kLargestSum || up <= -kLargestSum) return std::nullopt;
  return static_cast<int64_t>(up);
}

auto ProvesInfeasible(const Program &program, const Part &part, llvm::ArrayRef<double> multipliers)
    -> bool {
  Certifier certifier(program, part, false);
  const auto bound = certifier.Bound(multipliers);
  return certifier.has_no_solution() || (bound && *bound > 0);
}

}  // namespace groma::reason
