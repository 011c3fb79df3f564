// SPDX-License-Identifier: Apache-2.0
#include "rounds.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::pipeline {
namespace {

// So often capacity and dates are brought together.
constexpr size_t kMostRounds = 24;
// From this round on nothing is taken to come sooner than it once did, so that they meet.
constexpr size_t kSettling = 4;

class Rounds {
 public:
  Rounds(Result &result, llvm::ArrayRef<plan::Environment *> environments,
         const solve::Options &options, llvm::ArrayRef<schedule::Shift> shifts)
      : model_(*result.model),
        keeps_late_(result.keeps_late),
        environments_(environments), options_(options), shifts_(shifts), known_(environments.size()) {
    for (size_t i = 0; i < environments.size(); ++i) {
      dates_.emplace_back(model_, *environments[i], ShiftsOf(i));
      known_[i] = dates_[i].Foreseen();
    }
  }

  auto Run(size_t asked, Sink &sink) -> std::vector<Decided> {
    std::vector<Decided> decided(environments_.size());
    for (size_t round = 0;; ++round) {
      Sink said;
      auto results = solve::SolveTogether(model_, environments_, known_, asked, options_, said);
      bool is_settled = true;
      for (size_t i = 0; i < results.size(); ++i) {
        decided[i] = {std::move(results[i]), {}, {}, {}};
        if (decided[i].result.verdict == solve::Verdict::Solved) {
          is_settled &= Agree(i, round, decided[i]);
        }
      }
      if (!is_settled && round + 1 < kMostRounds) continue;
      sink.Append(std::move(said));
      for (size_t i = 0; i < decided.size(); ++i) Close(i, is_settled, decided[i]);
      return decided;
    }
  }

 private:
  auto ShiftsOf(size_t i) const -> llvm::ArrayRef<schedule::Shift> {
    return i == 0 ? shifts_ : llvm::ArrayRef<schedule::Shift>();
  }

  // False if the schedule knows better: it is decided again then.
  auto Agree(size_t i, size_t round, Decided &decided) -> bool {
    solve::Solution &solution = decided.result.solution;
    bool agrees = true;
    decided.dates = schedule::Schedule(
                        model_, *environments_[i], solution.decisions, dates_[i].NeedsOf(solution),
                        ShiftsOf(i), [&](schedule::Outcome &outcome) {
                          agrees = Learn(i, round, solution, outcome);
                          const bool is_last = agrees || round + 1 == kMostRounds;
                          return is_last && options_.suspended.empty();
                        },
                        decided.said)
                        .verdict;
    return agrees;
  }

  auto Learn(size_t i, size_t round, const solve::Solution &solution, schedule::Outcome &outcome)
      -> bool {
    // What is late is told, and nothing is chosen because of it.
    const auto is_told = [&](const schedule::Miss &miss) {
      const plan::EntityId pool = dates_[i].PoolOf(miss.step);
      const bool is_lifted =
          !miss.is_own && llvm::is_contained(environments_[i]->suspended, pool);
      return (miss.is_own && keeps_late_) || is_lifted || options_.suspended == "pool.accepted";
    };
    llvm::erase_if(outcome.missed, is_told);
    for (schedule::Miss &miss : outcome.missed) {
      miss = dates_[i].ForAllSizes(std::move(miss), solution.decisions);
      // What is late whatever is chosen is late.
      if (miss.is_own && miss.lead.choices.empty()) return true;
    }
    bool agrees = outcome.missed.empty();
    for (schedule::Miss &miss : outcome.missed) {
      known_[i].cuts.push_back(dates_[i].CutBy(std::move(miss)));
    }
    auto arrivals = dates_[i].ArrivalsBy(solution.decisions);
    if (round >= kSettling) NotSooner(known_[i].arrivals, arrivals);
    if (ByMonth(arrivals) != ByMonth(known_[i].arrivals)) agrees = false;
    known_[i].arrivals = std::move(arrivals);
    if (outcome.labour != known_[i].labour) agrees &= round >= kSettling;
    known_[i].labour = std::move(outcome.labour);
    // No plan is better than this one, whatever is found under a guess later.
    if (is_all_proved_) {
      bounds_.resize(environments_.size());
      bounds_[i] = solution.aims;
    }
    is_all_proved_ &= llvm::none_of(known_[i].cuts, IsGuess);
    return agrees;
  }

  static auto IsGuess(const solve::Cut &cut) -> bool { return !cut.is_proved; }

  // Both are in the order of things.
  static void NotSooner(llvm::ArrayRef<solve::Arrival> before,
                        std::vector<solve::Arrival> &after) {
    for (size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
      after[i].ordered = std::max(after[i].ordered, before[i].ordered);
      after[i].present = std::max(after[i].present, before[i].present);
      after[i].usable = std::max(after[i].usable, before[i].usable);
    }
  }

  // Money and capacity go by months, and bills by days.
  static auto ByMonth(llvm::ArrayRef<solve::Arrival> arrivals) -> std::vector<int64_t> {
    std::vector<int64_t> months;
    for (const solve::Arrival &arrival : arrivals) {
      months.push_back(base::Month::Of(arrival.ordered).index());
      // So many days after this something is due.
      months.push_back(arrival.present.days());
      months.push_back(base::Month::Of(arrival.usable).index());
    }
    return months;
  }

  // A plan that was found under guesses is the best known one: what was reached without them bounds it.
  void Close(size_t i, bool is_settled, Decided &decided) {
    if (decided.result.verdict != solve::Verdict::Solved) return;
    for (const plan::Aim &aim : environments_[i]->aims) {
      decided.best.push_back(dates_[i].BestOf(aim));
    }
    if (!is_settled && decided.dates == schedule::Verdict::Scheduled) {
      solve::ReportOutOfEffort(decided.said)
          .Note("capacity and dates did not come to agree within " + std::to_string(kMostRounds) +
                " rounds")
          .Help("state the size of what is delivered last, or the day on which it is accepted");
      decided.result.verdict = solve::Verdict::Undecided;
      return;
    }
    if (is_all_proved_ || bounds_.empty()) return;
    auto &aims = decided.result.solution.aims;
    for (size_t k = 0; k < std::min(aims.size(), bounds_[i].size()); ++k) {
      aims[k].bound = bounds_[i][k].bound;
      aims[k].is_proved &= aims[k].value == aims[k].bound;
    }
  }

  plan::Model &model_;
  const bool keeps_late_;
  llvm::ArrayRef<plan::Environment *> environments_;
  const solve::Options &options_;
  llvm::ArrayRef<schedule::Shift> shifts_;
  std::vector<Dates> dates_;
  std::vector<solve::FromSchedule> known_;
  bool is_all_proved_ = true;
  std::vector<std::vector<plan::AimResult>> bounds_;
};

}  // namespace

auto DecideInRounds(Result &result, llvm::ArrayRef<plan::Environment *> environments,
                    size_t asked, const solve::Options &options, Sink &sink,
                    llvm::ArrayRef<schedule::Shift> shifts) -> std::vector<Decided> {
  return Rounds(result, environments, options, shifts).Run(asked, sink);
}

}  // namespace groma::pipeline
