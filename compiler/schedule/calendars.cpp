// SPDX-License-Identifier: Apache-2.0
#include "calendars.h"

#include "groma/evaluate/days_off.h"
#include "llvm/ADT/STLExtras.h"
#include "steps.h"

namespace groma::schedule {
namespace {

class CalendarReader {
 public:
  CalendarReader(Source &source, EntityId calendar, timing::WorkingTime &time)
      : source_(source), calendar_(calendar), time_(time) {}

  void ReadWeek(const timing::DayHours &hours) {
    timing::Rota week = timing::WeekOf(hours);
    const Value shifts = Get(KnownMember::CalendarShifts);
    if (shifts.tag == ValueTag::List && !shifts.elements().empty()) {
      week.cycle.assign(week.cycle.size(), {});
      for (const Value &shift : shifts.elements()) AddShift(shift, week);
    } else if (const Value workdays = Get(KnownMember::CalendarWorkdays);
               workdays.tag == ValueTag::List) {
      const evaluate::Weekdays days = evaluate::WeekdaysIn(workdays);
      for (size_t day = 0; day < days.size(); ++day) {
        week.cycle[day] = days[day] ? hours : timing::DayHours();
      }
    }
    time_.rotas.push_back(std::move(week));
  }

  void ReadDaysOff(int32_t first_year, int32_t last_year) {
    // What counts last goes before what counts first.
    const Value half_days = Get(KnownMember::CalendarHalfDays);
    if (half_days.tag == ValueTag::List) {
      for (const Value &one : half_days.elements()) {
        if (one.tag != ValueTag::Date) continue;
        time_.exceptions.push_back({one.date, one.date, HalfOf(one.date)});
      }
    }
    for (const Date day : evaluate::DaysOff(source_.model, Get(KnownMember::CalendarHolidays),
                                            Get(KnownMember::CalendarEveryYear), first_year,
                                            last_year)) {
      time_.exceptions.push_back({day, day, {}});
    }
  }

 private:
  auto Get(KnownMember member) const -> Value { return source_.Get(calendar_, member); }

  void AddShift(const Value &shift, timing::Rota &week) {
    const auto minute = [&](llvm::StringRef name) -> std::optional<timing::Minutes> {
      const auto length =
          ReadLength(source_.model, evaluate::FieldOf(source_.model, shift, name));
      if (!length || length->in != Length::In::Minutes) return std::nullopt;
      return length->amount.Floor();
    };
    const auto from = minute("from");
    const auto to = minute("to");
    if (!from || !to) return;
    timing::Stretch stretch = {*from, *to};
    if (stretch.end <= stretch.begin) stretch.end += timing::kDay;
    const evaluate::Weekdays days =
        evaluate::WeekdaysIn(evaluate::FieldOf(source_.model, shift, "days"));
    for (size_t day = 0; day < days.size(); ++day) {
      if (days[day]) week.cycle[day].push_back(stretch);
    }
  }

  // The first half of what is worked on such a day.
  auto HalfOf(Date day) const -> timing::DayHours {
    const timing::Rota &week = time_.rotas.back();
    timing::DayHours hours = week.cycle[static_cast<size_t>(day.weekday()) - 1];
    llvm::sort(hours, [](const auto &a, const auto &b) { return a.begin < b.begin; });
    timing::Minutes left = 0;
    for (const timing::Stretch &stretch : hours) left += stretch.end - stretch.begin;
    left /= 2;
    for (timing::Stretch &stretch : hours) {
      stretch.end = std::min(stretch.end, stretch.begin + left);
      left -= stretch.end - stretch.begin;
    }
    return hours;
  }

  Source &source_;
  EntityId calendar_;
  timing::WorkingTime &time_;
};

}  // namespace

void AddCalendar(Source &source, EntityId calendar, const timing::DayHours &hours, int32_t first_year,
                 int32_t last_year, timing::WorkingTime &time) {
  CalendarReader reader(source, calendar, time);
  reader.ReadWeek(hours);
  reader.ReadDaysOff(first_year, last_year);
}

void AddLeave(Source &source, EntityId team, timing::WorkingTime &time) {
  const Value leave = source.Get(team, KnownMember::TeamLeave);
  if (leave.tag != ValueTag::List) return;
  for (const Value &one : leave.elements()) {
    const auto first = FirstDayOf(one);
    const auto last = LastDayOf(one);
    // A shift that began before goes on into the first day.
    if (first && last) time.exceptions.push_back({*first, *last, {}});
  }
}

}  // namespace groma::schedule
