// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/taskjuggler/hours.h"

#include <map>
#include <optional>

namespace groma::emit::taskjuggler {
namespace {

constexpr int64_t kDay = 24 * 60;
constexpr const char *kNames[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

auto FloorDay(int64_t minute) -> int64_t {
  return minute >= 0 ? minute / kDay : (minute - (kDay - 1)) / kDay;
}

// 1970-01-01 was a Thursday.
auto WeekdayOf(int64_t day) -> size_t { return static_cast<size_t>(((day + 3) % 7 + 7) % 7); }

// What is worked on each day, by the clock of the plan.
auto DaysOf(const plan::Timeline &line, const std::vector<plan::Timeline::Stretch> &hours,
            int64_t from, int64_t until) -> std::map<int64_t, Week::Day> {
  std::map<int64_t, Week::Day> days;
  for (const plan::Timeline::Stretch &stretch : hours) {
    int64_t begin = line.LocalAt(stretch.begin);
    const int64_t end = begin + (stretch.end - stretch.begin);
    if (end <= from * kDay || begin >= until * kDay) continue;
    while (begin < end) {
      const int64_t day = FloorDay(begin);
      const int64_t stop = std::min(end, (day + 1) * kDay);
      days[day].emplace_back(begin - day * kDay, stop - day * kDay);
      begin = stop;
    }
  }
  return days;
}

auto Clock(int64_t minute) -> std::string {
  const std::string low = std::to_string(minute % 60);
  return std::to_string(minute / 60) + ":" + (low.size() < 2 ? "0" : "") + low;
}

auto HoursText(const Week::Day &day) -> std::string {
  if (day.empty()) return "off";
  std::string text;
  for (const auto &[begin, end] : day) {
    text += (text.empty() ? "" : ", ") + Clock(begin) + " - " + Clock(end);
  }
  return text;
}

}  // namespace

auto SeasonsOf(const plan::Timeline &line, const std::vector<plan::Timeline::Stretch> &hours,
               int64_t from, int64_t until) -> std::vector<Season> {
  const auto days = DaysOf(line, hours, from, until);
  std::vector<Season> seasons;
  std::array<bool, 7> is_known{};
  std::vector<int64_t> idle;
  const auto end_season = [&] {
    // A day on which the week has work and nobody does it.
    for (const int64_t day : idle) {
      if (!is_known[WeekdayOf(day)]) continue;
      auto &leaves = seasons.back().leaves;
      if (!leaves.empty() && leaves.back().second + 1 == day) {
        leaves.back().second = day;
      } else {
        leaves.emplace_back(day, day);
      }
    }
    idle.clear();
    is_known.fill(false);
  };
  seasons.push_back({from, until, {}, {}});
  for (int64_t day = from; day < until; ++day) {
    const auto found = days.find(day);
    if (found == days.end()) {
      idle.push_back(day);
      continue;
    }
    const size_t weekday = WeekdayOf(day);
    if (is_known[weekday] && seasons.back().week.days[weekday] != found->second) {
      end_season();
      seasons.back().until = day;
      seasons.push_back({day, until, {}, {}});
    }
    is_known[weekday] = true;
    seasons.back().week.days[weekday] = found->second;
  }
  end_season();
  return seasons;
}

auto DayText(int64_t day) -> std::string {
  return base::Date::FromDays(static_cast<int32_t>(day)).ToString();
}

auto MomentText(const plan::Timeline &line, plan::Timeline::Moment moment) -> std::string {
  const int64_t local = line.LocalAt(moment);
  const int64_t day = FloorDay(local), minute = local - day * kDay;
  if (minute == 0) return DayText(day);
  return DayText(day) + (minute < 600 ? "-0" : "-") + Clock(minute);
}

auto WeekTexts(const Week &week) -> std::vector<std::string> {
  std::vector<std::string> texts;
  for (size_t first = 0; first < 7;) {
    size_t last = first;
    while (last + 1 < 7 && week.days[last + 1] == week.days[first]) ++last;
    const std::string names =
        first == last ? kNames[first] : std::string(kNames[first]) + " - " + kNames[last];
    texts.push_back(names + " " + HoursText(week.days[first]));
    first = last + 1;
  }
  return texts;
}

}  // namespace groma::emit::taskjuggler
