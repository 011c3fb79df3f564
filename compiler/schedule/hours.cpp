// SPDX-License-Identifier: Apache-2.0
#include "hours.h"

#include "calendars.h"

namespace groma::schedule {
namespace {

// Where a calendar says how long one works, and not when: from nine in the morning on.
constexpr timing::Minutes kMorning = 9 * timing::kHour;
constexpr timing::Minutes kUsualDay = 8 * timing::kHour;

auto ZoneOf(const Value &name) -> timing::Zone {
  if (name.tag != ValueTag::String) return {};
  return timing::Zone::Find(name.string()).value_or(timing::Zone());
}

auto YearOf(timing::Moment moment) -> int32_t {
  return Date::FromDays(timing::DayOf(moment)).year();
}

}  // namespace

Hours::Hours(Source &source, timing::Network &network, timing::Workforce &workforce,
             timing::Horizon horizon)
    : source_(source), network_(network), workforce_(workforce), horizon_(horizon) {
  zone_ = ZoneOf(source.Get(source.model.plan, KnownMember::PlanTimezone));
}

auto Hours::Add(timing::Spans spans) -> timing::CalendarId {
  network_.calendars.emplace_back(std::move(spans));
  return static_cast<timing::CalendarId>(network_.calendars.size()) - 1;
}

auto Hours::DayOf(EntityId team) -> timing::Minutes {
  const EntityId calendar = IsSome(team)
                                ? source_.EntityIn(team, KnownMember::TeamCalendar)
                                : source_.EntityIn(source_.model.plan, KnownMember::PlanCalendar);
  const auto length = ReadLength(source_.model, source_.Get(calendar, KnownMember::CalendarHours));
  const bool is_given = length && length->in == Length::In::Minutes && length->amount.sign() > 0;
  return is_given ? std::min<int64_t>(length->amount.Floor(), timing::kDay) : kUsualDay;
}

auto Hours::SpansOf(EntityId team, int64_t rate) -> timing::Spans {
  const EntityId calendar = IsSome(team)
                                ? source_.EntityIn(team, KnownMember::TeamCalendar)
                                : source_.EntityIn(source_.model.plan, KnownMember::PlanCalendar);
  const timing::Minutes day = DayOf(team);
  const timing::Minutes begin = std::min(kMorning, timing::kDay - day);
  const timing::DayHours hours = {{begin, begin + day}};
  timing::WorkingTime time;
  time.zone = IsSome(team) ? ZoneOf(source_.Get(team, KnownMember::TeamTimezone)) : zone_;
  AddCalendar(source_, calendar, hours, YearOf(horizon_.from) - 1, YearOf(horizon_.until) + 1, time);
  if (IsSome(team)) AddLeave(source_, team, time);
  timing::Spans spans = timing::SpansOf(time, horizon_);
  for (timing::Span &span : spans) span.rate = rate;
  return spans;
}

auto Hours::CalendarOf(EntityId team) -> timing::CalendarId {
  const auto [at, is_new] = calendars_.try_emplace(team, timing::kClock);
  if (is_new) at->second = Add(SpansOf(team, 1));
  return at->second;
}

auto Hours::Somebody() -> timing::CalendarId {
  if (somebody_ == timing::kClock) somebody_ = Add(SpansOf({}, kWhole));
  return somebody_;
}

auto Hours::TeamOf(EntityId team) -> timing::TeamId {
  const auto [at, is_new] =
      teams_.try_emplace(team, static_cast<timing::TeamId>(workforce_.teams.size()));
  if (!is_new) return at->second;
  workforce_.teams.push_back(timing::Times(SpansOf(team, ShareOf(team)), PeopleOf(team)));
  return at->second;
}

auto Hours::ShareOf(EntityId team) -> int64_t {
  const Value share = source_.Get(team, KnownMember::TeamShare);
  const auto part = share.tag == ValueTag::Number ? base::Mul(share.number, kWhole) : Rational(kWhole);
  return part ? part->Floor() : kWhole;
}

auto Hours::PeopleOf(EntityId team) -> std::vector<timing::Step> {
  const Value people = source_.Get(team, KnownMember::TeamPeople);
  std::vector<timing::Step> steps;
  if (people.tag == ValueTag::Number) steps.push_back({horizon_.from, people.number.Floor()});
  if (people.tag == ValueTag::Curve) {
    for (const plan::MapEntry &entry : people.map()) {
      const timing::Moment from =
          people.op == 1 ? horizon_.from : zone_.FirstAt(timing::At(entry.key.date.civil()));
      steps.push_back({from, entry.value.number.Floor()});
    }
  }
  return steps;
}

auto Hours::EntityOf(timing::TeamId team) const -> EntityId {
  for (const auto &[entity, id] : teams_) {
    if (id == team) return entity;
  }
  return {};
}

}  // namespace groma::schedule
