// SPDX-License-Identifier: Apache-2.0
// What it takes to keep a date, and what would bring it forward.
#include "beginnings.h"
#include "llvm/ADT/STLExtras.h"
#include "schedule.h"
#include "sooner.h"
#include "trial.h"
#include "undated.h"
#include "vendor_leads.h"

namespace groma::schedule {
namespace {

class Weigher {
 public:
  Weigher(plan::Model &model, plan::Environment &environment)
      : source_(model, environment), steps_(source_, ignored_) {}

  auto Of(llvm::ArrayRef<Need> needs, EntityId id, int sooner_by) -> std::optional<Stakes> {
    const uint32_t at = steps_.Find(id);
    if (!steps_.is_read() || at == kNoStep || steps_.list[at].finished) return std::nullopt;
    Layout layout(source_, steps_);
    const timing::Graph graph(layout.network);
    const timing::Order order = timing::FindOrder(layout.network, graph);
    if (!order.cycle.empty()) return std::nullopt;
    timing::GiveEffortCalendars(layout.network, layout.workforce);
    for (const Need &need : needs) layout.Demand(steps_.Find(need.step), need.by);
    layout.Hold(
        timing::LevelTasks(layout.network, graph, order.tasks, layout.workforce).best);
    const timing::TaskId task = layout.ends[at].finish;
    const timing::Moment finish = layout.levelled().dates[task].finish;
    if (finish >= timing::kNever) return std::nullopt;
    Stakes stakes;
    stakes.finish = layout.DayOf(finish - 1);
    stakes.by = steps_.list[at].by;
    const auto chain = layout.ChainTo(task);
    AddBeginning(at, layout, stakes);
    AddFines(layout, chain, stakes);
    AddCulprit(layout, chain, at, stakes);
    const timing::Moment until = layout.End(stakes.finish.AddDays(-sooner_by));
    stakes.sooner = FindSooner(source_, steps_, layout, at, chain, until);
    return stakes;
  }

 private:
  void AddBeginning(uint32_t at, Layout &layout, Stakes &stakes) {
    const Beginning first = FindBeginnings(steps_, layout)[at];
    if (first.step == kNoStep) return;
    stakes.first = steps_.list[first.step].id;
    const timing::TaskId task = layout.ends[first.step].finish;
    stakes.starts = layout.DayOf(layout.levelled().dates[task].start);
    if (first.latest >= timing::kNever) return;
    const Date latest = layout.DayOf(first.latest);
    // Its team may have other work by then, so that it cannot wait as long as that.
    const timing::Minutes lateness = layout.levelled().cost.lateness;
    const auto is_kept = [&](int64_t sooner) {
      timing::Network network = layout.plain();
      timing::Moment &start = network.tasks[task].not_before;
      start = std::max(start, layout.Begin(latest.AddDays(-sooner)));
      const timing::Graph graph(network);
      const timing::Order order = timing::FindOrder(network, graph);
      return timing::LevelTasks(network, graph, order.tasks, layout.workforce)
                 .best.cost.lateness <= lateness;
    };
    if (is_kept(0)) {
      stakes.order_by = latest;
    } else if (const auto days =
                   Trial::Least(base::DaysBetween(stakes.starts, latest), is_kept)) {
      stakes.order_by = latest.AddDays(-*days);
    }
  }

  void AddFines(Layout &layout, llvm::ArrayRef<timing::TaskId> chain, Stakes &stakes) {
    for (const timing::TaskId task : chain) {
      const Step &step = steps_.list[layout.step_of[task]];
      if (step.finished || !step.duration) continue;
      const EntityId vendor = source_.EntityIn(step.id, KnownMember::TaskVendor);
      if (!IsSome(vendor) || !source_.Cents(source_.Get(vendor, KnownMember::VendorPenalty))) continue;
      const Value spread = source_.Get(step.id, KnownMember::TaskDuration);
      const Value &most = spread.tag == ValueTag::Spread ? spread.elements()[2] : spread;
      const auto length = ReadLength(source_.model, most);
      if (!length) continue;
      const timing::Lag lag = layout.LagOf(*length, step.team);
      const timing::Moment end =
          layout.network.AfterLag(lag, layout.levelled().dates[task].start);
      stakes.fines.push_back({vendor, step.id, layout.DayOf(end - 1)});
    }
  }

  void AddCulprit(const Layout &layout, llvm::ArrayRef<timing::TaskId> chain, uint32_t at,
                  Stakes &stakes) {
    const auto dates = [&](uint32_t step) -> const timing::Dates & {
      return layout.levelled().dates[layout.ends[step].finish];
    };
    uint32_t longest = kNoStep;
    for (const timing::TaskId task : chain) {
      const uint32_t step = layout.step_of[task];
      if (step == at || steps_.list[step].sort != Step::Sort::Task || steps_.list[step].finished) continue;
      const auto length = [&](uint32_t one) { return dates(one).finish - dates(one).start; };
      if (longest == kNoStep || length(step) > length(longest)) longest = step;
    }
    if (longest == kNoStep) return;
    const std::vector<EntityId> vendors = VendorsByLead(source_, steps_);
    stakes.culprit = IsSome(vendors[longest]) ? vendors[longest] : steps_.list[longest].id;
    for (uint32_t i = 0; i < vendors.size(); ++i) {
      const bool is_slow = i == longest || (IsSome(vendors[i]) && vendors[i] == vendors[longest]);
      if (!is_slow || steps_.list[i].finished) continue;
      stakes.slow.emplace_back(steps_.list[i].id, layout.DayOf(dates(i).finish - 1));
    }
  }

  Source source_;
  Sink ignored_;
  Steps steps_;
};

}  // namespace

auto StakesOf(plan::Model &model, const plan::Environment &environment,
               llvm::ArrayRef<Need> needs, EntityId step, int sooner_by) -> std::optional<Stakes> {
  plan::Decisions decisions = Undated(model, environment);
  plan::Environment open = environment.Unread();
  open.decisions = &decisions;
  return Weigher(model, open).Of(needs, step, sooner_by);
}

}  // namespace groma::schedule
