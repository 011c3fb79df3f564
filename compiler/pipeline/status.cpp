// SPDX-License-Identifier: Apache-2.0
#include "groma/pipeline/status.h"

#include "groma/plan/print.h"
#include "llvm/ADT/STLExtras.h"
#include "status_tables.h"

namespace groma::pipeline {

using plan::IsSome;

StatusMaker::StatusMaker(plan::Plan &plan, Date day, diagnostics::Sink &sink)
    : plan_(plan),
      model_(*plan.model),
      day_(day),
      sink_(sink),
      source_(*plan.model, plan.environment),
      progress_(schedule::ProgressAt(*plan.model, plan.environment, day)) {
  const Value own = source_.Get(model_.plan, KnownMember::PlanCurrency);
  if (own.tag == ValueTag::Currency) currency_ = model_.text(own.symbol).str();
}

auto StatusMaker::Table(llvm::StringRef name, llvm::StringRef title,
                        std::vector<std::string> columns) -> StatusTable & {
  status_.tables.push_back({name.str(), title.str(), std::move(columns), {}});
  return status_.tables.back();
}

auto StatusMaker::Text(llvm::StringRef text) -> Cell {
  return {text.empty() ? Cell::Sort::Nothing : Cell::Sort::Text, text.str(), {}};
}

auto StatusMaker::Number(Rational number, int digits, llvm::StringRef unit) -> Cell {
  int64_t scale = 1;
  for (int i = 0; i < digits; ++i) scale *= 10;
  const auto scaled = base::Mul(number, scale);
  if (!scaled) return {};
  const int64_t whole = scaled->Round();
  std::string text = (whole < 0 ? "-" : "") + std::to_string(std::abs(whole) / scale);
  if (digits > 0) {
    const std::string rest = std::to_string(std::abs(whole) % scale);
    text += "." + std::string(static_cast<size_t>(digits) - rest.size(), '0') + rest;
  }
  return {Cell::Sort::Number, std::move(text), unit.str()};
}

auto StatusMaker::DateCell(std::optional<Date> date) -> Cell {
  return date ? Text(date->ToString()) : Cell{};
}

auto StatusMaker::Name(EntityId id) -> Cell {
  return IsSome(id) ? Text(model_.FullName(id)) : Cell{};
}

auto StatusMaker::Shown(const Value &value) -> Cell {
  switch (value.tag) {
    case ValueTag::None:
    case ValueTag::Error:
      return {};
    case ValueTag::Bool:
      return {Cell::Sort::Truth, value.boolean ? "true" : "false", {}};
    case ValueTag::String:
      return Text(value.string());
    case ValueTag::Entity:
      return Name(value.entity);
    default:
      return value.is_residual() ? Cell{} : Text(plan::Print(model_, value));
  }
}

auto StatusMaker::FinishOf(EntityId step) -> std::optional<Date> {
  const auto *result =
      plan_.decisions->FindResult(step, source_.known.slot(KnownMember::StepFinish), {});
  if (result == nullptr || result->value.tag != ValueTag::Date) return std::nullopt;
  return result->value.date;
}

auto StatusMaker::DoneOn(EntityId step) -> std::optional<Date> {
  for (const KnownMember member :
       {KnownMember::TaskFinished, KnownMember::MilestoneReached, KnownMember::DecisionTaken}) {
    const auto date = source_.LastDay(step, member);
    if (date && *date <= day_) return date;
  }
  return std::nullopt;
}

auto StatusMaker::ProgressOf(EntityId step) const -> const schedule::Progress * {
  const auto found = llvm::find_if(progress_.steps,
                                   [&](const schedule::Progress &one) { return one.step == step; });
  return found == progress_.steps.end() ? nullptr : &*found;
}

// Red: later than its day. Amber: later than promised, or 80 % of the runs do not keep its day.
void StatusMaker::AddSteps() {
  StatusTable &table =
      Table("steps", "steps that were promised, or that are under way",
            {"step", "promised", "finish", "later", "by", "p80", "done", "colour"});
  for (const schedule::Progress &progress : progress_.steps) {
    const auto by = source_.LastDay(progress.step, KnownMember::StepBy);
    const bool is_under_way =
        progress.is_task && progress.done.sign() > 0 && progress.done < Rational(1);
    const bool is_behind = progress.is_task && progress.done < progress.planned;
    if (!by && !is_under_way && !is_behind) continue;
    const auto finish = FinishOf(progress.step);
    const auto done = DoneOn(progress.step);
    const auto *p80 =
        plan_.decisions->FindResult(progress.step, source_.known.slot(KnownMember::StepP80), {});
    const bool is_sure =
        p80 == nullptr || p80->value.tag != ValueTag::Date || !by || done || p80->value.date <= *by;
    const int64_t later = finish ? base::DaysBetween(progress.finish, *finish) : 0;
    Colour colour = Colour::Green;
    if (later > 0 || !is_sure) colour = Colour::Amber;
    if (by && finish && *finish > *by) colour = Colour::Red;
    Raise(colour);
    static constexpr llvm::StringLiteral kColours[] = {"green", "amber", "red"};
    table.rows.push_back({Name(progress.step), DateCell(progress.finish), DateCell(finish),
                          Days(later), DateCell(by), p80 == nullptr ? Cell{} : Shown(p80->value),
                          Number(base::Mul(progress.done, 100).value_or(0), 0, "%"),
                          Text(kColours[static_cast<size_t>(colour)])});
  }
}

// Milestones that somebody must say are reached, and what they wait for.
void StatusMaker::AddGates() {
  StatusTable &table =
      Table("gates", "open gates", {"gate", "approver", "finish", "by", "waits for"});
  for (const EntityId gate : source_.All(KnownKind::Milestone)) {
    const EntityId approver = source_.EntityIn(gate, KnownMember::MilestoneApprover);
    const bool has_condition = source_.Has(gate, KnownMember::MilestoneGate) &&
                               !source_.Get(gate, KnownMember::MilestoneGate).is_none();
    if (ProgressOf(gate) == nullptr || DoneOn(gate) || (!IsSome(approver) && !has_condition)) continue;
    std::string waits;
    const auto add = [&](const std::string &what) { waits += (waits.empty() ? "" : ", ") + what; };
    if (const schedule::Progress *progress = ProgressOf(gate)) {
      for (const EntityId step : progress->waits_for) add(model_.FullName(step));
    }
    for (const KnownMember member : {KnownMember::GateDecisions, KnownMember::GateSuites}) {
      const Value list = source_.Get(gate, member);
      if (list.tag != ValueTag::List) continue;
      for (const Value &one : list.elements()) {
        if (one.tag == ValueTag::Entity && !DoneOn(one.entity)) add(model_.FullName(one.entity));
      }
    }
    if (has_condition) add("its condition");
    table.rows.push_back({Name(gate), Name(approver), DateCell(FinishOf(gate)),
                          DateCell(source_.LastDay(gate, KnownMember::StepBy)), Text(waits)});
  }
}

// What vendors promised against what they did, or what is expected of them now.
void StatusMaker::AddVendors() {
  StatusTable &table = Table("vendors", "what vendors promised, and what came",
                             {"vendor", "task", "promised", "actual", "expected", "later"});
  for (const schedule::Progress &progress : progress_.steps) {
    const EntityId vendor = source_.EntityIn(progress.step, KnownMember::TaskVendor);
    if (!IsSome(vendor)) continue;
    const auto done = DoneOn(progress.step);
    const auto finish = FinishOf(progress.step);
    const auto came = done ? done : finish;
    table.rows.push_back({Name(vendor), Name(progress.step), DateCell(progress.finish),
                          DateCell(done), done ? Cell{} : DateCell(finish),
                          came ? Days(base::DaysBetween(progress.finish, *came)) : Cell{}});
  }
}

auto StatusMaker::Make() -> Status {
  status_.plan = model_.FullName(model_.plan);
  status_.environment = model_.text(plan_.environment.name).str();
  status_.day = day_;
  if (IsSome(progress_.baseline)) status_.baseline = model_.FullName(progress_.baseline);
  AddValue();
  AddSteps();
  AddCosts();
  AddGates();
  AddVendors();
  AddLifecycle();
  AddRisks();
  AddAssumptions();
  AddIssues();
  AddDecisions();
  AddRecords();
  return std::move(status_);
}

auto StatusOf(plan::Plan &plan, Date day, diagnostics::Sink &sink) -> Status {
  return StatusMaker(plan, day, sink).Make();
}

}  // namespace groma::pipeline
