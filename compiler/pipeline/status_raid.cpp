// SPDX-License-Identifier: Apache-2.0
// Risks, assumptions, issues, decisions; and records of figures and goals that say too little.
#include "llvm/ADT/StringExtras.h"
#include "messages.h"
#include "status_tables.h"

namespace groma::pipeline {

using plan::IsSome;

void StatusMaker::AddRisks() {
  StatusTable &table = Table(
      "risks", "risks", {"risk", "chance", "days lost", "expected loss", "owner", "plan", "until"});
  for (const EntityId risk : source_.All(KnownKind::Risk)) {
    const auto until = source_.LastDay(risk, KnownMember::RiskUntil);
    if (source_.IsTrue(risk, KnownMember::RiskClosed) || (until && *until < day_)) continue;
    const Value plan = source_.Get(risk, KnownMember::RiskPlan);
    table.rows.push_back(
        {Name(risk), Field(risk, KnownMember::RiskChance), Field(risk, KnownMember::RiskDaysLost),
         Field(risk, KnownMember::RiskExpectedLoss), Field(risk, KnownMember::RiskOwner),
         plan.is_none() ? Text("accepted") : Shown(plan), DateCell(until)});
  }
}

void StatusMaker::AddAssumptions() {
  StatusTable &table =
      Table("assumptions", "assumptions", {"assumption", "what", "owner", "check", "state"});
  for (const EntityId one : source_.All(KnownKind::Assumption)) {
    const auto check = source_.LastDay(one, KnownMember::AssumptionCheck);
    const Value holds = source_.Get(one, KnownMember::AssumptionHolds);
    std::string state = "open";
    if (holds.tag == ValueTag::Bool) {
      state = holds.boolean ? "holds" : "wrong";
      if (!holds.boolean) Raise(Colour::Red);
    } else if (check && *check < day_) {
      state = std::to_string(base::DaysBetween(*check, day_)) + " days overdue";
      Raise(Colour::Amber);
    }
    table.rows.push_back({Name(one), Field(one, KnownMember::AssumptionText),
                          Field(one, KnownMember::AssumptionOwner), DateCell(check), Text(state)});
  }
}

void StatusMaker::AddIssues() {
  StatusTable &table = Table("issues", "issues",
                             {"issue", "what", "severity", "owner", "open since", "by", "state"});
  for (const EntityId one : source_.All(KnownKind::Issue)) {
    const auto closed = source_.LastDay(one, KnownMember::IssueClosed);
    const auto opened = source_.FirstDay(one, KnownMember::IssueOpened);
    if ((closed && *closed <= day_) || (opened && *opened > day_)) continue;
    const auto by = source_.LastDay(one, KnownMember::IssueBy);
    std::string state = "open";
    if (by && *by < day_) {
      state = std::to_string(base::DaysBetween(*by, day_)) + " days overdue";
      Raise(Colour::Amber);
    }
    table.rows.push_back(
        {Name(one), Field(one, KnownMember::IssueText), Field(one, KnownMember::IssueSeverity),
         Field(one, KnownMember::IssueOwner), DateCell(opened), DateCell(by), Text(state)});
  }
}

void StatusMaker::AddDecisions() {
  StatusTable &table =
      Table("decisions", "decisions", {"decision", "decider", "by", "taken", "state"});
  for (const EntityId one : source_.All(KnownKind::Decision)) {
    const auto by = source_.LastDay(one, KnownMember::StepBy);
    const auto taken = DoneOn(one);
    std::string state = taken ? "taken" : "open";
    const Date until = taken ? *taken : day_;
    if (by && *by < until) {
      state =
          std::to_string(base::DaysBetween(*by, until)) + " days " + (taken ? "late" : "overdue");
      if (!taken) Raise(Colour::Amber);
    }
    table.rows.push_back({Name(one), Field(one, KnownMember::DecisionDecider), DateCell(by),
                          DateCell(taken), Text(state)});
  }
}

// What is to be tracked has somebody who answers for it, something to reach, and a figure with its
// source.
void StatusMaker::AddRecords() {
  StatusTable &table = Table("records", "figures and goals",
                             {"record", "owner", "target", "measure", "source", "lacks"});
  const auto add = [&](EntityId id, llvm::ArrayRef<std::pair<llvm::StringRef, Cell>> parts) {
    std::vector<std::string> lacks;
    std::vector<Cell> row = {Name(id)};
    for (const auto &[name, cell] : parts) {
      row.push_back(cell);
      if (cell.sort == Cell::Sort::Nothing) lacks.push_back(name.str());
    }
    // A goal is measured by its results.
    if (source_.IsA(id, KnownKind::Objective)) {
      std::erase_if(lacks,
                    [](const std::string &one) { return one == "measure" || one == "source"; });
    }
    row.push_back(Text(llvm::join(lacks, ", ")));
    table.rows.push_back(std::move(row));
    if (lacks.empty()) return;
    sink_
        .Report(message::SaysTooLittle, model_.entity(id).span, model_.FullName(id),
                llvm::join(lacks, " and no "))
        .Help("what nobody answers for, or nothing measures, cannot be tracked: write it down");
  };
  for (const EntityId kpi : source_.All(KnownKind::Kpi)) {
    add(kpi, {{"owner", Field(kpi, KnownMember::KpiOwner)},
              {"target", Field(kpi, KnownMember::KpiTarget)},
              {"measure", Field(kpi, KnownMember::KpiMeasure)},
              {"source", Field(kpi, KnownMember::KpiSource)}});
  }
  for (const EntityId slo : source_.All(KnownKind::Slo)) {
    std::string target;
    const std::pair<llvm::StringRef, KnownMember> promises[] = {
        {"availability", KnownMember::SloAvailability},
        {"p95", KnownMember::SloP95},
        {"p99", KnownMember::SloP99},
        {"errors", KnownMember::SloErrors}};
    for (const auto &[name, member] : promises) {
      const Cell cell = Field(slo, member);
      if (cell.sort == Cell::Sort::Nothing) continue;
      target += (target.empty() ? "" : ", ") + name.str() + " " + cell.text;
    }
    // Without a query of its own it is measured as all things of its kind are.
    const Cell measure = Field(slo, KnownMember::SloMeasure);
    add(slo, {{"owner", Field(slo, KnownMember::SloOwner)},
              {"target", Text(target)},
              {"measure", measure.sort == Cell::Sort::Nothing ? Text("as its kind") : measure},
              {"source", Field(slo, KnownMember::SloSource)}});
  }
  for (const EntityId goal : source_.All(KnownKind::Objective)) {
    std::string results;
    const Value list = source_.Get(goal, KnownMember::ObjectiveResults);
    if (list.tag == ValueTag::List) {
      for (const Value &one : list.elements()) {
        if (one.tag != ValueTag::Entity) continue;
        results += (results.empty() ? "" : ", ") + model_.FullName(one.entity);
      }
    }
    add(goal, {{"owner", Field(goal, KnownMember::ObjectiveOwner)},
               {"target", Text(results)},
               {"measure", Cell{}},
               {"source", Cell{}}});
  }
}

}  // namespace groma::pipeline
