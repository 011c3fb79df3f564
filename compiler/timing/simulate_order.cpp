// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/simulate_order.h"

#include <algorithm>

#include "bounds_of.h"

namespace groma::timing {
namespace {

// What a team did for one task, from its first minute to its last.
struct Stay {
  TaskId task = 0;
  Moment begin = kNever;
  Moment end = kEver;
  int64_t people = 0;
};

class Keeper {
 public:
  Keeper(const Network &network, const Workforce &workforce, const Levelled &schedule)
      : workforce_(workforce),
        schedule_(schedule),
        edges_before_(network.edges.size()),
        kept_(network),
        stays_(workforce.teams.size()) {}

  auto Run() -> Network {
    CollectStays();
    for (TeamId team = 0; team < stays_.size(); ++team) HandOver(team);
    const std::vector<TaskId> order = WithoutCycles();
    Stretch();
    Hold(order);
    return std::move(kept_);
  }

 private:
  void CollectStays();
  void HandOver(TeamId team);
  auto WithoutCycles() -> std::vector<TaskId>;
  void Stretch();
  void Hold(llvm::ArrayRef<TaskId> order);
  [[nodiscard]] auto PeopleAt(TeamId team, Moment moment) const -> int64_t;

  const Workforce &workforce_;
  const Levelled &schedule_;
  const size_t edges_before_;
  Network kept_;
  // By team, in the order in which they begin.
  std::vector<std::vector<Stay>> stays_;
};

void Keeper::CollectStays() {
  for (const Booking &booking : schedule_.bookings) {
    std::vector<Stay> &stays = stays_[booking.team];
    // All bookings of a task were made at once.
    if (stays.empty() || stays.back().task != booking.task) stays.push_back({booking.task});
    Stay &stay = stays.back();
    stay.begin = std::min(stay.begin, booking.span.begin);
    stay.end = std::max(stay.end, booking.span.end);
    stay.people = std::max(stay.people, booking.span.rate);
  }
  for (std::vector<Stay> &stays : stays_) std::ranges::stable_sort(stays, {}, &Stay::begin);
}

auto Keeper::PeopleAt(TeamId team, Moment moment) const -> int64_t {
  const Spans &spans = workforce_.teams[team];
  const auto after = std::ranges::upper_bound(spans, moment, {}, &Span::begin);
  return after == spans.begin() ? 0 : std::prev(after)->rate;
}

// Each task takes the people that have been idle for longest, and waits for those from whom it took
// them.
void Keeper::HandOver(TeamId team) {
  std::vector<Stay> idle;
  int64_t given = 0;  // people who have done something already
  for (const Stay &stay : stays_[team]) {
    std::ranges::stable_sort(idle, {}, &Stay::end);
    const int64_t fresh = std::clamp<int64_t>(PeopleAt(team, stay.begin) - given, 0, stay.people);
    int64_t missing = stay.people - fresh;
    given += fresh;
    for (Stay &from : idle) {
      if (missing == 0 || from.end > stay.begin) break;
      const int64_t taken = std::min(missing, from.people);
      from.people -= taken;
      missing -= taken;
      kept_.edges.push_back({from.task, stay.task});
    }
    std::erase_if(idle, [](const Stay &one) { return one.people == 0; });
    idle.push_back(stay);
  }
}

// With lags below 0 something may wait for what comes after it; then people do not count.
auto Keeper::WithoutCycles() -> std::vector<TaskId> {
  while (true) {
    Order order = FindOrder(kept_, Graph(kept_));
    if (order.cycle.empty()) return std::move(order.tasks);
    const auto added = std::ranges::max(order.cycle);
    if (added < edges_before_) return {};
    kept_.edges.erase(kept_.edges.begin() + added);
  }
}

void Keeper::Stretch() {
  for (const std::vector<Stay> &stays : stays_) {
    for (const Stay &stay : stays) {
      Task &task = kept_.tasks[stay.task];
      const Calendar &calendar = kept_.calendar(task.calendar);
      Work &work = task.started ? task.remaining : task.work;
      if (calendar.Add(stay.begin, work) >= stay.end) continue;
      work = calendar.WorkAt(stay.end) - calendar.WorkAt(stay.begin);
    }
  }
}

// What waits for a day on which there are more people keeps to that day.
void Keeper::Hold(llvm::ArrayRef<TaskId> order) {
  const Graph graph(kept_);
  std::vector<Dates> dates(kept_.tasks.size());
  for (const TaskId id : order) {
    Task &task = kept_.tasks[id];
    const auto place = [&] {
      const auto [start, finish] =
          BoundsOf(kept_, graph, id, [&](TaskId from) -> const Dates & { return dates[from]; });
      dates[id] = Place(kept_, task, {start.bound, finish.bound});
    };
    place();
    if (dates[id].start >= schedule_.dates[id].start || task.started) continue;
    task.not_before = std::max(task.not_before, schedule_.dates[id].start);
    place();
  }
}

}  // namespace

auto KeepOrder(const Network &network, const Workforce &workforce, const Levelled &schedule)
    -> Network {
  return Keeper(network, workforce, schedule).Run();
}

}  // namespace groma::timing
