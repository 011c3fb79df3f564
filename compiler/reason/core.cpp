// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/core.h"

#include <algorithm>

#include "groma/reason/gradient.h"
#include "groma/reason/restrict.h"
#include "groma/reason/search.h"
#include "groma/reason/support.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::reason {
namespace {

constexpr size_t kFewRows = 4;

class Minimiser {
 public:
  Minimiser(const Program &program, const CoreWish &wish, Effort &effort)
      : program_(program), wish_(wish), effort_(effort) {
    Cause causes = 0;
    for (const Column &column : program.columns) causes = std::max(causes, column.cause);
    for (const Row &row : program.rows) causes = std::max(causes, row.cause);
    for (const Group &group : program.groups) causes = std::max(causes, group.cause);
    dropped_.resize(size_t{causes} + 1);
  }

  auto Run() -> std::optional<AggregateCore> {
    const uint64_t before = effort_.left;
    auto ray = FindRay(program_, {}, effort_);
    if (!ray) return std::nullopt;
    // A proof of less is about as long as the first.
    per_try_ = std::max<uint64_t>((before - effort_.left) * 4, 1'000'000);
    dropped_.assign(dropped_.size(), 1);
    dropped_[kGiven] = 0;
    for (const Cause cause : SupportOf(program_, {}, *ray)) dropped_[cause] = 0;
    ray_ = std::move(*ray);
    if (!ProvesInfeasible(program_, {.dropped = dropped_}, ray_)) {
      dropped_.assign(dropped_.size(), 0);  // numbers too large to tell; all causes are true too
    }
    core_.is_minimal = true;
    // How much is short is worth knowing even where the core could still be thinner.
    const uint64_t reserve = effort_.left / 4;
    effort_.left -= reserve;
    Minimise();
    Thin();
    effort_.left += reserve;
    core_.causes = Open(false);
    core_.aggregate = Open(true);
    core_.ray = std::move(ray_);
    FindShortages();
    return std::move(core_);
  }

 private:
  auto IsAggregate(Cause cause) const -> bool {
    return cause < wish_.is_aggregate.size() && wish_.is_aggregate[cause] != 0;
  }
  auto Rank(Cause cause) const -> uint32_t {
    return cause < wish_.rank.size() ? wish_.rank[cause] : 0;
  }

  // Tries to go without large parts of what is told by its number only: reasons that lie in a
  // corner of the plan, or in limits alone, are shorter then.
  void Thin() {
    for (const size_t parts : {1, 2, 4, 8}) {
      std::vector<Cause> open = Open(true);
      const size_t chunk = open.size() / parts;
      if (chunk < 4) return;
      for (size_t i = 0; i < open.size(); i += chunk) {
        TryWithout(llvm::ArrayRef<Cause>(open).slice(i, std::min(chunk, open.size() - i)));
      }
    }
  }

  // Causes of the core that are told by their number, or the others.
  auto Open(bool is_aggregate) const -> std::vector<Cause> {
    std::vector<Cause> open;
    for (Cause cause = kGiven + 1; cause < dropped_.size(); ++cause) {
      if (dropped_[cause] == 0 && IsAggregate(cause) == is_aggregate) open.push_back(cause);
    }
    return open;
  }

  // Tries to go without ever smaller chunks, those of low rank first.
  void Minimise() {
    std::vector<Cause> open = Open(false);
    std::stable_sort(open.begin(), open.end(), [&](Cause a, Cause b) { return Rank(a) < Rank(b); });
    for (size_t chunk = std::max<size_t>(open.size() / 4, 1);;
         chunk = std::max<size_t>(chunk / 2, 1)) {
      for (size_t i = 0; i < open.size(); i += chunk) {
        TryWithout(llvm::ArrayRef<Cause>(open).slice(i, std::min(chunk, open.size() - i)));
      }
      llvm::erase_if(open, [&](Cause cause) { return dropped_[cause] != 0; });
      if (chunk == 1) break;
    }
  }

  void TryWithout(llvm::ArrayRef<Cause> chunk) {
    std::vector<uint8_t> without = dropped_;
    bool is_news = false;
    for (const Cause cause : chunk) {
      is_news |= without[cause] == 0;
      without[cause] = 1;
    }
    if (!is_news) return;
    const Part part{.dropped = without};
    if (ProvesInfeasible(program_, part, ray_)) {
      GoOnWithout(part, ray_);
      return;
    }
    Effort effort{std::min(per_try_, effort_.left)};
    const uint64_t before = effort.left;
    auto ray = FindRay(program_, part, effort);
    effort_.Spend(before - effort.left);
    if (ray) {
      GoOnWithout(part, std::move(*ray));
    } else if (chunk.size() == 1 && core_.is_minimal && !IsAggregate(chunk[0])) {
      // Only a solution shows that the cause is needed.
      effort.left = std::min(per_try_, effort_.left);
      const uint64_t left = effort.left;
      const Answer answer = Search(Restrict(program_, part), {}, effort, SearchFor::Any);
      effort_.Spend(left - effort.left);
      core_.is_minimal = answer.verdict == Verdict::Feasible;
    }
  }

  // The ray proves the part; keeps what supports it.
  void GoOnWithout(const Part &part, std::vector<double> ray) {
    std::vector<uint8_t> next(dropped_.size(), 1);
    next[kGiven] = 0;
    for (const Cause cause : SupportOf(program_, part, ray)) next[cause] = 0;
    if (ProvesInfeasible(program_, {.dropped = next}, ray)) {
      dropped_ = std::move(next);
    } else {
      dropped_ = part.dropped.vec();
    }
    ray_ = std::move(ray);
  }

  void FindShortages() {
    std::vector<RowId> rows;
    for (size_t r = 0; r < program_.rows.size(); ++r) {
      if (core_.ray[r] > 0 && !program_.rows[r].is_equal &&
          llvm::is_contained(core_.causes, program_.rows[r].cause)) {
        rows.push_back(static_cast<RowId>(r));
      }
    }
    if (rows.size() > kFewRows) return;
    // All of what is told by its number counts again: more is short than the proof needs.
    std::vector<uint8_t> whole = dropped_;
    for (Cause cause = kGiven + 1; cause < whole.size(); ++cause) {
      if (IsAggregate(cause) && !core_.aggregate.empty()) whole[cause] = 0;
    }
    for (const RowId row : rows) {
      for (auto dropped : {whole, dropped_}) {
        // Other rows of the cause may be what the row is short of.
        dropped[program_.rows[row].cause] = 1;
        Effort effort{std::min(per_try_ * 16, effort_.left)};
        const uint64_t left = effort.left;
        const auto least = LeastSum(program_, {.dropped = dropped}, row, effort);
        effort_.Spend(left - effort.left);
        if (!least || *least <= program_.rows[row].limit) continue;
        const Row &short_row = program_.rows[row];
        core_.shortages.push_back({row, *least, short_row.cause, *least - short_row.limit});
        break;
      }
    }
  }

  const Program &program_;
  const CoreWish &wish_;
  Effort &effort_;
  uint64_t per_try_ = 0;
  std::vector<uint8_t> dropped_;
  std::vector<double> ray_;
  AggregateCore core_;
};

}  // namespace

auto FindCore(const Program &program, const CoreWish &wish, Effort &effort)
    -> std::optional<AggregateCore> {
  return Minimiser(program, wish, effort).Run();
}

auto LeastSum(const Program &program, const Part &part, RowId row, Effort &effort)
    -> std::optional<int64_t> {
  Program counted = program;
  counted.fixed_cost = 0;
  for (Column &column : counted.columns) column.cost = 0;
  int64_t highest = 0;
  for (const Entry &entry : counted.entries(counted.rows[row])) {
    const Column &column = counted.columns[entry.column];
    counted.columns[entry.column].cost = entry.coefficient;
    if (entry.coefficient > 0) highest += entry.coefficient * std::max(column.reach, column.upper);
  }
  counted.rows[row].limit = highest;
  counted.rows[row].is_equal = false;
  const Multipliers found = BoundByGradient(counted, part, effort);
  if (!found.has_bound || found.bound == kNoSolution) return std::nullopt;
  return found.bound;
}

}  // namespace groma::reason
