// SPDX-License-Identifier: Apache-2.0
#include "outcomes.h"

#include "groma/plan/known.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {

using plan::Index;
using plan::IsSome;

auto Outcomes::MemberOf(const plan::Outcome &outcome) const -> llvm::StringRef {
  const plan::Kind &kind = reader_.model.kind(reader_.model.entity(outcome.entity).kind);
  return reader_.model.text(kind.members.list[outcome.slot].name);
}

auto Outcomes::Is(const plan::Outcome &outcome, KnownMember member) const -> bool {
  return reader_.known.slot(member) == outcome.slot &&
         MemberOf(outcome) == plan::Known::SpellingOf(member);
}

auto Outcomes::IsMonthly(const plan::Outcome &outcome) const -> bool {
  if (reader_.IsA(outcome.entity, KnownKind::Ledger)) return false;
  if (Is(outcome, KnownMember::AssetSpend) || Is(outcome, KnownMember::AssetSpendIn)) return false;
  if (Is(outcome, KnownMember::WorkloadAvailability) || IsSpendOfWork(outcome)) return false;
  if (Is(outcome, KnownMember::WorkloadSpend)) return false;
  return !Is(outcome, KnownMember::DatasetUsedAt) && !Is(outcome, KnownMember::FlowRoute);
}

auto Outcomes::Number(const plan::Outcome &outcome, int t) -> std::optional<Forms> {
  // The one sum of money that dates decide.
  const bool is_at_risk = outcome.slot == reader_.known.slot(KnownMember::LedgerAtRisk);
  if (is_at_risk && reader_.IsA(outcome.entity, KnownKind::Ledger)) return std::nullopt;
  if (const Pool *pool = instance_.PoolOf(outcome.entity)) {
    if (auto forms = PoolNumber(outcome, *pool, t)) return forms;
  }
  if (const Pool *group = instance_.MachinesOf(outcome.entity);
      group != nullptr && Is(outcome, KnownMember::MachinesPower)) {
    return PowerOf(*group, t);
  }
  if (reader_.IsA(outcome.entity, KnownKind::Site)) {
    if (Is(outcome, KnownMember::SitePower)) return Forms{instance_.PowerAt(outcome.entity, t)};
    if (Is(outcome, KnownMember::SiteRacksUsed)) return Forms{instance_.RacksAt(outcome.entity, t)};
  }
  if (reader_.IsA(outcome.entity, KnownKind::Link) && Is(outcome, KnownMember::LinkUsed)) {
    return Forms{network_.UsedOn(outcome.entity, t)};
  }
  if (const Workload *workload = instance_.WorkloadOf(outcome.entity);
      workload != nullptr && Is(outcome, KnownMember::WorkloadGpus)) {
    Form sum;
    for (const uint32_t c : workload->cells) sum.Add(instance_.GpusOf(instance_.cells[c], t));
    return Forms{sum};
  }
  if (const Workload *workload = instance_.WorkloadOf(outcome.entity);
      workload != nullptr && Is(outcome, KnownMember::WorkloadAvailability)) {
    if (const auto form = AvailabilityOf(*workload)) return Forms{*form};
    return std::nullopt;
  }
  if (reader_.IsA(outcome.entity, KnownKind::Storage) && Is(outcome, KnownMember::StorageFilled)) {
    if (const auto form = FilledOf(outcome.entity, t)) return Forms{*form};
    return std::nullopt;
  }
  if (auto money = MoneyNumber(outcome, t)) return Forms{*money};
  if (const auto truth = Truth(outcome, t)) return Forms{*truth};
  return std::nullopt;
}

auto Outcomes::PoolNumber(const plan::Outcome &outcome, const Pool &pool, int t)
    -> std::optional<Forms> {
  Forms forms(pool.offers.count);
  if (Is(outcome, KnownMember::PoolUsed)) {
    const auto p = static_cast<uint32_t>(&pool - instance_.pools.data());
    for (size_t o = 0; o < forms.size(); ++o) forms[o] = UsedOf(p, o, t);
    return forms;
  }
  for (size_t o = 0; o < pool.offers.count; ++o) {
    const PoolOffer &offer = pool.by_offer[o];
    Rational factor;
    if (Is(outcome, KnownMember::PoolUsable)) {
      factor = offer.gpus;
    } else if (Is(outcome, KnownMember::PoolPower)) {
      factor = offer.power;
    } else if (Is(outcome, KnownMember::PoolRacks)) {
      factor = offer.racks;
    } else if (Is(outcome, KnownMember::PoolEnergy)) {
      const auto pue = reader_.Number(offer.site, KnownMember::SitePue);
      const auto watts = base::Mul(offer.energy, pue.value_or(1));
      factor = base::Mul(watts.value_or(0), reader_.months().hours(t) * 3600).value_or(0);
    } else {
      return std::nullopt;
    }
    const bool is_usable = Is(outcome, KnownMember::PoolUsable);
    MonthRange there = offer.present;
    if (is_usable) {
      there = offer.usable;
      there.first = std::max(there.first, instance_.FirstUsableOf(pool.id));
    }
    if (there.Has(t)) forms[o].Add(pool.NodesIn(t)[o], factor);
  }
  return forms;
}

// Room that one holds and another has until then counts once.
auto Outcomes::UsedOf(uint32_t pool, size_t offer, int t) -> Form {
  const std::vector<Load> loads = LoadsOn(instance_, pool, offer, t);
  if (loads.size() == 1) return loads[0].gpus;
  const auto known = used_.find({pool, offer, t});
  if (known != used_.end()) return known->second;
  if (decided_ != nullptr) return Form::Of(LargestOf(loads, *decided_));
  return used_.emplace(std::tuple(pool, offer, t), LargestOf(instance_, loads)).first->second;
}

auto Outcomes::PowerOf(const Pool &group, int t) const -> Forms {
  Forms forms(group.offers.count);
  for (size_t o = 0; o < group.offers.count; ++o) {
    const PoolOffer &offer = group.by_offer[o];
    if (offer.present.Has(t)) forms[o].Add(group.NodesIn(t)[o], offer.power);
  }
  return forms;
}

auto Outcomes::Spent(EntityId of, MonthRange range, llvm::StringRef line) const -> Form {
  Form sum;
  const auto add = [&](const Cost &cost) {
    if (!range.Has(cost.month)) return;
    if (line != "total" && line != solve::NameOf(cost.line)) return;
    sum.Add(cost.amount);
  };
  if (IsSome(of)) {
    for (const uint32_t c : CostsOf(of)) add(instance_.costs[c]);
  } else {
    for (const Cost &cost : instance_.costs) add(cost);
  }
  sum.Tidy();
  return sum;
}

auto Outcomes::IsSpendOfWork(const plan::Outcome &outcome) const -> bool {
  return Is(outcome, KnownMember::TeamSpend) || Is(outcome, KnownMember::TaskSpend) ||
         Is(outcome, KnownMember::WorkstreamSpend);
}

auto Outcomes::CostsOf(EntityId of) const -> llvm::ArrayRef<uint32_t> {
  for (; known_costs_ < instance_.costs.size(); ++known_costs_) {
    const Cost &cost = instance_.costs[known_costs_];
    const auto index = static_cast<uint32_t>(known_costs_);
    costs_of_[Index(cost.of)].push_back(index);
    // Work is that of a team, and it is done on a task and for what the task stands in.
    for (EntityId at = cost.task; IsSome(at); at = reader_.model.entity(at).parent) {
      costs_of_[Index(at)].push_back(index);
    }
  }
  const auto found = costs_of_.find(Index(of));
  if (found == costs_of_.end()) return {};
  return found->second;
}

auto Outcomes::AvailabilityOf(const Workload &workload) -> std::optional<Form> {
  if (decided_ != nullptr) {
    const auto value = availability_.ValueOf(workload, *decided_);
    return value ? std::optional(Form::Of(*value)) : std::nullopt;
  }
  const auto known = availability_of_.find(Index(workload.id));
  if (known != availability_of_.end()) return known->second;
  return availability_of_.emplace(Index(workload.id), availability_.FormOf(workload)).first->second;
}

// All data that are said to lie on it lie there whole.
auto Outcomes::FilledOf(EntityId storage, int t) -> std::optional<Form> {
  Form filled;
  for (const EntityId dataset : reader_.All(KnownKind::Dataset)) {
    const Value on = reader_.Get(dataset, KnownMember::DatasetOn);
    const bool is_here =
        on.tag == ValueTag::List && llvm::any_of(on.elements(), [&](const Value &v) {
          return v.tag == ValueTag::Entity && v.entity == storage;
        });
    if (!is_here) continue;
    const auto size = reader_.NumberIn(reader_.Get(dataset, KnownMember::DatasetSize), t);
    if (!size) return std::nullopt;
    filled.Add(*size);
  }
  return filled;
}

auto Outcomes::MoneyNumber(const plan::Outcome &outcome, int t) -> std::optional<Form> {
  const MonthRange all{0, reader_.months().count - 1};
  const auto &arguments = outcome.arguments;
  if (reader_.IsA(outcome.entity, KnownKind::Ledger)) {
    if (Is(outcome, KnownMember::LedgerDuring) && !arguments.empty()) {
      return Spent({}, reader_.RangeOf(arguments[0]), "total");
    }
    if (Is(outcome, KnownMember::LedgerOf) && !arguments.empty() &&
        arguments[0].tag == ValueTag::Entity) {
      return Spent(arguments[0].entity, all, "total");
    }
    return Spent({}, all, MemberOf(outcome));
  }
  if (const Workload *workload = instance_.WorkloadOf(outcome.entity);
      workload != nullptr && Is(outcome, KnownMember::WorkloadSpend) && arguments.size() == 1) {
    // Before anything is decided it is no sum over what may be chosen.
    if (decided_ == nullptr) return std::nullopt;
    if (!shares_) shares_.emplace(instance_, *decided_);
    return Form::Of(shares_->Of(workload->id, arguments[0].string()));
  }
  if (IsSpendOfWork(outcome) && arguments.size() == 1) {
    return Spent(outcome.entity, all, arguments[0].string());
  }
  if (Is(outcome, KnownMember::AssetSpend) && arguments.size() == 1) {
    return Spent(outcome.entity, all, arguments[0].string());
  }
  if (Is(outcome, KnownMember::AssetSpendIn) && arguments.size() == 2) {
    return Spent(outcome.entity, reader_.RangeOf(arguments[0]), arguments[1].string());
  }
  if (reader_.IsA(outcome.entity, KnownKind::Budget) && Is(outcome, KnownMember::BudgetSpent)) {
    return instance_.SpentOf(outcome.entity, {t, t});
  }
  return std::nullopt;
}

auto Outcomes::UnpricedIn(const plan::Outcome &outcome) -> EntityId {
  const bool is_ledger = reader_.IsA(outcome.entity, KnownKind::Ledger);
  for (const EntityId thing : instance_.unpriced) {
    if (is_ledger && !Is(outcome, KnownMember::LedgerOf)) return thing;
    if (is_ledger && outcome.arguments[0].tag == ValueTag::Entity &&
        outcome.arguments[0].entity == thing) {
      return thing;
    }
    const bool is_spend =
        Is(outcome, KnownMember::AssetSpend) || Is(outcome, KnownMember::AssetSpendIn);
    if (is_spend && outcome.entity == thing) return thing;
  }
  return {};
}

auto Outcomes::CellsWhere(const Workload &workload, int t, EntityId pool, EntityId site) const
    -> std::vector<Form> {
  std::vector<Form> forms;
  if (t >= 0 && !workload.months.Has(t)) return forms;
  for (const uint32_t c : workload.cells) {
    const Cell &cell = instance_.cells[c];
    const Pool &at = instance_.pools[cell.pool];
    if (IsSome(pool) && at.id != pool) continue;
    if (IsSome(site) && at.by_offer[cell.offer].site != site) continue;
    forms.push_back(Form::Of(cell.column));
  }
  // Whole, it takes a pool once, and one pool of a site.
  const bool is_one = (IsSome(pool) || IsSome(site)) && !workload.may_split;
  if (is_one && forms.size() > 1) forms = {SumOf(forms)};
  return forms;
}

auto Outcomes::UsersOf(EntityId dataset) -> llvm::ArrayRef<uint32_t> {
  for (; known_users_ < instance_.workloads.size(); ++known_users_) {
    const EntityId workload = instance_.workloads[known_users_].id;
    for (const KnownMember member : {KnownMember::WorkloadReads, KnownMember::WorkloadWrites}) {
      const Value data = reader_.Get(workload, member);
      if (data.tag != ValueTag::List) continue;
      for (const Value &v : data.elements()) {
        if (v.tag != ValueTag::Entity) continue;
        std::vector<uint32_t> &users = users_of_[Index(v.entity)];
        const auto user = static_cast<uint32_t>(known_users_);
        if (users.empty() || users.back() != user) users.push_back(user);
      }
    }
  }
  const auto found = users_of_.find(Index(dataset));
  if (found == users_of_.end()) return {};
  return found->second;
}

auto Outcomes::Truth(const plan::Outcome &outcome, int t) -> std::optional<Form> {
  const auto argument = [&] {
    const bool is_entity =
        !outcome.arguments.empty() && outcome.arguments.back().tag == ValueTag::Entity;
    return is_entity ? outcome.arguments.back().entity : EntityId{};
  };
  if (const Workload *workload = instance_.WorkloadOf(outcome.entity)) {
    if (Is(outcome, KnownMember::WorkloadPlacedOn)) {
      return AnyOf(CellsWhere(*workload, t, argument(), {}));
    }
    if (Is(outcome, KnownMember::WorkloadPlacedAt)) {
      return AnyOf(CellsWhere(*workload, t, {}, argument()));
    }
  }
  if (reader_.IsA(outcome.entity, KnownKind::Component) &&
      Is(outcome, KnownMember::ComponentPlacedOn)) {
    return instance_.packing.IsOn(instance_, outcome.entity, argument(), decided_);
  }
  if (reader_.IsA(outcome.entity, KnownKind::Dataset) && Is(outcome, KnownMember::DatasetUsedAt)) {
    std::vector<Form> forms;
    for (const uint32_t user : UsersOf(outcome.entity)) {
      llvm::append_range(forms, CellsWhere(instance_.workloads[user], -1, {}, argument()));
    }
    return AnyOf(forms);
  }
  if (reader_.IsA(outcome.entity, KnownKind::Site) && Is(outcome, KnownMember::SiteReachable) &&
      outcome.arguments.size() == 1 && outcome.arguments[0].tag == ValueTag::Number) {
    const int64_t failures = outcome.arguments[0].number.Floor();
    if (decided_ != nullptr &&
        !network_.HasReachable(outcome.entity, static_cast<int>(failures), t)) {
      return std::nullopt;
    }
    return network_.Reachable(outcome.entity, static_cast<int>(failures), t);
  }
  if (reader_.IsA(outcome.entity, KnownKind::Flow) && Is(outcome, KnownMember::FlowRoute)) {
    return network_.IsOnRoute(outcome.entity, argument());
  }
  return std::nullopt;
}

auto Outcomes::AnyOf(const std::vector<Form> &forms) -> Form {
  if (forms.empty()) return {};
  if (forms.size() == 1) return forms[0];
  if (decided_ != nullptr) {
    const bool is_any =
        llvm::any_of(forms, [&](const Form &form) { return form.ValueAt(*decided_).sign() > 0; });
    return Form::Of(Rational(is_any ? 1 : 0));
  }
  std::vector<ColumnId> key;
  for (const Form &form : forms) {
    for (const Form::Term &term : form.terms) key.push_back(term.column);
  }
  llvm::sort(key);
  const auto known = any_.find(key);
  if (known != any_.end()) return known->second;
  const ColumnId any = instance_.builder.Boolean();
  Form some = Form::Of(any);
  for (const Form &form : forms) {
    Form each = form;
    each.Add(Form::Of(any), -1);
    instance_.builder.AtMost(each, 0, kGiven);
    some.Add(form, -1);
  }
  instance_.builder.AtMost(some, 0, kGiven);
  return any_.emplace(std::move(key), Form::Of(any)).first->second;
}

}  // namespace groma::solve
