// SPDX-License-Identifier: Apache-2.0
// What everything costs in each month, by the columns that decide it, and the budgets over that.
#include "groma/base/check.h"
#include "llvm/ADT/STLExtras.h"
#include "prices.h"

namespace groma::solve {
namespace {

using plan::Index;
using plan::IsSome;

class CostWriter {
 public:
  explicit CostWriter(Instance &instance)
      : instance_(instance), reader_(instance.reader), prices_(instance.reader) {}

  void AddPool(const Pool &pool) {
    std::vector<std::vector<UnitPrice>> prices;
    for (size_t o = 0; o < pool.offers.count; ++o) {
      prices.push_back(prices_.OfNode(pool, pool.by_offer[o], o));
    }
    const bool has_price =
        llvm::any_of(prices, [](const auto &price) { return !price.empty(); });
    if (!has_price) instance_.unpriced.push_back({pool.id});
    for (size_t o = 0; o < pool.offers.count; ++o) {
      AddEnergy(pool, o);
      for (const UnitPrice &price : prices[o]) AddNodes(pool, o, price);
      if (prices[o].empty() && has_price) {
        // What cannot be compared is not chosen.
        instance_.without_price.push_back(
            {pool.id, pool.by_offer[o].sku, pool.by_offer[o].contract});
        instance_.builder.AtMost(pool.by_offer[o].chosen, 0,
                                 instance_.FieldCause(pool.id, pool.price));
      }
    }
  }

  void AddThing(EntityId id) {
    const Offers offers = reader_.OffersOf(id);
    const Forms &chosen = instance_.ChosenOf(offers);
    for (size_t o = 0; o < offers.count; ++o) {
      const auto prices = prices_.OfThing(id, offers, o);
      if (prices.empty()) {
        // What is there already costs nothing that this plan counts.
        if (!reader_.IsA(id, KnownKind::Existing) && !Owns(id)) instance_.unpriced.push_back({id});
        return;
      }
      const MonthRange life = LifeOf(id, offers, o);
      Form taken = chosen[o];
      if (reader_.IsA(id, KnownKind::Service)) taken.Scale(InstancesOf(id, offers, o));
      for (const UnitPrice &price : prices) {
        AddRecurring(id, CostLine::Opex, price, life, [&](int) { return taken; });
      }
    }
  }

 private:
  // Its price is optional and stands for all that it costs.
  auto Owns(EntityId id) const -> bool { return reader_.IsA(id, KnownKind::Resource); }

  auto LifeOf(EntityId id, const Offers &offers, size_t o) -> MonthRange {
    MonthRange life{0, reader_.months().count - 1};
    for (const KnownMember member :
         {KnownMember::LinkRetire, KnownMember::ServiceRetire, KnownMember::StorageRetire}) {
      if (const auto end = reader_.FirstDay(reader_.Get(id, member, offers, o))) {
        life.last = std::min(life.last, reader_.months().Of(end->AddDays(-1)));
      }
    }
    if (const auto from = reader_.FirstDay(reader_.Get(id, KnownMember::ServiceFrom, offers, o))) {
      life.first = std::max(life.first, reader_.months().Of(*from));
    }
    return life;
  }

  auto InstancesOf(EntityId service, const Offers &offers, size_t o) -> Rational {
    const Value sites = reader_.Get(service, KnownMember::ServiceSites, offers, o);
    return sites.tag == ValueTag::List ? std::max<int64_t>(1, sites.elements().size()) : 1;
  }

  // `units(t)`: how many of it there are in a month.
  template <typename Units>
  void AddRecurring(EntityId of, CostLine line, const UnitPrice &price, MonthRange life,
                    const Units &units) {
    for (int t = life.first; t <= life.last; ++t) {
      if (price.per == UnitPrice::Per::Once) {
        // What is bought is paid when it comes, and more of it when more comes.
        Form form = units(t);
        if (t > life.first) form.Add(units(t - 1), -1);
        form.Tidy();
        if (form.is_constant() && form.constant.is_zero()) continue;
        form.Scale(price.amount);
        instance_.costs.push_back({of, CostLine::Capex, t, std::move(form)});
        continue;
      }
      if (!price.months.Has(t)) continue;
      Form form = units(t);
      form.Scale(price.InMonth(reader_.months(), t));
      instance_.costs.push_back({of, line, t, std::move(form)});
    }
  }

  void AddNodes(const Pool &pool, size_t o, const UnitPrice &price) {
    const PoolOffer &offer = pool.by_offer[o];
    const llvm::StringRef contract = ContractOf(offer);
    if (contract == "reserved" || contract == "savings_plan") {
      AddReserved(pool, o, price);
      return;
    }
    const CostLine line = contract == "spot" ? CostLine::Spot : CostLine::Opex;
    // Fewer nodes give no money back.
    const bool is_bought = price.per == UnitPrice::Per::Once;
    AddRecurring(pool.id, line, price, offer.present,
                 [&](int t) { return is_bought ? MostUntil(pool, o, t) : pool.NodesIn(t)[o]; });
  }

  // The most nodes there were so far.
  auto MostUntil(const Pool &pool, size_t o, int t) -> Form {
    const size_t phase = PhaseOf(pool.phases, t);
    const size_t first = PhaseOf(pool.phases, pool.by_offer[o].present.first);
    if (phase <= first || IsRising(pool)) return pool.nodes[phase][o];
    const bool is_new = !most_.contains(std::tuple(Index(pool.id), o, first, phase));
    Form most = MostOf(pool, o, first, phase);
    if (is_new) {
      Form fall = MostUntil(pool, o, pool.phases[phase - 1].last);
      fall.Add(most, -1);
      instance_.builder.AtMost(fall, 0, kGiven);
    }
    return most;
  }
  auto IsRising(const Pool &pool) const -> bool {
    for (const plan::Unknown &unknown : reader_.environment.unknowns) {
      if (unknown.entity == pool.id && unknown.is_count) return unknown.is_rising;
    }
    return false;
  }

  // A count that is at least the nodes of each of these phases.
  auto MostOf(const Pool &pool, size_t o, size_t first, size_t last) -> Form {
    const auto key = std::tuple(Index(pool.id), o, first, last);
    const auto found = most_.find(key);
    if (found != most_.end()) return found->second;
    int64_t reach = 0;
    for (size_t phase = first; phase <= last; ++phase) {
      const Form &form = pool.nodes[phase][o];
      Rational largest = form.constant;
      for (const Form::Term &term : form.terms) {
        const reason::Column &column = instance_.builder.program.columns[term.column];
        const auto most = base::Mul(term.coefficient, std::max(column.upper, column.reach));
        largest = base::Add(largest, most.value_or(0)).value_or(largest);
      }
      reach = std::max(reach, largest.Ceil());
    }
    const ColumnId column = instance_.builder.Count(0, reach, reach, kGiven);
    for (size_t phase = first; phase <= last; ++phase) {
      Form form = pool.nodes[phase][o];
      form.Add(Form::Of(column), -1);
      instance_.builder.AtMost(form, 0, kGiven);
    }
    return most_.emplace(key, Form::Of(column)).first->second;
  }

  // Paid for the whole term, in use or not, for as many as ever run in it. What is left of the last
  // term when the horizon ends is not the plan's.
  void AddReserved(const Pool &pool, size_t o, const UnitPrice &price) {
    const MonthRange present = pool.by_offer[o].present;
    const int months = TermOf(pool.by_offer[o]);
    for (int begin = present.first; begin <= present.last; begin += months) {
      const int end = std::min(begin + months, reader_.months().count) - 1;
      const size_t last = PhaseOf(pool.phases, std::min(end, present.last));
      const Form most = MostOf(pool, o, PhaseOf(pool.phases, begin), last);
      AddRecurring(pool.id, CostLine::Reserved, price, {begin, end}, [&](int) { return most; });
    }
  }

  // The months for which one is bound; a term in days takes the months that it touches.
  auto TermOf(const PoolOffer &offer) const -> int {
    constexpr int64_t kShortestMonth = int64_t{28} * 24 * 3600;
    const Value term = reader_.Field(offer.contract, "term");
    if (term.tag != ValueTag::Number) return 1;
    const bool is_calendar = term.dimension == base::DimensionId::kMonth;
    const auto months = is_calendar ? term.number : base::Div(term.number, kShortestMonth);
    return static_cast<int>(std::clamp<int64_t>(months.value_or(1).Ceil(), 1, 1200));
  }

  auto ContractOf(const PoolOffer &offer) const -> llvm::StringRef {
    if (offer.contract.tag != ValueTag::Union) return "";
    const auto &tags = reader_.model.unions[offer.contract.items.decl].tags;
    return reader_.model.text(tags[offer.contract.aux].name);
  }

  // Power at the plug, with what cooling adds; where electricity has a price of its own.
  void AddEnergy(const Pool &pool, size_t o) {
    const PoolOffer &offer = pool.by_offer[o];
    const auto price = prices_.OfEnergy(offer.site);
    if (!price) return;
    const auto pue = reader_.Number(offer.site, KnownMember::SitePue);
    const auto watts = base::Mul(offer.energy, pue.value_or(1));
    for (int t = offer.present.first; t <= offer.present.last; ++t) {
      const auto joules = base::Mul(watts.value_or(0), reader_.months().hours(t) * 3600);
      Form form = pool.NodesIn(t)[o];
      form.Scale(base::Mul(joules.value_or(0), *price).value_or(0));
      instance_.costs.push_back({pool.id, CostLine::Energy, t, std::move(form)});
    }
  }

  Instance &instance_;
  Reader &reader_;
  Prices prices_;
  std::map<std::tuple<uint32_t, size_t, size_t, size_t>, Form> most_;
};

void AddBudget(Instance &instance, EntityId budget) {
  Reader &reader = instance.reader;
  Prices prices(reader);
  const auto amount = prices.ShapeOf(reader.Get(budget, KnownMember::BudgetAmount));
  if (!amount) return;
  const Cause cause = instance.FieldCause(budget, KnownMember::BudgetAmount);
  const MonthRange over = reader.RangeOf(reader.Get(budget, KnownMember::BudgetOver));
  if (amount->per == UnitPrice::Per::Once) {
    instance.builder.AtMost(instance.SpentOf(budget, over), amount->amount, cause);
    return;
  }
  for (int t = over.first; t <= over.last; ++t) {
    instance.builder.AtMost(instance.SpentOf(budget, {t, t}), amount->InMonth(reader.months(), t),
                            cause);
  }
}

}  // namespace

auto Instance::SpentOf(EntityId budget, MonthRange range) -> Form {
  const Value covers = reader.Get(budget, KnownMember::BudgetCovers);
  Form sum;
  if (covers.tag != ValueTag::List) return sum;
  llvm::DenseSet<uint32_t> covered;
  for (const Value &thing : covers.elements()) {
    if (thing.tag == ValueTag::Entity) covered.insert(Index(thing.entity));
  }
  for (const Cost &cost : costs) {
    if (range.Has(cost.month) && covered.contains(Index(cost.of))) sum.Add(cost.amount);
  }
  sum.Tidy();
  return sum;
}

void AddCosts(Instance &instance) {
  CostWriter writer(instance);
  for (const Pool &pool : instance.pools) writer.AddPool(pool);
  for (const Pool &group : instance.machines) writer.AddPool(group);
  for (const KnownKind kind :
       {KnownKind::Storage, KnownKind::Link, KnownKind::Service, KnownKind::Network}) {
    for (const EntityId id : instance.reader.All(kind)) writer.AddThing(id);
  }
}

void AddBudgets(Instance &instance) {
  for (const EntityId budget : instance.reader.All(KnownKind::Budget)) AddBudget(instance, budget);
}

}  // namespace groma::solve
