// SPDX-License-Identifier: Apache-2.0
// Teams as resources, with the hours in which they work.
#pragma once

#include "groma/emit/taskjuggler/context.h"
#include "groma/emit/taskjuggler/document.h"
#include "groma/emit/taskjuggler/hours.h"

namespace groma::emit::taskjuggler {

class Resources {
 public:
  explicit Resources(Context &context);

  // Minutes into which all hours and all work can be divided.
  auto SlotOf() const -> int64_t;
  // Who works on a step, as one `allocate` says it.
  auto AllocationOf(const Timeline::Step &step) -> Statement;
  // Hundredths of a person that work on it at once.
  auto RateOf(const Timeline::Step &step) const -> int64_t;
  // Somebody who has the hours of a team, and nothing else to do.
  auto NewClock(EntityId team) -> std::string;
  // A new one that is at work day and night.
  auto DayAndNight() -> std::string;
  // What keeps work on a task out of freezes; nothing if there are none.
  auto ClosuresOf(const Timeline::Step &step) -> std::optional<Statement>;
  // True if what the plan calls working time is the same for this team.
  auto IsOfProject(EntityId team) const -> bool;
  // The hours of the project as a whole.
  auto ProjectHours() const -> std::vector<Statement>;
  // Shifts and resources, once all are asked for.
  auto Statements() -> std::vector<Statement>;

 private:
  struct Crew {
    const Timeline::Team *team = nullptr;
    std::string id;
    // One who works as much as all of them, if they never part; else each of them.
    bool is_one = true;
    std::vector<std::string> people;
    std::vector<Season> seasons;
  };

  void AddCrew(const Timeline::Team &team);
  auto CrewOf(EntityId id) const -> const Crew *;
  auto DoPart(EntityId id) const -> bool;
  void SayHours(const std::vector<Season> &seasons, std::vector<Statement> &inside,
                const std::vector<source::Span> &because);
  auto ShiftOf(const Week &week, const std::vector<source::Span> &because) -> std::string;
  void SayLeave(const std::string &kind, const std::string &title, int64_t first, int64_t last,
                Statement &statement) const;

  Context &context_;
  Names names_, shift_names_;
  std::vector<Crew> crews_;
  std::vector<Season> project_;
  std::vector<Statement> shifts_, clocks_;
  std::vector<std::pair<Week, std::string>> known_shifts_;
};

}  // namespace groma::emit::taskjuggler
