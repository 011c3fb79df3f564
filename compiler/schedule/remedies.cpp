// SPDX-License-Identifier: Apache-2.0
#include "remedies.h"

#include "llvm/ADT/STLExtras.h"
#include "trial.h"

namespace groma::schedule {
namespace {

constexpr size_t kMostTasks = 3;
constexpr size_t kMostTeams = 2;
constexpr int64_t kMostDaysSooner = 63;

auto Count(int64_t number, const char *what) -> std::string {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

class Finder {
 public:
  Finder(const Source &source, const Steps &steps, Layout &layout, uint32_t step)
      : source_(source),
        steps_(steps),
        layout_(layout),
        step_(step),
        trial_(layout, step, layout.End(*steps.list[step].by)) {}

  auto Find(llvm::ArrayRef<timing::TaskId> chain) -> std::vector<std::string> {
    std::vector<EntityId> teams;
    std::vector<uint32_t> tried;
    for (const timing::TaskId task : chain) {
      const uint32_t at = layout_.step_of[task];
      const Step &step = steps_.list[at];
      if (step.sort != Step::Sort::Task || step.finished || llvm::is_contained(tried, at)) continue;
      tried.push_back(at);
      const bool is_worked = !step.duration || step.duration->in == Length::In::Workdays;
      if (step.duration && tried.size() <= kMostTasks) Shorten(at);
      if (is_worked && IsSome(step.team) && !llvm::is_contained(teams, step.team)) {
        teams.push_back(step.team);
      }
    }
    BeginSooner();
    for (const EntityId team : llvm::ArrayRef(teams).take_front(kMostTeams)) Strengthen(team);
    llvm::stable_sort(found_, [](const auto &a, const auto &b) { return a.first < b.first; });
    std::vector<std::string> texts;
    for (auto &[weight, text] : found_) texts.push_back(std::move(text));
    return texts;
  }

 private:
  void Shorten(uint32_t at) {
    const Step &step = steps_.list[at];
    const timing::TaskId task = layout_.ends[at].finish;
    // Months lead from a start to a finish, and no task takes them.
    const auto months = layout_.MonthsOf(at);
    const timing::Minutes all = months ? LengthOf(layout_.ends[at])
                                       : layout_.plain().tasks[task].work;
    const bool is_worked = step.duration->in == Length::In::Workdays;
    const timing::Minutes day = is_worked ? layout_.hours().DayOf(step.team) : timing::kDay;
    const auto shorter = [&](int64_t days) {
      timing::Network network = layout_.plain();
      timing::Task &changed = network.tasks[task];
      if (months) network.edges[*months].lag.work -= std::min(all, days * day);
      TakeOff(changed, days * day);
      return trial_.IsInTime(network, layout_.workforce);
    };
    const auto days = Trial::Least((all + day - 1) / std::max<timing::Minutes>(1, day), shorter);
    if (!days) return;
    found_.emplace_back(*days, "take " + Count(*days, is_worked ? "workday" : "day") + " off `" +
                                   Name(step.id) + "`" + Then());
  }

  auto LengthOf(const Layout::Ends &ends) const -> timing::Minutes {
    const std::vector<timing::Dates> &dates = layout_.levelled().dates;
    return dates[ends.finish].finish - dates[ends.start].start;
  }

  void BeginSooner() {
    const auto sooner = [&](int64_t days) {
      timing::Network network = layout_.plain();
      network.start -= days * timing::kDay;
      return trial_.IsInTime(network, layout_.workforce);
    };
    const auto days = Trial::Least(kMostDaysSooner, sooner);
    if (!days) return;
    found_.emplace_back(*days, "let the plan start " + Count(*days, "day") + " sooner, on " +
                                   layout_.first_day().AddDays(-static_cast<int>(*days)).ToString() +
                                   Then());
  }

  // Somebody more who works as the others do.
  void Strengthen(EntityId team) {
    constexpr int64_t kMostPeople = 8, kWeight = 1000;
    const timing::TeamId id = layout_.hours().TeamOf(team);
    const auto stronger = [&](int64_t people) {
      timing::Network network = layout_.plain();
      timing::Workforce workforce = layout_.workforce;
      for (timing::Span &span : workforce.teams[id]) {
        span.rate += people * layout_.hours().ShareOf(team);
      }
      timing::GiveEffortCalendars(network, workforce);
      return trial_.IsInTime(network, workforce);
    };
    const auto people = Trial::Least(kMostPeople, stronger);
    if (!people) return;
    found_.emplace_back(kWeight + *people, "give `" + Name(team) + "` " +
                                               std::to_string(*people) +
                                               (*people == 1 ? " person" : " people") + " more" +
                                               Then());
  }

  auto Name(EntityId id) const -> std::string { return source_.model.FullName(id); }
  auto Then() const -> std::string {
    return ": `" + Name(steps_.list[step_].id) + "` is in time then";
  }

  const Source &source_;
  const Steps &steps_;
  Layout &layout_;
  uint32_t step_;
  Trial trial_;
  std::vector<std::pair<int64_t, std::string>> found_;
};

}  // namespace

auto FindRemedies(const Source &source, const Steps &steps, Layout &layout, uint32_t step,
                  llvm::ArrayRef<timing::TaskId> chain) -> std::vector<std::string> {
  return Finder(source, steps, layout, step).Find(chain);
}

}  // namespace groma::schedule
