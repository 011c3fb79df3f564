// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/cuts.h"

#include <algorithm>
#include <optional>

#pragma STDC FP_CONTRACT OFF

namespace groma::reason {
namespace {

constexpr double kLeast = 0.02;  // violation per unit of the largest coefficient
constexpr size_t kDivisors = 8;  // tried for a row
// Cuts with larger numbers would cost the exactness that they are to bring.
constexpr int64_t kLargest = int64_t{1} << 26;

// A row over distances from the nearer bounds: sum(factor * distance) <= limit.
struct Shifted {
  struct Term {
    ColumnId column = 0;
    int64_t factor = 0;
    bool is_from_upper = false;
    double at = 0;
  };
  std::vector<Term> terms;
  int64_t limit = 0;
};

auto Shift(llvm::ArrayRef<Entry> entries, int64_t limit, int64_t sign, const Bounds &bounds,
           llvm::ArrayRef<double> at) -> Shifted {
  Shifted row{{}, sign * limit};
  for (const Entry &entry : entries) {
    const int64_t lower = bounds.lower[entry.column], upper = bounds.upper[entry.column];
    const double below = at[entry.column] - static_cast<double>(lower);
    const double above = static_cast<double>(upper) - at[entry.column];
    const bool is_from_upper = above < below;
    const int64_t factor = sign * entry.coefficient;
    row.limit -= factor * (is_from_upper ? upper : lower);
    if (lower == upper) continue;
    row.terms.push_back({entry.column, is_from_upper ? -factor : factor, is_from_upper,
                         std::max(0.0, is_from_upper ? above : below)});
  }
  return row;
}

auto FloorDivide(int64_t a, int64_t b) -> int64_t { return a / b - (a % b < 0 ? 1 : 0); }

// With limit = whole * divisor + rest, whole distances keep
// sum((floor * (divisor - rest) + max(0, over - rest)) * distance) <= whole * (divisor - rest),
// where each factor is floor * divisor + over.
auto Round(const Shifted &row, int64_t divisor, const Bounds &bounds) -> std::optional<Cut> {
  const int64_t whole = FloorDivide(row.limit, divisor);
  const int64_t rest = row.limit - whole * divisor;
  if (rest == 0) return std::nullopt;
  Cut cut;
  const __int128 right = static_cast<__int128>(whole) * (divisor - rest);
  if (right > kLargest || right < -kLargest) return std::nullopt;
  cut.limit = static_cast<int64_t>(right);
  double left = 0;
  int64_t largest = 1;
  for (const Shifted::Term &term : row.terms) {
    const int64_t floor = FloorDivide(term.factor, divisor);
    const int64_t over = term.factor - floor * divisor;
    const __int128 wide =
        static_cast<__int128>(floor) * (divisor - rest) + std::max<int64_t>(0, over - rest);
    if (wide > kLargest || wide < -kLargest) return std::nullopt;
    const auto factor = static_cast<int64_t>(wide);
    if (factor == 0) continue;
    left += static_cast<double>(factor) * term.at;
    largest = std::max(largest, factor > 0 ? factor : -factor);
    cut.entries.push_back({term.column, term.is_from_upper ? -factor : factor});
  }
  cut.violation = (left - static_cast<double>(cut.limit)) / static_cast<double>(largest);
  // Back from distances to columns.
  for (const Entry &entry : cut.entries) {
    const auto *term = std::find_if(row.terms.data(), row.terms.data() + row.terms.size(),
                                    [&](const auto &t) { return t.column == entry.column; });
    const int64_t origin =
        term->is_from_upper ? bounds.upper[entry.column] : bounds.lower[entry.column];
    const __int128 moved = static_cast<__int128>(entry.coefficient) * origin + cut.limit;
    if (moved > kLargestSum / 4 || moved < -kLargestSum / 4) return std::nullopt;
    cut.limit = static_cast<int64_t>(moved);
  }
  return cut;
}

auto BestOf(const Shifted &row, const Bounds &bounds) -> std::optional<Cut> {
  // What is between its bounds gives the divisors that may cut it off.
  std::vector<int64_t> divisors;
  for (const Shifted::Term &term : row.terms) {
    const int64_t size = term.factor < 0 ? -term.factor : term.factor;
    if (term.at < 1e-6 || size < 2 || size > kLargest) continue;
    if (std::find(divisors.begin(), divisors.end(), size) != divisors.end()) continue;
    divisors.push_back(size);
    if (divisors.size() == kDivisors) break;
  }
  std::optional<Cut> best;
  int64_t chosen = 0;
  const auto consider = [&](int64_t divisor) {
    if (divisor < 2) return;
    auto cut = Round(row, divisor, bounds);
    if (!cut || cut->violation < kLeast) return;
    if (best && cut->violation <= best->violation) return;
    best = std::move(cut);
    chosen = divisor;
  };
  for (const int64_t divisor : divisors) consider(divisor);
  for (const int64_t part : {2, 4, 8}) consider(chosen / part);
  return best;
}

}  // namespace

auto RoundingCuts(const Program &program, const Bounds &bounds, llvm::ArrayRef<double> at,
                  size_t most) -> std::vector<Cut> {
  std::vector<Cut> cuts;
  for (const Row &row : program.rows) {
    const auto entries = program.entries(row);
    std::optional<Cut> best = BestOf(Shift(entries, row.limit, 1, bounds, at), bounds);
    if (row.is_equal) {
      auto other = BestOf(Shift(entries, row.limit, -1, bounds, at), bounds);
      if (other && (!best || other->violation > best->violation)) best = std::move(other);
    }
    if (best) cuts.push_back(std::move(*best));
  }
  std::stable_sort(cuts.begin(), cuts.end(),
                   [](const Cut &a, const Cut &b) { return a.violation > b.violation; });
  if (cuts.size() > most) cuts.resize(most);
  return cuts;
}

}  // namespace groma::reason
