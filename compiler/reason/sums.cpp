// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/sums.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "groma/base/check.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::reason {
namespace {

// Half of what a row may add up to: its guard may weigh as much as everything else.
constexpr int64_t kLargestTotal = kLargestRow / 2;

auto TotalOf(llvm::ArrayRef<WideTerm> terms) -> int64_t {
  int64_t total = 0;
  for (const WideTerm &term : terms) total += term.coefficient;
  return total;
}

// Leaves only coefficients above 0, of literals that may be negated.
void MakePositive(std::vector<WideTerm> &terms, int64_t &limit) {
  std::erase_if(terms, [](const WideTerm &term) { return term.coefficient == 0; });
  for (WideTerm &term : terms) {
    if (term.coefficient > 0) continue;
    term.literal = -term.literal;
    term.coefficient = -term.coefficient;
    limit += term.coefficient;
  }
}

// Divides by what the coefficients have in common; what alone exceeds the limit exceeds it by 1.
void MakeSmall(std::vector<WideTerm> &terms, int64_t &limit) {
  int64_t common = 0;
  for (const WideTerm &term : terms) {
    if (term.coefficient <= limit) common = std::gcd(common, term.coefficient);
  }
  const int64_t whole = common == 0 ? 0 : limit / common;
  for (WideTerm &term : terms) {
    term.coefficient = term.coefficient > limit ? whole + 1 : term.coefficient / common;
  }
  limit = whole;
}

void AddGuardedClause(Prover &prover, std::vector<Literal> literals, Literal guard) {
  if (guard != 0) literals.push_back(-guard);
  prover.AddClause(literals);
}

// The row as it is, with everything allowed where the guard is false.
void AddSmall(Prover &prover, llvm::ArrayRef<WideTerm> terms, int64_t limit, Literal guard) {
  const int64_t total = TotalOf(terms);
  std::vector<Term> small;
  small.reserve(terms.size() + 1);
  for (const WideTerm &term : terms) {
    small.push_back({term.literal, static_cast<int32_t>(term.coefficient)});
  }
  if (guard != 0) {
    small.push_back({guard, static_cast<int32_t>(total - limit)});
    limit = total;
  }
  prover.AddAtMost(small, limit);
}

// With c = high * 2^shift + low for each coefficient and for the limit, a row holds if and only if
// some carry >= 0 has
//   sum(low) <= low limit + carry * 2^shift   and   sum(high) + carry <= high limit.
// The carry is written with negated variables, so that a prover which tries false first starts from
// the largest one: from the row rounded to the safe side.
void AddLarge(Prover &prover, llvm::ArrayRef<WideTerm> terms, int64_t limit, Literal guard) {
  const int64_t total = TotalOf(terms);
  const auto count = static_cast<int64_t>(terms.size());
  base::Check(count < kLargestTotal / 8, "a row has less than millions of terms");
  int shift = 1;
  while ((total >> shift) + 2 * (count + 1) >= kLargestTotal) ++shift;
  const int64_t unit = int64_t{1} << shift;

  std::vector<WideTerm> high, low;
  int64_t low_total = 0;
  for (const WideTerm &term : terms) {
    high.push_back({term.literal, term.coefficient / unit});
    low.push_back({term.literal, term.coefficient % unit});
    low_total += low.back().coefficient;
  }
  const int64_t largest_carry = std::max<int64_t>(0, (low_total - limit % unit + unit - 1) / unit);
  const auto digits = static_cast<int>(std::bit_width(static_cast<uint64_t>(largest_carry)));
  for (int digit = 0; digit < digits; ++digit) {
    const Literal absent = prover.AddVariable();
    high.push_back({-absent, int64_t{1} << digit});
    low.push_back({-absent, -(unit << digit)});
  }
  AddSum(prover, std::move(high), limit / unit, guard);
  // Where the guard is false the carry is free, and its largest value satisfies this.
  AddSum(prover, std::move(low), limit % unit, 0);
}

}  // namespace

void AddSum(Prover &prover, std::vector<WideTerm> terms, int64_t limit, Literal guard) {
  MakePositive(terms, limit);
  if (limit < 0) {
    AddGuardedClause(prover, {}, guard);
    return;
  }
  if (TotalOf(terms) <= limit) return;
  MakeSmall(terms, limit);
  if (limit == 0) {
    for (const WideTerm &term : terms) AddGuardedClause(prover, {-term.literal}, guard);
    return;
  }
  const int64_t total = TotalOf(terms);
  const bool forbids_all_only =
      llvm::all_of(terms, [&](const WideTerm &term) { return total - term.coefficient <= limit; });
  if (forbids_all_only) {
    std::vector<Literal> clause;
    for (const WideTerm &term : terms) clause.push_back(-term.literal);
    AddGuardedClause(prover, std::move(clause), guard);
  } else if (total < kLargestTotal) {
    AddSmall(prover, terms, limit, guard);
  } else {
    AddLarge(prover, terms, limit, guard);
  }
}

void AddEqual(Prover &prover, llvm::ArrayRef<WideTerm> terms, int64_t limit, Literal guard) {
  // Where only multiples can be reached, two rows would leave that to be found out by search.
  int64_t common = 0;
  for (const WideTerm &term : terms) common = std::gcd(common, term.coefficient);
  if (common != 0 && limit % common != 0) {
    AddGuardedClause(prover, {}, guard);
    return;
  }
  const bool is_count =
      llvm::all_of(terms, [](const WideTerm &term) { return term.coefficient == 1; });
  if (guard == 0 && is_count && limit >= 0 && limit <= static_cast<int64_t>(terms.size())) {
    std::vector<Term> counted;
    for (const WideTerm &term : terms) counted.push_back({term.literal, 1});
    prover.AddExactly(counted, limit);
    return;
  }
  std::vector<WideTerm> negated = terms.vec();
  for (WideTerm &term : negated) term.coefficient = -term.coefficient;
  AddSum(prover, terms.vec(), limit, guard);
  AddSum(prover, std::move(negated), -limit, guard);
}

}  // namespace groma::reason
