// SPDX-License-Identifier: Apache-2.0
#include "shares.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::solve {

using plan::Index;

auto NameOf(CostLine line) -> llvm::StringRef {
  static constexpr llvm::StringLiteral kNames[] = {"capex",  "opex",     "reserved", "spot",
                                                   "energy", "licences", "labour",   "egress"};
  return kNames[static_cast<size_t>(line)];
}

Shares::Shares(const Instance &instance, const std::vector<int64_t> &values) {
  AddPools(instance, values);
  AddServices(instance, values);
}

auto Shares::Of(EntityId workload, llvm::StringRef line) const -> Rational {
  Rational sum;
  for (auto at = paid_.lower_bound({Index(workload), CostLine::Capex});
       at != paid_.end() && at->first.first == Index(workload); ++at) {
    const bool counts = line == "total" || line == NameOf(at->first.second);
    if (counts) sum = base::Add(sum, at->second).value_or(sum);
  }
  return sum;
}

void Shares::AddPools(const Instance &instance, const std::vector<int64_t> &values) {
  struct Use {
    EntityId workload{};
    Rational gpus;
  };
  // By pool and month.
  std::map<std::pair<uint32_t, int>, std::vector<Use>> uses;
  for (const Cell &cell : instance.cells) {
    const Workload &workload = instance.workloads[cell.workload];
    if (values[cell.column] == 0) continue;
    for (int t = workload.months.first; t <= workload.months.last; ++t) {
      const Rational gpus = instance.GpusOf(cell, t).ValueAt(values);
      if (gpus.sign() <= 0) continue;
      uses[{Index(instance.pools[cell.pool].id), t}].push_back({workload.id, gpus});
    }
  }
  for (const Cost &cost : instance.costs) {
    const auto users = uses.find({Index(cost.of), cost.month});
    if (users == uses.end()) continue;
    const Rational amount = cost.amount.ValueAt(values);
    if (amount.is_zero()) continue;
    Rational all;
    for (const Use &use : users->second) all = base::Add(all, use.gpus).value_or(all);
    for (const Use &use : users->second) {
      Add(use.workload, cost.line, base::Mul(amount, base::Div(use.gpus, all).value_or(0)));
    }
  }
}

void Shares::AddServices(const Instance &instance, const std::vector<int64_t> &values) {
  std::map<uint32_t, std::vector<EntityId>> users;
  for (const Workload &workload : instance.workloads) {
    const Value uses = instance.reader.Get(workload.id, KnownMember::WorkloadUses);
    if (uses.tag != ValueTag::List) continue;
    for (const Value &service : uses.elements()) {
      if (service.tag == ValueTag::Entity) users[Index(service.entity)].push_back(workload.id);
    }
  }
  for (const Cost &cost : instance.costs) {
    const auto sharing = users.find(Index(cost.of));
    if (sharing == users.end()) continue;
    const auto parts = static_cast<int64_t>(sharing->second.size());
    const auto part = base::Div(cost.amount.ValueAt(values), parts);
    for (const EntityId workload : sharing->second) Add(workload, cost.line, part);
  }
}

void Shares::Add(EntityId workload, CostLine line, std::optional<Rational> amount) {
  Rational &paid = paid_[{Index(workload), line}];
  if (amount) paid = base::Add(paid, *amount).value_or(paid);
}

}  // namespace groma::solve
