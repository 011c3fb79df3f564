// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "groma/timing/plain.h"

namespace groma::timing {
namespace {

// Two tasks that cannot be worked on at the same time.
struct Pair {
  TaskId left = 0;
  TaskId right = 0;
};

class Narrowing {
 public:
  Narrowing(const Plain &plain, int64_t end) : plain_(plain), windows_(plain.tasks.size()) {
    for (TaskId id = 0; id < plain.tasks.size(); ++id) {
      windows_[id] = {plain.tasks[id].from, end - plain.tasks[id].length};
    }
    FindPairs();
  }

  // False if there is no schedule.
  auto Run() -> bool {
    do {
      if (!Follow()) return false;
    } while (OrderPairs());
    return !is_empty_ && HasEnergy();
  }
  auto windows() -> std::vector<Window> { return std::move(windows_); }

 private:
  void FindPairs();
  auto Follow() -> bool;
  // True if a window became narrower.
  auto OrderPairs() -> bool;
  void GoBefore(TaskId first, TaskId second, bool &is_changed);
  [[nodiscard]] auto HasEnergy() const -> bool;
  [[nodiscard]] auto HasEnergy(TeamId team) const -> bool;

  const Plain &plain_;
  std::vector<Window> windows_;
  std::vector<Pair> pairs_;
  bool is_empty_ = false;
};

void Narrowing::FindPairs() {
  std::vector<int64_t> people(plain_.teams.size());
  std::vector<int64_t> most;
  for (const PlainTeam &team : plain_.teams) most.push_back(team.Most());
  for (TaskId left = 0; left < plain_.tasks.size(); ++left) {
    std::ranges::fill(people, 0);
    for (const Need &need : plain_.tasks[left].needs) people[need.team] = need.people;
    for (TaskId right = left + 1; right < plain_.tasks.size(); ++right) {
      if (llvm::any_of(plain_.tasks[right].needs, [&](const Need &need) {
            return people[need.team] + need.people > most[need.team];
          })) {
        pairs_.push_back({left, right});
      }
    }
  }
}

auto Narrowing::Follow() -> bool {
  for (const PlainArc &arc : plain_.arcs) {
    windows_[arc.to].first =
        std::max(windows_[arc.to].first, windows_[arc.from].first + arc.distance);
  }
  for (const PlainArc &arc : llvm::reverse(plain_.arcs)) {
    windows_[arc.from].last =
        std::min(windows_[arc.from].last, windows_[arc.to].last - arc.distance);
  }
  return llvm::all_of(windows_, [](const Window &window) { return window.first <= window.last; });
}

void Narrowing::GoBefore(TaskId first, TaskId second, bool &is_changed) {
  const int64_t length = plain_.tasks[first].length;
  if (windows_[second].first < windows_[first].first + length) {
    windows_[second].first = windows_[first].first + length;
    is_changed = true;
  }
  if (windows_[first].last > windows_[second].last - length) {
    windows_[first].last = windows_[second].last - length;
    is_changed = true;
  }
}

auto Narrowing::OrderPairs() -> bool {
  bool is_changed = false;
  for (const Pair &pair : pairs_) {
    const Window &left = windows_[pair.left];
    const Window &right = windows_[pair.right];
    const bool can_left = left.first + plain_.tasks[pair.left].length <= right.last;
    const bool can_right = right.first + plain_.tasks[pair.right].length <= left.last;
    if (!can_left && !can_right) is_empty_ = true;
    if (is_empty_) return false;
    if (!can_right) GoBefore(pair.left, pair.right, is_changed);
    if (!can_left) GoBefore(pair.right, pair.left, is_changed);
  }
  return is_changed;
}

// Whether in each stretch of time there is as much of a team as tasks must have within it, wherever
// they are in their windows.
auto Narrowing::HasEnergy(TeamId team) const -> bool {
  struct Part {
    Window window;
    int64_t length;
    int64_t people;
  };
  std::vector<Part> parts;
  std::vector<int64_t> begins;
  std::vector<int64_t> ends;
  for (TaskId id = 0; id < plain_.tasks.size(); ++id) {
    for (const Need &need : plain_.tasks[id].needs) {
      if (need.team != team) continue;
      const Window &window = windows_[id];
      const int64_t length = plain_.tasks[id].length;
      parts.push_back({window, length, need.people});
      begins.insert(begins.end(), {window.first, window.last, window.first + length});
      ends.insert(ends.end(), {window.last + length, window.first + length, window.last});
    }
  }
  // Each stretch of time goes over all parts.
  constexpr size_t kManyParts = 130;
  if (parts.size() > kManyParts) return true;
  const auto unique = [](std::vector<int64_t> &values) {
    std::ranges::sort(values);
    values.erase(std::ranges::unique(values).begin(), values.end());
  };
  unique(begins);
  unique(ends);
  for (const int64_t begin : begins) {
    const int64_t work = plain_.teams[team].WorkUntil(begin);
    for (const int64_t end : ends) {
      if (end <= begin) continue;
      int64_t energy = 0;
      for (const Part &part : parts) {
        const int64_t early = part.window.first + part.length - begin;
        const int64_t late = end - part.window.last;
        const int64_t inside = std::min({part.length, end - begin, early, late});
        if (inside > 0) energy += inside * part.people;
      }
      if (energy > plain_.teams[team].WorkUntil(end) - work) return false;
    }
  }
  return true;
}

auto Narrowing::HasEnergy() const -> bool {
  for (TeamId team = 0; team < plain_.teams.size(); ++team) {
    if (!HasEnergy(team)) return false;
  }
  return true;
}

}  // namespace

auto WindowsOf(const Plain &plain, int64_t end) -> std::optional<std::vector<Window>> {
  Narrowing narrowing(plain, end);
  if (!narrowing.Run()) return std::nullopt;
  return narrowing.windows();
}

auto PlainBound(const Plain &plain, int64_t from, int64_t until) -> int64_t {
  // What cannot end by a moment cannot end by an earlier one.
  while (from < until) {
    const int64_t middle = from + (until - from) / 2;
    if (WindowsOf(plain, middle)) {
      until = middle;
    } else {
      from = middle + 1;
    }
  }
  return from;
}

}  // namespace groma::timing
