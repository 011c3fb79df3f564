// SPDX-License-Identifier: Apache-2.0
#include "room.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::solve {
namespace {

// It has less on most days than when a site is lost.
auto HoldsRoom(const Instance &instance, const Cell &cell) -> bool {
  return instance.workloads[cell.workload].pick > 1;
}
auto PriorityOf(const Instance &instance, const Cell &cell) -> int64_t {
  return instance.workloads[cell.workload].priority;
}
// Room of others is not for it: it would break what it promises.
auto IsPromised(const Instance &instance, const Cell &cell) -> bool {
  return instance.workloads[cell.workload].is_promised;
}

// The highest priority of what holds room on a pool; nothing if nobody there gives way to it.
auto HighestOfHolders(const Instance &instance, llvm::ArrayRef<uint32_t> cells)
    -> std::optional<int64_t> {
  std::optional<int64_t> highest;
  for (const uint32_t c : cells) {
    const Cell &cell = instance.cells[c];
    if (!HoldsRoom(instance, cell)) continue;
    highest = std::max(highest.value_or(0), PriorityOf(instance, cell));
  }
  const bool is_asked_for =
      highest && llvm::any_of(cells, [&](uint32_t c) {
        const Cell &cell = instance.cells[c];
        return !IsPromised(instance, cell) && PriorityOf(instance, cell) < *highest;
      });
  return is_asked_for ? highest : std::nullopt;
}

auto IsInForce(const Load &load, const std::vector<int64_t> &values) -> bool {
  return load.holders.empty() ||
         llvm::any_of(load.holders, [&](ColumnId column) { return values[column] != 0; });
}

}  // namespace

auto LoadsOn(const Instance &instance, uint32_t pool, size_t offer, int t) -> std::vector<Load> {
  std::vector<uint32_t> cells;
  for (const uint32_t c : instance.cells_on[pool]) {
    const Cell &cell = instance.cells[c];
    const bool is_busy = instance.workloads[cell.workload].months.Has(t);
    if (cell.offer == offer && is_busy) cells.push_back(c);
  }
  std::vector<Load> loads(1);
  const auto highest = HighestOfHolders(instance, cells);
  if (!highest) {
    for (const uint32_t c : cells) loads[0].gpus.Add(instance.GpusOf(instance.cells[c], t));
    return loads;
  }
  std::map<int64_t, std::vector<ColumnId>> holders;  // by priority
  for (const uint32_t c : cells) {
    const Cell &cell = instance.cells[c];
    loads[0].gpus.Add(instance.DailyGpusOf(cell, t));
    if (HoldsRoom(instance, cell)) holders[PriorityOf(instance, cell)].push_back(cell.column);
  }
  for (auto &[priority, columns] : holders) {
    Load &load = loads.emplace_back();
    for (const uint32_t c : cells) {
      const Cell &cell = instance.cells[c];
      const bool stays = PriorityOf(instance, cell) >= priority || IsPromised(instance, cell);
      if (stays) load.gpus.Add(instance.GpusOf(cell, t));
    }
    // Beside the highest nothing is counted that would not be there on any day.
    if (priority != *highest) load.holders = std::move(columns);
  }
  return loads;
}

void AddDailyShares(Instance &instance) {
  for (const std::vector<uint32_t> &cells : instance.cells_on) {
    for (const uint32_t c : cells) {
      Cell &cell = instance.cells[c];
      if (cell.share.empty() || !HoldsRoom(instance, cell)) continue;
      std::vector<uint32_t> beside;
      llvm::copy_if(cells, std::back_inserter(beside),
                    [&](uint32_t other) { return instance.cells[other].offer == cell.offer; });
      if (!HighestOfHolders(instance, beside)) continue;
      const Workload &workload = instance.workloads[cell.workload];
      for (size_t m = 0; m < cell.share.size(); ++m) {
        if (m > 0 && workload.demand[m] == workload.demand[m - 1]) {
          cell.daily_share.push_back(cell.daily_share.back());
          continue;
        }
        // Its part of what the site has on most days, rounded up.
        const int64_t all = std::max<int64_t>(1, cell.gpus[m]), daily = cell.daily[m];
        const ColumnId count = instance.builder.Count(0, daily, daily, kGiven);
        Form over = Form::Of(count, all);
        over.Add(cell.share[m], -daily);
        Form under = over;
        under.Scale(-1);
        instance.builder.AtMost(std::move(under), 0, kGiven);
        instance.builder.AtMost(std::move(over), all - 1, kGiven);
        cell.daily_share.push_back(Form::Of(count));
      }
    }
  }
}

auto LargestOf(Instance &instance, llvm::ArrayRef<Load> loads) -> Form {
  if (loads.size() == 1) return loads[0].gpus;
  Builder &builder = instance.builder;
  int64_t reach = 0;
  for (const Load &load : loads) {
    Rational most = load.gpus.constant;
    for (const Form::Term &term : load.gpus.terms) {
      const reason::Column &column = builder.program.columns[term.column];
      const auto part = base::Mul(term.coefficient, std::max(column.upper, column.reach));
      most = base::Add(most, part.value_or(0)).value_or(most);
    }
    reach = std::max(reach, most.Ceil());
  }
  const Form largest = Form::Of(builder.Count(0, reach, reach, kGiven));
  Form reached = Form::Of(Rational(-1));
  for (const Load &load : loads) {
    Form over = load.gpus;
    over.Add(largest, -1);
    Form under = over;
    under.Scale(-1);
    const ColumnId is_it = builder.Boolean();
    builder.AtMostIf(is_it, std::move(under), 0, false, kGiven);
    reached.Add(Form::Of(is_it));
    if (load.holders.empty()) {
      builder.AtMost(std::move(over), 0, kGiven);
      continue;
    }
    const ColumnId in_force = instance.AnyOf(load.holders);
    builder.AtMostIf(in_force, std::move(over), 0, false, kGiven);
    Form only = Form::Of(is_it);
    only.Add(Form::Of(in_force), -1);
    builder.AtMost(std::move(only), 0, kGiven);
  }
  builder.Equal(std::move(reached), 0, kGiven);
  return largest;
}

auto LargestOf(llvm::ArrayRef<Load> loads, const std::vector<int64_t> &values) -> Rational {
  Rational largest;
  for (const Load &load : loads) {
    if (IsInForce(load, values)) largest = std::max(largest, load.gpus.ValueAt(values));
  }
  return largest;
}

auto FindGivingWay(const Instance &instance, const std::vector<int64_t> &values)
    -> std::vector<GivingWay> {
  std::vector<GivingWay> found;
  const auto is_known = [&](uint32_t workload, uint32_t pool) {
    return llvm::any_of(
        found, [&](const GivingWay &one) { return one.workload == workload && one.pool == pool; });
  };
  for (uint32_t p = 0; p < instance.pools.size(); ++p) {
    std::vector<uint32_t> here;
    for (const uint32_t c : instance.cells_on[p]) {
      if (values[instance.cells[c].column] != 0) here.push_back(c);
    }
    if (!HighestOfHolders(instance, here)) continue;
    // The lower goes first; of equals the one that comes later in the plan's order.
    std::vector<uint32_t> order(here.rbegin(), here.rend());
    llvm::stable_sort(order, [&](uint32_t a, uint32_t b) {
      return PriorityOf(instance, instance.cells[a]) < PriorityOf(instance, instance.cells[b]);
    });
    const Pool &pool = instance.pools[p];
    for (int t = 0; t < instance.reader.months().count; ++t) {
      Rational missing;
      for (const uint32_t c : here) {
        const Rational gpus = instance.GpusOf(instance.cells[c], t).ValueAt(values);
        missing = base::Add(missing, gpus).value_or(missing);
      }
      for (size_t o = 0; o < pool.offers.count; ++o) {
        Form room = pool.NodesIn(t)[o];
        room.Scale(pool.by_offer[o].gpus);
        missing = base::Sub(missing, room.ValueAt(values)).value_or(missing);
      }
      for (const uint32_t c : order) {
        if (missing.sign() <= 0) break;
        const Cell &cell = instance.cells[c];
        const auto holder = llvm::find_if(here, [&](uint32_t other) {
          return HoldsRoom(instance, instance.cells[other]) &&
                 PriorityOf(instance, instance.cells[other]) > PriorityOf(instance, cell);
        });
        const Rational gpus = instance.GpusOf(cell, t).ValueAt(values);
        if (IsPromised(instance, cell) || holder == here.end() || gpus.sign() <= 0) continue;
        missing = base::Sub(missing, gpus).value_or(missing);
        if (!is_known(cell.workload, p)) {
          found.push_back({cell.workload, instance.cells[*holder].workload, p});
        }
      }
    }
  }
  return found;
}

}  // namespace groma::solve
