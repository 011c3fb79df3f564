// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/solver.h"

#include <algorithm>

#include "groma/reason/booleans.h"
#include "groma/reason/gradient.h"
#include "groma/reason/search.h"

namespace groma::reason {
namespace {

// Takes so many steps out of the whole, and gives back what was not needed.
class Share {
 public:
  Share(Effort &whole, uint64_t steps) : whole_(whole), effort_{std::min(steps, whole.left)} {
    whole_.left -= effort_.left;
  }
  ~Share() { whole_.left += effort_.left; }
  Share(const Share &) = delete;
  auto operator=(const Share &) -> Share & = delete;
  auto effort() -> Effort & { return effort_; }

 private:
  Effort &whole_;
  Effort effort_;
};

void Keep(Answer &best, Answer found) {
  if (found.values.empty()) return;
  if (!best.values.empty() && best.cost <= found.cost) return;
  best.values = std::move(found.values);
  best.cost = found.cost;
  if (best.verdict == Verdict::Undecided) best.verdict = Verdict::Feasible;
}

}  // namespace

auto Solve(const Program &program, Effort &effort, MakeProver prover,
           const std::vector<int64_t> *start) -> Answer {
  Answer best;
  if (start != nullptr && program.IsSolution(*start)) {
    best.verdict = Verdict::Feasible;
    best.values = *start;
    best.cost = program.CostOf(*start);
  }
  Booleans booleans(program, prover);
  if (best.values.empty()) {
    Share share(effort, effort.left / 8);
    Keep(best, Search(program, {}, share.effort(), SearchFor::Any));
  }
  if (best.values.empty()) {
    Share share(effort, effort.left / 2);
    const Answer answer = booleans.Feasible(share.effort());
    if (answer.verdict == Verdict::Infeasible) return answer;
    Keep(best, answer);
  }
  Share bounding(effort, effort.left / 8);
  const Multipliers multipliers = BoundByGradient(program, {}, bounding.effort());
  if (multipliers.has_bound) {
    if (multipliers.bound == kNoSolution) {
      Answer none;
      none.verdict = Verdict::Infeasible;
      return none;
    }
    best.bound = multipliers.bound;
    best.has_bound = true;
  }
  if (best.values.empty()) return best;
  if (best.has_bound && best.bound >= best.cost) {
    best.verdict = Verdict::Optimal;
    return best;
  }
  {
    Share share(effort, effort.left / 4);
    Keep(best, Search(program, multipliers.reduced, share.effort()));
  }
  return booleans.Improve(std::move(best), effort);
}

}  // namespace groma::reason
