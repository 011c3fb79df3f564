// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/solver.h"

#include <algorithm>

#include "groma/reason/booleans.h"
#include "groma/reason/branch.h"
#include "groma/reason/gradient.h"
#include "groma/reason/presolve.h"
#include "groma/reason/restrict.h"
#include "groma/reason/search.h"
#include "groma/reason/slim.h"

namespace groma::reason {
namespace {

// A step of search is so many times quicker than one of the other engines.
constexpr uint64_t kSearchSteps = 100;
// What is larger is searched and bounded, not solved exactly.
constexpr size_t kMostRows = 1'500, kMostColumns = 6'000;
// What is larger is beyond the prover, and of what is larger than this it proves no optimum.
constexpr size_t kMostToProve = 30'000, kMostToImprove = 400;
// So many rounds of the first-order method bring a bound close.
constexpr uint64_t kRounds = 1'200;
// Entries of a program that is solved with the usual effort; a larger one takes more for each step.
constexpr uint64_t kUsualEntries = 200'000;

// Solves one independent part of a program.
class PartSolver {
 public:
  PartSolver(const Program &program, Effort &effort, MakeProver prover, const Watch &watch)
      : program_(program),
        effort_(effort),
        prover_(prover),
        booleans_(program, prover),
        watch_(watch) {}

  auto Solve(const std::vector<int64_t> *start) -> Answer {
    if (start != nullptr && program_.IsSolution(*start)) Keep(SolutionOf(*start));
    KeepLeastCost();
    const bool is_small =
        program_.rows.size() <= kMostRows && program_.columns.size() <= kMostColumns;
    const bool is_easy = program_.rows.size() <= kMostToImprove;
    // Where there is nothing to count a bound is blind, and one learns from what fails.
    if (is_small && IsAllBoolean()) {
      Explore(effort_.left / 256);
      TryOut(effort_.left / 16);
      if (IsDone()) return std::move(best_);
    }
    if (is_easy) {
      Explore(effort_.left / 4);
    } else if (is_small) {
      LookForAny(effort_.left / 64);
      // What is hard to find is perhaps not there, which the prover sees sooner than a tree.
      if (best_.values.empty()) Refute(effort_.left / 64);
      if (best_.values.empty() && !IsDone()) RefuteHard(effort_.left / 16);
      if (best_.values.empty() && !IsDone()) Prove(effort_.left / 4);
      if (!IsDone()) Explore(effort_.left / 4);
    } else {
      Refute(effort_.left / 64);
      if (IsDone()) return std::move(best_);
      LookFor(SearchFor::Any, effort_.left / 64);
      const bool is_lost = best_.values.empty() && program_.rows.size() <= kMostToProve;
      if (is_lost) Prove(effort_.left / 4);
      if (IsDone()) return std::move(best_);
      if (HasCosts()) Bound(std::max(effort_.left / 8, std::min(effort_.left / 2, StepsToBound())));
    }
    if (IsDone()) return std::move(best_);
    if (best_.values.empty()) LookFor(SearchFor::Any, effort_.left / 16);
    const bool is_too_large = program_.rows.size() > kMostToProve;
    if (best_.values.empty() && !is_too_large) Prove(effort_.left / 2);
    if (IsDone() || best_.values.empty()) return std::move(best_);
    if (is_small) Bound(effort_.left / 8);
    LookFor(SearchFor::Cheap, is_easy ? effort_.left / 4 * 3 : effort_.left);
    if (IsDone() || !is_easy) return std::move(best_);
    Tell("improving");
    return booleans_.Improve(std::move(best_), effort_);
  }

 private:
  auto IsDone() const -> bool {
    return best_.verdict == Verdict::Optimal || best_.verdict == Verdict::Infeasible;
  }
  auto HasCosts() const -> bool {
    return std::any_of(program_.columns.begin(), program_.columns.end(),
                       [](const Column &column) { return column.cost != 0; });
  }
  // Nothing costs less than the ends of its columns; without costs any solution is the best.
  void KeepLeastCost() {
    Answer least;
    least.has_bound = true;
    least.bound = program_.fixed_cost;
    for (const Column &column : program_.columns) {
      least.bound += column.cost * (column.cost > 0 ? column.lower : column.upper);
    }
    Keep(std::move(least));
  }
  auto StepsToBound() const -> uint64_t {
    const uint64_t round = program_.entry_count() * 2 + program_.columns.size();
    return round * kRounds / kSearchSteps;
  }
  auto SolutionOf(const std::vector<int64_t> &values) const -> Answer {
    Answer answer;
    answer.verdict = Verdict::Feasible;
    answer.values = values;
    answer.cost = program_.CostOf(values);
    return answer;
  }

  // The better of two: a cheaper solution, a higher bound.
  void Keep(Answer found) {
    if (found.verdict == Verdict::Infeasible) {
      best_ = std::move(found);
      return;
    }
    if (found.has_bound && (!best_.has_bound || found.bound > best_.bound)) {
      best_.bound = found.bound;
      best_.has_bound = true;
    }
    if (!found.values.empty() && (best_.values.empty() || found.cost < best_.cost)) {
      best_.values = std::move(found.values);
      best_.cost = found.cost;
      best_.verdict = Verdict::Feasible;
    }
    const bool is_best = !best_.values.empty() && best_.has_bound && best_.bound >= best_.cost;
    if (is_best || (found.verdict == Verdict::Optimal && !best_.values.empty())) {
      best_.verdict = Verdict::Optimal;
      best_.bound = best_.cost;
      best_.has_bound = true;
    }
  }

  // Runs an engine on part of the effort; what it leaves comes back.
  template <typename Engine>
  void Spend(uint64_t steps, const Engine &engine) {
    Effort share{std::min(steps, effort_.left)};
    effort_.left -= share.left;
    engine(share);
    effort_.left += share.left;
  }

  void Explore(uint64_t steps) {
    Spend(steps, [&](Effort &share) {
      Keep(Branch(program_, best_.values.empty() ? nullptr : &best_.values, share, nullptr,
                  InnerWatch()));
    });
  }

  // What an engine tells, with what others found before.
  auto InnerWatch() const -> Watch {
    if (!watch_) return {};
    return [this](Step step) {
      if (!best_.values.empty() && (!step.has_cost || best_.cost < step.cost)) {
        step.has_cost = true;
        step.cost = best_.cost;
      }
      if (best_.has_bound && (!step.has_bound || best_.bound > step.bound)) {
        step.has_bound = true;
        step.bound = best_.bound;
      }
      watch_(step);
    };
  }
  void Tell(std::string_view phase) const {
    if (watch_) InnerWatch()({.phase = phase});
  }

  // Demands that add up to more than there is: no solution need be looked for.
  void Refute(uint64_t steps) {
    if (!best_.values.empty()) return;
    Spend(steps, [&](Effort &share) {
      Effort own{share.left * kSearchSteps};
      const bool is_refuted = FindRay(program_, {}, own).has_value();
      share.left = own.left / kSearchSteps;
      if (!is_refuted) return;
      Answer none;
      none.verdict = Verdict::Infeasible;
      Keep(std::move(none));
    });
  }

  void Bound(uint64_t steps) {
    Tell("bounding");
    Spend(steps, [&](Effort &share) {
      Effort own{share.left * kSearchSteps};
      Multipliers multipliers = BoundByGradient(program_, {}, own);
      share.left = own.left / kSearchSteps;
      reduced_ = std::move(multipliers.reduced);
      if (!multipliers.has_bound) return;
      Answer bound;
      bound.verdict = multipliers.bound == kNoSolution ? Verdict::Infeasible : Verdict::Undecided;
      bound.bound = multipliers.bound;
      bound.has_bound = bound.verdict == Verdict::Undecided;
      Keep(std::move(bound));
    });
  }

  void LookFor(SearchFor goal, uint64_t steps) {
    Spend(steps, [&](Effort &share) {
      Effort own{share.left * kSearchSteps};
      Keep(Search(program_, reduced_, own, goal, InnerWatch()));
      share.left = own.left / kSearchSteps;
    });
  }

  void LookForAny(uint64_t steps) {
    Spend(steps, [&](Effort &share) {
      Effort own{share.left * kSearchSteps};
      Struggle struggle = SearchOrStruggle(program_, own, InnerWatch());
      Keep(std::move(struggle.answer));
      is_easy_ = std::move(struggle.is_easy);
      share.left = own.left / kSearchSteps;
    });
  }

  // Without what was no trouble a program is small, and mostly as impossible.
  void RefuteHard(uint64_t steps) {
    if (is_easy_.empty()) return;
    Spend(steps, [&](Effort &share) {
      for (const Component &part : Slim(Without(program_, is_easy_), {})) {
        if (part.program.rows.empty()) continue;
        const Presolved rest = Presolve(part.program);
        if (!rest.is_infeasible &&
            Booleans(rest.program, prover_).Feasible(share).verdict != Verdict::Infeasible) {
          continue;
        }
        Answer none;
        none.verdict = Verdict::Infeasible;
        return Keep(std::move(none));
      }
    });
  }

  auto IsAllBoolean() const -> bool {
    return std::all_of(program_.columns.begin(), program_.columns.end(),
                       [](const Column &column) { return column.is_boolean(); });
  }
  void TryOut(uint64_t steps) {
    if (IsDone()) return;
    Tell("looking for any plan");
    Spend(steps, [&](Effort &share) { Keep(booleans_.Improve(best_, share)); });
  }

  void Prove(uint64_t steps) {
    Tell("looking for any plan");
    Spend(steps, [&](Effort &share) { Keep(booleans_.Feasible(share)); });
  }

  const Program &program_;
  Effort &effort_;
  MakeProver prover_;
  Booleans booleans_;
  const Watch &watch_;
  std::vector<double> reduced_;
  std::vector<uint8_t> is_easy_;  // by row, once a search for any solution has failed
  Answer best_;
};

auto Infeasible() -> Answer {
  Answer answer;
  answer.verdict = Verdict::Infeasible;
  return answer;
}

}  // namespace

auto UsualEffort(const Program &program) -> uint64_t {
  return kUsualEffort * std::max(program.entry_count(), kUsualEntries) / kUsualEntries;
}

auto Solve(const Program &program, Effort &effort, MakeProver prover,
           const std::vector<int64_t> *start, const Watch &watch) -> Answer {
  const Presolved presolved = Presolve(program);
  if (presolved.is_infeasible) return Infeasible();
  std::vector<int64_t> reduced(presolved.program.columns.size());
  if (start != nullptr) {
    for (size_t i = 0; i < reduced.size(); ++i) reduced[i] = (*start)[presolved.columns[i]];
  }
  std::vector<int64_t> values(reduced.size());
  Answer whole;
  whole.verdict = Verdict::Optimal;
  whole.has_bound = true;
  whole.bound = presolved.program.fixed_cost;
  // Rows that are left without columns hold, or nothing does.
  for (const Row &row : presolved.program.rows) {
    const bool is_empty = row.begin == row.end;
    if (is_empty && (row.is_equal ? row.limit != 0 : row.limit < 0)) return Infeasible();
  }
  const std::vector<Component> components = Components(presolved.program);
  size_t left = components.size();
  int64_t done_cost = whole.bound;
  for (const Component &component : components) {
    std::vector<int64_t> part_start;
    for (const ColumnId column : component.columns) part_start.push_back(reduced[column]);
    Effort share{effort.left / left--};
    effort.left -= share.left;
    // Where parts are still to come, nobody knows what the whole will cost.
    const Watch own_watch = [&](const Step &step) {
      Step told{.phase = step.phase};
      if (left == 0 && whole.verdict != Verdict::Undecided) {
        told = step;
        told.cost += done_cost;
        told.bound += whole.bound;
        told.has_bound &= whole.has_bound;
      }
      watch(told);
    };
    const Answer part = PartSolver(component.program, share, prover, watch ? own_watch : watch)
                            .Solve(start == nullptr ? nullptr : &part_start);
    effort.left += share.left;
    if (part.verdict == Verdict::Infeasible) return part;
    if (part.values.empty()) {
      whole.verdict = Verdict::Undecided;
      continue;
    }
    for (size_t i = 0; i < component.columns.size(); ++i) {
      values[component.columns[i]] = part.values[i];
    }
    whole.has_bound &= part.has_bound;
    whole.bound += part.bound;
    done_cost += part.cost;
    if (part.verdict != Verdict::Optimal && whole.verdict == Verdict::Optimal) {
      whole.verdict = Verdict::Feasible;
    }
  }
  if (whole.verdict == Verdict::Undecided) {
    Answer none;
    return none;
  }
  whole.values = presolved.Restore(values);
  whole.cost = program.CostOf(whole.values);
  if (whole.verdict == Verdict::Optimal) whole.bound = whole.cost;
  return whole;
}

}  // namespace groma::reason
