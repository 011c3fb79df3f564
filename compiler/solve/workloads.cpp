// SPDX-License-Identifier: Apache-2.0
// Reads the workloads and makes a cell for every pool and offer on which one may be placed.
#include <numeric>

#include "eligible.h"
#include "instance.h"
#include "room.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {
namespace {

using plan::Index;
using plan::IsSome;

class WorkloadReader {
 public:
  explicit WorkloadReader(Instance &instance)
      : instance_(instance), reader_(instance.reader), eligibility_(instance) {}

  auto Read(EntityId id) -> Workload {
    Workload workload;
    workload.id = id;
    workload.cause = instance_.DemandCause(id);
    ReadDemand(workload);
    const auto spread = reader_.Number(id, KnownMember::WorkloadSpread);
    workload.pick = static_cast<uint32_t>(spread.value_or(1).Ceil());
    workload.priority = reader_.Number(id, KnownMember::WorkloadPriority).value_or(500).Floor();
    const Value slo = reader_.Get(id, KnownMember::WorkloadSlo);
    workload.is_promised = !reader_.Field(slo, "availability").is_none();
    return workload;
  }

  void AddCells(uint32_t index) {
    const Workload &workload = instance_.workloads[index];
    if (workload.months.is_empty()) return;
    for (uint32_t p = 0; p < instance_.pools.size(); ++p) {
      const Pool &pool = instance_.pools[p];
      for (uint32_t offer = 0; offer < pool.offers.count; ++offer) AddCell(index, p, offer);
    }
    const Value whole = reader_.Get(workload.id, KnownMember::WorkloadWhole);
    const bool is_whole = whole.tag == ValueTag::Bool && whole.boolean;
    if (!is_whole && HasChoiceOfPools(workload)) {
      instance_.workloads[index].may_split = true;
    }
  }

 private:
  // The months of demand within the horizon; none before its first GPU and after its last.
  void ReadDemand(Workload &workload) {
    const Value demand = reader_.Get(workload.id, KnownMember::WorkloadDemand);
    const MonthRange range = reader_.RangeOf(reader_.Get(workload.id, KnownMember::WorkloadDuring));
    std::vector<Rational> all;
    for (int t = range.first; t <= range.last; ++t) {
      all.push_back(reader_.NumberIn(demand, t).value_or(0));
    }
    const auto is_some = [](const Rational &gpus) { return gpus.sign() > 0; };
    const auto first = llvm::find_if(all, is_some);
    if (first == all.end()) return;
    const auto last = std::find_if(all.rbegin(), all.rend(), is_some).base();
    workload.months = {range.first + static_cast<int>(first - all.begin()),
                       range.first + static_cast<int>(last - all.begin()) - 1};
    workload.demand.assign(first, last);
  }

  void AddCell(uint32_t index, uint32_t p, uint32_t o) {
    const Workload &workload = instance_.workloads[index];
    const Pool &pool = instance_.pools[p];
    const PoolOffer &offer = pool.by_offer[o];
    const auto forbidden = eligibility_.WhatForbids(workload, pool, offer);
    const bool is_possible = offer.gpus.sign() > 0 && IsSome(offer.site);
    if (forbidden && !(instance_.has_all_cells && is_possible)) return;
    Cell cell;
    cell.workload = index;
    cell.pool = p;
    cell.offer = o;
    cell.column = instance_.builder.Boolean();
    for (const Rational &demand : workload.demand) {
      const int64_t sites = workload.pick;
      cell.gpus.push_back(ShareOf(workload, offer, demand, std::max<int64_t>(1, sites - 1)));
      if (sites > 1) cell.daily.push_back(ShareOf(workload, offer, demand, sites));
    }
    if (forbidden) instance_.builder.AtMost(Form::Of(cell.column), 0, *forbidden);
    instance_.workloads[index].cells.push_back(static_cast<uint32_t>(instance_.cells.size()));
    instance_.cells.push_back(std::move(cell));
  }

  // Each of k sites can carry what is left of it when one is lost. Whole GPUs, after all factors.
  auto ShareOf(const Workload &workload, const PoolOffer &offer, Rational demand, int64_t parts)
      -> int64_t {
    Rational share = base::Div(demand, parts).value_or(0);
    if (parts > 1) share = share.Ceil();
    const auto worth = base::Div(share, GpusWorth(workload.id, offer));
    return worth ? worth->Ceil() : 0;
  }

  // How many of the GPUs in which the demand is counted one of the offer is worth.
  auto GpusWorth(EntityId workload, const PoolOffer &offer) -> Rational {
    const EntityId counted = reader_.EntityIn(workload, KnownMember::WorkloadCountedIn);
    if (!IsSome(counted)) return 1;
    const auto theirs = reader_.Number(counted, KnownMember::GpuModelBf16);
    const auto ours = reader_.Number(offer.gpu_model, KnownMember::GpuModelBf16);
    if (!theirs || !ours || theirs->sign() <= 0 || ours->sign() <= 0) return 1;
    return base::Div(*ours, *theirs).value_or(1);
  }

  // With one pool for each site there is nothing to split.
  auto HasChoiceOfPools(const Workload &workload) const -> bool {
    std::map<uint32_t, uint32_t> pool_of_site;
    std::optional<uint32_t> only;
    for (const uint32_t c : workload.cells) {
      const Cell &cell = instance_.cells[c];
      if (workload.pick == 1) {
        if (only && *only != cell.pool) return true;
        only = cell.pool;
        continue;
      }
      const uint32_t site = instance_.RankOf(instance_.pools[cell.pool].by_offer[cell.offer].site);
      const auto [at, is_new] = pool_of_site.try_emplace(site, cell.pool);
      if (!is_new && at->second != cell.pool) return true;
    }
    return false;
  }

  Instance &instance_;
  Reader &reader_;
  Eligibility eligibility_;
};

// A cell needs its offer.
void TieToOffers(Instance &instance) {
  for (const Cell &cell : instance.cells) {
    const Pool &pool = instance.pools[cell.pool];
    if (pool.offers.count == 1) continue;
    Form form = Form::Of(cell.column);
    form.Add(pool.by_offer[cell.offer].chosen, -1);
    instance.builder.AtMost(form, 0, kGiven);
  }
}

// Exactly as many distinct sites as asked, each with one pool.
void PlaceWhole(Instance &instance, const Workload &workload) {
  std::vector<reason::Group::Member> members;
  for (const uint32_t c : workload.cells) {
    const Cell &cell = instance.cells[c];
    const uint32_t site = instance.RankOf(instance.pools[cell.pool].by_offer[cell.offer].site);
    members.push_back({cell.column, site});
  }
  instance.builder.program.AddGroup(members, workload.pick, workload.cause);
}

// GPUs of each pool in each month with another demand; together they are worth what is needed, at
// each of the sites that are picked, or at all pools where one site will do.
class Split {
 public:
  Split(Instance &instance, Workload &workload) : instance_(instance), workload_(workload) {}

  void Place() {
    PickSites();
    for (size_t m = 0; m < workload_.demand.size(); ++m) {
      if (m > 0 && workload_.demand[m] == workload_.demand[m - 1]) {
        for (const uint32_t c : workload_.cells) {
          instance_.cells[c].share.push_back(instance_.cells[c].share.back());
        }
        continue;
      }
      PlaceMonth(m);
    }
    // It is not where it never has a GPU.
    for (const uint32_t c : workload_.cells) {
      Form idle = Form::Of(instance_.cells[c].column);
      for (const Form &share : instance_.cells[c].share) idle.Add(share, -1);
      instance_.builder.AtMost(idle, 0, kGiven);
    }
  }

 private:
  void PickSites() {
    for (const uint32_t c : workload_.cells) {
      const Cell &cell = instance_.cells[c];
      by_site_[workload_.pick == 1 ? 0 : SiteOf(cell)].push_back(c);
    }
    if (workload_.pick == 1) {
      picked_[0] = Form::Of(Rational(1));
      return;
    }
    std::vector<reason::Group::Member> members;
    for (const auto &[site, cells] : by_site_) {
      const ColumnId column = instance_.builder.Boolean();
      members.push_back({column, site});
      picked_[site] = Form::Of(column);
    }
    instance_.builder.program.AddGroup(members, workload_.pick, workload_.cause);
  }
  auto SiteOf(const Cell &cell) const -> uint32_t {
    return instance_.RankOf(instance_.pools[cell.pool].by_offer[cell.offer].site);
  }

  void PlaceMonth(size_t m) {
    for (const auto &[site, cells] : by_site_) {
      // What a site must carry, in parts of it: a pool gives `count / all of it alone`.
      Form missing = picked_[site];
      std::vector<int64_t> parts;
      for (const uint32_t c : cells) {
        Cell &cell = instance_.cells[c];
        const int64_t alone = cell.gpus[m];
        const ColumnId count = instance_.builder.Count(0, alone, alone, kGiven);
        cell.share.push_back(Form::Of(count));
        // No GPUs where the workload is not.
        Form tied = Form::Of(count);
        tied.Add(Form::Of(cell.column), -alone);
        instance_.builder.AtMost(tied, 0, kGiven);
        parts.push_back(std::max<int64_t>(1, alone));
        missing.Add(Form::Of(count), base::Div(-1, parts.back()).value_or(0));
        if (workload_.pick > 1) {
          Form there = Form::Of(cell.column);
          there.Add(picked_[site], -1);
          instance_.builder.AtMost(there, 0, kGiven);
        }
      }
      instance_.builder.AtMost(missing, 0, workload_.cause);
      const bool may_waste = instance_.reader.suspended.Has(KnownMember::WorkloadGpus);
      if (!may_waste) LimitSpare(missing, parts, m, cells);
    }
  }

  // Nobody gets more than is needed: of no pool that has a part one GPU could be taken away.
  void LimitSpare(const Form &missing, llvm::ArrayRef<int64_t> parts, size_t m,
                  llvm::ArrayRef<uint32_t> cells) {
    Form spare = missing;
    spare.Scale(-1);
    if (llvm::all_equal(parts)) {
      instance_.builder.AtMost(spare, 0, workload_.cause);
      return;
    }
    for (size_t i = 0; i < cells.size(); ++i) {
      const ColumnId some = instance_.builder.Boolean();
      Form idle = instance_.cells[cells[i]].share[m];
      idle.Add(Form::Of(some), -parts[i]);
      instance_.builder.AtMost(idle, 0, kGiven);
      const auto one = base::Div(1, parts[i]);
      instance_.builder.AtMostIf(some, spare, one.value_or(1), true, workload_.cause);
    }
  }

  Instance &instance_;
  Workload &workload_;
  std::map<uint32_t, std::vector<uint32_t>> by_site_;
  std::map<uint32_t, Form> picked_;
};

}  // namespace

void AddWorkloads(Instance &instance) {
  WorkloadReader reader(instance);
  for (const EntityId id : instance.reader.All(KnownKind::Workload)) {
    instance.workloads.push_back(reader.Read(id));
    reader.AddCells(static_cast<uint32_t>(instance.workloads.size() - 1));
  }
  instance.cells_on.resize(instance.pools.size());
  for (uint32_t c = 0; c < instance.cells.size(); ++c) {
    instance.cells_on[instance.cells[c].pool].push_back(c);
  }
  TieToOffers(instance);
  for (Workload &workload : instance.workloads) {
    if (workload.months.is_empty()) continue;
    if (workload.may_split) {
      Split(instance, workload).Place();
    } else {
      PlaceWhole(instance, workload);
    }
  }
}

// In each month, a pool has the GPUs that are used on it.
void AddCapacity(Instance &instance) {
  if (instance.reader.suspended.Has(KnownMember::PoolUsed)) return;
  AddDailyShares(instance);
  for (uint32_t p = 0; p < instance.pools.size(); ++p) {
    const Pool &pool = instance.pools[p];
    for (int t = 0; t < instance.reader.months().count; ++t) {
      for (size_t offer = 0; offer < pool.offers.count; ++offer) {
        for (Load &load : LoadsOn(instance, p, offer, t)) {
          if (load.gpus.terms.empty()) continue;
          load.gpus.Add(pool.NodesIn(t)[offer], Negate(pool.by_offer[offer].gpus));
          if (load.holders.empty()) {
            instance.builder.AtMost(load.gpus, 0, kGiven);
          } else {
            instance.builder.AtMostIf(instance.AnyOf(load.holders), load.gpus, 0, false, kGiven);
          }
        }
      }
    }
  }
}

auto Instance::GpusOf(const Cell &cell, int t) const -> Form {
  const Workload &workload = workloads[cell.workload];
  if (!workload.months.Has(t)) return {};
  const size_t m = t - workload.months.first;
  if (!cell.share.empty()) return cell.share[m];
  return Form::Of(cell.column, cell.gpus[m]);
}

auto Instance::DailyGpusOf(const Cell &cell, int t) const -> Form {
  const Workload &workload = workloads[cell.workload];
  if (cell.daily.empty() || !workload.months.Has(t)) return GpusOf(cell, t);
  const size_t m = t - workload.months.first;
  if (!cell.share.empty()) return cell.daily_share.empty() ? GpusOf(cell, t) : cell.daily_share[m];
  return Form::Of(cell.column, cell.daily[m]);
}

auto Instance::AnyOf(llvm::ArrayRef<ColumnId> columns) -> ColumnId {
  if (columns.size() == 1) return columns[0];
  const auto [at, is_new] = any_.try_emplace(columns.vec());
  if (!is_new) return at->second;
  const ColumnId any = at->second = builder.Boolean();
  Form some = Form::Of(any);
  for (const ColumnId column : columns) {
    Form each = Form::Of(column);
    each.Add(Form::Of(any), -1);
    builder.AtMost(std::move(each), 0, kGiven);
    some.Add(Form::Of(column), -1);
  }
  builder.AtMost(std::move(some), 0, kGiven);
  return any;
}

}  // namespace groma::solve
