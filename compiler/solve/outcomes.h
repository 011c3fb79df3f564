// SPDX-License-Identifier: Apache-2.0
// What the solver works out for the plan, as forms over its columns: members without a formula,
// such as `train.used` or `cost.total`.
#pragma once

#include "availability.h"
#include "network.h"
#include "room.h"
#include "shares.h"

namespace groma::solve {

class Outcomes {
 public:
  Outcomes(Instance &instance, Network &network)
      : instance_(instance),
        network_(network),
        reader_(instance.reader),
        availability_(instance, network, [this](const std::vector<Form> &forms) { return AnyOf(forms); }) {}
  Outcomes(const Outcomes &) = delete;

  // A number, for each offer of its entity, or as one sum where it does not follow the offers.
  // Nothing if it is not the solver's to work out.
  auto Number(const plan::Outcome &outcome, int t) -> std::optional<Forms>;
  // A truth value: 0 or 1.
  auto Truth(const plan::Outcome &outcome, int t) -> std::optional<Form>;
  // False if it is the same in all months.
  auto IsMonthly(const plan::Outcome &outcome) const -> bool;

  // Once the columns have values, no more of them are made.
  void SetDecided(const std::vector<int64_t> *values) {
    decided_ = values;
    shares_.reset();
  }

  // 1 if one of these is.
  auto AnyOf(const std::vector<Form> &forms) -> Form;
  // Sums over the costs that were added.
  auto IsSpendOfWork(const plan::Outcome &outcome) const -> bool;
  auto Spent(EntityId of, MonthRange range, llvm::StringRef line) const -> Form;
  // The thing that costs something nobody knows, if the sum contains one.
  auto UnpricedIn(const plan::Outcome &outcome) -> EntityId;

 private:
  auto MemberOf(const plan::Outcome &outcome) const -> llvm::StringRef;
  auto Is(const plan::Outcome &outcome, KnownMember member) const -> bool;
  auto PoolNumber(const plan::Outcome &outcome, const Pool &pool, int t) -> std::optional<Forms>;
  auto UsedOf(uint32_t pool, size_t offer, int t) -> Form;
  auto PowerOf(const Pool &group, int t) const -> Forms;
  auto MoneyNumber(const plan::Outcome &outcome, int t) -> std::optional<Form>;
  auto AvailabilityOf(const Workload &workload) -> std::optional<Form>;
  auto FilledOf(EntityId storage, int t) -> std::optional<Form>;
  // The workloads that read or write it, by their place.
  auto UsersOf(EntityId dataset) -> llvm::ArrayRef<uint32_t>;
  auto CostsOf(EntityId of) const -> llvm::ArrayRef<uint32_t>;
  auto CellsWhere(const Workload &workload, int t, EntityId pool, EntityId site) const
      -> std::vector<Form>;

  Instance &instance_;
  Network &network_;
  Reader &reader_;
  const std::vector<int64_t> *decided_ = nullptr;
  std::map<std::vector<ColumnId>, Form> any_;
  std::map<std::tuple<uint32_t, size_t, int>, Form> used_;  // where some give way
  llvm::DenseMap<uint32_t, std::vector<uint32_t>> users_of_;
  mutable llvm::DenseMap<uint32_t, std::vector<uint32_t>> costs_of_;
  size_t known_users_ = 0;
  mutable size_t known_costs_ = 0;
  Availability availability_;
  std::map<uint32_t, std::optional<Form>> availability_of_;
  std::optional<Shares> shares_;  // of the decided plan
};

}  // namespace groma::solve
