// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/level.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "builder.h"
#include "chance.h"
#include "groma/timing/plain.h"
#include "mirror.h"
#include "prove.h"
#include "ranking.h"

namespace groma::timing {
namespace {

class Leveller {
 public:
  Leveller(const Network &network, const Graph &graph, llvm::ArrayRef<TaskId> order,
           const Workforce &workforce, LevelLimits limits, const MakeDecider &decider)
      : network_(network),
        graph_(graph),
        order_(order),
        workforce_(workforce),
        limits_(limits),
        mirror_(MirrorOf(network, workforce)),
        mirror_graph_(mirror_.network),
        builder_(network, graph, workforce),
        mirror_builder_(mirror_.network, mirror_graph_, mirror_.workforce),
        analysis_(Analyze(network, graph, order)),
        plain_(PlainOf(network, order, workforce)),
        make_decider_(decider) {}

  auto Run() -> Level;

 private:
  // Builds a schedule, and others from it as long as they get better.
  auto Improve(const Ranks &ranks) -> Levelled;
  auto Build(const Ranks &ranks) -> Levelled;
  // Ranks by where tasks start when all are as late as `schedule` lets them be.
  auto RanksFromBehind(const Levelled &schedule) -> Ranks;
  // Ranks by the order of starts, with those around one task mixed up.
  auto Mixed(const Levelled &schedule) -> Ranks;
  // What more is known of the end of a plain problem.
  void RaiseBound();
  auto BuildAt(llvm::ArrayRef<int64_t> starts) -> Levelled;
  void Prove();
  [[nodiscard]] auto MomentOf(int64_t tick) const -> Moment;
  [[nodiscard]] auto TickOf(Moment moment) const -> int64_t;
  void Search();
  // Has tasks wait for the time at which people know them, where nothing else gets worse by that.
  // Within so many placements.
  void Settle(int64_t placements);
  // Tries all orders of a few neighbours around what moved from what people know.
  void Rearrange();
  [[nodiscard]] auto FloorOf(TaskId id, bool is_latest) const -> Moment;
  [[nodiscard]] auto IsDone() const -> bool;
  void Offer(Levelled schedule);

  const Network &network_;
  const Graph &graph_;
  llvm::ArrayRef<TaskId> order_;
  const Workforce &workforce_;
  LevelLimits limits_;
  Mirror mirror_;
  Graph mirror_graph_;
  Builder builder_;
  Builder mirror_builder_;
  Analysis analysis_;
  std::optional<Plain> plain_;
  const MakeDecider &make_decider_;
  Chance chance_{1};
  Level result_;
};

auto Leveller::Build(const Ranks &ranks) -> Levelled {
  result_.placements += static_cast<int64_t>(order_.size());
  return builder_.Build(OrderBy(network_, graph_, workforce_, ranks));
}

auto Leveller::RanksFromBehind(const Levelled &schedule) -> Ranks {
  Ranks ranks(order_.size());
  for (TaskId id = 0; id < ranks.size(); ++id) ranks[id] = -schedule.dates[id].finish;
  result_.placements += static_cast<int64_t>(order_.size());
  mirror_.network.start = -schedule.cost.finish;
  const Levelled behind =
      mirror_builder_.Build(OrderBy(mirror_.network, mirror_graph_, mirror_.workforce, ranks));
  for (TaskId id = 0; id < ranks.size(); ++id) ranks[id] = -behind.dates[id].finish;
  return ranks;
}

auto Leveller::Improve(const Ranks &ranks) -> Levelled {
  Levelled best = Build(ranks);
  while (!IsDone() && best.cost.finish < kNever) {
    Levelled next = Build(RanksFromBehind(best));
    if (next.cost >= best.cost) break;
    best = std::move(next);
  }
  return best;
}

auto Leveller::Mixed(const Levelled &schedule) -> Ranks {
  const auto count = static_cast<int64_t>(order_.size());
  std::vector<TaskId> sorted(count);
  std::iota(sorted.begin(), sorted.end(), 0);
  std::ranges::stable_sort(sorted, {}, [&](TaskId id) { return schedule.dates[id].start; });
  Ranks ranks(count);
  for (int64_t place = 0; place < count; ++place) ranks[sorted[place]] = place;
  // A few neighbours, or many, change places.
  const int64_t width = 2 + chance_.Below(std::min<int64_t>(count, 4 + (8 << chance_.Below(4))));
  const int64_t first = chance_.Below(std::max<int64_t>(1, count - width + 1));
  for (int64_t place = first; place < std::min(count, first + width); ++place) {
    ranks[sorted[place]] += chance_.Below(width) - chance_.Below(width);
  }
  return ranks;
}

auto Leveller::IsDone() const -> bool {
  if (result_.placements >= limits_.placements || order_.empty()) return true;
  const Cost &cost = result_.best.cost;
  if (result_.best.dates.empty() || cost.lateness != 0 || cost.finish > result_.bound) return false;
  // Where nothing can be earlier, a part of the search is enough to see what can stay.
  constexpr int64_t kPart = 10;
  return cost.moved == 0 || result_.placements >= limits_.placements / kPart;
}

void Leveller::Offer(Levelled schedule) {
  if (result_.best.dates.empty() || schedule.cost < result_.best.cost) {
    result_.best = std::move(schedule);
  }
}

auto Leveller::MomentOf(int64_t tick) const -> Moment {
  return network_.calendar(plain_->calendar).EndAt(plain_->origin + tick * plain_->tick);
}

// Rounded up: within a tick nothing ends.
auto Leveller::TickOf(Moment moment) const -> int64_t {
  const Work work = network_.calendar(plain_->calendar).WorkAt(moment) - plain_->origin;
  return (work + plain_->tick - 1) / plain_->tick;
}

void Leveller::RaiseBound() {
  if (result_.best.cost.finish <= result_.bound) return;
  result_.bound =
      FinishBound(network_, graph_, order_, analysis_, workforce_, result_.best.cost.finish);
  // Each step of the search for a bound goes over pairs of them.
  constexpr size_t kManyTasks = 1000;
  if (!plain_ || plain_->tasks.size() > kManyTasks) return;
  const int64_t end = TickOf(result_.best.cost.finish);
  if (end > plain_->last) return;
  const int64_t bound = PlainBound(*plain_, std::min(TickOf(result_.bound), end), end);
  result_.bound = std::max(result_.bound, MomentOf(bound));
}

auto Leveller::BuildAt(llvm::ArrayRef<int64_t> starts) -> Levelled {
  // With tasks held back until they start in a schedule, none finds its place taken, whatever the
  // order. What takes no time takes no place.
  const Calendar &calendar = network_.calendar(plain_->calendar);
  std::vector<Moment> floors(network_.tasks.size(), kEver);
  for (TaskId id = 0; id < floors.size(); ++id) {
    if (network_.tasks[id].work > 0) {
      floors[id] = calendar.StartAt(plain_->origin + starts[id] * plain_->tick);
    }
  }
  return builder_.Build(order_, floors);
}

void Leveller::Prove() {
  const std::unique_ptr<Decider> decider = make_decider_();
  const int64_t bound = ProveEnd(*plain_, TickOf(result_.bound), TickOf(result_.best.cost.finish),
                                 *decider, [&](llvm::ArrayRef<int64_t> starts) {
                                   Offer(BuildAt(starts));
                                   Offer(Improve(Ranks(starts.begin(), starts.end())));
                                   return TickOf(result_.best.cost.finish);
                                 });
  result_.bound = std::max(result_.bound, MomentOf(bound));
}

// So few tasks have so few orders that each was tried by then, many times over.
auto EnoughFor(size_t tasks) -> int64_t {
  constexpr size_t kFew = 6;
  constexpr int64_t kTimes = 50;
  if (tasks > kFew) return std::numeric_limits<int64_t>::max();
  int64_t orders = 1;
  for (size_t i = 2; i <= tasks; ++i) orders *= static_cast<int64_t>(i);
  return kTimes * orders;
}

void Leveller::Search() {
  Levelled current = result_.best;
  // As long as there is nothing better, from where the last change was no worse; now and then from
  // the best again.
  constexpr int64_t kPatience = 200;
  const int64_t enough = EnoughFor(order_.size());
  for (int64_t since = 0; !IsDone() && since < enough; ++since) {
    Levelled next = Improve(Mixed(current));
    if (next.cost < result_.best.cost) since = 0;
    if (next.cost.lateness <= current.cost.lateness && next.cost.finish <= current.cost.finish) {
      current = next;
    }
    Offer(std::move(next));
    if (since % kPatience == kPatience - 1) current = result_.best;
  }
}

// The last start, or the first, with which a task that has its team for itself is finished when people know it.
auto Leveller::FloorOf(TaskId id, bool is_latest) const -> Moment {
  const Task &task = network_.tasks[id];
  const Calendar &calendar = network_.calendar(task.calendar);
  const Kept &kept = workforce_.baseline[id];
  if (is_latest) return calendar.Subtract(kept.until, task.work);
  if (calendar.is_clock()) return kept.after + 1 - task.work;
  return calendar.StartAt(calendar.WorkAt(kept.after) + 1 - task.work);
}

void Leveller::Settle(int64_t placements) {
  if (workforce_.baseline.empty() || result_.best.cost.finish >= kNever) return;
  // Of what nobody knows that is never so.
  const auto is_early = [&](TaskId id) {
    return result_.best.dates[id].finish <= workforce_.baseline[id].after;
  };
  std::vector<TaskId> early;
  for (const TaskId id : result_.best.order) {
    const Job &job = workforce_.jobs[id];
    const Task &task = network_.tasks[id];
    if ((job.teams.empty() && job.needs.empty()) || task.started || task.finished) continue;
    if (is_early(id)) early.push_back(id);
  }
  const auto try_with = [&](llvm::ArrayRef<TaskId> ids, bool is_latest) {
    std::vector<Moment> floors = result_.best.floors;
    floors.resize(network_.tasks.size(), kEver);
    for (const TaskId id : ids) floors[id] = std::max(floors[id], FloorOf(id, is_latest));
    result_.placements += static_cast<int64_t>(order_.size());
    Levelled held = builder_.Build(result_.best.order, floors);
    const Cost &cost = result_.best.cost;
    const bool is_as_good = held.cost.lateness <= cost.lateness && held.cost.finish <= cost.finish;
    if (!is_as_good || held.cost.moved >= cost.moved) return;
    result_.best = std::move(held);
  };
  for (const bool is_latest : {true, false}) try_with(early, is_latest);
  // And one by one.
  const int64_t most = result_.placements + placements;
  for (const TaskId id : early) {
    for (const bool is_latest : {true, false}) {
      if (result_.best.cost.moved == 0 || result_.placements > most) return;
      if (is_early(id)) try_with(id, is_latest);
    }
  }
}

void Leveller::Rearrange() {
  if (workforce_.baseline.empty() || result_.best.cost.finish >= kNever) return;
  constexpr size_t kWindow = 5;
  std::vector<TaskId> all(order_.size());
  std::iota(all.begin(), all.end(), 0);
  // A part of what the search may take.
  constexpr int64_t kPart = 20;
  const int64_t most = result_.placements + limits_.placements / kPart;
  bool is_better = true;
  while (is_better && result_.best.cost.moved > 0 && result_.placements < most) {
    is_better = false;
    std::ranges::stable_sort(all, {}, [&](TaskId id) { return result_.best.dates[id].start; });
    Ranks ranks(all.size());
    std::vector<size_t> places;  // of work of teams that can still be moved
    for (size_t place = 0; place < all.size(); ++place) {
      ranks[all[place]] = static_cast<int64_t>(place);
      const Task &task = network_.tasks[all[place]];
      const bool is_open = !task.started && !task.finished;
      if (is_open && !workforce_.jobs[all[place]].teams.empty()) places.push_back(place);
    }
    for (size_t first = 0; first + 1 < places.size() && !is_better; ++first) {
      const size_t count = std::min(kWindow, places.size() - first);
      const auto window = llvm::ArrayRef(places).slice(first, count);
      const bool has_moved = llvm::any_of(window, [&](size_t place) {
        return !workforce_.baseline[all[place]].Has(result_.best.dates[all[place]].finish);
      });
      if (!has_moved) continue;
      llvm::SmallVector<size_t, kWindow> permuted(window.begin(), window.end());
      while (std::ranges::next_permutation(permuted).found && !is_better &&
             result_.placements < most) {
        Ranks changed = ranks;
        for (size_t i = 0; i < count; ++i) {
          changed[all[window[i]]] = static_cast<int64_t>(permuted[i]);
        }
        const Cost before = result_.best.cost;
        Levelled next = Build(changed);
        const Cost cost = next.cost;
        if (cost.lateness > before.lateness || cost.finish > before.finish) continue;
        // What is early may wait for its day.
        std::swap(result_.best, next);
        Settle(static_cast<int64_t>(4 * all.size()));
        is_better = result_.best.cost.moved < before.moved;
        if (!is_better) std::swap(result_.best, next);
      }
    }
  }
}

auto Leveller::Run() -> Level {
  result_.bound = analysis_.finish;
  for (const Ranks &ranks : RanksByRules(network_, graph_, order_, analysis_, workforce_)) {
    Offer(Improve(ranks));
    if (IsDone()) break;
  }
  RaiseBound();
  // As many again as the search may take.
  Settle(limits_.placements);
  Search();
  const bool can_prove = plain_ && make_decider_ && result_.best.cost.finish < kNever &&
                         TickOf(result_.best.cost.finish) <= plain_->last;
  if (can_prove && result_.best.cost.finish > result_.bound) Prove();
  Settle(limits_.placements);
  Rearrange();
  result_.best = builder_.WithBookings(result_.best);
  // Deadlines that are missed without any limits of teams are missed with them.
  Minutes lateness = 0;
  for (const TaskId id : MissedDeadlines(network_, analysis_)) {
    lateness += analysis_.tasks[id].early.finish - network_.tasks[id].deadline;
  }
  result_.is_proved = result_.best.cost.finish < kNever &&
                      result_.best.cost.finish <= result_.bound &&
                      result_.best.cost.lateness <= lateness;
  return std::move(result_);
}

}  // namespace

auto LevelTasks(const Network &network, const Graph &graph, llvm::ArrayRef<TaskId> order,
                const Workforce &workforce, LevelLimits limits, const MakeDecider &decider)
    -> Level {
  return Leveller(network, graph, order, workforce, limits, decider).Run();
}

}  // namespace groma::timing
