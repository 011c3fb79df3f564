// SPDX-License-Identifier: Apache-2.0
// What the tables of a status are made with.
#pragma once

#include "groma/evaluate/plan_source.h"
#include "groma/pipeline/status.h"
#include "groma/schedule/schedule.h"

namespace groma::pipeline {

using base::Date;
using base::Rational;
using plan::EntityId;
using plan::KnownKind;
using plan::KnownMember;
using plan::Value;
using plan::ValueTag;

class StatusMaker {
 public:
  StatusMaker(plan::Plan &plan, Date day, diagnostics::Sink &sink);

  auto Make() -> Status;

 private:
  using Cell = StatusCell;

  // status.cpp
  void AddSteps();
  void AddGates();
  void AddVendors();
  // status_lifecycle.cpp
  struct Life {
    std::optional<Date> build, in_use, last, retired;
  };
  void AddLifecycle();
  auto StateOf(const Life &life) const -> std::string;
  // status_value.cpp
  void AddValue();
  auto MovedFromBaseline() -> int64_t;
  void AddCosts();
  // status_raid.cpp
  void AddRisks();
  void AddAssumptions();
  void AddIssues();
  void AddDecisions();
  void AddRecords();

  auto Table(llvm::StringRef name, llvm::StringRef title, std::vector<std::string> columns)
      -> StatusTable &;
  void Raise(Colour colour) { status_.colour = std::max(status_.colour, colour); }

  static auto Text(llvm::StringRef text) -> Cell;
  static auto Number(Rational number, int digits, llvm::StringRef unit = {}) -> Cell;
  static auto Days(int64_t days) -> Cell { return Number(days, 0, "days"); }
  static auto DateCell(std::optional<Date> date) -> Cell;
  auto Name(EntityId id) -> Cell;
  auto Shown(const Value &value) -> Cell;
  auto Field(EntityId id, KnownMember member) -> Cell { return Shown(source_.Get(id, member)); }

  auto FinishOf(EntityId step) -> std::optional<Date>;
  auto DoneOn(EntityId step) -> std::optional<Date>;
  auto ProgressOf(EntityId step) const -> const schedule::Progress *;

  plan::Plan &plan_;
  plan::Model &model_;
  Date day_;
  diagnostics::Sink &sink_;
  evaluate::Source source_;
  schedule::ProgressReport progress_;
  std::string currency_;
  Status status_;
};

}  // namespace groma::pipeline
