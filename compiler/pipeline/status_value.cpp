// SPDX-License-Identifier: Apache-2.0
// Earned value, and what things cost against what was promised.
#include <map>

#include "groma/plan/print.h"
#include "status_tables.h"

namespace groma::pipeline {
namespace {

using plan::IsSome;

struct Value3 {
  Rational planned = 0, earned = 0, actual = 0, whole = 0;

  // Out of range adds nothing.
  void Add(const schedule::Progress &progress, const Rational &of_effort,
           const Rational &of_spent) {
    const auto add = [](Rational &sum, std::optional<Rational> more) {
      sum = base::Add(sum, more.value_or(0)).value_or(sum);
    };
    add(whole, of_effort);
    add(planned, base::Mul(of_effort, progress.planned));
    add(earned, base::Mul(of_effort, progress.done));
    add(actual, of_spent);
  }
};

}  // namespace

// Levelling keeps to promised days where nothing is worse by that, as well as it can find out.
auto StatusMaker::MovedFromBaseline() -> int64_t {
  if (!IsSome(progress_.baseline)) return 0;
  const Value finishes = source_.Get(progress_.baseline, KnownMember::BaselineFinishes);
  if (finishes.tag != ValueTag::Map) return 0;
  int64_t moved = 0;
  for (const plan::MapEntry &entry : finishes.map()) {
    const EntityId of = entry.key.tag == ValueTag::Subject  ? entry.key.subject.entity
                        : entry.key.tag == ValueTag::Entity ? entry.key.entity
                                                            : EntityId{};
    if (!IsSome(source_.EntityIn(of, KnownMember::TaskTeam)) || DoneOn(of)) continue;
    const auto promised = evaluate::LastDayOf(entry.value);
    const auto finish = FinishOf(of);
    if (promised && finish && *promised != *finish) ++moved;
  }
  return moved;
}

// PV: the cost of what should be done by now. EV: the cost, as planned, of what is done. AC: what
// it cost. SPI = EV / PV, CPI = EV / AC, EAC = BAC / CPI: what all of it costs if work goes on so.
void StatusMaker::AddValue() {
  Value3 work, money;
  int64_t assumed = 0;
  std::map<EntityId, bool> without_rate;
  for (const schedule::Progress &progress : progress_.steps) {
    if (!progress.is_task || progress.is_after_use) continue;
    work.Add(progress, progress.effort, progress.spent);
    assumed += progress.is_spent_assumed ? 1 : 0;
    const EntityId team = source_.EntityIn(progress.step, KnownMember::TaskTeam);
    const auto rate =
        IsSome(team) ? source_.Cents(source_.Get(team, KnownMember::TeamRate)) : std::nullopt;
    // A rate is one of seconds.
    const auto a_day = rate ? base::Mul(*rate, 864) : std::nullopt;
    if (a_day) {
      money.Add(progress, base::Mul(progress.effort, *a_day).value_or(0),
                base::Mul(progress.spent, *a_day).value_or(0));
    } else if (progress.effort.sign() > 0) {
      without_rate[team] = true;
    }
    const auto price = source_.Cents(source_.Get(progress.step, KnownMember::TaskPrice));
    if (!price) continue;
    const Rational whole = base::Div(*price, 100).value_or(0);
    money.Add(progress, whole, base::Mul(whole, progress.done).value_or(0));
  }
  StatusTable &table =
      Table("value", "earned value",
            {"of", "planned", "earned", "actual", "spi", "cpi", "whole", "expected"});
  const auto row = [&](llvm::StringRef of, const Value3 &value, llvm::StringRef unit, int digits) {
    if (value.whole.sign() == 0) return;
    const auto ratio = [&](const Rational &part, const Rational &whole) {
      return whole.sign() == 0 ? std::nullopt : base::Div(part, whole);
    };
    const auto spi = ratio(value.earned, value.planned);
    const auto cpi = ratio(value.earned, value.actual);
    const auto expected =
        cpi && cpi->sign() > 0 ? base::Div(value.whole, *cpi) : std::optional<Rational>();
    table.rows.push_back({Text(of), Number(value.planned, digits, unit),
                          Number(value.earned, digits, unit), Number(value.actual, digits, unit),
                          spi ? Number(*spi, 2) : Cell{}, cpi ? Number(*cpi, 2) : Cell{},
                          Number(value.whole, digits, unit),
                          expected ? Number(*expected, digits, unit) : Cell{}});
    for (const auto &index : {spi, cpi}) {
      if (index && *index < *Rational::Make(85, 100)) {
        Raise(Colour::Red);
      } else if (index && *index < *Rational::Make(95, 100)) {
        Raise(Colour::Amber);
      }
    }
  };
  row("work", work, "person-days", 1);
  row("money", money, currency_, 0);
  StatusTable &notes = Table("value_notes", "", {"note", "count"});
  if (const int64_t moved = MovedFromBaseline(); moved > 0) {
    notes.rows.push_back(
        {Text("tasks of teams that moved from the baseline; that fewer would do is not ruled out"),
         Number(moved, 0)});
  }
  if (assumed > 0) {
    notes.rows.push_back(
        {Text("tasks without `spent`, taken to have cost what was planned"), Number(assumed, 0)});
  }
  for (const auto &[team, is_there] : without_rate) {
    notes.rows.push_back({Text(IsSome(team) ? "work of `" + model_.FullName(team) +
                                                  "` has no `rate`, and is not in the money"
                                            : "work of nobody's team is not in the money"),
                          Number(1, 0)});
  }
}

void StatusMaker::AddCosts() {
  if (!IsSome(progress_.baseline)) return;
  const Value costs = source_.Get(progress_.baseline, KnownMember::BaselineCosts);
  if (costs.tag != ValueTag::Map || costs.map().empty()) return;
  StatusTable &table =
      Table("costs", "costs that were promised", {"of", "promised", "now", "more"});
  for (const plan::MapEntry &entry : costs.map()) {
    const EntityId of = entry.key.tag == ValueTag::Subject  ? entry.key.subject.entity
                        : entry.key.tag == ValueTag::Entity ? entry.key.entity
                                                            : EntityId{};
    const auto cents = source_.Cents(entry.value);
    if (!IsSome(of) || !cents) continue;
    const Rational promised = base::Div(*cents, 100).value_or(0);
    Rational now = 0;
    const bool is_all = source_.IsA(of, KnownKind::Ledger) || of == model_.plan;
    for (const plan::CostEntry &cost : plan_.costs) {
      if (is_all || cost.of == of) now = base::Add(now, cost.amount).value_or(now);
    }
    const Rational more = base::Sub(now, promised).value_or(0);
    if (more.sign() > 0) Raise(Colour::Amber);
    table.rows.push_back({Name(of), Number(promised, 0, currency_), Number(now, 0, currency_),
                          Number(more, 0, currency_)});
  }
}

}  // namespace groma::pipeline
