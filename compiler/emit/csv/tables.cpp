// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/csv/tables.h"

#include "groma/plan/print.h"
#include "groma/plan/scenarios.h"

namespace groma::emit::csv {

using output::Cell;
using output::Decimal;
using output::Table;
using plan::IsSome;
using plan::KnownKind;
using plan::KnownMember;
using plan::Timeline;
using plan::Value;
using plan::ValueTag;

namespace {

// Of a curve, what holds in a month.
auto InMonth(const Value &value, base::Month month) -> std::optional<Value> {
  if (value.tag == ValueTag::Number) return value;
  if (value.tag != ValueTag::Curve) return std::nullopt;
  std::optional<Value> found;
  for (const plan::MapEntry &entry : value.map()) {
    if (value.op == 1 || entry.key.date <= month.first()) found = entry.value;
  }
  return found;
}

auto HoursOf(int64_t minutes) -> Cell {
  return Cell::Number(minutes % 60 == 0 ? std::to_string(minutes / 60)
                                        : Decimal(*base::Div(minutes, 60), 2));
}

// ` + 1 month`, ` - 1.50 months`
auto MonthsOf(const base::Rational &months) -> std::string {
  const bool is_back = months.sign() < 0;
  const base::Rational count = is_back ? Negate(months) : months;
  const std::string number =
      count == count.Floor() ? std::to_string(count.Floor()) : Decimal(count, 2);
  return (is_back ? " - " : " + ") + number + (count == 1 ? " month" : " months");
}

}  // namespace

Tables::Tables(plan::Plan &plan, EntityId target)
    : plan_(plan),
      model_(*plan.model),
      target_(model_.entity(target).span),
      known_(model_),
      evaluator_(model_, plan.environment, ignored_) {}

auto Tables::Read(EntityId entity, KnownMember member) -> Value {
  const plan::Slot slot = known_.slot(member);
  const auto &members = model_.kind(model_.entity(entity).kind).members.list;
  const bool has_it =
      slot < members.size() && model_.text(members[slot].name) == plan::Known::SpellingOf(member);
  return has_it ? evaluator_.Read(entity, slot).value : Value::None();
}

auto Tables::TitleOf(EntityId entity) const -> std::string {
  return model_.entity(entity).title.str();
}

auto Tables::KindOf(EntityId entity) const -> std::string {
  return model_.text(model_.kind(model_.entity(entity).kind).name).str();
}

auto Tables::All(KnownKind kind) const -> std::vector<EntityId> {
  return IsSome(known_.kind(kind)) ? model_.Collection(known_.kind(kind)) : std::vector<EntityId>();
}

// `hub.live + 80 h of work; acme.start`
auto Tables::WaitsOf(const Timeline::Step &step) const -> std::string {
  const Timeline &line = plan_.decisions->timeline;
  std::string text;
  for (const Timeline::Wait &wait : step.waits) {
    text += text.empty() ? "" : "; ";
    if (wait.holds_finish) text += "to finish: ";
    if (wait.step == Timeline::kNoStep) {
      const int64_t local = line.LocalAt(wait.at) - 1;
      text += base::Date::FromDays(local / (24 * 60)).ToString();
    } else {
      text += model_.FullName(line.steps[wait.step].id) + (wait.is_start ? ".start" : "");
    }
    for (const Timeline::Lag &lag : wait.lags) {
      if (lag.months.sign() != 0) {
        text += MonthsOf(lag.months);
        continue;
      }
      text += (lag.minutes < 0 ? " - " : " + ") + HoursOf(std::abs(lag.minutes)).text + " h";
      if (lag.is_work) text += " of work";
    }
  }
  return text;
}

auto Tables::Schedule() -> Table {
  Table table;
  table.path = "schedule.csv";
  table.because = {target_};
  table.header = {"name",       "title",    "kind", "start",        "finish",         "by",
                  "slack_days", "critical", "team", "effort_hours", "duration_hours", "after",
                  "text"};
  const Timeline &line = plan_.decisions->timeline;
  for (const Timeline::Step &step : line.steps) {
    const auto last_day_before = [&](Timeline::Moment moment) {
      return base::Date::FromDays((line.LocalAt(moment) - 1) / (24 * 60)).ToString();
    };
    const bool is_effort = step.takes == Timeline::Takes::Effort;
    const bool is_long =
        step.takes == Timeline::Takes::Clock || step.takes == Timeline::Takes::Hours;
    const Value text = Read(step.id, KnownMember::StepText);
    table.rows.push_back(
        {{model_.FullName(step.id), TitleOf(step.id), KindOf(step.id), step.first_day.ToString(),
          step.last_day.ToString(), step.deadline ? last_day_before(*step.deadline) : "",
          step.slack ? Cell::Number(std::to_string(*step.slack)) : "",
          step.is_critical ? "yes" : "no", IsSome(step.done_by) ? model_.FullName(step.done_by) : "",
          is_effort ? HoursOf(step.minutes) : "", is_long ? HoursOf(step.minutes) : "",
          WaitsOf(step), text.tag == ValueTag::String ? text.string().str() : ""},
         {step.span, step.after_at, step.takes_at, step.by_at}});
  }
  return table;
}

auto Tables::Costs() -> Table {
  Table table;
  table.path = "costs.csv";
  table.because = {target_};
  table.header = {"month", "of", "title", "line", "amount", "currency"};
  const Value currency =
      IsSome(model_.plan) ? Read(model_.plan, KnownMember::PlanCurrency) : Value::None();
  const std::string name =
      currency.tag == ValueTag::Currency ? model_.text(currency.symbol).str() : "";
  for (const plan::CostEntry &cost : plan_.costs) {
    table.rows.push_back({{cost.month.ToString(), model_.FullName(cost.of), TitleOf(cost.of),
                           cost.line, Cell::Number(Decimal(cost.amount, 2)), name},
                          {model_.entity(cost.of).span}});
  }
  return table;
}

auto Tables::Months() -> std::vector<base::Month> {
  std::vector<base::Month> months;
  if (!IsSome(model_.plan)) return months;
  const Value horizon = Read(model_.plan, KnownMember::PlanHorizon);
  if (horizon.tag != ValueTag::Range || horizon.elements()[0].tag != ValueTag::Month) return months;
  for (base::Month at = horizon.elements()[0].month; at <= horizon.elements()[1].month;
       at = at.Add(1)) {
    months.push_back(at);
  }
  return months;
}

void Tables::AddMeasure(const Measure &measure, EntityId entity, Table &table) {
  const Value value = Read(entity, measure.member);
  const auto unit = model_.units.Find(measure.unit);
  for (const base::Month month : Months()) {
    const auto now = InMonth(value, month);
    if (!now || !unit) continue;
    const auto number = model_.units.FromBase(now->number, *unit);
    if (!number) continue;
    const std::string digits =
        number->is_integer() ? std::to_string(number->numerator()) : Decimal(*number, 3);
    table.rows.push_back({{month.ToString(), KindOf(entity), model_.FullName(entity),
                           TitleOf(entity), measure.name, Cell::Number(digits), measure.unit},
                          {model_.entity(entity).span}});
  }
}

auto Tables::Capacity() -> Table {
  static constexpr Measure kMeasures[] = {
      {KnownKind::Pool, KnownMember::PoolNodes, "nodes", "nodes"},
      {KnownKind::Pool, KnownMember::PoolGpus, "gpus", "gpus"},
      {KnownKind::Pool, KnownMember::PoolUsable, "usable", "gpus"},
      {KnownKind::Pool, KnownMember::PoolUsed, "used", "gpus"},
      {KnownKind::Pool, KnownMember::PoolPower, "power", "kW"},
      {KnownKind::Pool, KnownMember::PoolRacks, "racks", "racks"},
      {KnownKind::Site, KnownMember::SitePower, "power", "kW"},
      {KnownKind::Site, KnownMember::SiteRacksUsed, "racks used", "racks"},
      {KnownKind::Link, KnownMember::LinkUsed, "used", "Gbps"},
      {KnownKind::Storage, KnownMember::StorageFilled, "filled", "TB"},
      {KnownKind::Workload, KnownMember::WorkloadGpus, "gpus", "gpus"},
  };
  Table table;
  table.path = "capacity.csv";
  table.because = {target_};
  table.header = {"month", "kind", "name", "title", "measure", "amount", "unit"};
  for (const Measure &measure : kMeasures) {
    for (const EntityId entity : All(measure.kind)) AddMeasure(measure, entity, table);
  }
  for (const plan::Placement &placement : plan_.placements) {
    for (const base::Month month : Months()) {
      const auto now = InMonth(placement.gpus, month);
      if (!now || now->number.is_zero()) continue;
      const std::string pool = model_.FullName(placement.pool);
      table.rows.push_back(
          {{month.ToString(), KindOf(placement.workload), model_.FullName(placement.workload),
            TitleOf(placement.workload), "on " + pool, Cell::Number(Decimal(now->number, 0)),
            "gpus"},
           {model_.entity(placement.workload).span, model_.entity(placement.pool).span}});
    }
  }
  return table;
}

// A column for each field of the kind, as the language writes it.
auto Tables::Risks() -> Table {
  Table table;
  table.path = "risks.csv";
  table.because = {target_};
  table.header = {"name", "title"};
  const plan::KindId kind = known_.kind(KnownKind::Risk);
  if (!IsSome(kind)) return table;
  std::vector<plan::Slot> slots;
  const plan::Members &members = model_.kind(kind).members;
  for (plan::Slot slot = 0; slot < members.list.size(); ++slot) {
    if (members.list[slot].form != plan::MemberForm::Field) continue;
    slots.push_back(slot);
    table.header.push_back(model_.text(members.list[slot].name).str());
  }
  for (const EntityId risk : model_.Collection(kind)) {
    std::vector<Cell> cells = {model_.FullName(risk), TitleOf(risk)};
    for (const plan::Slot slot : slots) {
      const Value value = evaluator_.Read(risk, slot).value;
      const bool is_absent = value.is_none() || value.is_error();
      cells.emplace_back(is_absent                       ? ""
                         : value.tag == ValueTag::String ? value.string().str()
                                                         : plan::Print(model_, value));
    }
    table.rows.push_back({std::move(cells), {model_.entity(risk).span}});
  }
  return table;
}

// A line for each difference, and one for a scenario that has none.
auto Tables::Scenarios() -> Table {
  Table table;
  table.path = "scenarios.csv";
  table.because = {target_};
  table.header = {"scenario", "title", "outcome",     "area",  "name",
                  "measure",  "plan",  "in_scenario", "change"};
  for (const plan::Played &played : plan_.scenarios) {
    const std::vector<Cell> start = {model_.FullName(played.scenario), TitleOf(played.scenario),
                                     plan::OutcomeText(played).str()};
    const auto add = [&](std::vector<Cell> rest, std::vector<source::Span> because) {
      std::vector<Cell> cells = start;
      cells.insert(cells.end(), rest.begin(), rest.end());
      table.rows.push_back({std::move(cells), std::move(because)});
    };
    const auto differences = plan::Compare(plan_, played);
    for (const plan::Difference &one : differences) {
      // A sign before a number of ours is no formula.
      const Cell change = Cell::Number(one.change);
      add({one.area, one.name, one.measure, one.base, one.played, change}, one.because);
    }
    if (differences.empty()) {
      add({"", "", "", "", played.why, ""}, {model_.entity(played.scenario).span});
    }
  }
  return table;
}

}  // namespace groma::emit::csv
