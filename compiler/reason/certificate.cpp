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

  // After `Bound`: what would cost more than the bound and `room` is ruled out.
  void Narrow(Wide room, llvm::MutableArrayRef<int64_t> lower,
              llvm::MutableArrayRef<int64_t> upper) const {
    std::vector<uint8_t> in_group(program_.columns.size());
    for (const Group &group : program_.groups) {
      for (const Group::Member &member : program_.members(group)) in_group[member.column] = 1;
      NarrowGroup(Select(group), room, lower, upper);
    }
    for (size_t i = 0; i < reduced_.size(); ++i) {
      const Wide reduced = reduced_[i], width = upper[i] - lower[i];
      if (in_group[i] != 0 || reduced == 0) continue;
      const Wide steps = room / (reduced > 0 ? reduced : -reduced);
      if (steps >= width) continue;
      if (reduced > 0) {
        upper[i] = lower[i] + static_cast<int64_t>(steps);
      } else {
        lower[i] = upper[i] - static_cast<int64_t>(steps);
      }
    }
  }

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
    const Selection selection = Select(group);
    for (const Group::Member *member : selection.forced) {
      if (!Add(reduced_[member->column])) return false;
    }
    for (const Group::Member *member : selection.chosen) {
      if (!Add(reduced_[member->column])) return false;
    }
    return selection.is_complete || MarkNoSolution();
  }

  using Members = llvm::SmallVector<const Group::Member *, 16>;
  struct Selection {
    Members forced, chosen, spare;  // each of the latter two from the cheapest on
    bool is_complete = false;
  };
  auto Select(const Group &group) const -> Selection {
    Selection out;
    llvm::SmallVector<uint32_t, 8> taken;
    Members open;
    for (const Group::Member &member : program_.members(group)) {
      if (Lower(member.column) >= 1) {
        if (out.forced.size() == group.pick || llvm::is_contained(taken, member.of_class)) {
          return out;
        }
        out.forced.push_back(&member);
        taken.push_back(member.of_class);
      } else if (Upper(member.column) >= 1) {
        open.push_back(&member);
      }
    }
    std::stable_sort(open.begin(), open.end(), [&](const auto *a, const auto *b) {
      return reduced_[a->column] < reduced_[b->column];
    });
    for (const Group::Member *member : open) {
      if (taken.size() < group.pick && !llvm::is_contained(taken, member->of_class)) {
        taken.push_back(member->of_class);
        out.chosen.push_back(member);
      } else {
        out.spare.push_back(member);
      }
    }
    out.is_complete = taken.size() == group.pick;
    return out;
  }
  // The choice is the cheapest of a matroid: one exchange shows what another choice costs more.
  void NarrowGroup(const Selection &selection, Wide room, llvm::MutableArrayRef<int64_t> lower,
                   llvm::MutableArrayRef<int64_t> upper) const {
    const auto class_mate = [](const Members &members, uint32_t of_class) {
      return llvm::find_if(members, [&](const auto *other) { return other->of_class == of_class; });
    };
    for (const Group::Member *member : selection.spare) {
      const bool is_barred =
          class_mate(selection.forced, member->of_class) != selection.forced.end();
      const auto *mate = class_mate(selection.chosen, member->of_class);
      const Group::Member *out = mate != selection.chosen.end() ? *mate
                                 : selection.chosen.empty()     ? nullptr
                                                                : selection.chosen.back();
      if (is_barred || out == nullptr || reduced_[member->column] - reduced_[out->column] > room) {
        upper[member->column] = 0;
      }
    }
    for (const Group::Member *member : selection.chosen) {
      const auto *in = llvm::find_if(selection.spare, [&](const auto *other) {
        return other->of_class == member->of_class ||
               (class_mate(selection.chosen, other->of_class) == selection.chosen.end() &&
                class_mate(selection.forced, other->of_class) == selection.forced.end());
      });
      if (in == selection.spare.end() ||
          reduced_[(*in)->column] - reduced_[member->column] > room) {
        lower[member->column] = 1;
      }
    }
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

// Costs are whole numbers: what is above one is at least the next.
auto RoundUp(std::optional<Wide> bound) -> std::optional<int64_t> {
  if (!bound) return std::nullopt;
  const Wide one = static_cast<Wide>(1) << kShift;
  const Wide up = *bound >= 0 ? (*bound + one - 1) / one : -((-*bound) / one);
  if (up >= kLargestSum || up <= -kLargestSum) return std::nullopt;
  return static_cast<int64_t>(up);
}

}  // namespace

auto CertifiedBound(const Program &program, const Part &part, llvm::ArrayRef<double> multipliers)
    -> std::optional<int64_t> {
  Certifier certifier(program, part, true);
  const auto bound = certifier.Bound(multipliers);
  return certifier.has_no_solution() ? kNoSolution : RoundUp(bound);
}

auto NarrowByCost(const Program &program, llvm::MutableArrayRef<int64_t> lower,
                  llvm::MutableArrayRef<int64_t> upper, llvm::ArrayRef<double> multipliers,
                  int64_t limit) -> std::optional<int64_t> {
  const std::vector<int64_t> least(lower.begin(), lower.end()), most(upper.begin(), upper.end());
  const Part part{.lower = least, .upper = most};
  Certifier certifier(program, part, true);
  const auto bound = certifier.Bound(multipliers);
  if (certifier.has_no_solution()) return kNoSolution;
  const auto rounded = RoundUp(bound);
  if (rounded && *rounded <= limit && limit < kLargestSum) {
    certifier.Narrow((static_cast<Wide>(limit) << kShift) - *bound, lower, upper);
  }
  return rounded;
}

auto ProvesInfeasible(const Program &program, const Part &part, llvm::ArrayRef<double> multipliers)
    -> bool {
  Certifier certifier(program, part, false);
  const auto bound = certifier.Bound(multipliers);
  return certifier.has_no_solution() || (bound && *bound > 0);
}

}  // namespace groma::reason
