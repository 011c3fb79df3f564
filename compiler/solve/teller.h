// SPDX-License-Identifier: Apache-2.0
// Says what contradicts itself, in the plan's own lines and numbers.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/reason/core.h"
#include "repair.h"

namespace groma::solve {

class Teller {
 public:
  Teller(Instance &instance, diagnostics::Sink &sink)
      : instance_(instance), reader_(instance.reader), sink_(sink) {}

  // `causes`: of the conflict, in the order in which they are to be named.
  void Tell(const reason::AggregateCore &conflict, const std::vector<Cause> &causes,
            const std::vector<Repair> &repairs);

 private:
  auto Info(Cause cause) const -> const CauseInfo & { return instance_.builder.causes[cause]; }
  auto IsBudget(Cause cause) const -> bool;
  auto PlaceOf(Cause cause) -> source::Span;
  auto NameOf(Cause cause) -> std::string;
  auto FieldOf(const CauseInfo &info) -> std::string;
  // What a label says beside the line of a cause.
  auto WordsOf(Cause cause, const std::vector<Repair> &repairs) -> std::string;
  // The cut of a cause that is the first to let a pool be used, or a step be in time.
  // The choices under which it holds.
  auto SizesOf(const Cut &cut) const -> std::string;
  auto FirstCut(Cause cause) const -> const Cut &;
  auto WordsOfShape(const CauseInfo &info, const Value &value, const std::string &text)
      -> std::string;
  auto ListOf(const std::vector<Cause> &causes, const std::string &classes) -> std::string;
  // What is told by its number: "what 102 workloads need".
  auto ClassesOf(const std::vector<Cause> &causes) const -> std::string;
  // What an availability is made of that a rule asks for.
  auto ReadsAvailability(const plan::Formula &formula, EntityId workload) const -> bool;
  void TellParts(Cause cause, diagnostics::Builder &told);
  auto LeastPaid(const reason::AggregateCore &conflict, Cause budget) -> std::string;

  Instance &instance_;
  Reader &reader_;
  diagnostics::Sink &sink_;
};

}  // namespace groma::solve
