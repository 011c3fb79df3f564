// SPDX-License-Identifier: Apache-2.0
// From the values of columns back to what the plan says.
#pragma once

#include "outcomes.h"
#include "solve.h"

namespace groma::solve {

class Decoder {
 public:
  // `is_aim_used`: by aim, whether it was among what was optimised.
  Decoder(Instance &instance, Outcomes &outcomes, const std::vector<int64_t> &values,
          std::vector<uint8_t> is_aim_used)
      : instance_(instance),
        outcomes_(outcomes),
        reader_(instance.reader),
        values_(values),
        is_aim_used_(std::move(is_aim_used)) {
    for (uint32_t c = 0; c < instance.cells.size(); ++c) {
      cell_of_[instance.cells[c].column] = c;
    }
    for (uint32_t c = 0; c < instance.packing.columns.size(); ++c) {
      packed_of_[instance.packing.columns[c].column] = c;
    }
  }

  auto Decode() -> Solution;

 private:
  void AddChoices();
  void AddCount(const plan::Unknown &unknown, plan::UnknownId id);
  void AddPlacements();
  void AddPackings();
  auto PackingOf(llvm::ArrayRef<plan::PackedMachines> packed, EntityId group) -> Value;
  void AddResults();
  void AddCosts();
  void AddResult(const plan::Outcome &outcome);
  void AddSpend(EntityId entity, KnownMember spend);
  void AddLedger(EntityId entity);
  void AddNumber(EntityId entity, KnownMember member);
  void AddEntities(EntityId entity, KnownMember member, KnownKind kind);
  auto PlacesOf(const Workload &workload) const -> llvm::SmallDenseSet<uint32_t, 8>;
  auto CurveOf(const std::vector<Value> &by_month) -> Value;
  auto TypedNumber(EntityId entity, plan::Slot slot, Rational number) -> Value;
  auto IsTaken(const Form &chosen) const -> bool;
  auto BindingOf(const Form &form) -> std::vector<plan::Binding>;
  auto RowsOf(ColumnId column) -> const std::vector<reason::RowId> &;
  void AddCause(Cause cause, std::vector<plan::Binding> &binding) const;
  auto SourcesOf(ColumnId column) -> llvm::ArrayRef<plan::Binding>;
  void AddSources(const Form &form, std::vector<plan::Binding> &binding);
  // The step after which a pool is used, or a thing costs something.
  void AddComing(EntityId thing, std::vector<plan::Binding> &binding);
  void AddNodes(EntityId at, std::vector<plan::Binding> &binding);
  void AddSpenders(EntityId of, std::vector<plan::Binding> &binding);
  static void AddOnce(const plan::Binding &one, std::vector<plan::Binding> &binding);

  Instance &instance_;
  Outcomes &outcomes_;
  Reader &reader_;
  const std::vector<int64_t> &values_;
  std::vector<uint8_t> is_aim_used_;
  Solution solution_;
  std::vector<std::vector<reason::RowId>> rows_of_;
  std::vector<std::vector<plan::Binding>> sources_of_;  // by column
  llvm::DenseMap<ColumnId, uint32_t> cell_of_, packed_of_;
  std::map<uint32_t, std::vector<const Cost *>> costs_of_;
};

}  // namespace groma::solve
