// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/tree.h"

#include <algorithm>
#include <utility>

#include "groma/reason/certificate.h"
#include "groma/reason/cuts.h"

#pragma STDC FP_CONTRACT OFF

namespace groma::reason {
namespace {

constexpr double kWhole = 1e-6;  // nearer than this to a whole number is whole
constexpr double kNoLimit = 1e300;
constexpr uint32_t kPivots = 20000;    // for one relaxation
constexpr uint32_t kProbePivots = 25;  // for one side of a column that is tried out
constexpr uint32_t kReliable = 4;      // so often tried out, a column's gains are believed
constexpr size_t kProbed = 8;          // columns tried out at a node
constexpr size_t kManyOpen = 4000;     // from so many open nodes on, depth goes first
constexpr int kCutRounds = 12;
constexpr size_t kCutsEach = 60;     // in a round
constexpr double kCutGain = 0.0002;  // a round with less is the last
constexpr uint64_t kDiveEach = 64;   // nodes

auto Floor(double value) -> int64_t {
  const auto whole = static_cast<int64_t>(value);
  return static_cast<double>(whole) > value ? whole - 1 : whole;
}
auto Nearest(double value) -> int64_t { return Floor(value + 0.5); }
auto FromWhole(double value) -> double {
  const double away = value - static_cast<double>(Nearest(value));
  return away < 0 ? -away : away;
}

}  // namespace

Tree::Tree(const Program &program, std::optional<std::vector<int64_t>> best, Effort &effort,
           const Watch *watch)
    : base_(program), program_(program), effort_(effort), watch_(watch), best_(std::move(best)) {
  if (best_ && program_.IsSolution(*best_)) {
    best_cost_ = program_.CostOf(*best_);
  } else {
    best_.reset();
  }
  down_.resize(program.columns.size());
  up_.resize(program.columns.size());
}

// What a relaxation has to cost for its node to be given up.
auto Tree::Enough() const -> double {
  return best_ ? static_cast<double>(Limit() - program_.fixed_cost) + 0.01 : kNoLimit;
}

void Tree::SetBounds(const Bounds &bounds) {
  for (ColumnId i = 0; i < bounds.lower.size(); ++i) {
    simplex_->SetBounds(i, bounds.lower[i], bounds.upper[i]);
  }
}

auto Tree::Offer(std::vector<int64_t> values) -> bool {
  if (!program_.IsSolution(values)) return false;
  const int64_t cost = program_.CostOf(values);
  if (best_ && cost >= best_cost_) return true;
  best_ = std::move(values);
  best_cost_ = cost;
  propagator_->SetCostLimit(best_cost_ - 1);
  return true;
}

auto Tree::RoundedIfWhole(const Bounds &bounds) const -> std::optional<std::vector<int64_t>> {
  std::vector<int64_t> values;
  for (ColumnId i = 0; i < bounds.lower.size(); ++i) {
    if (FromWhole(simplex_->value(i)) > kWhole) return std::nullopt;
    values.push_back(std::clamp(Nearest(simplex_->value(i)), bounds.lower[i], bounds.upper[i]));
  }
  return values;
}

// Closed if no better solution is left within the node; else the relaxation of the node, which is
// narrowed by all that follows, is solved.
auto Tree::Relax(Node &node) -> Fate {
  constexpr int kTimes = 4;
  for (int time = 0; time < kTimes; ++time) {
    if (!propagator_->Run(node.bounds, effort_)) return Fate::Closed;
    SetBounds(node.bounds);
    auto outcome = simplex_->Solve(Enough(), kPivots, effort_);
    if (effort_.left == 0) return Fate::OutOfEffort;
    if (outcome == Simplex::Outcome::Infeasible) {
      const Part part{.lower = node.bounds.lower, .upper = node.bounds.upper};
      // A ray that is not exact enough proves nothing; the children will be smaller.
      return ProvesInfeasible(program_, part, simplex_->multipliers()) ? Fate::Closed : Fate::Open;
    }
    const Bounds before = node.bounds;
    auto bound = NarrowByCost(program_, node.bounds.lower, node.bounds.upper,
                              simplex_->multipliers(), Limit());
    if (bound) node.bound = std::max(node.bound, *bound);
    if (best_ && node.bound > Limit()) return Fate::Closed;
    if (node.bound == kNoSolution) return Fate::Closed;
    if (outcome == Simplex::Outcome::Above) {
      outcome = simplex_->Solve(kNoLimit, kPivots, effort_);
      if (outcome == Simplex::Outcome::Infeasible) continue;
    }
    // Only bounds that exclude the solution change it.
    bool is_inside = true;
    for (ColumnId i = 0; i < before.lower.size() && is_inside; ++i) {
      const double at = simplex_->value(i);
      is_inside = at > static_cast<double>(node.bounds.lower[i]) - kWhole &&
                  at < static_cast<double>(node.bounds.upper[i]) + kWhole;
    }
    if (is_inside) return Fate::Open;
  }
  return Fate::Open;
}

auto Tree::Fractional(const Bounds &bounds) const -> std::vector<Choice> {
  std::vector<Choice> choices;
  for (ColumnId i = 0; i < bounds.lower.size(); ++i) {
    const double at = simplex_->value(i);
    // After an unfinished relaxation a value may be outside: splitting there would gain nothing.
    const bool is_inside =
        at > static_cast<double>(bounds.lower[i]) && at < static_cast<double>(bounds.upper[i]);
    if (is_inside && FromWhole(at) > kWhole) choices.push_back({i, at});
  }
  return choices;
}

// Solves one side a little. False if that side is proved to hold nothing better.
auto Tree::Probe(const Node &node, const Choice &choice, bool is_up, double &gain) -> bool {
  const int64_t below = Floor(choice.at);
  const double before = simplex_->cost();
  Bounds side = node.bounds;
  if (is_up) {
    side.lower[choice.column] = below + 1;
  } else {
    side.upper[choice.column] = below;
  }
  simplex_->SetBounds(choice.column, side.lower[choice.column], side.upper[choice.column]);
  const auto outcome = simplex_->Solve(Enough(), kProbePivots, effort_);
  gain = std::max(0.0, simplex_->cost() - before);
  bool is_open = true;
  const Part part{.lower = side.lower, .upper = side.upper};
  if (outcome == Simplex::Outcome::Infeasible) {
    is_open = !ProvesInfeasible(program_, part, simplex_->multipliers());
  } else if (outcome == Simplex::Outcome::Above) {
    const auto bound = CertifiedBound(program_, part, simplex_->multipliers());
    is_open = !bound || *bound <= Limit();
  }
  simplex_->Restore(state_);
  simplex_->SetBounds(choice.column, node.bounds.lower[choice.column],
                      node.bounds.upper[choice.column]);
  return is_open;
}

// The column whose two sides cost most. Open: chosen; Closed: a side is proved empty, and the
// bounds of the node are narrower.
auto Tree::Choose(Node &node, Choice &choice) -> Fate {
  std::vector<Choice> choices = Fractional(node.bounds);
  if (choices.empty()) {
    // All whole and yet not a solution, or not solved: any column that is not fixed.
    for (ColumnId i = 0; i < node.bounds.lower.size(); ++i) {
      if (node.bounds.is_fixed(i)) continue;
      const int64_t lower = node.bounds.lower[i], upper = node.bounds.upper[i];
      choice = {i, static_cast<double>(lower + (upper - lower) / 2) + 0.5, 1, 1};
      return Fate::Open;
    }
  }
  Gain all;
  for (ColumnId i = 0; i < down_.size(); ++i) {
    all.sum += down_[i].sum + up_[i].sum;
    all.count += down_[i].count + up_[i].count;
  }
  const double usual = all.count > 0 ? all.sum / all.count : 1;
  const auto guess = [&](const Gain &gain) {
    return gain.count > 0 ? gain.sum / gain.count : usual;
  };
  const auto score = [](const Choice &c) { return std::max(c.down, 1e-6) * std::max(c.up, 1e-6); };
  for (Choice &c : choices) {
    const double above = c.at - static_cast<double>(Floor(c.at));
    c.down = guess(down_[c.column]) * above;
    c.up = guess(up_[c.column]) * (1 - above);
  }
  std::stable_sort(choices.begin(), choices.end(),
                   [&](const Choice &a, const Choice &b) { return score(a) > score(b); });
  size_t probed = 0;
  bool is_saved = false;
  for (size_t i = 0; i < choices.size() && probed < kProbed; ++i) {
    Choice &c = choices[i];
    if (std::min(down_[c.column].count, up_[c.column].count) >= kReliable) continue;
    if (!is_saved) simplex_->Save(state_);
    is_saved = true;
    ++probed;
    const double above = c.at - static_cast<double>(Floor(c.at));
    const bool is_down_open = Probe(node, c, false, c.down);
    const bool is_up_open = Probe(node, c, true, c.up);
    if (effort_.left == 0) return Fate::OutOfEffort;
    if (!is_down_open || !is_up_open) {
      if (!is_down_open) node.bounds.lower[c.column] = Floor(c.at) + 1;
      if (!is_up_open) node.bounds.upper[c.column] = Floor(c.at);
      return Fate::Closed;
    }
    down_[c.column].sum += c.down / above;
    ++down_[c.column].count;
    up_[c.column].sum += c.up / (1 - above);
    ++up_[c.column].count;
  }
  choice = *std::max_element(choices.begin(), choices.end(), [&](const Choice &a, const Choice &b) {
    return score(a) != score(b) ? score(a) < score(b) : a.column > b.column;
  });
  return Fate::Open;
}

void Tree::Learn(const Node &node) {
  if (!node.is_child || node.distance <= 0) return;
  Gain &gain = node.is_up ? up_[node.column] : down_[node.column];
  gain.sum += std::max(0.0, simplex_->cost() - node.cost) / node.distance;
  ++gain.count;
}

// The child that is looked at first comes last.
void Tree::Split(Node node, const Choice &choice) {
  const int64_t below = Floor(choice.at);
  const double above = choice.at - static_cast<double>(below);
  Node down = node;
  down.is_child = true;
  down.depth = node.depth + 1;
  down.column = choice.column;
  down.cost = simplex_->cost();
  Node up = down;
  down.bounds.upper[choice.column] = below;
  down.is_up = false;
  down.distance = above;
  up.bounds.lower[choice.column] = below + 1;
  up.is_up = true;
  up.distance = 1 - above;
  const bool is_up_first = above > 0.4;
  open_.push_back(std::move(is_up_first ? down : up));
  open_.push_back(std::move(is_up_first ? up : down));
  is_diving_ = true;
}

// From the relaxation at hand towards a solution: what is nearly decided is decided, and one more.
void Tree::Dive(Bounds bounds) {
  for (size_t step = 0; step < bounds.lower.size(); ++step) {
    if (auto values = RoundedIfWhole(bounds); values && Offer(*values)) return;
    const std::vector<Choice> choices = Fractional(bounds);
    if (choices.empty()) return;
    const Choice *next = nullptr;
    double best = -1;
    for (const Choice &c : choices) {
      const double above = c.at - static_cast<double>(Floor(c.at));
      // Booleans first: the counts follow them.
      const double rank = program_.columns[c.column].is_boolean() ? 1 + above : above;
      if (rank > best) {
        best = rank;
        next = &c;
      }
    }
    Bounds tried = bounds;
    for (ColumnId i = 0; i < bounds.lower.size(); ++i) {
      if (program_.columns[i].is_boolean() && simplex_->value(i) > 1 - kWhole) tried.lower[i] = 1;
    }
    tried.lower[next->column] = Floor(next->at) + 1;
    if (propagator_->Run(tried, effort_)) {
      bounds = std::move(tried);
    } else {
      bounds.upper[next->column] = Floor(next->at);
      if (!propagator_->Run(bounds, effort_)) return;
    }
    SetBounds(bounds);
    if (simplex_->Solve(Enough(), kPivots, effort_) != Simplex::Outcome::Optimal) return;
  }
}

auto Tree::Visit(Node &node) -> Fate {
  ++node_count_;
  for (bool is_first = true;; is_first = false) {
    const Fate fate = Relax(node);
    if (fate != Fate::Open) return fate;
    if (is_first) Learn(node);
    if (node_count_ == 1 && is_first) {
      if (CutRoot(node) == Fate::OutOfEffort) return Fate::OutOfEffort;
      const Fate after = Relax(node);
      if (after != Fate::Open) return after;
    }
    if (auto values = RoundedIfWhole(node.bounds)) {
      const bool is_leaf =
          std::equal(node.bounds.lower.begin(), node.bounds.lower.end(), node.bounds.upper.begin());
      Offer(*values);
      if (is_leaf || (best_ && node.bound > Limit())) return Fate::Closed;
    }
    if (node_count_ % kDiveEach == 1 && is_first) {
      Dive(node.bounds);
      continue;
    }
    Choice choice;
    const Fate chosen = Choose(node, choice);
    if (chosen == Fate::OutOfEffort) return chosen;
    if (chosen == Fate::Closed) continue;  // narrower: once more
    Split(std::move(node), choice);
    return Fate::Open;
  }
}

// Adds rounding cuts while they raise the cost of the root's relaxation; those that bind stay.
auto Tree::CutRoot(const Node &node) -> Fate {
  const size_t rows = program_.rows.size();
  for (int round = 0; round < kCutRounds; ++round) {
    std::vector<double> at;
    for (ColumnId i = 0; i < program_.columns.size(); ++i) at.push_back(simplex_->value(i));
    const auto cuts = RoundingCuts(program_, node.bounds, at, kCutsEach);
    if (cuts.empty()) break;
    for (const Cut &cut : cuts) {
      const RowId id = program_.AddRow(cut.entries, cut.limit, kGiven);
      simplex_->AddRow(program_.entries(program_.rows[id]), program_.rows[id]);
    }
    const double before = simplex_->cost();
    if (simplex_->Solve(kNoLimit, kPivots, effort_) != Simplex::Outcome::Optimal) break;
    const double gain = simplex_->cost() - before;
    if (gain < kCutGain * std::max(1.0, before < 0 ? -before : before)) break;
  }
  if (program_.rows.size() == rows) return Fate::Open;
  Program kept = base_;
  const auto multipliers = simplex_->multipliers();
  for (size_t r = rows; r < program_.rows.size(); ++r) {
    const Row &row = program_.rows[r];
    if (multipliers[r] > 0) kept.AddRow(program_.entries(row), row.limit, kGiven);
  }
  program_ = std::move(kept);
  propagator_.emplace(program_);
  if (best_) propagator_->SetCostLimit(Limit());
  simplex_.emplace(program_);
  return effort_.left == 0 ? Fate::OutOfEffort : Fate::Open;
}

auto Tree::TakeNext() -> Node {
  auto next = open_.end() - 1;
  if (!is_diving_ && open_.size() < kManyOpen) {
    for (auto at = open_.begin(); at != open_.end(); ++at) {
      if (at->bound < next->bound || (at->bound == next->bound && at->depth > next->depth)) {
        next = at;
      }
    }
  }
  Node node = std::move(*next);
  open_.erase(next);
  return node;
}

// Everything that is still open is above the least of its bounds.
void Tree::Tell() const {
  constexpr uint64_t kEach = 16;  // nodes
  if (watch_ == nullptr || node_count_ % kEach != 0) return;
  Step step{.phase = "proving"};
  step.has_cost = best_.has_value();
  step.cost = best_cost_;
  step.bound = best_ ? best_cost_ : INT64_MAX;
  for (const Node &node : open_) step.bound = std::min(step.bound, node.bound);
  step.has_bound = step.bound != INT64_MIN && step.bound != INT64_MAX;
  (*watch_)(step);
}

auto Tree::Run() -> Answer {
  propagator_.emplace(program_);
  if (best_) propagator_->SetCostLimit(Limit());
  simplex_.emplace(program_);
  Node root{.bounds = BoundsOf(program_), .bound = INT64_MIN};
  open_.push_back(std::move(root));
  bool is_out = false;
  while (!open_.empty() && !is_out) {
    Tell();
    Node node = TakeNext();
    is_diving_ = false;
    if (best_ && node.bound > Limit()) continue;
    is_out = Visit(node) == Fate::OutOfEffort;
    if (is_out) open_.push_back(std::move(node));
  }

  Answer answer;
  if (best_) {
    answer.values = *best_;
    answer.cost = best_cost_;
  }
  if (!is_out) {
    answer.verdict = best_ ? Verdict::Optimal : Verdict::Infeasible;
    answer.bound = best_cost_;
    answer.has_bound = best_.has_value();
    return answer;
  }
  answer.verdict = best_ ? Verdict::Feasible : Verdict::Undecided;
  answer.bound = best_ ? best_cost_ : INT64_MAX;
  for (const Node &node : open_) answer.bound = std::min(answer.bound, node.bound);
  answer.has_bound = answer.bound != INT64_MIN && answer.bound != INT64_MAX;
  return answer;
}

}  // namespace groma::reason
