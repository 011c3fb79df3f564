// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/taskjuggler/resources.h"

#include <algorithm>
#include <numeric>

namespace groma::emit::taskjuggler {
namespace {

auto MostOf(const Timeline::Team &team) -> int64_t {
  int64_t most = 0;
  for (const auto &count : team.counts) most = std::max(most, count.people);
  return most;
}

// `0.5`, `6`: two digits are all that a share has.
auto Hundredths(int64_t number) -> std::string {
  std::string text = std::to_string(number / 100);
  if (number % 100 == 0) return text;
  const int64_t rest = number % 100;
  return text + "." + (rest < 10 ? "0" : "") + std::to_string(rest);
}

}  // namespace

Resources::Resources(Context &context) : context_(context) {
  for (const Timeline::Team &team : context.line.teams) {
    if (IsSome(team.id)) {
      AddCrew(team);
    } else {
      project_ = SeasonsOf(context.line, team.hours, context.from, context.until);
    }
  }
}

// True if its people may work on different tasks at the same time.
auto Resources::DoPart(EntityId id) const -> bool {
  return std::any_of(context_.line.steps.begin(), context_.line.steps.end(), [&](const auto &step) {
    const bool is_theirs =
        step.team == id ||
        std::find(step.other_teams.begin(), step.other_teams.end(), id) != step.other_teams.end();
    return is_theirs && (step.people || step.takes == Timeline::Takes::Hours);
  });
}

void Resources::AddCrew(const Timeline::Team &team) {
  Crew crew;
  crew.team = &team;
  crew.id = names_.Take(context_.model.FullName(team.id));
  crew.is_one = team.counts.size() == 1 && !DoPart(team.id);
  const int64_t most = crew.is_one ? 0 : MostOf(team);
  for (int64_t i = 1; i <= most; ++i)
    crew.people.push_back(names_.Take(crew.id + "_" + std::to_string(i)));
  crew.seasons = SeasonsOf(context_.line, team.hours, context_.from, context_.until);
  crews_.push_back(std::move(crew));
}

auto Resources::CrewOf(EntityId id) const -> const Crew * {
  for (const Crew &crew : crews_) {
    if (crew.team->id == id) return &crew;
  }
  return nullptr;
}

auto Resources::RateOf(const Timeline::Step &step) const -> int64_t {
  const Crew *crew = CrewOf(step.team);
  if (crew == nullptr || step.takes != Timeline::Takes::Effort) return 100;
  return std::min(MostOf(*crew->team), step.people.value_or(MostOf(*crew->team))) *
         crew->team->share;
}

auto Resources::SlotOf() const -> int64_t {
  int64_t all = 60;
  const auto add = [&](int64_t minutes) { all = std::gcd(all, minutes); };
  const auto add_hours = [&](const std::vector<Season> &seasons) {
    for (const Season &season : seasons) {
      for (const Week::Day &day : season.week.days) {
        for (const auto &[begin, end] : day) add(begin), add(end);
      }
    }
  };
  // A zone half an hour beside the others allows no whole hours.
  for (const Timeline::Offset &offset : context_.line.clock) add(offset.minutes);
  add_hours(project_);
  for (const Crew &crew : crews_) add_hours(crew.seasons);
  for (const Timeline::Step &step : context_.line.steps) {
    const int64_t rate = std::max<int64_t>(1, RateOf(step));
    add(step.minutes * 100 % rate == 0 ? step.minutes * 100 / rate : 1);
    for (const auto &wait : step.waits) {
      for (const auto &lag : wait.lags) add(lag.minutes);
    }
  }
  for (const int64_t slot : {60, 30, 15, 10}) {
    if (all % slot == 0) return slot;
  }
  return 5;
}

auto Resources::AllocationOf(const Timeline::Step &step) -> Statement {
  Statement out;
  out.Add("allocate");
  const Crew *crew = CrewOf(step.team);
  std::string text;
  const auto add = [&](const std::string &who, const std::string &others, bool stays) {
    text += (text.empty() ? "" : ", ") + who;
    if (!others.empty())
      text += " { alternative " + others + (stays ? " persistent }" : " select order }");
  };
  if (crew->is_one) {
    std::string others;
    for (const EntityId id : step.other_teams) {
      const Crew *other = CrewOf(id);
      if (other->is_one) others += (others.empty() ? "" : ", ") + other->id;
    }
    add(crew->id, others, true);
  } else {
    const auto count = static_cast<int64_t>(crew->people.size());
    const int64_t at_once =
        step.takes == Timeline::Takes::Hours ? 1 : std::min(count, step.people.value_or(count));
    for (int64_t i = 0; i < at_once; ++i) {
      std::string others;
      for (int64_t k = 0; k < count && at_once < count; ++k) {
        if (k != i) others += (others.empty() ? "" : ", ") + crew->people[k];
      }
      add(crew->people[i], others, false);
    }
  }
  const bool has_lost =
      std::any_of(step.other_teams.begin(), step.other_teams.end(),
                  [&](EntityId id) { return !crew->is_one || !CrewOf(id)->is_one; });
  if (has_lost) {
    context_.sink
        .Report(
            diag::NoWords, step.span,
            "another team as a whole that does `" + context_.model.FullName(step.id) + "` instead")
        .Help(
            "in the project its own team does it; where people of a team never part, another team "
            "can be named");
  }
  return std::move(out.Add(text));
}

auto Resources::NewClock(EntityId team) -> std::string {
  const std::string id = names_.Take("clock");
  Statement clock;
  clock.because = {context_.target};
  clock.Add("resource")
      .Add(id)
      .Quote("hours of " + (IsSome(team) ? context_.model.FullName(team) : "the plan"));
  clock.is_block = true;
  const Crew *crew = CrewOf(team);
  SayHours(crew == nullptr ? project_ : crew->seasons, clock.inside, clock.because);
  clocks_.push_back(std::move(clock));
  return id;
}

auto Resources::DayAndNight() -> std::string {
  const std::string id = names_.Take("clock");
  Statement clock;
  clock.because = {context_.target};
  clock.Add("resource").Add(id).Quote("day and night");
  clock.is_block = true;
  clock.inside.push_back(Statement{{}, clock.because}.Add("workinghours mon - sun 0:00 - 24:00"));
  clocks_.push_back(std::move(clock));
  return id;
}

auto Resources::ClosuresOf(const Timeline::Step &step) -> std::optional<Statement> {
  constexpr int64_t kDay = 24 * 60;
  const Week never;
  std::string text;
  const std::vector<source::Span> because = {step.span};
  for (const Timeline::Stretch &closed : step.closed) {
    const int64_t from = std::max(context_.from, context_.line.LocalAt(closed.begin) / kDay);
    const int64_t until = std::min(context_.until, context_.line.LocalAt(closed.end) / kDay);
    if (from >= until) continue;
    text += (text.empty() ? "" : ", ") + ShiftOf(never, {context_.target}) + " " + DayText(from) +
            " - " + DayText(until);
  }
  if (text.empty()) return std::nullopt;
  return std::move(Statement{{}, because}.Add("shifts").Add(text));
}

auto Resources::IsOfProject(EntityId team) const -> bool {
  const Crew *crew = CrewOf(team);
  const bool is_same =
      crew == nullptr || (crew->seasons.size() == 1 && crew->seasons[0].leaves.empty() &&
                          crew->seasons[0].week == project_[0].week);
  return is_same && project_.size() == 1 && project_[0].leaves.empty();
}

auto Resources::ProjectHours() const -> std::vector<Statement> {
  std::vector<Statement> out;
  for (const std::string &text : WeekTexts(project_.front().week)) {
    out.push_back(Statement{{}, {context_.target}}.Add("workinghours").Add(text));
  }
  return out;
}

auto Resources::ShiftOf(const Week &week, const std::vector<source::Span> &because) -> std::string {
  for (const auto &[known, name] : known_shifts_) {
    if (known == week) return name;
  }
  const std::string name = shift_names_.Take("week_" + std::to_string(known_shifts_.size() + 1));
  Statement shift{{}, because};
  shift.Add("shift").Add(name).Quote("hours by the clock of the plan");
  for (const std::string &text : WeekTexts(week)) {
    shift.inside.push_back(Statement{{}, because}.Add("workinghours").Add(text));
  }
  shifts_.push_back(std::move(shift));
  known_shifts_.emplace_back(week, name);
  return name;
}

void Resources::SayHours(const std::vector<Season> &seasons, std::vector<Statement> &inside,
                         const std::vector<source::Span> &because) {
  if (seasons.size() == 1) {
    for (const std::string &text : WeekTexts(seasons[0].week)) {
      inside.push_back(Statement{{}, because}.Add("workinghours").Add(text));
    }
  } else {
    std::string text;
    for (const Season &season : seasons) {
      text += (text.empty() ? "" : ", ") + ShiftOf(season.week, because) + " " +
              DayText(season.from) + " - " + DayText(season.until);
    }
    inside.push_back(Statement{{}, because}.Add("shifts").Add(text));
  }
  for (const Season &season : seasons) {
    for (const auto &[first, last] : season.leaves) {
      Statement leave{{}, because};
      SayLeave("holiday", "nobody works", first, last + 1, leave);
      inside.push_back(std::move(leave));
    }
  }
}

void Resources::SayLeave(const std::string &kind, const std::string &title, int64_t first,
                         int64_t until, Statement &statement) const {
  statement.Add("leaves").Add(kind).Quote(title).Add(DayText(first) + " - " + DayText(until));
}

auto Resources::Statements() -> std::vector<Statement> {
  std::vector<Statement> out;
  for (const Crew &crew : crews_) {
    const plan::Entity &entity = context_.model.entity(crew.team->id);
    const std::vector<source::Span> because = {entity.span};
    Statement team{{}, because};
    team.Add("resource").Add(crew.id).Quote(context_.TitleOf(crew.team->id));
    team.is_block = true;
    const int64_t rate = crew.is_one ? MostOf(*crew.team) * crew.team->share : crew.team->share;
    if (rate != 100)
      team.inside.push_back(Statement{{}, because}.Add("efficiency").Add(Hundredths(rate)));
    SayHours(crew.seasons, team.inside, because);
    for (size_t i = 0; i < crew.people.size(); ++i) {
      Statement person{{}, because};
      person.Add("resource")
          .Add(crew.people[i])
          .Quote(context_.TitleOf(crew.team->id) + " " + std::to_string(i + 1));
      // Before they come, and after they have gone.
      int64_t from = context_.from;
      const auto &counts = crew.team->counts;
      for (size_t k = 0; k <= counts.size(); ++k) {
        const int64_t day = k == counts.size()
                                ? context_.until
                                : std::clamp(context_.line.LocalAt(counts[k].from) / (24 * 60),
                                             context_.from, context_.until);
        const int64_t here = k == 0 ? 0 : counts[k - 1].people;
        if (here <= static_cast<int64_t>(i) && from < day) {
          Statement leave{{}, because};
          SayLeave("unpaid", "not in the team", from, day, leave);
          person.inside.push_back(std::move(leave));
        }
        from = day;
      }
      team.inside.push_back(std::move(person));
    }
    out.push_back(std::move(team));
  }
  std::vector<Statement> all = std::move(shifts_);
  for (auto *some : {&out, &clocks_}) {
    for (Statement &one : *some) all.push_back(std::move(one));
  }
  return all;
}

}  // namespace groma::emit::taskjuggler
