// SPDX-License-Identifier: Apache-2.0
// Why something was decided as it was: what binds a choice, and what a result is made of.
#include "decode.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {

using plan::Index;
using plan::IsSome;

auto Decoder::RowsOf(ColumnId column) -> const std::vector<reason::RowId> & {
  if (rows_of_.empty()) {
    const reason::Program &program = instance_.builder.program;
    rows_of_.resize(program.columns.size());
    for (reason::RowId r = 0; r < program.rows.size(); ++r) {
      for (const reason::Entry &entry : program.entries(program.rows[r])) {
        rows_of_[entry.column].push_back(r);
      }
    }
  }
  return rows_of_[column];
}

// The rows that keep a column from being one less, or one more; and where such a row is only about
// what fits, the workloads and components that fill it.
auto Decoder::BindingOf(const Form &form) -> std::vector<plan::Binding> {
  const reason::Program &program = instance_.builder.program;
  std::vector<plan::Binding> binding;
  std::vector<uint8_t> seen(instance_.builder.causes.size());
  const auto add = [&](Cause cause) {
    if (cause == kGiven || seen[cause] != 0) return;
    seen[cause] = 1;
    AddCause(cause, binding);
  };
  for (const Form::Term &term : form.terms) {
    if (values_[term.column] == 0) continue;
    for (const reason::RowId r : RowsOf(term.column)) {
      const reason::Row &row = program.rows[r];
      int64_t sum = 0, own = 0;
      for (const reason::Entry &entry : program.entries(row)) {
        sum += entry.coefficient * values_[entry.column];
        if (entry.column == term.column) own = entry.coefficient;
      }
      const int64_t room = row.limit - sum;
      if (room >= std::abs(own)) continue;
      add(row.cause);
      // Behind a rule about what fits stand the workloads and components that fill it.
      for (const reason::Entry &entry : program.entries(row)) {
        if (values_[entry.column] == 0 || entry.column == term.column) continue;
        const auto cell = cell_of_.find(entry.column);
        if (cell != cell_of_.end()) {
          add(instance_.workloads[instance_.cells[cell->second].workload].cause);
        }
        const auto packed = packed_of_.find(entry.column);
        if (packed == packed_of_.end()) continue;
        const Packing &packing = instance_.packing;
        for (size_t c = 0; c < packing.components.size(); ++c) {
          const bool is_there = packing.columns[packed->second].pattern[c] > 0;
          if (is_there) add(packing.components[c].cause);
        }
      }
    }
  }
  // What is aimed at decides where nothing else does.
  for (const plan::Aim &aim : reader_.environment.aims) {
    if (is_aim_used_[&aim - reader_.environment.aims.data()]) {
      binding.push_back({{}, plan::kNoSlot, aim.span});
    }
  }
  return binding;
}

void Decoder::AddCause(Cause cause, std::vector<plan::Binding> &binding) const {
  const CauseInfo &info = instance_.builder.causes[cause];
  if (info.of == CauseInfo::Of::Rule) {
    binding.push_back({info.entity, plan::kNoSlot, info.span});
    return;
  }
  // The ends of a `choose` bind, not what was chosen between them.
  for (const plan::Unknown &unknown : reader_.environment.unknowns) {
    if (unknown.entity != info.entity || unknown.slot != info.slot || !unknown.is_count) continue;
    binding.push_back({info.entity, plan::kNoSlot, unknown.span});
    return;
  }
  binding.push_back({info.entity, info.slot, info.span});
}

// The choices that stand behind a column, and what workloads need where it places one.
auto Decoder::SourcesOf(ColumnId column) -> llvm::ArrayRef<plan::Binding> {
  if (sources_of_.empty()) {
    sources_of_.resize(instance_.builder.program.columns.size());
    const auto add = [&](const Form &form, EntityId entity, plan::Slot slot) {
      for (const Form::Term &term : form.terms) {
        sources_of_[term.column].push_back({entity, slot, {}});
      }
    };
    for (uint32_t i = 1; i < reader_.environment.unknowns.size(); ++i) {
      const plan::Unknown &unknown = reader_.environment.unknowns[i];
      if (!unknown.is_count) {
        const Offers offers = reader_.OffersOf(unknown.entity);
        if (offers.count == 1) continue;
        for (const Form &form : instance_.ChosenOf(offers)) add(form, unknown.entity, unknown.slot);
        continue;
      }
      for (const Forms &forms : instance_.CountOf(plan::UnknownId{i}).value) {
        for (const Form &form : forms) add(form, unknown.entity, unknown.slot);
      }
    }
    const plan::Slot demand = reader_.known.slot(KnownMember::WorkloadDemand);
    for (const Cell &cell : instance_.cells) {
      const EntityId workload = instance_.workloads[cell.workload].id;
      add(Form::Of(cell.column), workload, demand);
      for (const Form &share : cell.share) add(share, workload, demand);
    }
  }
  return sources_of_[column];
}

void Decoder::AddSources(const Form &form, std::vector<plan::Binding> &binding) {
  for (const Form::Term &term : form.terms) {
    if (values_[term.column] == 0) continue;
    for (const plan::Binding &one : SourcesOf(term.column)) AddOnce(one, binding);
  }
}

void Decoder::AddOnce(const plan::Binding &one, std::vector<plan::Binding> &binding) {
  const bool is_known = llvm::any_of(binding, [&](const plan::Binding &other) {
    return other.entity == one.entity && other.slot == one.slot && other.span == one.span;
  });
  if (!is_known) binding.push_back(one);
}

// What power, racks and GPUs at a pool or a site come from: its pools' nodes, chosen or stated.
void Decoder::AddNodes(EntityId at, std::vector<plan::Binding> &binding) {
  const plan::Slot nodes = reader_.known.slot(KnownMember::PoolNodes);
  for (const Pool &pool : instance_.pools) {
    const bool is_there = pool.id == at || llvm::any_of(pool.by_offer, [&](const PoolOffer &offer) {
                            return offer.site == at && IsTaken(offer.chosen);
                          });
    if (is_there) AddOnce({pool.id, nodes, {}}, binding);
  }
}

void Decoder::AddComing(EntityId thing, std::vector<plan::Binding> &binding) {
  const auto arrival = instance_.arrivals.find(Index(thing));
  // What was there before the horizon begins changes nothing in it.
  if (arrival == instance_.arrivals.end() || instance_.FirstUsableOf(thing) == 0) return;
  const bool is_pool = instance_.PoolOf(thing) != nullptr;
  AddOnce({is_pool ? arrival->second.usable_by : arrival->second.present_by,
           reader_.known.slot(KnownMember::StepFinish),
           {}},
          binding);
}

// What money is spent for, the dearest first: pools by their nodes, other things by their place.
void Decoder::AddSpenders(EntityId of, std::vector<plan::Binding> &binding) {
  constexpr size_t kMostTold = 20;
  if (costs_of_.empty()) {
    for (const Cost &cost : instance_.costs) costs_of_[Index(cost.of)].push_back(&cost);
  }
  std::vector<std::pair<Rational, EntityId>> sorted;
  const auto add = [&](uint32_t id, const std::vector<const Cost *> &costs) {
    Rational sum;
    for (const Cost *cost : costs) sum = base::Add(sum, cost->amount.ValueAt(values_)).value_or(sum);
    if (!sum.is_zero()) sorted.emplace_back(sum, EntityId{id});
  };
  if (!IsSome(of)) {
    for (const auto &[id, costs] : costs_of_) add(id, costs);
  } else if (const auto found = costs_of_.find(Index(of)); found != costs_of_.end()) {
    add(found->first, found->second);
  }
  llvm::stable_sort(sorted, [](const auto &a, const auto &b) { return a.first > b.first; });
  if (sorted.size() > kMostTold) sorted.resize(kMostTold);
  for (const auto &[amount, id] : sorted) {
    if (instance_.PoolOf(id) != nullptr) {
      AddNodes(id, binding);
    } else {
      AddOnce({id, plan::kNoSlot, reader_.model.entity(id).span}, binding);
    }
    for (const Cost *cost : costs_of_[Index(id)]) AddSources(cost->amount, binding);
    AddComing(id, binding);
  }
}

}  // namespace groma::solve
