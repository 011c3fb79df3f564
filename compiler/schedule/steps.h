// SPDX-License-Identifier: Apache-2.0
// The steps of a plan as it says them: what they wait for, what they take, and who does them.
#pragma once

#include <map>
#include <optional>

#include "schedule.h"
#include "source.h"

namespace groma::schedule {

inline constexpr uint32_t kNoStep = ~0U;

// A length of time: minutes of the clock, days of work by somebody's calendar, or months.
struct Length {
  enum class In : uint8_t { Minutes, Workdays, Months };
  In in = In::Minutes;
  Rational amount;
};

// A moment that something waits for: an end of a step, or the end of a day; and so much later.
struct Wait {
  uint32_t step = kNoStep;
  bool is_start = false;
  Date day = Date::First();
  std::vector<Length> lags;
  KnownMember by{};  // the field that says so
};

struct Step {
  enum class Sort : uint8_t { Task, Milestone, Stream, Decision };
  EntityId id{};
  Sort sort = Sort::Milestone;
  uint32_t stream = kNoStep;  // in which it stands
  std::vector<Wait> to_start, to_finish;
  std::optional<Length> duration;
  std::optional<Length> effort;  // in minutes of work, or in days of a person
  EntityId team{};
  std::vector<EntityId> other_teams;
  std::optional<int64_t> people;
  int32_t priority = 500;
  bool is_unbroken = false;
  bool is_change = false;  // of what runs
  bool is_after_use = false;  // the plan is finished without it
  std::optional<Date> not_before, by, started, finished;
  std::optional<Length> remaining, spent;
  // What goes out with it, from one day to another.
  EntityId release{};
  std::optional<Date> closes;
};

class Steps {
 public:
  Steps(Source &source, Sink &sink);

  std::vector<Step> list;
  // What the plan has no need of, or what is done in another environment. It has no dates.
  std::vector<EntityId> left_out;
  auto Find(EntityId id) const -> uint32_t;
  // To see what would be if.
  void Move(const Shift &shift);
  // False if something could not be read; it was reported.
  auto is_read() const -> bool { return is_read_; }

 private:
  auto IsLeftOut(EntityId id) -> bool;
  void Read(Step &step);
  void ReadTask(Step &step);
  void CheckEffort(const Step &step);
  void ReadWaits(Step &step, KnownMember member, std::vector<Wait> &waits);

  Source &source_;
  Sink &sink_;
  std::map<EntityId, uint32_t> by_id_;
  bool is_read_ = true;
};

// What a value of the type `moment` waits for, in the plan's own form: `serve.live + 10 workdays`.
// Not read if it is more than that, or if it is a step that is left out.
struct MomentRead {
  bool is_read = false;
  EntityId left_out{};
};
auto ReadMoment(Source &source, const Steps &steps, const Value &value, std::vector<Wait> &waits)
    -> MomentRead;
auto ReadLength(const plan::Model &model, const Value &value) -> std::optional<Length>;
// Of work: written in days, it counts days of a person; written in hours, hours.
auto ReadEffort(const plan::Model &model, const Value &value) -> std::optional<Length>;

}  // namespace groma::schedule
