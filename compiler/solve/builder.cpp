// SPDX-License-Identifier: Apache-2.0
#include "builder.h"

#include <numeric>

#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {
namespace {

using Wide = __int128;

// Rows are kept below this where they can be, so that later sums of them still fit.
constexpr Wide kComfortable = Wide{1} << 58;
// Where exact coefficients would be too large, they are rounded to multiples of 1 / 2^20.
constexpr int64_t kCoarse = int64_t{1} << 20;

auto CeilOf(Wide numerator, Wide denominator) -> Wide {
  const Wide quotient = numerator / denominator;
  return numerator % denominator > 0 ? quotient + 1 : quotient;
}

auto FloorOf(Wide numerator, Wide denominator) -> Wide {
  const Wide quotient = numerator / denominator;
  return numerator % denominator < 0 ? quotient - 1 : quotient;
}

}  // namespace

auto Builder::CauseOf(const CauseInfo &info) -> Cause {
  auto &known = known_causes_[{plan::Index(info.entity), info.slot}];
  for (const Cause cause : known) {
    const CauseInfo &other = causes[cause];
    if (other.of == info.of && other.subject == info.subject &&
        other.span.begin == info.span.begin && other.span.end == info.span.end) {
      return cause;
    }
  }
  causes.push_back(info);
  known.push_back(static_cast<Cause>(causes.size() - 1));
  if (!suspended_.is_none()) {
    const bool is_it = info.of == CauseInfo::Of::Rule
                           ? suspended_.HasRule(info.entity)
                           : suspended_.HasCount(info.entity, info.slot);
    is_suspended_.resize(causes.size());
    is_suspended_.back() = is_it ? 1 : 0;
  }
  return known.back();
}

auto Builder::LargestOf(const std::vector<reason::Entry> &entries) const -> Wide {
  Wide sum = 0;
  for (const reason::Entry &entry : entries) {
    const reason::Column &column = program.columns[entry.column];
    const Wide coefficient = entry.coefficient < 0 ? -Wide{entry.coefficient} : entry.coefficient;
    sum += coefficient * std::max(column.upper, column.reach);
  }
  return sum;
}

// Multiplies by what makes every coefficient whole, and divides by what they share. If that gives
// numbers that are too large, coefficients are rounded up and the limit down: what keeps the row
// that comes out keeps the one that went in.
auto Builder::ScaleRow(Form &form, Rational limit, bool is_equal) -> Scaled {
  form.Tidy();
  is_broken_ |= form.is_broken;
  const auto rest = base::Sub(limit, form.constant);
  is_broken_ |= !rest;
  const Rational right = rest.value_or(0);
  Scaled scaled;
  Wide scale = is_equal ? right.denominator() : 1;
  bool is_exact = true;
  for (const Form::Term &term : form.terms) {
    const int64_t d = term.coefficient.denominator();
    scale = scale / std::gcd(static_cast<int64_t>(scale), d) * d;
    if (scale > kCoarse * Wide{kCoarse}) {
      is_exact = false;
      break;
    }
  }
  if (is_exact) {
    Wide shared = 0;
    for (const Form::Term &term : form.terms) {
      const Wide whole = term.coefficient.numerator() * (scale / term.coefficient.denominator());
      is_exact &= whole < kComfortable && whole > -kComfortable;
      if (!is_exact) break;
      shared = std::gcd(static_cast<int64_t>(shared), static_cast<int64_t>(whole));
      scaled.entries.push_back({term.column, static_cast<int64_t>(whole)});
    }
    if (is_exact) {
      if (shared == 0) shared = 1;
      for (reason::Entry &entry : scaled.entries) entry.coefficient /= static_cast<int64_t>(shared);
      const Wide numerator = right.numerator() * scale;
      const Wide denominator = Wide{right.denominator()} * shared;
      const Wide whole = FloorOf(numerator, denominator);
      scaled.is_whole = whole * denominator == numerator;
      scaled.scale = Rational::Make(scale, shared).value_or(1);
      scaled.exact_limit = Rational::Make(numerator, denominator).value_or(0);
      is_exact =
          LargestOf(scaled.entries) < kComfortable && whole < kComfortable && whole > -kComfortable;
      scaled.limit = is_exact ? static_cast<int64_t>(whole) : 0;
    }
  }
  if (is_exact) return scaled;
  if (is_equal) {
    is_broken_ = true;
    return scaled;
  }
  scaled.entries.clear();
  scaled.is_whole = true;
  for (const Form::Term &term : form.terms) {
    const Wide up =
        CeilOf(Wide{term.coefficient.numerator()} * kCoarse, term.coefficient.denominator());
    is_broken_ |= up >= kComfortable || up <= -kComfortable;
    scaled.entries.push_back({term.column, static_cast<int64_t>(up)});
  }
  const Wide down = FloorOf(Wide{right.numerator()} * kCoarse, right.denominator());
  is_broken_ |=
      LargestOf(scaled.entries) >= kComfortable || down >= kComfortable || down <= -kComfortable;
  scaled.limit = static_cast<int64_t>(down);
  scaled.scale = kCoarse;
  return scaled;
}

void Builder::Add(const Scaled &row, Cause cause, bool is_equal) {
  if (is_broken_ || IsSuspended(cause)) return;
  // A row that nothing can break says nothing.
  Wide most = 0;
  for (const reason::Entry &entry : row.entries) {
    const reason::Column &column = program.columns[entry.column];
    if (entry.coefficient > 0)
      most += Wide{entry.coefficient} * std::max(column.upper, column.reach);
  }
  if (!is_equal && most <= row.limit) return;
  uint64_t hash = llvm::hash_combine(row.limit, cause, is_equal, row.entries.size());
  for (const reason::Entry &entry : row.entries) {
    hash = llvm::hash_combine(hash, entry.column, entry.coefficient);
  }
  // The two largest keys are the map's own.
  hash &= ~(uint64_t{1} << 63);
  auto &same_hash = known_rows_[hash];
  for (const reason::RowId id : same_hash) {
    const reason::Row &other = program.rows[id];
    const bool is_same =
        other.limit == row.limit && other.cause == cause && other.is_equal == is_equal &&
        llvm::equal(program.entries(other), row.entries, [](const auto &a, const auto &b) {
          return a.column == b.column && a.coefficient == b.coefficient;
        });
    if (is_same) return;
  }
  same_hash.push_back(program.AddRow(row.entries, row.limit, cause, is_equal));
  if (row.scale != Rational(1)) row_scales_[same_hash.back()] = row.scale;
  if (!row.is_whole) row_limits_[same_hash.back()] = row.exact_limit;
}

void Builder::AtMost(Form form, Rational limit, Cause cause, bool is_strict) {
  Scaled row = ScaleRow(form, limit, false);
  if (is_strict && row.is_whole) --row.limit;
  Add(row, cause, false);
}

void Builder::Equal(Form form, Rational limit, Cause cause) {
  Scaled row = ScaleRow(form, limit, true);
  if (!row.is_whole) {
    // No whole numbers give a fraction.
    row.entries.clear();
    row.limit = -1;
    Add(row, cause, false);
    return;
  }
  Add(row, cause, true);
}

void Builder::AtMostIf(ColumnId guard, Form form, Rational limit, bool is_strict, Cause cause) {
  Scaled row = ScaleRow(form, limit, false);
  if (is_strict && row.is_whole) --row.limit;
  Wide most = 0;
  for (const reason::Entry &entry : row.entries) {
    const reason::Column &column = program.columns[entry.column];
    const int64_t reach = std::max(column.upper, column.reach);
    if (entry.coefficient > 0) most += Wide{entry.coefficient} * reach;
  }
  const Wide excess = most - row.limit;
  if (excess <= 0) return;
  if (excess >= kComfortable) {
    is_broken_ = true;
    return;
  }
  // With the guard at 0 the row has room for everything.
  row.entries.push_back({guard, static_cast<int64_t>(excess)});
  row.limit = static_cast<int64_t>(most);
  Add(row, cause, false);
}

void Builder::Minimize(Form form) {
  form.Tidy();
  is_broken_ |= form.is_broken;
  Wide scale = 1;
  for (const Form::Term &term : form.terms) {
    const int64_t d = term.coefficient.denominator();
    const Wide next = scale / std::gcd(static_cast<int64_t>(scale), d) * d;
    if (next > 1'000'000) break;
    scale = next;
  }
  // Costs are then compared to this fraction; where more is asked they are rounded up.
  program.fixed_cost = 0;
  for (reason::Column &column : program.columns) column.cost = 0;
  std::vector<reason::Entry> entries;
  for (const Form::Term &term : form.terms) {
    const Wide cost =
        CeilOf(Wide{term.coefficient.numerator()} * scale, term.coefficient.denominator());
    is_broken_ |= cost >= kComfortable || cost <= -kComfortable;
    if (is_broken_) return;
    program.columns[term.column].cost = static_cast<int64_t>(cost);
    entries.push_back({term.column, static_cast<int64_t>(cost)});
  }
  is_broken_ |= LargestOf(entries) >= kComfortable;
  cost_scale_ = static_cast<int64_t>(scale);
}

}  // namespace groma::solve
