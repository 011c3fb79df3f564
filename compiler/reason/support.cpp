// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/support.h"

#include <algorithm>
#include <cmath>

#include "llvm/ADT/STLExtras.h"

namespace groma::reason {
namespace {

class Supporter {
 public:
  Supporter(const Program &program, const Part &part) : program_(program), part_(part) {}

  auto Of(llvm::ArrayRef<double> ray) -> std::vector<Cause> {
    std::vector<uint8_t> in_group(program_.columns.size());
    for (const Group &group : program_.groups) {
      for (const auto &member : program_.members(group)) in_group[member.column] = 1;
      // A group that cannot be filled is all of the proof.
      if (!IsDropped(group.cause) && !IsFillable(group)) {
        AddGroup(group);
        return Sorted();
      }
    }
    // What a column weighs, in the same whole numbers as in the certificate.
    std::vector<__int128> weight(program_.columns.size());
    for (size_t r = 0; r < program_.rows.size(); ++r) {
      const Row &row = program_.rows[r];
      const int64_t times = std::llround(ray[r] * (1 << 20));
      if (IsDropped(row.cause) || times == 0 || (times < 0 && !row.is_equal)) continue;
      causes_.push_back(row.cause);
      for (const Entry &entry : program_.entries(row)) {
        weight[entry.column] += static_cast<__int128>(times) * entry.coefficient;
      }
    }
    for (size_t i = 0; i < program_.columns.size(); ++i) {
      const auto id = static_cast<ColumnId>(i);
      if (in_group[i] != 0 || weight[i] == 0) continue;
      if (weight[i] > 0 ? Lower(id) > 0 : Upper(id) < program_.columns[i].reach) {
        causes_.push_back(program_.columns[i].cause);
      }
    }
    for (const Group &group : program_.groups) {
      if (IsDropped(group.cause)) continue;
      if (llvm::any_of(program_.members(group),
                       [&](const auto &member) { return weight[member.column] != 0; })) {
        AddGroup(group);
      }
    }
    return Sorted();
  }

 private:
  auto IsDropped(Cause cause) const -> bool {
    return cause < part_.dropped.size() && part_.dropped[cause] != 0;
  }
  auto Lower(ColumnId id) const -> int64_t {
    if (IsDropped(program_.columns[id].cause)) return 0;
    return part_.lower.empty() ? program_.columns[id].lower : part_.lower[id];
  }
  auto Upper(ColumnId id) const -> int64_t {
    if (IsDropped(program_.columns[id].cause)) return program_.columns[id].reach;
    return part_.upper.empty() ? program_.columns[id].upper : part_.upper[id];
  }

  auto IsFillable(const Group &group) const -> bool {
    std::vector<uint32_t> classes, fixed;
    for (const auto &member : program_.members(group)) {
      if (Lower(member.column) >= 1) fixed.push_back(member.of_class);
      if (Upper(member.column) >= 1) classes.push_back(member.of_class);
    }
    llvm::sort(classes);
    classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
    llvm::sort(fixed);
    return classes.size() >= group.pick && fixed.size() <= group.pick &&
           std::adjacent_find(fixed.begin(), fixed.end()) == fixed.end();
  }

  // The group and the bounds that narrow its choice.
  void AddGroup(const Group &group) {
    causes_.push_back(group.cause);
    for (const auto &member : program_.members(group)) {
      const Column &column = program_.columns[member.column];
      if (Lower(member.column) > 0 || Upper(member.column) < column.reach) {
        causes_.push_back(column.cause);
      }
    }
  }

  auto Sorted() -> std::vector<Cause> {
    llvm::sort(causes_);
    causes_.erase(std::unique(causes_.begin(), causes_.end()), causes_.end());
    if (!causes_.empty() && causes_.front() == kGiven) causes_.erase(causes_.begin());
    return std::move(causes_);
  }

  const Program &program_;
  const Part &part_;
  std::vector<Cause> causes_;
};

}  // namespace

auto SupportOf(const Program &program, const Part &part, llvm::ArrayRef<double> ray)
    -> std::vector<Cause> {
  return Supporter(program, part).Of(ray);
}

}  // namespace groma::reason
