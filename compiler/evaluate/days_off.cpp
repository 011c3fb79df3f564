// SPDX-License-Identifier: Apache-2.0
#include "groma/evaluate/days_off.h"

#include "groma/base/holidays.h"
#include "groma/evaluate/plan_source.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace groma::evaluate {
namespace {

using base::Weekday;

// As the tags of `weekend_rule` are named.
enum class Weekend : uint8_t { Stays, Next, Nearest, SundayNext, SundayBefore };

auto IsWeekend(Date day) -> bool {
  return day.weekday() == Weekday::kSaturday || day.weekday() == Weekday::kSunday;
}

class YearlyDays {
 public:
  YearlyDays(const plan::Model &model, std::set<Date> &days) : model_(model), days_(days) {}

  void Add(const Value &rules, int32_t first_year, int32_t last_year) {
    bool has_between = false;
    for (const Value &rule : rules.elements()) {
      if (rule.tag != ValueTag::Union) continue;
      has_between |= TagOf(rule) == "between";
      for (int32_t year = first_year; year <= last_year; ++year) {
        const auto day = DayIn(rule, year);
        if (day) own_.insert(Kept(*day, WeekendOf(rule)));
      }
    }
    for (const auto &[day, weekend] : own_) days_.insert(day);
    if (has_between) AddBetween();
    for (const auto &[day, weekend] : own_) days_.insert(Moved(day, weekend));
  }

 private:
  auto TagOf(const Value &rule) const -> llvm::StringRef {
    return model_.text(model_.unions[rule.items.decl].tags[rule.aux].name);
  }
  auto NumberIn(const Value &rule, llvm::StringRef name) const -> int64_t {
    const Value number = FieldOf(model_, rule, name);
    return number.tag == ValueTag::Number ? number.number.Floor() : 0;
  }
  auto NameIn(const Value &rule, llvm::StringRef name) const -> llvm::StringRef {
    const Value value = FieldOf(model_, rule, name);
    if (value.tag != ValueTag::Enum) return {};
    return model_.text(model_.enums[Index(value.enumeration)].tags[value.aux]);
  }

  auto DayIn(const Value &rule, int32_t year) const -> std::optional<Date> {
    const auto month = static_cast<int32_t>(NumberIn(rule, "month"));
    const llvm::StringRef tag = TagOf(rule);
    if (tag == "yearly") {
      return Date::Make(year, month, static_cast<int32_t>(NumberIn(rule, "day")));
    }
    if (tag == "nth_weekday") {
      const Value weekday = FieldOf(model_, rule, "weekday");
      if (weekday.tag != ValueTag::Enum || IsExcepted(rule, year)) return std::nullopt;
      const auto monday = static_cast<uint32_t>(Weekday::kMonday);
      return base::NthWeekday(year, month, static_cast<Weekday>(monday + weekday.aux),
                              NumberIn(rule, "nth"));
    }
    if (tag == "from_easter") return base::EasterSunday(year).AddDays(NumberIn(rule, "days"));
    if (tag == "equinox_of_japan") {
      const bool is_spring = NameIn(rule, "season") == "spring";
      return base::EquinoxOfJapan(year, is_spring ? base::Season::kSpring : base::Season::kAutumn);
    }
    return std::nullopt;
  }
  auto IsExcepted(const Value &rule, int32_t year) const -> bool {
    const Value years = FieldOf(model_, rule, "except");
    if (years.tag != ValueTag::List) return false;
    return llvm::any_of(years.elements(), [&](const Value &one) {
      const auto first = FirstDayOf(one);
      return first && first->year() == year;
    });
  }
  auto WeekendOf(const Value &rule) const -> Weekend {
    return llvm::StringSwitch<Weekend>(NameIn(rule, "weekend"))
        .Case("next", Weekend::Next)
        .Case("nearest", Weekend::Nearest)
        .Case("sunday_next", Weekend::SundayNext)
        .Case("sunday_before", Weekend::SundayBefore)
        .Default(Weekend::Stays);
  }

  static auto Kept(Date day, Weekend rule) -> std::pair<Date, Weekend> {
    const bool is_before = rule == Weekend::SundayBefore && day.weekday() == Weekday::kSunday;
    return {is_before ? day.AddDays(-1) : day, rule};
  }

  // Only what the rules themselves say counts, and not what was moved.
  void AddBetween() {
    std::set<Date> own;
    for (const auto &[day, weekend] : own_) own.insert(day);
    for (const Date day : own) {
      if (own.contains(day.AddDays(2))) days_.insert(day.AddDays(1));
    }
  }

  auto Moved(Date day, Weekend rule) const -> Date {
    const bool is_sunday = day.weekday() == Weekday::kSunday;
    if (rule == Weekend::Stays || rule == Weekend::SundayBefore || !IsWeekend(day)) return day;
    if (rule == Weekend::SundayNext && !is_sunday) return day;
    if (rule == Weekend::Nearest) return day.AddDays(is_sunday ? 1 : -1);
    Date next = day;
    while (IsWeekend(next) || days_.contains(next)) next = next.AddDays(1);
    return next;
  }

  const plan::Model &model_;
  std::set<Date> &days_;
  std::set<std::pair<Date, Weekend>> own_;
};

}  // namespace

auto WeekdaysIn(const Value &list) -> Weekdays {
  Weekdays days{};
  if (list.tag != ValueTag::List) return days;
  // The tags of `weekday` begin with Monday, as a week does.
  for (const Value &one : list.elements()) {
    if (one.tag == ValueTag::Enum && one.aux < days.size()) days[one.aux] = true;
  }
  return days;
}

auto WeekOf(const plan::Model &model, const Value &workdays, const Value &shifts) -> Weekdays {
  if (shifts.tag != ValueTag::List || shifts.elements().empty()) return WeekdaysIn(workdays);
  Weekdays days{};
  for (const Value &shift : shifts.elements()) {
    const Weekdays more = WeekdaysIn(FieldOf(model, shift, "days"));
    for (size_t day = 0; day < days.size(); ++day) days[day] |= more[day];
  }
  return days;
}

auto DaysOff(const plan::Model &model, const Value &holidays, const Value &every_year,
             int32_t first_year, int32_t last_year) -> std::set<Date> {
  std::set<Date> days;
  if (holidays.tag == ValueTag::List) {
    for (const Value &one : holidays.elements()) {
      if (one.tag == ValueTag::Date) days.insert(one.date);
    }
  }
  if (every_year.tag == ValueTag::List) {
    YearlyDays(model, days).Add(every_year, first_year, last_year);
  }
  return days;
}

}  // namespace groma::evaluate
