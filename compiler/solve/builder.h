// SPDX-License-Identifier: Apache-2.0
// Builds the program: exact forms become rows of whole numbers, and each row keeps its cause.
#pragma once

#include <vector>

#include "form.h"
#include "groma/plan/ids.h"
#include "groma/source/span.h"
#include "suspended.h"
#include "llvm/ADT/DenseMap.h"

namespace groma::solve {

using reason::Cause;
using reason::kGiven;

// Something in the plan that a user could edit so that a contradiction goes away. An explanation
// tries to do without limits first and without demands last.
struct CauseInfo {
  enum class Of : uint8_t {
    Field,   // a field of an entity
    Range,   // the ends of a count that is left open
    Rule,    // a requirement, of `entity`, for `subject`
    Demand,  // what a workload or a component needs
    Shape,   // a field that says what may share a machine
    Dates,   // when a step of the schedule is finished at the earliest
  };
  Of of = Of::Field;
  plan::EntityId entity{};
  plan::Slot slot = plan::kNoSlot;
  plan::EntityId subject{};
  source::Span span{};
  llvm::StringRef because = {};
  plan::UnknownId unknown{};

  // A rule of a kind, for each of its entities.
  auto is_invariant() const -> bool { return of == Of::Rule && entity == subject; }
};

class Builder {
 public:
  reason::Program program;
  std::vector<CauseInfo> causes{1};

  auto CauseOf(const CauseInfo &info) -> Cause;
  // What comes from this rule counts for nothing.
  void Suspend(const Suspended &rule) { suspended_ = rule; }

  auto Boolean() -> ColumnId { return program.AddColumn({}); }
  // 0 .. upper, and without its cause 0 .. reach.
  auto Count(int64_t lower, int64_t upper, int64_t reach, Cause cause) -> ColumnId {
    if (!IsSuspended(cause)) {
      return program.AddColumn({.lower = lower, .upper = upper, .reach = reach, .cause = cause});
    }
    return program.AddColumn({.lower = 0, .upper = reach, .reach = reach});
  }

  // What the plan fixes, as a column: a conflict can then name the line, and a repair raise it.
  auto Fixed(int64_t value, int64_t reach, Cause cause) -> ColumnId {
    return Count(value, value, reach, cause);
  }

  // form <= limit. `strict`: form < limit; both sides must be whole multiples of something.
  void AtMost(Form form, Rational limit, Cause cause, bool is_strict = false);
  void Equal(Form form, Rational limit, Cause cause);
  // If `guard` is 1, then form <= limit.
  void AtMostIf(ColumnId guard, Form form, Rational limit, bool is_strict, Cause cause);
  // The columns' costs are those of the form, scaled; `unit` of the cost is 1 of the form.
  void Minimize(Form form);
  // What one of the form is in the program's cost.
  auto cost_scale() const -> Rational { return cost_scale_; }

  // By what a row's form was multiplied.
  auto ScaleOf(reason::RowId row) const -> Rational {
    const auto found = row_scales_.find(row);
    return found == row_scales_.end() ? Rational(1) : found->second;
  }

  // Its limit before it was rounded down to a whole number.
  auto LimitOf(reason::RowId row) const -> Rational {
    const auto found = row_limits_.find(row);
    return found == row_limits_.end() ? Rational(program.rows[row].limit) : found->second;
  }

  auto IsSuspended(Cause cause) const -> bool {
    return cause < is_suspended_.size() && is_suspended_[cause] != 0;
  }

  // A number was too large to be exact.
  auto is_broken() const -> bool { return is_broken_; }

 private:
  struct Scaled {
    std::vector<reason::Entry> entries;
    int64_t limit = 0;
    Rational scale = 1;
    Rational exact_limit;
    bool is_whole = true;  // the limit was a whole number before it was rounded
  };
  auto ScaleRow(Form &form, Rational limit, bool is_equal) -> Scaled;
  auto LargestOf(const std::vector<reason::Entry> &entries) const -> __int128;
  void Add(const Scaled &row, Cause cause, bool is_equal);

  llvm::DenseMap<std::pair<uint32_t, uint32_t>, std::vector<Cause>> known_causes_;
  // Rows that were added, by a hash of what they say.
  llvm::DenseMap<uint64_t, std::vector<reason::RowId>> known_rows_;
  llvm::DenseMap<reason::RowId, Rational> row_scales_, row_limits_;
  Suspended suspended_;
  std::vector<uint8_t> is_suspended_;  // by cause, where a rule is
  Rational cost_scale_ = 1;
  bool is_broken_ = false;
};

}  // namespace groma::solve
