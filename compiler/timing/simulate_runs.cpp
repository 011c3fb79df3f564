// SPDX-License-Identifier: Apache-2.0
#include "simulate_runs.h"

#include <algorithm>

#include "simulate_draw.h"

namespace groma::timing {
namespace {

enum Facet : uint64_t { kLength, kComes, kDelay, kLoss };

}  // namespace

Runs::Runs(const Setting &setting)
    : setting_(setting),
      dates_(setting.network.tasks.size()),
      others_(setting.network.tasks.size()),
      is_behind_(setting.network.tasks.size()),
      work_(setting.simulation.uncertain.size()),
      delay_(setting.simulation.mishaps.size()),
      left_(setting.simulation.mishaps.size()),
      comes_(setting.simulation.mishaps.size()),
      comes_left_(setting.simulation.mishaps.size()),
      is_open_(setting.simulation.mishaps.size()),
      seen_(setting.network.tasks.size()),
      penalty_(setting.simulation.penalties.size()) {
  const size_t mishaps = setting.simulation.mishaps.size();
  outcomes_.critical.resize(setting.network.tasks.size());
  outcomes_.lost.resize(mishaps);
  outcomes_.came.resize(mishaps);
  for (TaskId id = 0; id < setting.network.tasks.size(); ++id) {
    const size_t days = setting.last_day[id] - setting.first_day[id] + 1;
    outcomes_.finishes.push_back({setting.DayOf(setting.likely[id].finish), setting.first_day[id],
                                  std::vector<uint32_t>(days)});
  }
  for (size_t i = 0; i < setting.simulation.targets.size(); ++i) {
    outcomes_.targets.push_back({0, std::vector<Effect>(setting.simulation.uncertain.size()),
                                 std::vector<Minutes>(mishaps)});
  }
  outcomes_.losses.resize(setting.simulation.runs);
}

void Runs::Draw(int64_t first, size_t count) {
  const Simulation &simulation = setting_.simulation;
  for (uint32_t i = 0; i < work_.size(); ++i) {
    const SamplingTable &table = setting_.tables[setting_.work_table[i]];
    for (size_t lane = 0; lane < count; ++lane) {
      work_[i][lane] = table.At(
          timing::Draw(simulation.seed, first + lane, simulation.uncertain[i].variable, kLength));
    }
  }
  for (uint32_t i = 0; i < comes_.size(); ++i) {
    const Mishap &mishap = simulation.mishaps[i];
    const SamplingTable &table = setting_.tables[setting_.delay_table[i]];
    for (size_t lane = 0; lane < count; ++lane) {
      const auto draw = [&](Facet facet) {
        return timing::Draw(simulation.seed, first + lane, mishap.variable, facet);
      };
      comes_[i][lane] = draw(kComes) < mishap.chance;
      delay_[i][lane] = comes_[i][lane] ? table.At(draw(kDelay)) : 0;
      is_open_[i][lane] = false;
      if (mishap.mitigated_by.empty()) continue;
      // The same dice: what comes afterwards would have come before, too.
      const SamplingTable &left = setting_.tables[setting_.left_table[i]];
      comes_left_[i][lane] = draw(kComes) < mishap.chance_left;
      left_[i][lane] = comes_left_[i][lane] ? left.At(draw(kDelay)) : 0;
    }
  }
}

auto Runs::IsMitigated(uint32_t mishap, uint32_t lane, Moment by, bool is_other) const -> bool {
  const std::vector<TaskId> &tasks = setting_.simulation.mishaps[mishap].mitigated_by;
  return !tasks.empty() && llvm::all_of(tasks, [&](TaskId task) {
    return DatesOf(task, lane, is_other).finish <= by;
  });
}

auto Runs::DelayOf(const Setting::Hit &hit, uint32_t lane, Moment start, bool is_other) const -> Lag {
  if (hit.can_be_mitigated && IsMitigated(hit.mishap, lane, start, is_other)) {
    return {left_[hit.mishap][lane], hit.calendar_left};
  }
  return {delay_[hit.mishap][lane], hit.calendar};
}

auto Runs::IsPaid(uint32_t mishap, uint32_t lane) const -> bool {
  const Mishap &one = setting_.simulation.mishaps[mishap];
  // What hits nothing that is scheduled can come until its last day.
  const bool is_left = one.tasks.empty() ? IsMitigated(mishap, lane, one.until, false)
                                         : !one.mitigated_by.empty() && !is_open_[mishap][lane];
  return is_left ? comes_left_[mishap][lane] : comes_[mishap][lane];
}

void Runs::PlaceIn(TaskId id, llvm::ArrayRef<uint32_t> lanes, uint32_t without,
                   std::vector<Lanes> &dates) {
  const Network &network = setting_.network;
  const bool is_other = without != kNone;
  const Task &likely = network.tasks[id];
  const Moment first = std::max({network.start, network.now, likely.not_before});
  std::array<Dates, kLanes> after;
  for (const uint32_t lane : lanes) after[lane] = {first, kEver};
  for (const EdgeId edge_id : setting_.graph.into(id)) {
    const Edge &edge = network.edges[edge_id];
    for (const uint32_t lane : lanes) {
      const Dates &from = DatesOf(edge.from, lane, is_other);
      const Moment bound =
          network.AfterLag(edge.lag, LeavesFinish(edge.link) ? from.finish : from.start);
      Moment &mine = EntersFinish(edge.link) ? after[lane].finish : after[lane].start;
      mine = std::max(mine, bound);
    }
  }
  const uint32_t uncertain = setting_.uncertain_of[id];
  for (const uint32_t lane : lanes) {
    Task task = likely;
    if (uncertain != kNone) GiveWork(task, work_[uncertain][lane]);
    Dates &mine = dates[id][lane];
    mine = Place(network, task, after[lane]);
    if (task.finished) continue;
    // What lies beyond the horizon is taken to be done at its end, so that sums stay sums.
    const auto cut = [&](Moment &moment) {
      moment = std::min(moment, setting_.simulation.days.back());
    };
    cut(mine.start);
    cut(mine.finish);
    const Moment start = mine.start;
    for (const Setting::Hit &hit : setting_.mishaps_of[id]) {
      const Mishap &mishap = setting_.simulation.mishaps[hit.mishap];
      if (hit.mishap == without || start > mishap.until) continue;
      if (!is_other && !mishap.mitigated_by.empty()) {
        const bool is_mitigated =
            hit.can_be_mitigated && IsMitigated(hit.mishap, lane, start, false);
        is_open_[hit.mishap][lane] = is_open_[hit.mishap][lane] || !is_mitigated;
      }
      const Lag delay = DelayOf(hit, lane, start, is_other);
      if (delay.work == 0) continue;
      mine.finish = network.AfterLag(delay, mine.finish);
      cut(mine.finish);
      if (task.work == 0 && !task.started) mine.start = mine.finish;
    }
  }
}

void Runs::Play(int64_t first, size_t count) {
  Draw(first, count);
  std::vector<uint32_t> lanes;
  for (uint32_t lane = 0; lane < count; ++lane) lanes.push_back(lane);
  for (const TaskId id : setting_.order) PlaceIn(id, lanes, kNone, dates_);
  outcomes_.runs += static_cast<int64_t>(count);
  CountFinishes(count);
  for (const uint32_t lane : lanes) CountCauses(lane);
  CountMoney(first, count);
  for (uint32_t mishap = 0; mishap < comes_.size(); ++mishap) CountLost(mishap, count);
}

auto Runs::EndOf(uint32_t lane, bool is_other) const -> Moment {
  Moment end = kEver;
  for (const TaskId id : setting_.ends) end = std::max(end, DatesOf(id, lane, is_other).finish);
  return end;
}

void Runs::CountLost(uint32_t mishap, size_t count) {
  std::vector<uint32_t> lanes;
  for (uint32_t lane = 0; lane < count; ++lane) {
    if (delay_[mishap][lane] > 0 || left_[mishap][lane] > 0) lanes.push_back(lane);
  }
  if (lanes.empty()) return;
  for (const TaskId id : setting_.behind[mishap]) {
    is_behind_[id] = 1;
    PlaceIn(id, lanes, mishap, others_);
  }
  for (const uint32_t lane : lanes) {
    outcomes_.lost[mishap] += EndOf(lane, false) - EndOf(lane, true);
    for (size_t i = 0; i < outcomes_.targets.size(); ++i) {
      const TaskId target = setting_.simulation.targets[i];
      outcomes_.targets[i].lost[mishap] +=
          dates_[target][lane].finish - DatesOf(target, lane, true).finish;
    }
  }
  for (const TaskId id : setting_.behind[mishap]) is_behind_[id] = 0;
}

void Runs::CountFinishes(size_t count) {
  for (const TaskId id : setting_.order) {
    Outcomes::Finish &finish = outcomes_.finishes[id];
    for (size_t lane = 0; lane < count; ++lane) {
      const size_t day = setting_.DayOf(dates_[id][lane].finish);
      ++finish.runs_of_day[std::clamp(day, setting_.first_day[id], setting_.last_day[id]) -
                           finish.first_day];
    }
  }
}

void Runs::CountMoney(int64_t first, size_t count) {
  const Simulation &simulation = setting_.simulation;
  for (size_t lane = 0; lane < count; ++lane) {
    int64_t &sum = outcomes_.losses[first + lane];
    for (uint32_t i = 0; i < comes_.size(); ++i) {
      if (!IsPaid(i, lane)) continue;
      ++outcomes_.came[i];
      const Mishap &mishap = simulation.mishaps[i];
      sum += setting_.tables[setting_.loss_table[i]].At(
          timing::Draw(simulation.seed, first + lane, mishap.variable, kLoss));
    }
    for (size_t i = 0; i < simulation.penalties.size(); ++i) {
      const Penalty &penalty = simulation.penalties[i];
      int64_t days = 0;
      for (const Penalty::Part &part : penalty.parts) {
        const Calendar &calendar =
            setting_.network.calendar(setting_.network.tasks[part.task].calendar);
        const Minutes over = dates_[part.done][lane].finish -
                             calendar.Add(dates_[part.task][lane].start, part.allowed);
        if (over > 0) days += (over + kDay - 1) / kDay;
      }
      const int64_t paid = static_cast<int64_t>(
          std::min<base::Int128>(static_cast<base::Int128>(days) * penalty.per_day, penalty.most));
      penalty_[i] += paid;
      sum -= paid;
    }
  }
}

void Runs::CountCauses(uint32_t lane) {
  const Moment end = EndOf(lane, false);
  std::vector<TaskId> last;
  for (const TaskId id : setting_.ends) {
    if (dates_[id][lane].finish == end) last.push_back(id);
  }
  Follow(std::move(last), lane);
  for (const TaskId id : chain_) ++outcomes_.critical[id];
  for (size_t i = 0; i < outcomes_.targets.size(); ++i) {
    const TaskId target = setting_.simulation.targets[i];
    if (dates_[target][lane].finish <= setting_.network.tasks[target].deadline) continue;
    TargetOutcome &outcome = outcomes_.targets[i];
    ++outcome.late_runs;
    Follow({target}, lane);
    for (const TaskId id : chain_) {
      const uint32_t uncertain = setting_.uncertain_of[id];
      if (uncertain == kNone) continue;
      // Its own length, without what mishaps add.
      const Calendar &calendar = setting_.network.calendar(setting_.network.tasks[id].calendar);
      const Dates &likely = setting_.likely[id];
      const Moment start = dates_[id][lane].start;
      Effect &effect = outcome.tasks[uncertain];
      ++effect.late_runs;
      effect.excess +=
          (calendar.Add(start, work_[uncertain][lane]) - start) - (likely.finish - likely.start);
    }
  }
}

void Runs::Follow(std::vector<TaskId> from, uint32_t lane) {
  ++round_;
  chain_ = std::move(from);
  for (const TaskId id : chain_) seen_[id] = round_;
  // It grows meanwhile.
  size_t next = 0;
  while (next < chain_.size()) FollowCauses(chain_[next++], lane);
}

void Runs::FollowCauses(TaskId id, uint32_t lane) {
  const Network &network = setting_.network;
  const Task &task = network.tasks[id];
  if (task.finished) return;
  Dates after = {std::max({network.start, network.now, task.not_before}), kEver};
  llvm::SmallVector<std::pair<EdgeId, Moment>, 8> bounds;
  for (const EdgeId edge_id : setting_.graph.into(id)) {
    const Edge &edge = network.edges[edge_id];
    const Dates &from = dates_[edge.from][lane];
    const Moment bound =
        network.AfterLag(edge.lag, LeavesFinish(edge.link) ? from.finish : from.start);
    Moment &mine = EntersFinish(edge.link) ? after.finish : after.start;
    mine = std::max(mine, bound);
    bounds.emplace_back(edge_id, bound);
  }
  // What holds the finish back counts if it is later than the task itself makes it.
  Task alone = task;
  if (const uint32_t one = setting_.uncertain_of[id]; one != kNone) {
    GiveWork(alone, work_[one][lane]);
  }
  const bool is_finish = after.finish > kEver && Place(network, alone, {after.start, kEver}) !=
                                                     Place(network, alone, after);
  if (task.started && !is_finish) return;
  for (const auto &[edge_id, bound] : bounds) {
    const Edge &edge = network.edges[edge_id];
    if (EntersFinish(edge.link) != is_finish) continue;
    if (bound < (is_finish ? after.finish : after.start) || seen_[edge.from] == round_) continue;
    seen_[edge.from] = round_;
    chain_.push_back(edge.from);
  }
}

void Runs::Add(const Runs &other) {
  const auto add = [](auto &sums, const auto &more) {
    for (size_t i = 0; i < sums.size(); ++i) sums[i] += more[i];
  };
  outcomes_.runs += other.outcomes_.runs;
  add(outcomes_.critical, other.outcomes_.critical);
  add(outcomes_.lost, other.outcomes_.lost);
  add(outcomes_.came, other.outcomes_.came);
  add(outcomes_.losses, other.outcomes_.losses);
  add(penalty_, other.penalty_);
  for (size_t i = 0; i < outcomes_.finishes.size(); ++i) {
    add(outcomes_.finishes[i].runs_of_day, other.outcomes_.finishes[i].runs_of_day);
  }
  for (size_t i = 0; i < outcomes_.targets.size(); ++i) {
    TargetOutcome &mine = outcomes_.targets[i];
    const TargetOutcome &more = other.outcomes_.targets[i];
    mine.late_runs += more.late_runs;
    add(mine.lost, more.lost);
    for (size_t k = 0; k < mine.tasks.size(); ++k) {
      mine.tasks[k].late_runs += more.tasks[k].late_runs;
      mine.tasks[k].excess += more.tasks[k].excess;
    }
  }
}

auto Runs::Result() -> Outcomes {
  const auto mean = [&](base::Int128 sum) { return static_cast<int64_t>(sum / outcomes_.runs); };
  for (const base::Int128 sum : penalty_) outcomes_.mean_penalty.push_back(mean(sum));
  std::ranges::sort(outcomes_.losses);
  return std::move(outcomes_);
}

}  // namespace groma::timing
