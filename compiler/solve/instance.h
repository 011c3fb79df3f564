// SPDX-License-Identifier: Apache-2.0
// What the solver decides about, as it was read from the plan, with the columns that stand for it.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "builder.h"
#include "llvm/ADT/DenseSet.h"
#include "packing.h"
#include "places.h"
#include "reader.h"
#include "solve.h"

namespace groma::solve {

auto PhaseOf(const std::vector<MonthRange> &phases, int t) -> size_t;

// A `choose a .. b`: the columns behind it, for each phase and each offer of its entity.
struct CountVariable {
  plan::UnknownId unknown{};
  std::vector<MonthRange> phases;
  std::vector<Forms> value;  // by phase, by offer; in the base unit
};

// What one combination of an entity's choices means for a pool.
struct PoolOffer {
  EntityId site{}, sku{}, family{}, gpu_model{};
  Rational gpus;       // of a node
  Rational power;      // of a node, W, with its share of the fabric
  Rational energy;     // of a node, W, as it is paid for
  Rational racks;      // of a node
  Rational vcpus;      // of a node
  Value contract;      // of rented pools
  MonthRange present;  // months of which it is there for a part at least: it draws power and costs
  MonthRange usable;   // months of which it is there for the whole, as workloads need it
  Form chosen;         // 1 if this offer is taken
};

struct Pool {
  EntityId id{};
  bool is_owned = false;
  KnownMember price = KnownMember::PoolPrice;  // where it says what it costs
  Offers offers;
  std::vector<PoolOffer> by_offer;
  // The number of nodes in months that have the same one.
  std::vector<MonthRange> phases;
  std::vector<Forms> nodes;  // by phase, by offer

  auto NodesIn(int t) const -> const Forms & { return nodes[PhaseOf(phases, t)]; }
};

// A workload on a pool under one of the pool's offers.
struct Cell {
  uint32_t workload = 0, pool = 0, offer = 0;
  ColumnId column = 0;        // 1 if it is there
  std::vector<int64_t> gpus;  // needed in each month of the workload, if it is there as a whole
  // The same while all sites of a spread workload stand; empty where that is no less.
  std::vector<int64_t> daily;
  // Where it may be split: GPUs in each month, as a form. Empty: `gpus` times the column.
  std::vector<Form> share;
  std::vector<Form> daily_share;  // where others may have the rest
};

struct Workload {
  EntityId id{};
  MonthRange months;
  std::vector<Rational> demand;  // of each of its months, all replicas together
  uint32_t pick = 1;             // distinct sites
  // It may be split among the pools of a site, or among all where one site will do.
  bool may_split = false;
  // Who gives way to whom where one holds room for the loss of a site; nobody who promises to answer.
  int64_t priority = 500;
  bool is_promised = false;
  std::vector<uint32_t> cells;
  Cause cause = kGiven;
};

// What costs money in a month, for what, and by which reason.
enum class CostLine : uint8_t { Capex, Opex, Reserved, Spot, Energy, Licences, Labour, Egress };
struct Cost {
  EntityId of{};
  CostLine line = CostLine::Opex;
  int month = 0;
  Form amount;
  EntityId task{};  // of labour: on what
};

class Instance {
 public:
  Instance(Reader &reader, Builder &builder) : reader(reader), builder(builder) {}

  Reader &reader;
  Builder &builder;
  std::vector<Pool> pools;
  // Groups of plain servers. Where each may be of another size, the sizes are offers of which
  // several are taken.
  std::vector<Pool> machines;
  Packing packing;
  Relaxed relaxed;
  std::vector<Workload> workloads;
  std::vector<Cell> cells;
  std::vector<std::vector<uint32_t>> cells_on;  // by pool
  std::vector<Cost> costs;
  // Things whose price nobody states.
  std::vector<EntityId> unpriced;
  // Teams that work, and nobody says for how much.
  std::vector<EntityId> unpaid;
  // Offers of pools that have no price, where others have one: they are not taken.
  struct Unpriced {
    EntityId pool{}, sku{};
    Value contract;
  };
  std::vector<Unpriced> without_price;
  // Prices of the plan that count a thing by what it has none of.
  struct Misfit {
    EntityId price{}, thing{};
    llvm::StringRef what;
    auto operator==(const Misfit &other) const -> bool = default;
  };
  std::vector<Misfit> misfits;
  // Prices of the plan that nothing is counted by, and for what they are stated.
  std::vector<std::pair<EntityId, EntityId>> idle_prices;
  // Sites where something draws power that nobody states a price of, though they do elsewhere.
  std::vector<EntityId> without_electricity;
  // Also make cells that the workload's own needs rule out, so that an explanation can name them.
  bool has_all_cells = false;
  // What the availability of a workload is made of, and the best that it can be.
  struct Parts {
    struct Part {
      EntityId thing{};
      Rational up;
      EntityId by{};  // the entry of a table that promises it; none if the plan states it
    };
    std::vector<Part> parts;
    Rational best;
  };
  std::map<uint32_t, Parts> parts_of;
  // The failures that cut a site off whatever is chosen, by their names.
  std::map<uint32_t, std::vector<std::string>> cut_off_by;
  // What the schedule knows: when things come, and what cannot be sooner.
  std::map<uint32_t, Arrival> arrivals;
  llvm::ArrayRef<Cut> cuts;
  // The cuts of a cause, and the rows by which a pool is not used in a month.
  std::map<Cause, std::vector<const Cut *>> cuts_of;
  std::map<Cause, std::vector<std::pair<int, reason::RowId>>> rows_of;

  // The month in which a thing comes; the first one if the schedule says nothing of it.
  auto FirstMonthOf(EntityId thing) const -> int;
  // The first month for the whole of which a pool is accepted.
  auto FirstUsableOf(EntityId pool) const -> int;
  auto FieldCause(EntityId entity, KnownMember member) -> Cause;
  auto DemandCause(EntityId workload) -> Cause;
  // The place of an entity among those of the plan, which are in the order of their names.
  // Whatever is sorted goes by this, never by ids: they follow the order of declarations.
  auto RankOf(EntityId entity) -> uint32_t;
  auto PoolOf(EntityId id) const -> const Pool *;
  auto WorkloadOf(EntityId id) const -> const Workload *;
  auto MachinesOf(EntityId id) const -> const Pool *;
  // Power, W, and racks that are taken at a site in a month.
  auto PowerAt(EntityId site, int t) -> Form;
  auto RacksAt(EntityId site, int t) -> Form;
  // What a budget pays for in these months.
  // What is paid from a budget, and the sum of it.
  auto CostsOf(EntityId budget, MonthRange range) -> std::vector<const Cost *>;
  auto SpentOf(EntityId budget, MonthRange range) -> Form;
  // GPUs that a cell uses in a month.
  auto GpusOf(const Cell &cell, int t) const -> Form;
  // While all of its sites stand.
  auto DailyGpusOf(const Cell &cell, int t) const -> Form;
  // 1 if one of these is. Makes the column when first asked.
  auto AnyOf(llvm::ArrayRef<ColumnId> columns) -> ColumnId;
  // For each offer of an entity 1 if it is taken. Makes the columns when first asked.
  auto ChosenOf(const Offers &offers) -> const Forms &;
  auto CountOf(plan::UnknownId unknown) -> const CountVariable &;
  // A linear form of the plan in a month, for each offer of its entity; null and a report if it
  // contains what the solver cannot work out.
  auto LinearForms(const plan::Linear &linear, const Offers &offers, int t, Forms &out) -> bool;

 private:
  // An offer of storage that stands at a site, and from when to when.
  struct Stored {
    EntityId storage;
    Offers offers;
    size_t offer;
    MonthRange there;
  };
  auto StoredAt(EntityId site) -> const std::vector<Stored> &;
  void AddStorage(EntityId site, KnownMember member, int t, Form &sum);
  // What the nodes at a site take, by what one of them does.
  auto NodesAt(EntityId site, int t, Rational PoolOffer::*of_a_node) const -> Form;
  auto FixedUse(EntityId thing, KnownMember member) -> const Form &;

  mutable Places pool_places_, workload_places_, machines_places_;
  std::map<uint32_t, uint32_t> ranks_;
  std::map<uint32_t, Forms> chosen_;
  std::map<uint32_t, CountVariable> counts_;
  std::map<Cause, Form> fixed_use_;
  std::optional<std::map<uint32_t, std::vector<Stored>>> stored_;  // by site; made when first asked for
  std::map<std::vector<ColumnId>, ColumnId> any_;
};

// Each adds its part. In this order: what a step reads, an earlier one made.
void AddCounts(Instance &instance);
void AddPools(Instance &instance);
void AddMachines(Instance &instance);
void AddPacking(Instance &instance);
void AddWorkloads(Instance &instance);
void AddCapacity(Instance &instance);
void AddCuts(Instance &instance);
void AddSiteLimits(Instance &instance);
// What several environments use of a site that they share.
void AddSharedLimits(llvm::ArrayRef<Instance *> instances, EntityId site);
void AddNetwork(Instance &instance);
void AddCosts(Instance &instance);
// What teams do, by the months in which they do it.
void AddLabour(Instance &instance, llvm::ArrayRef<plan::Labour> labour);
// Teams, tasks and workstreams, in the order of their names.
auto WorkThatCosts(const Instance &instance) -> std::vector<EntityId>;
void AddBudgets(Instance &instance);

}  // namespace groma::solve
