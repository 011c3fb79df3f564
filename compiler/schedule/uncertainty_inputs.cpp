// SPDX-License-Identifier: Apache-2.0
#include "uncertainty_inputs.h"

#include <set>
#include <thread>

#include "groma/timing/simulate_order.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/xxhash.h"
#include "vendor_leads.h"

namespace groma::schedule {
namespace {

using timing::Triangle;

// A number for a name: so that another declaration changes nothing of what is drawn for this one.
auto VariableOf(const plan::Model &model, EntityId id) -> timing::VariableId {
  return llvm::xxh3_64bits(model.FullName(id));
}

class InputReader {
 public:
  InputReader(Source &source, const Steps &steps, Layout &layout)
      : source_(source), steps_(steps), layout_(layout) {}

  auto Read() -> Inputs {
    timing::Simulation &simulation = inputs_.simulation;
    simulation.network = timing::KeepOrder(layout_.plain(), layout_.workforce, layout_.levelled());
    vendor_of_ = VendorsByLead(source_, steps_);
    for (uint32_t i = 0; i < steps_.list.size(); ++i) ReadStep(i);
    for (const EntityId risk : source_.All(KnownKind::Risk)) ReadRisk(risk);
    for (const EntityId vendor : source_.All(KnownKind::Vendor)) ReadPenalty(vendor);
    // Delays in days of work may count by a calendar that nothing else does.
    simulation.network.calendars = layout_.network.calendars;
    AddDays();
    const bool is_certain = simulation.uncertain.empty() && simulation.mishaps.empty();
    simulation.runs = is_certain ? 1 : WholeOf(source_.model.plan, KnownMember::PlanRuns, 10'000);
    simulation.seed = static_cast<uint64_t>(WholeOf(source_.model.plan, KnownMember::PlanSeed, 1));
    // A thread pays for a few thousand placements only.
    constexpr size_t kMuch = 200'000;
    const bool is_much =
        simulation.network.tasks.size() * static_cast<size_t>(simulation.runs) > kMuch;
    simulation.threads = is_much ? std::clamp(std::thread::hardware_concurrency(), 1U, 8U) : 1;
    return std::move(inputs_);
  }

 private:
  auto WholeOf(EntityId id, KnownMember member, int64_t otherwise) -> int64_t {
    const Value value = source_.Get(id, member);
    return value.tag == ValueTag::Number ? value.number.Floor() : otherwise;
  }

  void AddDays() {
    inputs_.first_day = layout_.first_day().AddMonths(-24);
    const Date last = layout_.first_day().AddMonths(int64_t{12} * Layout::kYears);
    for (Date day = inputs_.first_day; day <= last; day = day.AddDays(1)) {
      inputs_.simulation.days.push_back(layout_.Begin(day));
    }
  }

  void ReadStep(uint32_t i) {
    const Step &step = steps_.list[i];
    const timing::TaskId task = layout_.ends[i].finish;
    if (step.finished) return;
    if (step.by && step.sort != Step::Sort::Decision) {
      inputs_.targets.push_back(i);
      inputs_.simulation.targets.push_back(task);
    }
    // What is left, once somebody says so, is no longer a guess.
    if (step.sort != Step::Sort::Task || (!step.duration && step.started && step.remaining)) return;
    const auto work =
        step.duration ? TriangleOf(source_.Get(step.id, KnownMember::TaskDuration), step.team)
                      : EffortOf(source_.Get(step.id, KnownMember::TaskEffort), step.team);
    if (!work || work->is_certain() || work->likely <= 0) return;
    timing::Network &network = inputs_.simulation.network;
    if (const auto months = layout_.MonthsOf(i)) {
      // As long as its months are in the schedule, and not in each run.
      const timing::Levelled &levelled = layout_.levelled();
      network.edges[*months].lag = {};
      const timing::Moment start = levelled.dates[layout_.ends[i].start].start;
      const timing::Moment finish = levelled.dates[task].finish;
      network.tasks[task].work =
          layout_.network.calendar(network.tasks[task].calendar).Between(start, finish);
    }
    // If it shares its team, it takes longer in the same proportion.
    const timing::Work kept = network.tasks[task].work;
    const auto scaled = [&](timing::Work part) {
      const auto share = base::Mul(Rational(part), *base::Div(Rational(kept), work->likely));
      return share ? share->Round() : part;
    };
    const timing::VariableId variable =
        VariableOf(source_.model, IsSome(vendor_of_[i]) ? vendor_of_[i] : step.id);
    inputs_.simulation.uncertain.push_back(
        {task, {scaled(work->low), kept, scaled(work->high)}, variable});
    inputs_.uncertain.push_back(i);
  }

  // In minutes of the team's calendar if it is in days of work, and else of the clock.
  auto TriangleOf(const Value &spread, EntityId team) -> std::optional<Triangle> {
    if (spread.tag != ValueTag::Spread) return std::nullopt;
    int64_t parts[3];
    std::optional<Length::In> in;
    for (size_t k = 0; k < 3; ++k) {
      const auto length = ReadLength(source_.model, spread.elements()[k]);
      if (!length || (in && *in != length->in)) return std::nullopt;
      in = length->in;
      parts[k] = layout_.LagOf(*length, team).work;
    }
    return Triangle{parts[0], parts[1], parts[2]};
  }

  // In minutes of people.
  auto EffortOf(const Value &spread, EntityId team) -> std::optional<Triangle> {
    if (spread.tag != ValueTag::Spread) return std::nullopt;
    int64_t parts[3];
    for (size_t k = 0; k < 3; ++k) {
      const auto effort = ReadEffort(source_.model, spread.elements()[k]);
      if (!effort) return std::nullopt;
      parts[k] = layout_.WorkOf(*effort, team);
    }
    return Triangle{parts[0], parts[1], parts[2]};
  }

  void ReadRisk(EntityId risk) {
    if (source_.IsTrue(risk, KnownMember::RiskClosed)) return;
    timing::Mishap mishap;
    mishap.variable = VariableOf(source_.model, risk);
    const Value chance = source_.Get(risk, KnownMember::RiskChance);
    if (chance.tag != ValueTag::Number) return;
    const auto part = base::Mul(chance.number, static_cast<int64_t>(timing::kCertain));
    mishap.chance = part ? static_cast<uint64_t>(part->Round()) : 0;
    if (const auto until = source_.LastDay(risk, KnownMember::RiskUntil)) {
      const auto today = source_.FirstDay(source_.model.plan, KnownMember::PlanAsOf);
      if (today && *until < *today) return;  // it did not come
      mishap.until = layout_.End(*until) - 1;
    }
    const Value delay = source_.Get(risk, KnownMember::RiskDelay);
    if (const auto triangle = TriangleOf(delay, {})) {
      mishap.delay = *triangle;
      mishap.calendar = layout_.LagOf(*ReadLength(source_.model, delay), {}).calendar;
    }
    const Value loss = source_.Get(risk, KnownMember::RiskLoss);
    if (loss.tag == ValueTag::Spread) {
      int64_t Triangle::*const parts[] = {&Triangle::low, &Triangle::likely, &Triangle::high};
      for (size_t k = 0; k < 3; ++k) {
        const auto cents = source_.Cents(loss.elements()[k]);
        mishap.loss.*parts[k] = cents ? cents->Round() : 0;
      }
    }
    std::set<timing::TaskId> tasks;
    const Value on = source_.Get(risk, KnownMember::RiskOn);
    if (on.tag == ValueTag::List) {
      for (const Value &one : on.elements()) {
        if (one.tag == ValueTag::Entity) AddHit(one.entity, tasks);
      }
    }
    mishap.tasks.assign(tasks.begin(), tasks.end());
    ReadMitigation(risk, mishap);
    // A delay rests over freezes, as the task itself does.
    for (const timing::TaskId task : tasks) {
      const uint32_t step = layout_.step_of[task];
      mishap.calendars.push_back(layout_.OpenFor(step, mishap.calendar));
      mishap.calendars_left.push_back(layout_.OpenFor(step, left_calendar_));
    }
    for (const timing::TaskId task : tasks) inputs_.risks_of[task].push_back(risk);
    inputs_.risks.push_back(risk);
    inputs_.simulation.mishaps.push_back(std::move(mishap));
  }

  // What is left of a risk once something was done about it.
  void ReadMitigation(EntityId risk, timing::Mishap &mishap) {
    const Value chance = source_.Get(risk, KnownMember::RiskChanceLeft);
    const Value delay = source_.Get(risk, KnownMember::RiskDelayLeft);
    const Value tasks = source_.Get(risk, KnownMember::RiskMitigatedBy);
    mishap.chance_left = mishap.chance;
    mishap.delay_left = mishap.delay;
    left_calendar_ = mishap.calendar;
    if ((chance.is_none() && delay.is_none()) || tasks.tag != ValueTag::List) return;
    std::vector<timing::TaskId> done;
    for (const Value &one : tasks.elements()) {
      const uint32_t step = one.tag == ValueTag::Entity ? steps_.Find(one.entity) : kNoStep;
      if (step == kNoStep) return;  // it is not done
      done.push_back(layout_.ends[step].finish);
    }
    mishap.mitigated_by = std::move(done);
    if (chance.tag == ValueTag::Number) {
      const auto part = base::Mul(chance.number, static_cast<int64_t>(timing::kCertain));
      mishap.chance_left = part ? static_cast<uint64_t>(part->Round()) : 0;
    }
    if (const auto triangle = TriangleOf(delay, {})) {
      mishap.delay_left = *triangle;
      left_calendar_ = layout_.LagOf(*ReadLength(source_.model, delay), {}).calendar;
    }
  }

  void AddHit(EntityId what, std::set<timing::TaskId> &tasks) {
    const auto add = [&](uint32_t step) {
      if (!steps_.list[step].finished) tasks.insert(layout_.ends[step].finish);
    };
    if (const uint32_t step = steps_.Find(what); step != kNoStep) return add(step);
    for (uint32_t i = 0; i < steps_.list.size(); ++i) {
      const bool is_theirs =
          source_.IsA(what, KnownKind::Vendor)
              ? vendor_of_[i] == what ||
                    source_.EntityIn(steps_.list[i].id, KnownMember::TaskVendor) == what
              : IsFirstOf(i, what);
      if (is_theirs) add(i);
    }
  }

  // True if nothing of the same thing comes before it that is not finished.
  auto IsFirstOf(uint32_t step, EntityId thing) -> bool {
    const auto is_open_part = [&](uint32_t i) {
      return !steps_.list[i].finished && source_.model.entity(steps_.list[i].id).parent == thing;
    };
    return is_open_part(step) && llvm::none_of(steps_.list[step].to_start, [&](const Wait &wait) {
             return wait.step != kNoStep && is_open_part(wait.step);
           });
  }

  // The milestone that says that a task is done, if one waits for nothing else; otherwise itself.
  auto HandOverOf(uint32_t task) -> uint32_t {
    for (uint32_t i = 0; i < steps_.list.size(); ++i) {
      const Step &step = steps_.list[i];
      if (step.sort != Step::Sort::Milestone || step.finished || step.not_before) continue;
      if (step.to_start.size() != 1 || step.to_start[0].step != task) continue;
      if (!step.to_start[0].is_start && step.to_start[0].lags.empty()) return i;
    }
    return task;
  }

  void ReadPenalty(EntityId vendor) {
    const Value per_day = source_.Get(vendor, KnownMember::VendorPenalty);
    const auto cents = source_.Cents(per_day);
    if (!cents) return;
    timing::Penalty penalty;
    // A rate is one of seconds.
    const auto a_day = base::Mul(*cents, 86'400);
    penalty.per_day = a_day ? a_day->Round() : 0;
    const auto most = source_.Cents(source_.Get(vendor, KnownMember::VendorPenaltyCap));
    penalty.most = most ? most->Round() : int64_t{1} << 60;
    for (uint32_t i = 0; i < steps_.list.size(); ++i) {
      const Step &step = steps_.list[i];
      if (step.finished || !step.duration) continue;
      if (source_.EntityIn(step.id, KnownMember::TaskVendor) != vendor) continue;
      const auto work = TriangleOf(source_.Get(step.id, KnownMember::TaskDuration), step.team);
      if (!work) continue;
      penalty.parts.push_back(
          {layout_.ends[i].finish, layout_.ends[HandOverOf(i)].finish, work->high});
    }
    inputs_.vendors.push_back(vendor);
    inputs_.simulation.penalties.push_back(std::move(penalty));
  }

  Source &source_;
  const Steps &steps_;
  Layout &layout_;
  Inputs inputs_;
  timing::CalendarId left_calendar_ = timing::kClock;  // of what is left of a delay
  std::vector<EntityId> vendor_of_;  // by step: whose lead it takes
};

}  // namespace

auto InputsOf(Source &source, const Steps &steps, Layout &layout) -> Inputs {
  return InputReader(source, steps, layout).Read();
}

}  // namespace groma::schedule
