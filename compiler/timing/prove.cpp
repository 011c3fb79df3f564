// SPDX-License-Identifier: Apache-2.0
#include "prove.h"

#include <algorithm>

namespace groma::timing {
namespace {

// More variables than that are not worth a try.
constexpr int64_t kMostVariables = 300'000;

// Knows for each task and tick whether it has started: the order encoding. Literals of what is
// settled by windows are true or false and need no variable.
class Encoding {
 public:
  Encoding(const Plain &plain, std::vector<Window> windows, Decider &decider)
      : plain_(plain), windows_(std::move(windows)), decider_(decider) {
    AddStarts();
    AddArcs();
    AddTeams();
  }

  // True if the goal is reached by `end`.
  auto ReachedBy(int64_t end) -> Literal { return Started(plain_.goal(), end); }

  auto Starts() -> std::vector<int64_t> {
    std::vector<int64_t> starts;
    for (TaskId id = 0; id < plain_.tasks.size(); ++id) {
      int64_t start = windows_[id].first;
      while (start < windows_[id].last && !decider_.IsTrue(Started(id, start))) ++start;
      starts.push_back(start);
    }
    return starts;
  }

  static constexpr Literal kTrue = INT32_MAX;
  static constexpr Literal kFalse = -kTrue;

 private:
  // Whether it starts at `tick` or earlier.
  [[nodiscard]] auto Started(TaskId id, int64_t tick) const -> Literal {
    if (tick < windows_[id].first) return kFalse;
    if (tick >= windows_[id].last) return kTrue;
    return started_[id][tick - windows_[id].first];
  }
  // Leaves out what is false, and the clause if something is true.
  void AddClause(llvm::ArrayRef<Literal> literals) {
    std::vector<Literal> open;
    for (const Literal literal : literals) {
      if (literal == kTrue) return;
      if (literal != kFalse) open.push_back(literal);
    }
    decider_.AddClause(open);
  }
  void AddStarts();
  void AddArcs();
  void AddTeams();
  // Whether it is being worked on; true only if it must be.
  auto Active(TaskId id, int64_t tick) -> Literal;

  const Plain &plain_;
  std::vector<Window> windows_;
  Decider &decider_;
  std::vector<std::vector<Literal>> started_;
};

void Encoding::AddStarts() {
  for (const Window &window : windows_) {
    std::vector<Literal> &literals = started_.emplace_back();
    for (int64_t tick = window.first; tick < window.last; ++tick) {
      literals.push_back(decider_.AddVariable());
      if (literals.size() > 1) AddClause({-literals[literals.size() - 2], literals.back()});
    }
  }
}

void Encoding::AddArcs() {
  for (const PlainArc &arc : plain_.arcs) {
    // One tick before its window too, where the other must not have started.
    for (int64_t tick = windows_[arc.to].first; tick <= windows_[arc.to].last; ++tick) {
      AddClause({-Started(arc.to, tick), Started(arc.from, tick - arc.distance)});
    }
  }
}

auto Encoding::Active(TaskId id, int64_t tick) -> Literal {
  const Literal has_started = Started(id, tick);
  const Literal is_over = Started(id, tick - plain_.tasks[id].length);
  if (has_started == kFalse || is_over == kTrue) return kFalse;
  if (is_over == kFalse) return has_started;
  if (has_started == kTrue) return -is_over;
  const Literal active = decider_.AddVariable();
  AddClause({-has_started, is_over, active});
  return active;
}

void Encoding::AddTeams() {
  int64_t end = 0;
  for (TaskId id = 0; id < plain_.tasks.size(); ++id) {
    end = std::max(end, windows_[id].last + plain_.tasks[id].length);
  }
  std::vector<std::vector<WeightedLiteral>> rows(plain_.teams.size());
  for (int64_t tick = 0; tick < end; ++tick) {
    std::vector<int64_t> left;
    for (const PlainTeam &team : plain_.teams) left.push_back(team.PeopleAt(tick));
    for (std::vector<WeightedLiteral> &row : rows) row.clear();
    for (TaskId id = 0; id < plain_.tasks.size(); ++id) {
      if (plain_.tasks[id].needs.empty()) continue;
      if (tick < windows_[id].first || tick >= windows_[id].last + plain_.tasks[id].length)
        continue;
      const Literal active = Active(id, tick);
      if (active == kFalse) continue;
      for (const Need &need : plain_.tasks[id].needs) {
        if (active == kTrue) {
          left[need.team] -= need.people;
        } else {
          rows[need.team].push_back({active, static_cast<int32_t>(need.people)});
        }
      }
    }
    for (TeamId team = 0; team < rows.size(); ++team) {
      int64_t most = 0;
      for (const WeightedLiteral &term : rows[team]) most += term.weight;
      if (left[team] < 0) decider_.AddClause({});
      if (most > left[team] && left[team] >= 0) decider_.AddAtMost(rows[team], left[team]);
    }
  }
}

}  // namespace

auto ProveEnd(const Plain &plain, int64_t bound, int64_t end, Decider &decider,
              const OnStarts &on_starts) -> int64_t {
  auto windows = WindowsOf(plain, end - 1);
  if (!windows) return end;
  int64_t variables = 0;
  for (const Window &window : *windows) variables += window.last - window.first;
  int64_t people = 0;
  for (const PlainTeam &team : plain.teams) people = std::max(people, team.Most());
  if (variables > kMostVariables || people > INT32_MAX / 1024) return bound;
  Encoding encoding(plain, *std::move(windows), decider);
  // From above: what is learned from a schedule that is found holds for earlier ends as well.
  while (end > bound) {
    const Literal reached = encoding.ReachedBy(end - 1);
    if (reached == Encoding::kFalse) return end;
    std::vector<Literal> assumed;
    if (reached != Encoding::kTrue) assumed.push_back(reached);
    const std::optional<bool> can = decider.Decide(assumed);
    if (!can) return bound;
    if (!*can) return end;
    const std::vector<int64_t> starts = encoding.Starts();
    end = std::min(starts.back(), on_starts(starts));
  }
  return bound;
}

}  // namespace groma::timing
