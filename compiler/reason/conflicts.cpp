// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/conflicts.h"

#include <algorithm>

#include "groma/reason/booleans.h"
#include "groma/reason/gradient.h"
#include "groma/reason/search.h"
#include "groma/reason/slim.h"
#include "groma/reason/solver.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::reason {
namespace {

// Sets of at most so many are made as small as can be, whatever they are made of.
constexpr size_t kFew = 12;
// A step of the first-order method or of a search is so many times quicker than one of the other
// engines.
constexpr uint64_t kGradientSteps = 100;
// Parts with at most so many rows are tried out for every conflict.
constexpr size_t kSmall = 1'500;
// A single question gets such a part of the effort that is left.
constexpr uint64_t kShare = 16;

class Finder {
 public:
  Finder(const Program &program, const CoreWish &wish, MakeProver prover, Effort &effort)
      : program_(program), wish_(wish), prover_(prover), effort_(effort) {
    for (Column &column : program_.columns) column.cost = 0;
    const std::vector<Cause> causes = CausesOf(program);
    dropped_.resize((causes.empty() ? 0 : causes.back()) + size_t{1});
  }

  auto Run(uint32_t several) -> std::vector<AggregateCore> {
    std::vector<AggregateCore> found;
    base_ = program_;
    if (Judge({}, By::AllMeans).finding == Finding::Unsat) {
      // What is given contradicts itself: no cause is to blame.
      found.push_back({.is_minimal = true});
      return found;
    }
    while (found.size() < several) {
      auto conflict = FindOne(found.empty());
      if (!conflict) break;
      for (const auto *part : {&conflict->causes, &conflict->aggregate}) {
        for (const Cause cause : *part) dropped_[cause] = 1;
      }
      found.push_back(std::move(*conflict));
    }
    return found;
  }

 private:
  // A second conflict is told where it is easy to see; the first has to be found.
  auto FindOne(bool is_first) -> std::optional<AggregateCore> {
    std::vector<Component> parts = Slim(program_, {.dropped = dropped_});
    for (Component &part : parts) {
      if (!Presolve(part.program).is_infeasible) continue;
      const std::vector<Cause> causes = CausesOf(part.program);
      return Shrunken(std::move(part.program), causes);
    }
    for (Component &part : parts) {
      if (auto conflict = FindSum(part.program, effort_.left / 64)) return conflict;
    }
    for (Component &part : parts) {
      const bool is_small = part.program.rows.size() <= kSmall;
      if (!is_first && (!is_small || HasSolution(part.program))) continue;
      Slice slice(effort_, effort_.left / (is_first ? 2 : kShare));
      const Trial trial = Booleans(part.program, prover_).Check(slice.part);
      if (trial.finding == Finding::Unsat) return TriedOut(part.program, trial.core);
    }
    if (!is_first) return std::nullopt;
    for (Component &part : parts) {
      if (auto conflict = FindSum(part.program, effort_.left / 4)) return conflict;
    }
    return std::nullopt;
  }

  // Where there is a solution it is mostly found at once.
  auto HasSolution(const Program &program) -> bool {
    Slice slice(effort_, effort_.left / 64);
    Effort own{slice.part.left * kGradientSteps};
    const Answer answer = Search(program, {}, own, SearchFor::Any);
    slice.part.left = own.left / kGradientSteps;
    return answer.verdict == Verdict::Feasible;
  }

  // The causes of a refutation are few, and what they leave of the program is small.
  auto TriedOut(const Program &program, const std::vector<Cause> &causes) -> AggregateCore {
    for (Component &part : Slim(program, {.dropped = AllBut(causes)})) {
      Slice slice(effort_, effort_.left / 4 * 3);
      const auto cores = Booleans(part.program, prover_).Cores(1, wish_.rank, slice.part);
      if (cores.empty()) continue;
      if (!cores[0].is_core_minimal) return Shrunken(std::move(part.program), cores[0].core);
      AggregateCore core;
      core.causes = cores[0].core;
      core.is_minimal = true;
      return core;
    }
    return Shrunken(program, causes);
  }

  // 1 for each cause that is not one of these.
  auto AllBut(llvm::ArrayRef<Cause> causes) const -> std::vector<uint8_t> {
    std::vector<uint8_t> dropped(dropped_.size(), 1);
    dropped[kGiven] = 0;
    for (const Cause cause : causes) dropped[cause] = 0;
    return dropped;
  }

  // Sums over many causes stay sums; a few causes are taken apart like any other.
  auto FindSum(const Program &part, uint64_t steps) -> std::optional<AggregateCore> {
    Effort own{steps * kGradientSteps};
    uint64_t before = own.left;
    const bool is_sum = FindRay(part, {}, own).has_value();
    effort_.Spend((before - own.left) / kGradientSteps);
    if (!is_sum) return std::nullopt;
    own.left = before = effort_.left / 4 * kGradientSteps;
    auto core = FindCore(part, wish_, own);
    effort_.Spend((before - own.left) / kGradientSteps);
    if (!core || core->causes.size() + core->aggregate.size() > kFew) return core;
    std::vector<Cause> all = core->causes;
    llvm::append_range(all, core->aggregate);
    return Shrunken(part, std::move(all));
  }

  // The causes cannot hold together in the program.
  auto Shrunken(Program program, std::vector<Cause> causes) -> AggregateCore {
    base_ = std::move(program);
    const auto rank_of = [&](Cause cause) {
      return cause < wish_.rank.size() ? wish_.rank[cause] : 0;
    };
    std::stable_sort(causes.begin(), causes.end(),
                     [&](Cause a, Cause b) { return rank_of(a) < rank_of(b); });
    // What bounds alone refute is found out quickly, and most of a large set goes with it.
    Shrunk quick = Shrink(std::move(causes),
                          [&](llvm::ArrayRef<Cause> some) { return Judge(some, By::Bounds); });
    std::stable_sort(quick.core.begin(), quick.core.end(),
                     [&](Cause a, Cause b) { return rank_of(a) < rank_of(b); });
    Shrunk shrunk = Shrink(std::move(quick.core),
                           [&](llvm::ArrayRef<Cause> some) { return Judge(some, By::AllMeans); });
    AggregateCore core;
    core.causes = std::move(shrunk.core);
    core.is_minimal = shrunk.is_minimal;
    return core;
  }

  enum class By : uint8_t { Bounds, AllMeans };

  // Whether these causes can hold together with what is given.
  auto Judge(llvm::ArrayRef<Cause> causes, By by) -> Trial {
    std::vector<Component> parts = Slim(base_, {.dropped = AllBut(causes)});
    // From now on only subsets of the causes of what fails are asked for.
    const auto fails = [&](Component &part) -> Trial {
      base_ = std::move(part.program);
      return {Finding::Unsat, CausesOf(base_)};
    };
    for (Component &part : parts) {
      if (Presolve(part.program).is_infeasible) return fails(part);
    }
    if (by == By::Bounds) return {};
    Trial trial{Finding::Sat, {}};
    for (Component &part : parts) {
      Slice slice(effort_, effort_.left / kShare);
      const Answer answer = Solve(part.program, slice.part, prover_);
      if (answer.verdict == Verdict::Infeasible) return fails(part);
      if (answer.values.empty()) trial.finding = Finding::Unknown;
    }
    return trial;
  }

  Program program_;  // without costs
  Program base_;     // what the set that is being shrunk needs of it
  const CoreWish &wish_;
  MakeProver prover_;
  Effort &effort_;
  std::vector<uint8_t> dropped_;
};

}  // namespace

auto FindConflicts(const Program &program, const CoreWish &wish, uint32_t several,
                   MakeProver prover, Effort &effort) -> std::vector<AggregateCore> {
  return Finder(program, wish, prover, effort).Run(several);
}

}  // namespace groma::reason
