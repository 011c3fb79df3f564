// SPDX-License-Identifier: Apache-2.0
// Where a plan stands on a day: what is done, what it cost, what is late, what may still go wrong.
#pragma once

#include <optional>

#include "groma/diagnostics/sink.h"
#include "groma/plan/plan.h"

namespace groma::pipeline {

// What one cell of a table says. Numbers are written as decimals; `unit` stands behind them.
struct StatusCell {
  enum class Sort : uint8_t { Nothing, Text, Number, Truth };
  Sort sort = Sort::Nothing;
  std::string text;
  std::string unit;
};

struct StatusTable {
  std::string name;   // for programs: `steps`
  std::string title;  // for people
  std::vector<std::string> columns;
  std::vector<std::vector<StatusCell>> rows;
};

enum class Colour : uint8_t { Green, Amber, Red };

struct Status {
  std::string plan, environment, baseline;
  base::Date day;
  Colour colour = Colour::Green;
  std::vector<StatusTable> tables;
};

// Reports records that say too little to be tracked.
auto StatusOf(plan::Plan &plan, base::Date day, diagnostics::Sink &sink) -> Status;

[[nodiscard]] auto StatusText(const Status &status) -> std::string;
// All environments in one document.
[[nodiscard]] auto StatusJson(llvm::ArrayRef<Status> statuses) -> std::string;

}  // namespace groma::pipeline
