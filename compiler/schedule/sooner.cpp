// SPDX-License-Identifier: Apache-2.0
#include "sooner.h"

#include "groma/plan/print.h"
#include "llvm/ADT/STLExtras.h"
#include "trial.h"
#include "vendor_leads.h"

namespace groma::schedule {
namespace {

constexpr size_t kMostTasks = 3;
constexpr int64_t kMostDays = 63;
constexpr int64_t kMostPeople = 8;
constexpr timing::Minutes kWeek = 7 * timing::kDay;

auto Count(int64_t number, const char *what) -> std::string {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

class Finder {
 public:
  Finder(Source &source, const Steps &steps, Layout &layout, uint32_t step, timing::Moment until)
      : source_(source), steps_(steps), layout_(layout), trial_(layout, step, until) {}

  auto Find(llvm::ArrayRef<timing::TaskId> chain) -> std::vector<Sooner> {
    ReadChain(chain);
    for (auto &[team, days] : days_) {
      days = Together(std::move(days));
      Strengthen(team, days);
      WorkOnSaturdays(team, days);
    }
    const std::vector<EntityId> by_lead = VendorsByLead(source_, steps_);
    std::vector<EntityId> vendors;
    size_t tried = 0;
    for (const uint32_t at : tasks_) {
      if (!steps_.list[at].duration) continue;
      if (!IsSome(by_lead[at])) {
        if (tried++ < kMostTasks) Shorten(at);
      } else if (!llvm::is_contained(vendors, by_lead[at])) {
        vendors.push_back(by_lead[at]);
        AskVendor(by_lead, by_lead[at]);
      }
    }
    BeginSooner();
    llvm::stable_sort(found_, [](const Sooner &a, const Sooner &b) {
      if (a.cents.has_value() != b.cents.has_value()) return a.cents.has_value();
      return a.cents ? *a.cents < *b.cents : a.changes < b.changes;
    });
    return std::move(found_);
  }

 private:
  // The tasks of the chain that are not finished, and the days on which each team is at work on them.
  void ReadChain(llvm::ArrayRef<timing::TaskId> chain) {
    for (const timing::TaskId task : chain) {
      const uint32_t at = layout_.step_of[task];
      const Step &step = steps_.list[at];
      if (step.sort != Step::Sort::Task || step.finished || llvm::is_contained(tasks_, at)) continue;
      tasks_.push_back(at);
      const bool is_worked = !step.duration || step.duration->in == Length::In::Workdays;
      if (!is_worked || !IsSome(step.team)) continue;
      const timing::Dates &dates = layout_.levelled().dates[layout_.ends[at].finish];
      if (dates.start >= dates.finish) continue;
      auto known = llvm::find_if(days_, [&](const auto &one) { return one.first == step.team; });
      if (known == days_.end()) known = days_.insert(days_.end(), {step.team, {}});
      known->second.push_back({layout_.Begin(layout_.DayOf(dates.start)),
                               layout_.End(layout_.DayOf(dates.finish - 1))});
    }
  }

  // Nobody leaves for less than a week.
  static auto Together(timing::Spans days) -> timing::Spans {
    llvm::sort(days, [](const timing::Span &a, const timing::Span &b) { return a.begin < b.begin; });
    timing::Spans found;
    for (const timing::Span &one : days) {
      if (found.empty() || one.begin - found.back().end >= kWeek) {
        found.push_back(one);
      } else {
        found.back().end = std::max(found.back().end, one.end);
      }
    }
    return found;
  }

  auto Hours(EntityId team, const timing::Spans &days, int64_t rate) -> timing::Spans {
    const timing::CalendarId id = layout_.hours().CalendarOf(team);
    const timing::Calendar &calendar = layout_.network.calendar(id);
    timing::Spans hours =
        timing::Intersection(timing::Spans(calendar.spans().begin(), calendar.spans().end()), days);
    for (timing::Span &span : hours) span.rate = rate;
    return hours;
  }

  static auto With(timing::Spans spans, const timing::Spans &more) -> timing::Spans {
    llvm::append_range(spans, more);
    return timing::Sum(spans);
  }

  // Somebody more who works as the others do, as long as the team is at work on what leads to the step.
  void Strengthen(EntityId team, timing::Spans when) {
    const timing::TeamId id = layout_.hours().TeamOf(team);
    const int64_t share = layout_.hours().ShareOf(team);
    const auto is_enough = [&](int64_t people) {
      timing::Network network = layout_.plain();
      timing::Workforce workforce = layout_.workforce;
      workforce.teams[id] = With(workforce.teams[id], Hours(team, when, people * share));
      timing::GiveEffortCalendars(network, workforce);
      return trial_.IsInTime(network, workforce);
    };
    const auto people = Trial::Least(kMostPeople, is_enough);
    if (!people) return;
    // Not while it does not help.
    for (size_t k = 0; k < when.size();) {
      const timing::Span dropped = when[k];
      when.erase(when.begin() + k);
      if (is_enough(*people)) continue;
      when.insert(when.begin() + k++, dropped);
    }
    int64_t minutes = 0;
    for (const timing::Span &span : Hours(team, when, *people * share)) {
      minutes += (span.end - span.begin) * span.rate;
    }
    const Rational days =
        base::Div(Rational(minutes), kWhole * layout_.hours().DayOf(team)).value_or(0);
    std::string text = std::to_string(*people) + (*people == 1 ? " person" : " people") +
                       " more in `" + Name(team) + "`" + Between(when);
    const Value rate = source_.Get(team, KnownMember::TeamRate);
    const auto cents = source_.Cents(rate);
    if (!cents) return Add(std::move(text), *people);
    // A rate is one of seconds.
    const auto price = base::Mul(base::Mul(*cents, 86'400).value_or(0), days);
    const Value many = Value::Number(days, base::DimensionId::kNumber, 0);
    text += ", " + plan::Print(source_.model, many) + (days == Rational(1) ? " day" : " days") +
            " of work at " + plan::Print(source_.model, rate);
    found_.push_back({std::move(text), price, *people});
  }

  // As on the Friday before.
  void WorkOnSaturdays(EntityId team, const timing::Spans &when) {
    const timing::TeamId id = layout_.hours().TeamOf(team);
    const timing::CalendarId calendar = layout_.hours().CalendarOf(team);
    const auto saturdays = [&](const timing::Spans &hours) {
      timing::Spans found;
      for (timing::Span span : timing::Intersection(hours, when)) {
        const bool is_friday = layout_.DayOf(span.begin).weekday() == base::Weekday::kFriday;
        span.begin += timing::kDay;
        span.end += timing::kDay;
        const timing::Spans saturday = {span};
        const bool is_free = timing::Without(saturday, hours) == saturday;
        const bool is_of_use = timing::Intersection(saturday, when) == saturday;
        if (is_friday && is_free && is_of_use) found.push_back(span);
      }
      return found;
    };
    const auto spans = layout_.network.calendar(calendar).spans();
    const timing::Spans usual(spans.begin(), spans.end());
    const timing::Spans of_one = saturdays(usual);
    const timing::Spans of_team = saturdays(layout_.workforce.teams[id]);
    const auto most = static_cast<int64_t>(std::min(of_one.size(), of_team.size()));
    const auto first = [](const timing::Spans &all, int64_t count) {
      return timing::Spans(all.begin(), all.begin() + count);
    };
    const auto days = Trial::Least(most, [&](int64_t count) {
      timing::Network network = layout_.plain();
      timing::Workforce workforce = layout_.workforce;
      network.calendars = layout_.network.calendars;
      network.calendars[calendar] = timing::Calendar(With(usual, first(of_one, count)));
      workforce.teams[id] = With(workforce.teams[id], first(of_team, count));
      timing::GiveEffortCalendars(network, workforce);
      return trial_.IsInTime(network, workforce);
    });
    if (!days) return;
    Add("`" + Name(team) + "` works on " + Count(*days, "Saturday") + ", from " +
            layout_.DayOf(of_one.front().begin).ToString() + " on",
        *days);
  }

  void Shorten(uint32_t at) {
    const Step &step = steps_.list[at];
    const timing::TaskId task = layout_.ends[at].finish;
    const bool is_worked = step.duration->in == Length::In::Workdays;
    const timing::Minutes day =
        std::max<timing::Minutes>(1, is_worked ? layout_.hours().DayOf(step.team) : timing::kDay);
    const auto days =
        Trial::Least(layout_.plain().tasks[task].remaining / day, [&](int64_t days) {
          timing::Network network = layout_.plain();
          TakeOff(network.tasks[task], days * day);
          return trial_.IsInTime(network, layout_.workforce);
        });
    if (!days) return;
    Add("`" + Name(step.id) + "` takes " + Count(*days, is_worked ? "workday" : "day") + " less",
        *days);
  }

  // A shorter lead, or that of another vendor, for all that takes as long as it.
  void AskVendor(llvm::ArrayRef<EntityId> by_lead, EntityId vendor) {
    timing::Work longest = 0;
    std::vector<timing::TaskId> tasks;
    for (uint32_t i = 0; i < by_lead.size(); ++i) {
      if (by_lead[i] != vendor || steps_.list[i].finished) continue;
      tasks.push_back(layout_.ends[i].finish);
      longest = std::max(longest, layout_.plain().tasks[tasks.back()].remaining);
    }
    const auto shorter = [&](int64_t days) {
      timing::Network network = layout_.plain();
      for (const timing::TaskId task : tasks) TakeOff(network.tasks[task], days * timing::kDay);
      return trial_.IsInTime(network, layout_.workforce);
    };
    const auto days = Trial::Least(longest / timing::kDay, shorter);
    if (!days) return;
    Add("`" + Name(vendor) + "` delivers " + Count(*days, "day") + " sooner", *days);
    const auto usual = DaysOfLead(vendor);
    for (const EntityId other : source_.All(KnownKind::Vendor)) {
      const auto lead = DaysOfLead(other);
      if (other == vendor || !usual || !lead || *lead >= *usual || !shorter(*usual - *lead)) continue;
      Add("`" + Name(other) + "` delivers instead of `" + Name(vendor) + "`, within " +
              Count(*lead, "day"),
          *days);
    }
  }

  auto DaysOfLead(EntityId vendor) -> std::optional<int64_t> {
    const auto lead = ReadLength(source_.model, source_.Get(vendor, KnownMember::VendorLead));
    if (!lead || lead->in == Length::In::Workdays) return std::nullopt;
    return MinutesOf(*lead) / timing::kDay;
  }

  void BeginSooner() {
    // What lies before today has passed.
    if (layout_.plain().now > timing::kEver) return;
    const auto days = Trial::Least(kMostDays, [&](int64_t days) {
      timing::Network network = layout_.plain();
      network.start -= days * timing::kDay;
      return trial_.IsInTime(network, layout_.workforce);
    });
    if (!days) return;
    Add("the plan starts " + Count(*days, "day") + " sooner, on " +
            layout_.first_day().AddDays(-static_cast<int>(*days)).ToString(),
        *days);
  }

  void Add(std::string text, int64_t changes) {
    found_.push_back({std::move(text), std::nullopt, changes});
  }
  auto Between(const timing::Spans &when) const -> std::string {
    std::string text;
    for (const timing::Span &span : when) {
      const std::string first = layout_.DayOf(span.begin).ToString();
      const std::string last = layout_.DayOf(span.end - 1).ToString();
      text += (text.empty() ? " " : " and ") +
              (first == last ? "on " + first : "from " + first + " to " + last);
    }
    return text;
  }
  auto Name(EntityId id) const -> std::string { return source_.model.FullName(id); }

  Source &source_;
  const Steps &steps_;
  Layout &layout_;
  Trial trial_;
  std::vector<uint32_t> tasks_;
  std::vector<std::pair<EntityId, timing::Spans>> days_;
  std::vector<Sooner> found_;
};

}  // namespace

auto FindSooner(Source &source, const Steps &steps, Layout &layout, uint32_t step,
                llvm::ArrayRef<timing::TaskId> chain, timing::Moment until)
    -> std::vector<Sooner> {
  return Finder(source, steps, layout, step, until).Find(chain);
}

}  // namespace groma::schedule
