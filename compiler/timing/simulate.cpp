// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/simulate.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <numeric>
#include <thread>
#include <tuple>

#include "bounds_of.h"
#include "simulate_runs.h"

namespace groma::timing {

Setting::Setting(const Simulation &simulation, std::vector<TaskId> order)
    : simulation(simulation),
      network(simulation.network),
      graph(simulation.network),
      order(std::move(order)),
      uncertain_of(network.tasks.size(), kNone),
      mishaps_of(network.tasks.size()),
      ends(simulation.targets) {
  for (uint32_t i = 0; i < simulation.uncertain.size(); ++i) {
    uncertain_of[simulation.uncertain[i].task] = i;
  }
  FindHits();
  const auto is_aside = [&](TaskId id) { return network.tasks[id].is_aside; };
  llvm::erase_if(ends, is_aside);
  if (ends.empty()) {
    ends.resize(network.tasks.size());
    std::iota(ends.begin(), ends.end(), 0);
    llvm::erase_if(ends, is_aside);
  }
  MakeTables();
  FindBehind();
  likely = PlaceAll(&Triangle::likely, false);
  const std::vector<Dates> early = PlaceAll(&Triangle::low, false);
  const std::vector<Dates> late = PlaceAll(&Triangle::high, true);
  for (TaskId id = 0; id < network.tasks.size(); ++id) {
    first_day.push_back(DayOf(early[id].finish));
    last_day.push_back(std::max(first_day[id], DayOf(late[id].finish)));
  }
}

void Setting::FindHits() {
  std::vector<size_t> place(network.tasks.size());
  for (size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  for (uint32_t i = 0; i < simulation.mishaps.size(); ++i) {
    const Mishap &mishap = simulation.mishaps[i];
    for (size_t k = 0; k < mishap.tasks.size(); ++k) {
      const TaskId task = mishap.tasks[k];
      const bool comes_first = llvm::all_of(
          mishap.mitigated_by, [&](TaskId other) { return place[other] < place[task]; });
      mishaps_of[task].push_back(
          {i, mishap.calendars.empty() ? mishap.calendar : mishap.calendars[k],
           mishap.calendars_left.empty() ? mishap.calendar : mishap.calendars_left[k],
           comes_first});
    }
  }
}

void Setting::MakeTables() {
  std::map<std::tuple<int64_t, int64_t, int64_t>, uint32_t> known;
  const auto table = [&](const Triangle &triangle) {
    const auto [at, is_new] = known.try_emplace({triangle.low, triangle.likely, triangle.high},
                                                static_cast<uint32_t>(tables.size()));
    if (is_new) tables.emplace_back(triangle);
    return at->second;
  };
  for (const UncertainTask &one : simulation.uncertain) work_table.push_back(table(one.work));
  for (const Mishap &one : simulation.mishaps) {
    delay_table.push_back(table(one.delay));
    left_table.push_back(table(one.delay_left));
    loss_table.push_back(table(one.loss));
  }
}

void Setting::FindBehind() {
  for (const Mishap &mishap : simulation.mishaps) {
    std::vector<bool> is_moved(network.tasks.size());
    for (const TaskId task : mishap.tasks) is_moved[task] = true;
    std::vector<TaskId> &list = behind.emplace_back();
    for (const TaskId id : order) {
      is_moved[id] = is_moved[id] || llvm::any_of(graph.into(id), [&](EdgeId edge) {
                       return is_moved[network.edges[edge].from];
                     });
      // What is done about another mishap may come too late for it.
      is_moved[id] = is_moved[id] || llvm::any_of(mishaps_of[id], [&](const Hit &hit) {
                       return llvm::any_of(simulation.mishaps[hit.mishap].mitigated_by,
                                           [&](TaskId task) { return is_moved[task]; });
                     });
      if (is_moved[id]) list.push_back(id);
    }
  }
}

auto Setting::PlaceAll(int64_t Triangle::*work_of, bool has_mishaps) const -> std::vector<Dates> {
  std::vector<Dates> dates(network.tasks.size());
  for (const TaskId id : order) {
    Task task = network.tasks[id];
    if (const uint32_t one = uncertain_of[id]; one != kNone) {
      GiveWork(task, simulation.uncertain[one].work.*work_of);
    }
    const auto [start, finish] =
        BoundsOf(network, graph, id, [&](TaskId from) -> const Dates & { return dates[from]; });
    dates[id] = Place(network, task, {start.bound, finish.bound});
    if (!has_mishaps || task.finished) continue;
    for (const Hit &hit : mishaps_of[id]) {
      const Mishap &mishap = simulation.mishaps[hit.mishap];
      const Moment before = dates[id].finish;
      dates[id].finish = network.AfterLag({mishap.delay.high, hit.calendar}, before);
      if (!mishap.mitigated_by.empty()) {
        dates[id].finish = std::max(
            dates[id].finish, network.AfterLag({mishap.delay_left.high, hit.calendar_left}, before));
      }
      if (task.work == 0) dates[id].start = dates[id].finish;
    }
  }
  return dates;
}

auto Setting::DayOf(Moment finish) const -> size_t {
  // The end of a day is that day. Days of 23 and 25 hours make up for each other.
  const std::vector<Moment> &days = simulation.days;
  const Moment last = std::clamp(finish - 1, days.front(), days.back());
  size_t day = static_cast<size_t>((last - days.front()) / kDay);
  while (day > 0 && days[day] > last) --day;
  while (day + 1 < days.size() && days[day + 1] <= last) ++day;
  return day;
}

auto Outcomes::DayOf(TaskId task, int64_t percent) const -> size_t {
  const Finish &finish = finishes[task];
  int64_t sum = 0;
  for (size_t day = 0; day < finish.runs_of_day.size(); ++day) {
    sum += finish.runs_of_day[day];
    if (sum * 100 >= percent * runs) return finish.first_day + day;
  }
  return finish.first_day + finish.runs_of_day.size() - 1;
}

namespace {

// What is done about a mishap goes before what it can hit, unless it has to wait for that.
auto OrderOf(const Simulation &simulation) -> Order {
  Network network = simulation.network;
  const auto is_cyclic = [&] { return !FindOrder(network, Graph(network)).cycle.empty(); };
  for (const Mishap &mishap : simulation.mishaps) {
    const size_t before = network.edges.size();
    for (const TaskId first : mishap.mitigated_by) {
      for (const TaskId task : mishap.tasks) network.edges.push_back({first, task});
    }
    if (network.edges.size() == before || !is_cyclic()) continue;
    network.edges.resize(before);
    for (const TaskId first : mishap.mitigated_by) {
      for (const TaskId task : mishap.tasks) {
        network.edges.push_back({first, task});
        if (is_cyclic()) network.edges.pop_back();
      }
    }
  }
  return FindOrder(network, Graph(network));
}

}  // namespace

auto Simulate(const Simulation &simulation) -> std::optional<Outcomes> {
  Order order = OrderOf(simulation);
  if (!order.cycle.empty()) return std::nullopt;
  const Setting setting(simulation, std::move(order.tasks));
  // Which thread plays which runs changes nothing: what is counted in them is added up.
  std::vector<Runs> all(std::max(1U, simulation.threads), Runs(setting));
  std::atomic<int64_t> next = 0;
  const auto play = [&](Runs &runs) {
    constexpr auto kStep = static_cast<int64_t>(kLanes);
    for (int64_t first = 0; (first = next.fetch_add(kStep)) < simulation.runs;) {
      runs.Play(first, static_cast<size_t>(std::min(kStep, simulation.runs - first)));
    }
  };
  std::vector<std::thread> threads;
  for (size_t i = 1; i < all.size(); ++i) threads.emplace_back(play, std::ref(all[i]));
  play(all[0]);
  for (std::thread &thread : threads) thread.join();
  for (size_t i = 1; i < all.size(); ++i) all[0].Add(all[i]);
  return all[0].Result();
}

}  // namespace groma::timing
