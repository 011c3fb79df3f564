// SPDX-License-Identifier: Apache-2.0
#include "decode.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::solve {

using plan::Index;
using plan::IsSome;

auto Decoder::Decode() -> Solution {
  outcomes_.SetDecided(&values_);
  AddChoices();
  AddPlacements();
  AddPackings();
  AddResults();
  AddCosts();
  solution_.decisions.Sort();
  return std::move(solution_);
}

auto Decoder::IsTaken(const Form &chosen) const -> bool {
  return chosen.ValueAt(values_).sign() > 0;
}

void Decoder::AddChoices() {
  for (uint32_t i = 1; i < reader_.environment.unknowns.size(); ++i) {
    const plan::Unknown &unknown = reader_.environment.unknowns[i];
    const plan::UnknownId id{i};
    if (unknown.is_count) {
      AddCount(unknown, id);
      continue;
    }
    const Offers offers = reader_.OffersOf(unknown.entity);
    const Forms &chosen = instance_.ChosenOf(offers);
    Value open = Value::Of(ValueTag::Unknown);
    open.unknown = id;
    for (size_t o = 0; o < offers.count; ++o) {
      if (!IsTaken(chosen[o])) continue;
      Form decided = chosen[o];
      for (uint32_t j = 1; j < reader_.environment.unknowns.size(); ++j) {
        const plan::Unknown &count = reader_.environment.unknowns[j];
        if (count.entity != unknown.entity || !count.is_count) continue;
        for (const Forms &forms : instance_.CountOf(plan::UnknownId{j}).value)
          decided.Add(forms[o]);
      }
      decided.Tidy();
      solution_.decisions.choices.push_back(
          {unknown.entity, unknown.slot, reader_.At(open, offers, o), BindingOf(decided)});
      break;
    }
  }
}

void Decoder::AddCount(const plan::Unknown &unknown, plan::UnknownId id) {
  const CountVariable &count = instance_.CountOf(id);
  std::vector<Value> by_month;
  Form all;
  for (size_t phase = 0; phase < count.phases.size(); ++phase) {
    const Form sum = SumOf(count.value[phase]);
    all.Add(sum);
    const Rational number = sum.ValueAt(values_);
    for (int t = count.phases[phase].first; t <= count.phases[phase].last; ++t) {
      by_month.push_back(Value::Number(number, unknown.low.dimension, unknown.low.aux));
    }
  }
  const bool is_once = unknown.period == plan::ChoosePeriod::Once || reader_.months().count == 0;
  all.Tidy();
  solution_.decisions.choices.push_back(
      {unknown.entity, unknown.slot, is_once ? by_month[0] : CurveOf(by_month), BindingOf(all)});
}

// One step for each month in which it changes.
auto Decoder::CurveOf(const std::vector<Value> &by_month) -> Value {
  std::vector<plan::MapEntry> steps;
  for (size_t t = 0; t < by_month.size(); ++t) {
    if (steps.empty() && by_month[t].number.is_zero()) continue;
    if (!steps.empty() && steps.back().value.number == by_month[t].number) continue;
    Value key = Value::Of(ValueTag::Date);
    key.date = reader_.months().month(static_cast<int>(t)).first();
    steps.push_back({key, by_month[t]});
  }
  // Nothing at all is one step too: it still has a unit.
  if (steps.empty() && !by_month.empty()) {
    Value key = Value::Of(ValueTag::Date);
    key.date = reader_.months().month(0).first();
    steps.push_back({key, by_month[0]});
  }
  return Value::Entries(ValueTag::Curve, reader_.model.Keep(llvm::ArrayRef<plan::MapEntry>(steps)),
                        false);
}

void Decoder::AddPlacements() {
  const base::DimensionId dimension = base::DimensionId::kGpu;
  const auto unit = reader_.model.units.Find("gpu");
  for (const Cell &cell : instance_.cells) {
    const EntityId pool = instance_.pools[cell.pool].id;
    const EntityId workload = instance_.workloads[cell.workload].id;
    std::vector<Value> by_month;
    bool is_used = false;
    for (int t = 0; t < reader_.months().count; ++t) {
      const Rational number = instance_.GpusOf(cell, t).ValueAt(values_);
      is_used |= !number.is_zero();
      by_month.push_back(Value::Number(number, dimension, unit ? static_cast<uint32_t>(*unit) : 0));
    }
    if (!is_used) continue;
    const bool is_choice = llvm::any_of(instance_.workloads[cell.workload].cells, [&](uint32_t c) {
      return instance_.cells[c].pool != cell.pool;
    });
    solution_.placements.push_back({workload, pool, CurveOf(by_month), is_choice});
  }
}

auto Decoder::TypedNumber(EntityId entity, plan::Slot slot, Rational number) -> Value {
  const plan::Model &model = reader_.model;
  const plan::Member &member = model.kind(model.entity(entity).kind).members.list[slot];
  const plan::Type &type = model.types.type(model.types.Unwrap(member.type));
  base::DimensionId dimension{};
  uint32_t unit = 0;
  if (type.kind == plan::TypeKind::Number && !type.dimensions.empty()) {
    dimension = type.dimensions.front();
    unit = type.unit;
  } else if (type.kind == plan::TypeKind::Record) {
    // A record of money, such as `spend`.
    const plan::Type &first = model.types.type(model.types.Unwrap(
        model.record(static_cast<plan::RecordId>(type.decl)).members.list[0].type));
    if (!first.dimensions.empty()) dimension = first.dimensions.front();
  }
  const auto currency = model.units.CurrencyOf(dimension);
  if (currency && *currency == "money") {
    const Value own = reader_.Get(model.plan, KnownMember::PlanCurrency);
    if (own.tag == ValueTag::Currency) {
      dimension = reader_.model.units.ReplaceCurrency(dimension, model.text(own.symbol))
                      .value_or(dimension);
      unit = 0;
    }
  }
  return Value::Number(number, dimension, unit);
}

void Decoder::AddResult(const plan::Outcome &outcome) {
  if (solution_.decisions.FindResult(outcome.entity, outcome.slot, outcome.arguments)) return;
  const plan::Model &model = reader_.model;
  const plan::Member &member =
      model.kind(model.entity(outcome.entity).kind).members.list[outcome.slot];
  const plan::TypeKind type = model.types.kind(model.types.Unwrap(member.type));
  plan::Decisions::Result result{outcome.entity, outcome.slot, outcome.arguments, {}, {}};
  if (type == plan::TypeKind::Bool) {
    // In every month.
    bool holds = true;
    for (int t = 0; t < std::max(1, reader_.months().count); ++t) {
      const auto form = outcomes_.Truth(outcome, t);
      if (!form) return;
      holds &= form->ValueAt(values_).sign() > 0;
    }
    result.value = Value::Bool(holds);
  } else if (type == plan::TypeKind::Number) {
    std::vector<Value> by_month;
    const int months = outcomes_.IsMonthly(outcome) ? reader_.months().count : 1;
    for (int t = 0; t < months; ++t) {
      const auto forms = outcomes_.Number(outcome, t);
      if (!forms) return;
      AddSources(SumOf(*forms), result.binding);
      by_month.push_back(TypedNumber(outcome.entity, outcome.slot, SumOf(*forms).ValueAt(values_)));
    }
    if (by_month.empty()) return;
    const bool is_of_nodes = reader_.IsA(outcome.entity, KnownKind::Site) ||
                             (instance_.PoolOf(outcome.entity) != nullptr &&
                              outcome.slot != reader_.known.slot(KnownMember::PoolUsed));
    if (is_of_nodes) AddNodes(outcome.entity, result.binding);
    if (outcome.slot == reader_.known.slot(KnownMember::PoolUsable)) {
      AddComing(outcome.entity, result.binding);
    }
    if (reader_.IsA(outcome.entity, KnownKind::Ledger)) AddSpenders({}, result.binding);
    if (reader_.IsA(outcome.entity, KnownKind::Budget)) {
      const Value covers = reader_.Get(outcome.entity, KnownMember::BudgetCovers);
      if (covers.tag == ValueTag::List) {
        for (const Value &thing : covers.elements()) AddComing(thing.entity, result.binding);
      }
    }
    result.value = outcomes_.IsMonthly(outcome) ? CurveOf(by_month) : by_month[0];
  } else {
    return;
  }
  solution_.decisions.results.push_back(std::move(result));
}

// The pools on which it is, and their sites.
auto Decoder::PlacesOf(const Workload &workload) const -> llvm::SmallDenseSet<uint32_t, 8> {
  llvm::SmallDenseSet<uint32_t, 8> places;
  for (const uint32_t c : workload.cells) {
    const Cell &cell = instance_.cells[c];
    if (values_[cell.column] == 0) continue;
    const Pool &pool = instance_.pools[cell.pool];
    places.insert(Index(pool.id));
    places.insert(Index(pool.by_offer[cell.offer].site));
  }
  return places;
}

// Things of the plan for which a truth value holds in some month.
void Decoder::AddEntities(EntityId entity, KnownMember member, KnownKind kind) {
  const plan::Slot slot = reader_.known.slot(member);
  if (slot == plan::kNoSlot) return;
  std::vector<Value> members;
  Form all;
  const Workload *workload = instance_.WorkloadOf(entity);
  llvm::SmallDenseSet<uint32_t, 8> places;
  if (workload != nullptr) places = PlacesOf(*workload);
  for (const EntityId thing : reader_.All(kind)) {
    if (workload != nullptr && !places.contains(Index(thing))) continue;
    const Value argument[] = {Value::Entity(thing)};
    const plan::Outcome outcome{entity, slot, argument};
    const int months = outcomes_.IsMonthly(outcome) ? std::max(1, reader_.months().count) : 1;
    bool is_in = false;
    for (int t = 0; t < months && !is_in; ++t) {
      const auto form = outcomes_.Truth(outcome, t);
      is_in = form && form->ValueAt(values_).sign() > 0;
      if (is_in && kind == KnownKind::Pool) all.Add(*form);
    }
    if (is_in) members.push_back(Value::Entity(thing));
  }
  const Value list =
      Value::Items(ValueTag::List, reader_.model.Keep(llvm::ArrayRef<Value>(members)));
  std::vector<plan::Binding> binding = BindingOf(all);
  AddSources(all, binding);
  solution_.decisions.results.push_back({entity, slot, {}, list, std::move(binding)});
}

void Decoder::AddNumber(EntityId entity, KnownMember member) {
  const plan::Slot slot = reader_.known.slot(member);
  if (slot != plan::kNoSlot) AddResult({entity, slot, {}});
}

// A record of money: one number for each of its members.
void Decoder::AddSpend(EntityId entity, KnownMember spend) {
  const plan::Slot slot = reader_.known.slot(spend);
  if (slot == plan::kNoSlot || llvm::is_contained(instance_.unpriced, entity)) return;
  const plan::Model &model = reader_.model;
  const plan::Member &member = model.kind(model.entity(entity).kind).members.list[slot];
  const plan::Type type = model.types.type(model.types.Unwrap(member.type));
  if (type.kind != plan::TypeKind::Record) return;
  std::vector<Value> lines;
  std::vector<plan::Binding> binding;
  AddSpenders(entity, binding);
  for (const plan::Member &line :
       model.record(static_cast<plan::RecordId>(type.decl)).members.list) {
    const Value name[] = {Value::String(model.text(line.name))};
    const auto forms = outcomes_.Number({entity, slot, name}, 0);
    if (!forms) return;
    AddSources(SumOf(*forms), binding);
    lines.push_back(TypedNumber(entity, slot, SumOf(*forms).ValueAt(values_)));
  }
  const Value record =
      Value::Items(ValueTag::Record, reader_.model.Keep(llvm::ArrayRef<Value>(lines)), type.decl);
  solution_.decisions.results.push_back({entity, slot, {}, record, std::move(binding)});
}

// What the whole plan costs, whether the plan mentions it or not.
void Decoder::AddLedger(EntityId entity) {
  const plan::Members &members = reader_.model.kind(reader_.model.entity(entity).kind).members;
  for (plan::Slot slot = 0; slot < members.list.size(); ++slot) {
    const bool is_sum = members.list[slot].form == plan::MemberForm::Decided &&
                        !members.list[slot].is_method;
    const plan::Outcome outcome{entity, slot, {}};
    if (is_sum && !IsSome(outcomes_.UnpricedIn(outcome))) AddResult(outcome);
  }
}

void Decoder::AddResults() {
  for (const Pool &pool : instance_.pools) {
    for (const KnownMember member :
         {KnownMember::PoolUsed, KnownMember::PoolUsable, KnownMember::PoolPower,
          KnownMember::PoolRacks, KnownMember::PoolEnergy}) {
      AddNumber(pool.id, member);
    }
  }
  for (const Pool &group : instance_.machines) AddNumber(group.id, KnownMember::MachinesPower);
  for (const Component &component : instance_.packing.components) {
    AddEntities(component.id, KnownMember::ComponentPlacedOn, KnownKind::Machines);
  }
  for (const EntityId site : reader_.All(KnownKind::Site)) {
    AddNumber(site, KnownMember::SitePower);
    AddNumber(site, KnownMember::SiteRacksUsed);
  }
  for (const EntityId link : reader_.All(KnownKind::Link)) AddNumber(link, KnownMember::LinkUsed);
  for (const Workload &workload : instance_.workloads) {
    AddNumber(workload.id, KnownMember::WorkloadGpus);
    AddNumber(workload.id, KnownMember::WorkloadAvailability);
    AddSpend(workload.id, KnownMember::WorkloadSpend);
    AddEntities(workload.id, KnownMember::WorkloadPlacedOn, KnownKind::Pool);
    AddEntities(workload.id, KnownMember::WorkloadPlacedAt, KnownKind::Site);
  }
  for (const EntityId dataset : reader_.All(KnownKind::Dataset)) {
    AddEntities(dataset, KnownMember::DatasetUsedAt, KnownKind::Site);
  }
  for (const EntityId flow : reader_.All(KnownKind::Flow)) {
    AddEntities(flow, KnownMember::FlowRoute, KnownKind::Link);
  }
  for (const EntityId storage : reader_.All(KnownKind::Storage)) {
    AddNumber(storage, KnownMember::StorageFilled);
  }
  for (const EntityId asset : reader_.All(KnownKind::Asset)) {
    AddSpend(asset, KnownMember::AssetSpend);
  }
  // Only what somebody is paid for: of most tasks nothing would be told but noughts.
  for (const EntityId id : WorkThatCosts(instance_)) {
    const KnownMember spend = reader_.IsA(id, KnownKind::Team)   ? KnownMember::TeamSpend
                              : reader_.IsA(id, KnownKind::Task) ? KnownMember::TaskSpend
                                                                 : KnownMember::WorkstreamSpend;
    AddSpend(id, spend);
  }
  for (const EntityId budget : reader_.All(KnownKind::Budget)) {
    AddNumber(budget, KnownMember::BudgetSpent);
  }
  for (uint32_t i = 1; i < reader_.model.entities.size(); ++i) {
    if (reader_.IsA(EntityId{i}, KnownKind::Ledger)) AddLedger(EntityId{i});
  }
  solution_.decisions.Sort();
  for (size_t i = 1; i < reader_.environment.outcomes.size(); ++i) {
    AddResult(plan::Outcome(reader_.environment.outcomes[i]));
  }
}

void Decoder::AddCosts() {
  std::map<std::tuple<std::string, size_t, int>, plan::CostEntry> sums;
  for (const Cost &cost : instance_.costs) {
    const Rational amount = cost.amount.ValueAt(values_);
    if (amount.is_zero()) continue;
    const auto line = static_cast<size_t>(cost.line);
    plan::CostEntry &entry = sums[{reader_.NameOf(cost.of), line, cost.month}];
    entry.of = cost.of;
    entry.line = solve::NameOf(cost.line).str();
    entry.month = reader_.months().month(cost.month);
    entry.amount = base::Add(entry.amount, amount).value_or(entry.amount);
  }
  for (auto &[key, entry] : sums) {
    if (!entry.amount.is_zero()) solution_.costs.push_back(std::move(entry));
  }
}

}  // namespace groma::solve
