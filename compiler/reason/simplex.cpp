// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/simplex.h"

#include <algorithm>
#include <map>

#pragma STDC FP_CONTRACT OFF

namespace groma::reason {
namespace {

constexpr double kFeasible = 1e-7;  // how far a basic variable may be outside its bounds
constexpr double kSmallPivot = 1e-7;
constexpr double kTie = 1e-9;
constexpr uint32_t kRefactor = 400;  // pivots after which the inverse is computed anew
constexpr uint32_t kStalled = 200;   // pivots without progress after which Bland's rule decides
constexpr double kInexact = 1e-6;

// The power of two next to 1 / `size`: scaling by it loses no digit.
auto ScaleFor(double size) -> double {
  double scale = 1;
  while (size * scale > 1.5) scale /= 2;
  while (size > 0 && size * scale < 0.75) scale *= 2;
  return scale;
}
auto Abs(double value) -> double { return value < 0 ? -value : value; }

}  // namespace

Simplex::Simplex(const Program &program) {
  const size_t count = program.columns.size();
  column_terms_.resize(count);
  double largest = 0;
  for (const Column &column : program.columns) {
    largest = std::max(largest, Abs(static_cast<double>(column.cost)));
    lower_.push_back(static_cast<double>(column.lower));
    upper_.push_back(static_cast<double>(column.upper));
  }
  price_scale_ = ScaleFor(largest);
  for (const Column &column : program.columns) {
    price_.push_back(static_cast<double>(column.cost) * price_scale_);
  }
  at_ = lower_;
  reduced_ = price_;
  place_.assign(count, kNowhere);
  for (const Row &row : program.rows) AddRow(program.entries(row), row);
  for (const Group &group : program.groups) {
    std::vector<Term> all;
    std::map<uint32_t, std::vector<Term>> classes;
    for (const Group::Member &member : program.members(group)) {
      all.push_back({member.column, 1});
      classes[member.of_class].push_back({member.column, 1});
    }
    AppendRow(std::move(all), group.pick, true);
    if (group.pick < 2) continue;  // one pick is of one class anyway
    for (auto &[name, members] : classes) {
      if (members.size() > 1) AppendRow(std::move(members), 1, false);
    }
  }
}

void Simplex::AddRow(llvm::ArrayRef<Entry> entries, const Row &row) {
  std::vector<Term> terms;
  for (const Entry &entry : entries) {
    terms.push_back({entry.column, static_cast<double>(entry.coefficient)});
  }
  program_row_.push_back(static_cast<uint32_t>(rows()));
  AppendRow(std::move(terms), static_cast<double>(row.limit), row.is_equal);
}

void Simplex::AppendRow(std::vector<Term> terms, double limit, bool is_equal) {
  const auto row = static_cast<uint32_t>(rows());
  double largest = 0;
  for (const Term &term : terms) largest = std::max(largest, Abs(term.factor));
  const double scale = ScaleFor(largest);
  double least = 0;
  std::vector<double> basic(row, 0.0);
  for (Term &term : terms) {
    term.factor *= scale;
    column_terms_[term.index].push_back({row, term.factor});
    least += term.factor * (term.factor > 0 ? lower_[term.index] : upper_[term.index]);
    if (place_[term.index] != kNowhere) basic[place_[term.index]] = term.factor;
  }
  limit *= scale;
  // A bound that no solution reaches makes every basis one from which the method can start.
  const double most = is_equal ? 0 : std::max(0.0, 2 * (limit - least)) + 1;
  lower_.push_back(0);
  upper_.push_back(most);
  at_.push_back(0);
  reduced_.push_back(0);
  place_.push_back(row);
  basis_.push_back(static_cast<uint32_t>(columns() + row));
  row_terms_.push_back(std::move(terms));
  limit_.push_back(limit);
  scale_.push_back(scale);
  if (row == 0) inverse_.Reset(0);
  inverse_.Grow(basic);
  std::vector<uint32_t> where;
  inverse_.Row(row, inverse_row_, where);
  double weight = 0;
  for (const uint32_t k : where) weight += inverse_row_[k] * inverse_row_[k];
  weight_.push_back(weight);
}

void Simplex::SetBounds(ColumnId column, int64_t lower, int64_t upper) {
  lower_[column] = static_cast<double>(lower);
  upper_[column] = static_cast<double>(upper);
}

// Variables that are not basic stand at the bound that their reduced cost asks for.
void Simplex::Place() {
  for (size_t v = 0; v < at_.size(); ++v) {
    if (place_[v] != kNowhere) continue;
    if (reduced_[v] > kTie) {
      at_[v] = lower_[v];
    } else if (reduced_[v] < -kTie) {
      at_[v] = upper_[v];
    } else {
      at_[v] = at_[v] * 2 > lower_[v] + upper_[v] ? upper_[v] : lower_[v];
    }
  }
}

void Simplex::ComputeBasics() {
  std::vector<double> rest = limit_;
  for (size_t i = 0; i < rows(); ++i) {
    for (const Term &term : row_terms_[i]) {
      if (place_[term.index] == kNowhere) rest[i] -= term.factor * at_[term.index];
    }
    if (place_[columns() + i] == kNowhere) rest[i] -= at_[columns() + i];
    entries_ += row_terms_[i].size();
  }
  work_.assign(rows(), 0.0);
  for (size_t k = 0; k < rows(); ++k) {
    if (rest[k] != 0) {
      inverse_.AddColumn(k, rest[k], work_);
      entries_ += rows();
    }
  }
  for (size_t i = 0; i < rows(); ++i) at_[basis_[i]] = work_[i];
}

void Simplex::ComputeReduced() {
  // What each row gives back, from the prices of the basis.
  std::vector<double> given(rows(), 0.0);
  for (size_t i = 0; i < rows(); ++i) {
    const uint32_t variable = basis_[i];
    if (variable >= columns() || price_[variable] == 0) continue;
    inverse_.Row(i, inverse_row_, where_);
    for (const uint32_t k : where_) given[k] += price_[variable] * inverse_row_[k];
    entries_ += rows();
  }
  for (size_t j = 0; j < columns(); ++j) {
    reduced_[j] = price_[j];
    for (const Term &term : column_terms_[j]) reduced_[j] -= given[term.index] * term.factor;
    if (place_[j] != kNowhere) reduced_[j] = 0;
  }
  for (size_t i = 0; i < rows(); ++i) {
    reduced_[columns() + i] = place_[columns() + i] == kNowhere ? -given[i] : 0;
  }
}

void Simplex::Refresh() {
  Place();
  ComputeBasics();
}

// The image of a variable's column in the basis.
void Simplex::Image(uint32_t variable, std::vector<double> &out) {
  out.assign(rows(), 0.0);
  if (variable >= columns()) {
    inverse_.AddColumn(variable - columns(), 1, out);
    entries_ += rows();
    return;
  }
  for (const Term &term : column_terms_[variable]) {
    inverse_.AddColumn(term.index, term.factor, out);
  }
  entries_ += rows() * column_terms_[variable].size();
}

// The inverse from nothing, column by column of the basis, each in the row where it is largest.
auto Simplex::Refactor() -> bool {
  since_refactor_ = 0;
  std::vector<uint32_t> entering;
  for (const uint32_t variable : basis_) {
    if (variable < columns()) entering.push_back(variable);
  }
  std::sort(entering.begin(), entering.end(), [&](uint32_t a, uint32_t b) {
    const size_t left = column_terms_[a].size(), right = column_terms_[b].size();
    return left != right ? left < right : a < b;
  });
  std::vector<uint8_t> is_open(rows());
  for (size_t i = 0; i < rows(); ++i) is_open[i] = place_[columns() + i] == kNowhere ? 1 : 0;
  inverse_.Reset(rows());
  for (size_t i = 0; i < rows(); ++i) basis_[i] = static_cast<uint32_t>(columns() + i);
  bool is_complete = true;
  for (const uint32_t variable : entering) {
    Image(variable, image_);
    size_t best = rows();
    for (size_t i = 0; i < rows(); ++i) {
      if (is_open[i] != 0 && (best == rows() || Abs(image_[i]) > Abs(image_[best]))) best = i;
    }
    if (best == rows() || Abs(image_[best]) < kSmallPivot) {
      place_[variable] = kNowhere;  // the basis was not one: a slack takes the place
      is_complete = false;
      continue;
    }
    inverse_.Row(best, inverse_row_, where_);
    inverse_.Replace(best, image_, inverse_row_, where_);
    entries_ += where_.size() * rows();
    is_open[best] = 0;
    basis_[best] = variable;
  }
  for (size_t i = 0; i < rows(); ++i) place_[columns() + i] = kNowhere;
  for (size_t i = 0; i < rows(); ++i) place_[basis_[i]] = static_cast<uint32_t>(i);
  for (size_t i = 0; i < rows(); ++i) {
    inverse_.Row(i, inverse_row_, where_);
    weight_[i] = 0;
    for (const uint32_t k : where_) weight_[i] += inverse_row_[k] * inverse_row_[k];
  }
  ComputeReduced();
  Refresh();
  return is_complete;
}

// The row of the tableau that belongs to `inverse_row_`.
void Simplex::PivotRow() {
  alpha_.assign(at_.size(), 0.0);
  for (const uint32_t k : where_) {
    const double factor = inverse_row_[k];
    for (const Term &term : row_terms_[k]) alpha_[term.index] += factor * term.factor;
    alpha_[columns() + k] += factor;
    entries_ += row_terms_[k].size();
  }
}

// The row whose variable is furthest outside its bounds for the length of its row; with `first`
// the one of the lowest variable.
auto Simplex::Leaving(bool first) const -> uint32_t {
  uint32_t best = kNowhere;
  double best_rank = 0;
  for (uint32_t i = 0; i < rows(); ++i) {
    const uint32_t v = basis_[i];
    const double excess = std::max(at_[v] - upper_[v], lower_[v] - at_[v]);
    if (excess <= kFeasible) continue;
    if (first) {
      if (best == kNowhere || v < basis_[best]) best = i;
      continue;
    }
    const double rank = excess * excess / weight_[i];
    if (rank > best_rank) {
      best_rank = rank;
      best = i;
    }
  }
  return best;
}

// The variable that enters when the leaving one has to move by `excess`; those before it in
// `candidates_` go to their other bound. kNowhere if all together do not suffice.
auto Simplex::Entering(double sign, double excess, bool first) -> uint32_t {
  candidates_.clear();
  for (uint32_t v = 0; v < at_.size(); ++v) {
    const double alpha = sign * alpha_[v];
    if (Abs(alpha) < kSmallPivot || place_[v] != kNowhere || lower_[v] == upper_[v]) continue;
    const bool is_low = at_[v] == lower_[v];
    if (is_low != (alpha > 0)) continue;
    candidates_.push_back({v, std::max(0.0, reduced_[v] / alpha), Abs(alpha)});
  }
  std::sort(candidates_.begin(), candidates_.end(), [](const Candidate &a, const Candidate &b) {
    return a.ratio != b.ratio ? a.ratio < b.ratio : a.variable < b.variable;
  });
  size_t at = 0;
  double left = excess;
  for (; at < candidates_.size(); ++at) {
    const uint32_t v = candidates_[at].variable;
    left -= candidates_[at].size * (upper_[v] - lower_[v]);
    if (left <= kFeasible) break;
  }
  if (at == candidates_.size()) return kNowhere;
  if (first) at = 0;
  // Among equals the largest pivot is the most exact.
  size_t best = at;
  for (size_t i = at + 1; i < candidates_.size(); ++i) {
    if (candidates_[i].ratio > candidates_[at].ratio + kTie) break;
    if (!first && candidates_[i].size > candidates_[best].size) best = i;
  }
  std::swap(candidates_[at], candidates_[best]);
  candidates_.resize(at + 1);
  return candidates_[at].variable;
}

// Moves the first `count` candidates to their other bound.
void Simplex::Flip(size_t count) {
  if (count == 0) return;
  std::vector<double> moved(rows(), 0.0);
  for (size_t i = 0; i < count; ++i) {
    const uint32_t v = candidates_[i].variable;
    const double to = at_[v] == lower_[v] ? upper_[v] : lower_[v];
    const double step = to - at_[v];
    at_[v] = to;
    if (v >= columns()) {
      moved[v - columns()] += step;
      continue;
    }
    for (const Term &term : column_terms_[v]) moved[term.index] += step * term.factor;
  }
  work_.assign(rows(), 0.0);
  for (size_t k = 0; k < rows(); ++k) {
    if (moved[k] == 0) continue;
    inverse_.AddColumn(k, moved[k], work_);
    entries_ += rows();
  }
  for (size_t i = 0; i < rows(); ++i) at_[basis_[i]] -= work_[i];
}

void Simplex::Pivot(uint32_t leaving, uint32_t entering, double target) {
  const uint32_t out = basis_[leaving];
  const double alpha = image_[leaving];
  const double step = (at_[out] - target) / alpha;
  for (size_t i = 0; i < rows(); ++i) at_[basis_[i]] -= step * image_[i];
  at_[entering] += step;
  at_[out] = target;

  const double theta = reduced_[entering] / alpha_[entering];
  for (size_t v = 0; v < at_.size(); ++v) {
    if (alpha_[v] != 0 && place_[v] == kNowhere) reduced_[v] -= theta * alpha_[v];
  }
  reduced_[entering] = 0;
  reduced_[out] = -theta;

  tau_.assign(rows(), 0.0);
  for (const uint32_t k : where_) inverse_.AddColumn(k, inverse_row_[k], tau_);
  double length = 0;
  for (const uint32_t k : where_) length += inverse_row_[k] * inverse_row_[k];
  for (size_t i = 0; i < rows(); ++i) {
    if (i == leaving || image_[i] == 0) continue;
    const double share = image_[i] / alpha;
    weight_[i] = std::max(weight_[i] - 2 * share * tau_[i] + share * share * length,
                          std::max(1e-4, share * share * length * 0.5));
  }
  weight_[leaving] = std::max(1e-4, length / (alpha * alpha));
  inverse_.Replace(leaving, image_, inverse_row_, where_);
  entries_ += 2 * where_.size() * rows() + at_.size();
  basis_[leaving] = entering;
  place_[entering] = leaving;
  place_[out] = kNowhere;
  ++pivots_;
  ++since_refactor_;
}

// How far the values are from what the rows say.
auto Simplex::Exactness() const -> double {
  double worst = 0;
  for (size_t i = 0; i < rows(); ++i) {
    double rest = limit_[i] - at_[columns() + i];
    for (const Term &term : row_terms_[i]) rest -= term.factor * at_[term.index];
    worst = std::max(worst, Abs(rest));
  }
  return worst;
}

void Simplex::SetRay(double sign) {
  ray_.assign(rows(), 0.0);
  double largest = 0;
  for (const uint32_t k : where_) {
    largest = std::max(largest, Abs(inverse_row_[k] * scale_[k]));
  }
  // Any length proves the same; a long one keeps its digits when it is rounded.
  const double length = 1024 * ScaleFor(largest);
  for (const uint32_t k : where_) ray_[k] = -sign * length * inverse_row_[k];
  has_ray_ = true;
}

auto Simplex::Solve(double enough, uint32_t pivots, Effort &effort) -> Outcome {
  has_ray_ = false;
  enough *= price_scale_;
  if (since_refactor_ >= kRefactor) Refactor();
  Refresh();
  uint32_t stalled = 0, repairs = 0;
  double best = 0;
  for (uint32_t done = 0;; ++done) {
    if (!effort.Spend(entries_ / 1000)) return Outcome::Stopped;
    entries_ %= 1000;
    double price = 0;
    for (size_t j = 0; j < columns(); ++j) price += price_[j] * at_[j];
    if (price > enough) return Outcome::Above;
    stalled = done > 0 && price <= best + kTie ? stalled + 1 : 0;
    best = done > 0 ? std::max(best, price) : price;
    const bool first = stalled > kStalled;

    const uint32_t leaving = Leaving(first);
    if (leaving == kNowhere) {
      if (Exactness() < kInexact || repairs++ > 1) return Outcome::Optimal;
      Refactor();
      continue;
    }
    if (done >= pivots) return Outcome::Stopped;
    const uint32_t out = basis_[leaving];
    const bool is_high = at_[out] > upper_[out];
    const double target = is_high ? upper_[out] : lower_[out];
    const double sign = is_high ? 1 : -1;
    inverse_.Row(leaving, inverse_row_, where_);
    PivotRow();
    const uint32_t entering = Entering(sign, sign * (at_[out] - target), first);
    if (entering == kNowhere) {
      if (since_refactor_ > 0 && Exactness() > kInexact && repairs++ < 2) {
        Refactor();
        continue;
      }
      SetRay(sign);
      return Outcome::Infeasible;
    }
    Image(entering, image_);
    const double expected = alpha_[entering];
    if (Abs(image_[leaving] - expected) > 1e-6 * (1 + Abs(expected))) {
      if (since_refactor_ == 0 || repairs++ > 4) return Outcome::Stopped;
      Refactor();
      continue;
    }
    Flip(candidates_.size() - 1);
    Pivot(leaving, entering, target);
    if (since_refactor_ >= kRefactor) Refactor();
  }
}

auto Simplex::cost() const -> double {
  double price = 0;
  for (size_t j = 0; j < columns(); ++j) price += price_[j] * at_[j];
  return price / price_scale_;
}

auto Simplex::multipliers() -> llvm::ArrayRef<double> {
  multipliers_.clear();
  for (const uint32_t row : program_row_) {
    const double unit = has_ray_ ? ray_[row] : reduced_[columns() + row] / price_scale_;
    multipliers_.push_back(unit * scale_[row]);
  }
  return multipliers_;
}

void Simplex::Save(State &state) const {
  state = {inverse_, basis_, place_, at_, reduced_, weight_};
}

void Simplex::Restore(const State &state) {
  inverse_ = state.inverse;
  basis_ = state.basis;
  place_ = state.place;
  at_ = state.at;
  reduced_ = state.reduced;
  weight_ = state.weight;
  entries_ += rows() * rows() / 8;  // copying is cheap, not free
}

}  // namespace groma::reason
