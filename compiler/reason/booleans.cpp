// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/booleans.h"

#include <algorithm>
#include <numeric>

#include "llvm/ADT/STLExtras.h"

namespace groma::reason {
namespace {

// No single trial takes more than this part of the effort, so that one which is too hard does not
// end the others.
constexpr uint64_t kTrials = 16;

// The least cost that the bounds of the columns leave.
auto LeastCost(const Program &program) -> int64_t {
  int64_t least = program.fixed_cost;
  for (const Column &column : program.columns) {
    least += column.cost * (column.cost > 0 ? column.lower : column.upper);
  }
  return least;
}

// Costs of solutions differ by multiples of this.
auto CommonCost(const Program &program) -> int64_t {
  int64_t common = 0;
  for (const Column &column : program.columns) common = std::gcd(common, column.cost);
  return std::max<int64_t>(common, 1);
}

}  // namespace

auto Booleans::Plain(Effort &effort) -> Encoding * {
  if (!plain_) plain_ = Encoding::Make(program_, Causes::Hold, make_, effort);
  return plain_ ? &*plain_ : nullptr;
}

auto Booleans::Guarded(Effort &effort) -> Encoding * {
  if (!guarded_) guarded_ = Encoding::Make(program_, Causes::Assumed, make_, effort);
  return guarded_ ? &*guarded_ : nullptr;
}

auto Booleans::AnswerFrom(Encoding &encoding) const -> Answer {
  Answer answer;
  answer.values = encoding.Values();
  // A prover is not believed: what it says is counted up.
  if (!program_.IsSolution(answer.values)) return {};
  answer.verdict = Verdict::Feasible;
  answer.cost = program_.CostOf(answer.values);
  return answer;
}

auto Booleans::Feasible(Effort &effort) -> Answer {
  Encoding *encoding = Plain(effort);
  if (encoding == nullptr) return {};
  const Finding finding = encoding->prover().Check({}, effort);
  if (finding == Finding::Unknown) return {};
  if (finding == Finding::Sat) return AnswerFrom(*encoding);

  Answer answer;
  answer.verdict = Verdict::Infeasible;
  answer.core = encoding->causes().vec();
  if (!answer.core.empty()) {
    Trial trial = CheckWith(encoding->causes(), effort);
    if (trial.finding == Finding::Unsat) answer.core = std::move(trial.core);
  }
  answer.is_core_minimal = answer.core.empty();
  return answer;
}

auto Booleans::TryCost(Answer &answer, int64_t limit, Effort &effort) -> Step {
  if (!effort.Spend(program_.columns.size())) return Step::Unknown;
  const Literal guard = plain_->AddCostLimit(limit);
  const Finding finding = plain_->prover().Check({guard}, effort);
  Answer found;
  if (finding == Finding::Sat) found = AnswerFrom(*plain_);
  plain_->prover().AddClause({-guard});
  if (finding == Finding::Unsat) {
    answer.bound = limit + 1;
    answer.has_bound = true;
    return Step::Bound;
  }
  if (found.verdict != Verdict::Feasible || found.cost > limit) return Step::Unknown;
  answer.values = std::move(found.values);
  answer.cost = found.cost;
  return Step::Cheaper;
}

auto Booleans::Improve(Answer answer, Effort &effort) -> Answer {
  if (answer.verdict == Verdict::Undecided) {
    const Answer known = std::move(answer);
    answer = Feasible(effort);
    answer.bound = known.bound;
    answer.has_bound = known.has_bound;
  }
  if (answer.verdict != Verdict::Feasible || Plain(effort) == nullptr) return answer;
  const int64_t least = LeastCost(program_);
  if (!answer.has_bound || answer.bound < least) answer.bound = least;
  answer.has_bound = true;

  // Steps down are small at first, since a prover learns most near what it has, and double as long
  // as they succeed; once one fails, the rest is halved.
  const int64_t common = CommonCost(program_);
  int64_t step = 1, largest_step = kLargestSum;
  while (answer.bound <= answer.cost - common) {
    const int64_t gap = (answer.cost - answer.bound) / common;
    step = std::clamp<int64_t>(step, 1, std::min(gap, largest_step));
    Slice slice(effort, step == 1 ? effort.left : effort.left / kTrials);
    const Step made = TryCost(answer, answer.cost - step * common, slice.part);
    if (made == Step::Cheaper) {
      step *= 2;
    } else if (made == Step::Bound) {
      step = std::max<int64_t>((answer.cost - answer.bound) / common / 2, 1);
    } else if (step == 1 || effort.left == 0) {
      return answer;
    } else {
      // Too hard to decide: closer to what is known.
      step = largest_step = std::max<int64_t>(step / 8, 1);
    }
  }
  answer.bound = answer.cost;
  answer.verdict = Verdict::Optimal;
  return answer;
}

auto Booleans::Check(Effort &effort) -> Trial {
  const Encoding *encoding = Guarded(effort);
  if (encoding == nullptr) return {};
  return CheckWith(encoding->causes(), effort);
}

auto Booleans::CheckWith(llvm::ArrayRef<Cause> causes, Effort &effort) -> Trial {
  Encoding *encoding = Guarded(effort);
  if (encoding == nullptr) return {};
  std::vector<Literal> assumptions;
  for (const Cause cause : causes) assumptions.push_back(encoding->LiteralOf(cause));
  std::sort(assumptions.begin(), assumptions.end());
  Trial trial;
  trial.finding = encoding->prover().Check(assumptions, effort);
  if (trial.finding == Finding::Unsat) {
    for (const Literal literal : encoding->prover().Core()) {
      trial.core.push_back(encoding->CauseOf(literal));
    }
  }
  return trial;
}

auto Booleans::Cores(uint32_t several, llvm::ArrayRef<uint32_t> rank, Effort &effort)
    -> std::vector<Answer> {
  const Encoding *encoding = Guarded(effort);
  if (encoding == nullptr) return {};
  std::vector<Cause> open = encoding->causes().vec();
  const auto rank_of = [&](Cause cause) { return cause < rank.size() ? rank[cause] : 0; };

  std::vector<Answer> answers;
  while (answers.size() < several) {
    Trial trial = CheckWith(open, effort);
    if (trial.finding != Finding::Unsat) break;
    std::stable_sort(trial.core.begin(), trial.core.end(),
                     [&](Cause a, Cause b) { return rank_of(a) < rank_of(b); });
    const uint64_t most = effort.left / kTrials;
    Shrunk shrunk = Shrink(std::move(trial.core), [&](llvm::ArrayRef<Cause> causes) {
      Slice slice(effort, most);
      return CheckWith(causes, slice.part);
    });
    // What is left can still fail together, though without the causes of the cores so far.
    std::erase_if(open, [&](Cause cause) { return llvm::is_contained(shrunk.core, cause); });
    Answer answer;
    answer.verdict = Verdict::Infeasible;
    answer.core = std::move(shrunk.core);
    answer.is_core_minimal = shrunk.is_minimal;
    answers.push_back(std::move(answer));
    if (answers.back().core.empty()) break;
  }
  return answers;
}

}  // namespace groma::reason
