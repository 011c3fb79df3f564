// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/encoding.h"

#include <algorithm>
#include <bit>

#include "groma/base/check.h"
#include "groma/reason/sums.h"

namespace groma::reason {
namespace {

using Wide = __int128;

// A linear expression over digits.
struct Linear {
  std::vector<WideTerm> terms;
  int64_t constant = 0;

  template <typename Number>
  void Add(int64_t coefficient, const Number &number) {
    constant += coefficient * number.base;
    for (int digit = 0; digit < number.digits; ++digit) {
      terms.push_back({number.first + digit, coefficient << digit});
    }
  }
};

auto DigitsFor(int64_t lower, int64_t upper) -> int {
  return upper <= lower ? 0
                        : static_cast<int>(std::bit_width(static_cast<uint64_t>(upper - lower)));
}

}  // namespace

auto Encoding::Make(const Program &program, Causes causes, MakeProver make, Effort &effort)
    -> std::optional<Encoding> {
  uint64_t steps = program.columns.size() + program.rows.size();
  for (const Row &row : program.rows) steps += program.entries(row).size();
  for (const Group &group : program.groups) steps += 2 * program.members(group).size();
  if (!effort.Spend(steps)) return std::nullopt;

  Encoding encoding(program, causes, make);
  if (!encoding.Fits()) return std::nullopt;
  encoding.AddNumbers();
  encoding.AddGuards();
  encoding.AddBounds();
  for (const Group &group : program.groups) encoding.AddGroup(group);
  for (const Row &row : program.rows) {
    Linear sum;
    for (const Entry &entry : program.entries(row)) {
      sum.Add(entry.coefficient, encoding.numbers_[entry.column]);
    }
    const int64_t limit = row.limit - sum.constant;
    const Literal guard = encoding.GuardOf(row.cause);
    if (row.is_equal) {
      AddEqual(*encoding.prover_, sum.terms, limit, guard);
    } else {
      AddSum(*encoding.prover_, std::move(sum.terms), limit, guard);
    }
  }
  return encoding;
}

auto Encoding::LiteralOf(Cause cause) const -> Literal {
  const auto at = std::lower_bound(causes_.begin(), causes_.end(), cause);
  base::Check(at != causes_.end() && *at == cause, "a cause of the program");
  return first_guard_ + static_cast<Literal>(at - causes_.begin());
}

auto Encoding::GuardOf(Cause cause) const -> Literal {
  return has_guards_ && cause != kGiven ? LiteralOf(cause) : 0;
}

auto Encoding::Values() -> std::vector<int64_t> {
  std::vector<int64_t> values;
  values.reserve(numbers_.size());
  for (const Number &number : numbers_) {
    int64_t value = number.base;
    for (int digit = 0; digit < number.digits; ++digit) {
      if (prover_->IsTrue(number.first + digit)) value += int64_t{1} << digit;
    }
    values.push_back(value);
  }
  return values;
}

auto Encoding::AddCostLimit(int64_t limit) -> Literal {
  Linear sum;
  for (size_t i = 0; i < numbers_.size(); ++i) {
    if (program_->columns[i].cost != 0) sum.Add(program_->columns[i].cost, numbers_[i]);
  }
  const Literal guard = prover_->AddVariable();
  AddSum(*prover_, std::move(sum.terms), limit - sum.constant - program_->fixed_cost, guard);
  return guard;
}

auto Encoding::SpanOf(const Column &column) const -> Span {
  if (!has_guards_ || column.cause == kGiven) return {column.lower, column.upper};
  return {std::min<int64_t>(column.lower, 0), std::max(column.upper, column.reach)};
}

// Digits can say more than the bounds allow: up to twice as much.
auto Encoding::Fits() const -> bool {
  std::vector<Wide> largest;
  for (const Column &column : program_->columns) {
    const Span span = SpanOf(column);
    const Wide width = Wide{span.upper} - span.lower;
    if (width >= kLargestSum) return false;
    largest.push_back(std::max(Wide{span.lower}, -Wide{span.lower}) + 2 * std::max<Wide>(width, 0));
  }
  const auto add = [&](Wide &sum, int64_t coefficient, Wide amount) {
    Wide product = 0;
    if (__builtin_mul_overflow(Wide{coefficient}, amount, &product)) return false;
    sum += product < 0 ? -product : product;
    return sum < kWidest;
  };
  Wide cost = 0;
  bool fits = add(cost, program_->fixed_cost, 1);
  for (size_t i = 0; i < largest.size() && fits; ++i) {
    fits = add(cost, program_->columns[i].cost, largest[i]);
  }
  for (size_t r = 0; r < program_->rows.size() && fits; ++r) {
    const Row &row = program_->rows[r];
    Wide sum = 0;
    fits = add(sum, row.limit, 1);
    for (const Entry &entry : program_->entries(row)) {
      fits = fits && add(sum, entry.coefficient, largest[entry.column]);
    }
  }
  return fits;
}

void Encoding::AddNumbers() {
  for (const Column &column : program_->columns) {
    const Span span = SpanOf(column);
    Number number{span.lower, 0, DigitsFor(span.lower, span.upper)};
    for (int digit = 0; digit < number.digits; ++digit) {
      const Literal literal = prover_->AddVariable();
      if (digit == 0) number.first = literal;
    }
    numbers_.push_back(number);
  }
}

void Encoding::AddGuards() {
  for (const Column &column : program_->columns) causes_.push_back(column.cause);
  for (const Group &group : program_->groups) causes_.push_back(group.cause);
  for (const Row &row : program_->rows) causes_.push_back(row.cause);
  std::sort(causes_.begin(), causes_.end());
  causes_.erase(std::unique(causes_.begin(), causes_.end()), causes_.end());
  if (!causes_.empty() && causes_.front() == kGiven) causes_.erase(causes_.begin());
  if (!has_guards_) return;
  for (size_t i = 0; i < causes_.size(); ++i) {
    const Literal literal = prover_->AddVariable();
    if (i == 0) first_guard_ = literal;
  }
}

void Encoding::AddBounds() {
  for (size_t i = 0; i < numbers_.size(); ++i) {
    const Column &column = program_->columns[i];
    Linear number;
    number.Add(1, numbers_[i]);
    const auto add = [&](int64_t lower, int64_t upper, Literal guard) {
      AddSum(*prover_, number.terms, upper - number.constant, guard);
      Linear above;
      above.Add(-1, numbers_[i]);
      AddSum(*prover_, std::move(above.terms), -lower - above.constant, guard);
    };
    const Span span = SpanOf(column);
    add(span.lower, span.upper, 0);
    const Literal guard = GuardOf(column.cause);
    if (guard != 0) add(column.lower, column.upper, guard);
  }
}

void Encoding::AddGroup(const Group &group) {
  std::vector<Group::Member> members = program_->members(group).vec();
  Linear sum;
  for (const Group::Member &member : members) {
    base::Check(program_->columns[member.column].is_boolean(), "a group picks from Booleans");
    sum.Add(1, numbers_[member.column]);
  }
  AddEqual(*prover_, sum.terms, int64_t{group.pick} - sum.constant, GuardOf(group.cause));

  // At most one of a class, which also keeps a member with more digits below 2.
  std::stable_sort(members.begin(), members.end(),
                   [](const auto &a, const auto &b) { return a.of_class < b.of_class; });
  for (auto at = members.begin(); at != members.end();) {
    Linear of_class;
    const uint32_t first = at->of_class;
    for (; at != members.end() && at->of_class == first; ++at) {
      of_class.Add(1, numbers_[at->column]);
    }
    AddSum(*prover_, std::move(of_class.terms), 1 - of_class.constant, 0);
  }
}

}  // namespace groma::reason
