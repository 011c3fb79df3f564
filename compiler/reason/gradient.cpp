// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/gradient.h"

#include <cmath>
#include <utility>

#include "groma/reason/descent.h"
#include "groma/reason/relaxation.h"

#pragma STDC FP_CONTRACT OFF

namespace groma::reason {
namespace {

constexpr double kCloseEnough = 1e-6;  // the relative distance at which a bound is as good as final
// The largest multiplier of a ray: the certificate takes whole multiples of 2^-20, so that a ray,
// whose length is free, is told to 2^-44 of its largest part.
constexpr double kRayLength = 16777216;
constexpr double kSmallPart = 1e-7;  // of a ray that can be left out, relative to the largest

auto OfRows(const Program &program, const Relaxation &lp, const std::vector<double> &lines)
    -> std::vector<double> {
  std::vector<double> rows(program.rows.size());
  for (size_t r = 0; r < lines.size(); ++r) {
    if (lp.of_row[r] != Relaxation::kNoRow) rows[lp.of_row[r]] = lines[r] * lp.row_scale[r];
  }
  return rows;
}

auto OfLines(const Relaxation &lp, llvm::ArrayRef<double> rows) -> std::vector<double> {
  std::vector<double> lines(lp.line_count());
  for (size_t r = 0; r < lines.size(); ++r) {
    if (lp.of_row[r] != Relaxation::kNoRow) lines[r] = rows[lp.of_row[r]] / lp.row_scale[r];
  }
  return lines;
}

auto CertifyingSteps(const Program &program, const Relaxation &lp) -> uint64_t {
  return lp.rows.place.size() + program.columns.size() + program.rows.size();
}

// The lines as multipliers of a ray's length, without those that are only noise.
auto Lengthened(const Relaxation &lp, std::vector<double> lines) -> std::vector<double> {
  double largest_line = 0;
  for (const double line : lines) largest_line = std::max(largest_line, std::fabs(line));
  double largest = 0;
  for (size_t r = 0; r < lines.size(); ++r) {
    if (std::fabs(lines[r]) < kSmallPart * largest_line) lines[r] = 0;
    largest = std::max(largest, std::fabs(lines[r] * lp.row_scale[r]));
  }
  if (largest > 0) {
    for (double &line : lines) line *= kRayLength / largest;
  }
  return lines;
}

}  // namespace

auto BoundByGradient(const Program &program, const Part &part, Effort &effort,
                     llvm::ArrayRef<double> start) -> Multipliers {
  const Relaxation lp = Relax(program, part, true);
  const uint64_t certifying = CertifyingSteps(program, lp);
  Descent descent(lp);
  Multipliers best;
  const auto certify = [&](std::vector<double> rows) {
    const auto bound = CertifiedBound(program, part, rows);
    if (!bound || (best.has_bound && *bound <= best.bound)) return;
    best.rows = std::move(rows);
    best.bound = *bound;
    best.has_bound = true;
  };
  if (start.empty()) {
    certify(std::vector<double>(program.rows.size()));
  } else {
    certify(start.vec());
    descent.StartAt(OfLines(lp, start));
  }
  double certified = -HUGE_VAL;
  while (descent.Walk(effort)) {
    const bool is_close = descent.distance() < kCloseEnough;
    const double step = 1e-4 * (1 + std::fabs(descent.bound()));
    if (is_close || descent.bound() > certified + step) {
      certified = descent.bound();
      if (!effort.Spend(certifying)) break;
      certify(OfRows(program, lp, descent.lines()));
    }
    if (is_close || best.bound == kNoSolution) break;
  }
  certify(OfRows(program, lp, descent.lines()));
  best.rows.resize(program.rows.size());
  for (const Column &column : program.columns) {
    best.reduced.push_back(static_cast<double>(column.cost));
  }
  for (size_t r = 0; r < program.rows.size(); ++r) {
    if (best.rows[r] == 0) continue;
    for (const Entry &entry : program.entries(program.rows[r])) {
      best.reduced[entry.column] += best.rows[r] * static_cast<double>(entry.coefficient);
    }
  }
  return best;
}

auto FindRay(const Program &program, const Part &part, Effort &effort, llvm::ArrayRef<double> start)
    -> std::optional<std::vector<double>> {
  const Relaxation lp = Relax(program, part, false);
  const uint64_t certifying = CertifyingSteps(program, lp);
  Descent descent(lp);
  if (!start.empty()) descent.StartAt(OfLines(lp, start));
  const auto proves = [&](const std::vector<double> &lines) -> std::optional<std::vector<double>> {
    std::vector<double> rows = OfRows(program, lp, Lengthened(lp, lines));
    if (effort.Spend(certifying) && ProvesInfeasible(program, part, rows)) return rows;
    return std::nullopt;
  };
  // Groups alone may be enough.
  if (auto rows = proves(std::vector<double>(lp.line_count()))) return rows;
  while (descent.Walk(effort)) {
    if (auto rows = proves(descent.lines())) return rows;
    if (auto rows = proves(descent.drift())) return rows;
    if (descent.distance() < kCloseEnough) break;
  }
  return std::nullopt;
}

}  // namespace groma::reason
