// SPDX-License-Identifier: Apache-2.0
// What everything costs in each month, by the columns that decide it, and the budgets over that.
#include "groma/base/check.h"
#include "llvm/ADT/STLExtras.h"
#include "efforts.h"
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
    std::vector<bool> has_energy_price(pool.offers.count);
    for (size_t o = 0; o < pool.offers.count; ++o) {
      const PoolOffer &offer = pool.by_offer[o];
      prices.push_back(prices_.OfNode(pool, offer, o));
      llvm::erase_if(prices[o], [&](const UnitPrice &price) { return IsMisfit(pool.id, price); });
      for (UnitPrice &price : prices[o]) {
        if (price.by == UnitPrice::By::Gpu) {
          price.amount = base::Mul(price.amount, offer.gpus).value_or(0);
        } else if (price.by == UnitPrice::By::Energy) {
          AtThePlug(price, offer.site, offer.energy);
          has_energy_price[o] = true;
        }
      }
    }
    const bool has_price = llvm::any_of(prices, [](const auto &price) { return !price.empty(); });
    if (!has_price) instance_.unpriced.push_back({pool.id});
    for (size_t o = 0; o < pool.offers.count; ++o) {
      if (!has_energy_price[o]) AddEnergy(pool, o);
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
    // By offer and by the place of each instance.
    std::vector<std::vector<std::vector<UnitPrice>>> prices(offers.count);
    std::vector<uint8_t> is_priced(offers.count, 1);
    for (size_t o = 0; o < offers.count; ++o) {
      for (const auto &sites : prices_.PlacesOf(id, offers, o)) {
        prices[o].push_back(prices_.OfThing(id, offers, o, sites));
        llvm::erase_if(prices[o].back(), [&](const UnitPrice &price) {
          return IsOnTop(id, price) || IsMisfit(id, price);
        });
        if (prices[o].back().empty()) is_priced[o] = 0;
      }
    }
    // What is there already costs nothing that this plan counts.
    const bool is_site = reader_.IsA(id, KnownKind::Site);
    const bool is_free = reader_.IsA(id, KnownKind::Existing) ||
                         (is_site && !reader_.IsA(id, KnownKind::Colocation));
    const bool has_price = llvm::is_contained(is_priced, 1);
    if (!has_price && !is_free) instance_.unpriced.push_back(id);
    for (size_t o = 0; o < offers.count && has_price; ++o) {
      if (is_priced[o] == 0) {
        if (!is_free) LeaveOut(id, offers, o, chosen[o]);
        continue;
      }
      for (const auto &at_place : prices[o]) {
        for (const UnitPrice &price : at_place) AddAt(id, offers, o, price);
      }
    }
    if (reader_.IsA(id, KnownKind::Storage)) AddStorageEnergy(id, offers, prices);
  }

  // By the copy: the licence of a program, as a rule.
  void AddComponent(size_t index) {
    const EntityId id = instance_.packing.components[index].id;
    std::vector<UnitPrice> prices = prices_.OfThing(id, reader_.OffersOf(id), 0, {});
    llvm::erase_if(prices, [&](const UnitPrice &price) { return IsMisfit(id, price); });
    if (prices.empty() || reader_.suspended.Has("licences")) return;
    Form copies;
    for (const std::vector<Form> &group : instance_.packing.placed) copies.Add(group[index]);
    const MonthRange life{0, reader_.months().count - 1};
    for (const UnitPrice &price : prices) {
      AddRecurring(id, CostLine::Licences, price, life, [&](int) { return copies; });
    }
  }

  // Where electricity has a price at some sites, and machines stand at others too.
  void FindWithoutElectricity() {
    std::vector<EntityId> sites;
    bool has_some = false;
    const auto look = [&](EntityId site, Rational watts) {
      const bool is_cloud = reader_.IsA(site, KnownKind::SiteCloud);
      if (!IsSome(site) || is_cloud || watts.sign() <= 0) return;
      bool has_price = false;
      for (int t = 0; t < reader_.months().count; ++t) has_price |= prices_.OfEnergy(site, t).has_value();
      has_some |= has_price;
      if (!has_price && !llvm::is_contained(sites, site)) sites.push_back(site);
    };
    for (const std::vector<Pool> *all : {&instance_.pools, &instance_.machines}) {
      for (const Pool &pool : *all) {
        for (const PoolOffer &offer : pool.by_offer) look(offer.site, offer.energy);
      }
    }
    if (has_some) instance_.without_electricity = std::move(sites);
  }

 private:
  // What electricity costs at a site, and data that leave it, is counted where they are.
  auto IsOnTop(EntityId id, const UnitPrice &price) const -> bool {
    if (!reader_.IsA(id, KnownKind::Site)) return false;
    return price.by == UnitPrice::By::Energy ||
           (price.by == UnitPrice::By::Data && price.per == UnitPrice::Per::Once);
  }

  // At the price of its site, where none is stated for the storage.
  void AddStorageEnergy(EntityId id, const Offers &offers,
                        llvm::ArrayRef<std::vector<std::vector<UnitPrice>>> prices) {
    for (size_t o = 0; o < offers.count; ++o) {
      const bool has_own = llvm::any_of(prices[o], [](const auto &at_place) {
        return llvm::any_of(at_place, [](const UnitPrice &price) {
          return price.by == UnitPrice::By::Energy;
        });
      });
      const Value site = prices_.FieldOf(id, "site", offers, o);
      const Value watts = reader_.Get(id, KnownMember::StoragePower, offers, o);
      const Rational power = reader_.NumberIn(watts, 0).value_or(0);
      if (has_own || site.tag != ValueTag::Entity || power.is_zero()) continue;
      AddEnergyOf(id, site.entity, power, LifeOf(id, offers, o),
                  [&](int) { return instance_.ChosenOf(offers)[o]; });
    }
  }

  auto LifeOf(EntityId id, const Offers &offers, size_t o) -> MonthRange {
    MonthRange life{instance_.FirstMonthOf(id), reader_.months().count - 1};
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

  // What cannot be compared is not chosen.
  void LeaveOut(EntityId id, const Offers &offers, size_t o, const Form &chosen) {
    const Value site = prices_.FieldOf(id, "site", offers, o);
    instance_.without_price.push_back(
        {id, site.tag == ValueTag::Entity ? site.entity : id, Value::None()});
    const plan::Entity &entity = reader_.model.entity(id);
    const plan::Members &members = reader_.model.kind(entity.kind).members;
    const plan::Slot slot = members.Find(reader_.model.symbols.Find("price"));
    instance_.builder.AtMost(chosen, 0,
                             instance_.builder.CauseOf({.entity = id, .slot = slot}));
  }

  // What is counted by something that the thing has none of.
  auto IsMisfit(EntityId id, const UnitPrice &price) -> bool {
    bool is_misfit = price.by != UnitPrice::By::One;
    if (reader_.IsA(id, KnownKind::Pool)) {
      is_misfit = price.by == UnitPrice::By::Data;
    } else if (reader_.IsA(id, KnownKind::Storage)) {
      is_misfit = price.by == UnitPrice::By::Gpu;
    }
    if (!is_misfit) return false;
    const Instance::Misfit misfit{price.price, id, price.by == UnitPrice::By::Data
                                                       ? "data"
                                                       : (price.by == UnitPrice::By::Gpu
                                                              ? "GPUs"
                                                              : "energy")};
    if (!llvm::is_contained(instance_.misfits, misfit)) instance_.misfits.push_back(misfit);
    return true;
  }

  // One instance of a thing, or all of what it holds or draws.
  void AddAt(EntityId id, const Offers &offers, size_t o, UnitPrice price) {
    const Form taken = instance_.ChosenOf(offers)[o];
    const MonthRange life = LifeOf(id, offers, o);
    if (price.by == UnitPrice::By::Data) {
      const Value capacity = prices_.FieldOf(id, "capacity", offers, o);
      AddRecurring(id, CostLine::Opex, price, life, [&](int t) {
        Forms forms;
        if (capacity.tag == ValueTag::Linear &&
            instance_.LinearForms(*capacity.linear, offers, t, forms)) {
          return forms[o];
        }
        Form held = taken;
        held.Scale(reader_.NumberIn(capacity, t).value_or(0));
        return held;
      });
      return;
    }
    if (price.by == UnitPrice::By::Energy) {
      const Value watts = reader_.Get(id, KnownMember::StoragePower, offers, o);
      const Value site = prices_.FieldOf(id, "site", offers, o);
      AtThePlug(price, site.tag == ValueTag::Entity ? site.entity : EntityId{},
                reader_.NumberIn(watts, 0).value_or(0));
    }
    AddRecurring(id, CostLine::Opex, price, life, [&](int) { return taken; });
  }

  // From a price of energy to one of the time in which something draws so many watts.
  void AtThePlug(UnitPrice &price, EntityId site, Rational watts) {
    const auto pue = reader_.Number(site, KnownMember::SitePue);
    const auto drawn = base::Mul(watts, pue.value_or(1));
    price.amount = base::Mul(price.amount, drawn.value_or(0)).value_or(0);
    price.per = UnitPrice::Per::Second;
    price.by = UnitPrice::By::One;
  }

  // `units(t)`: how many of it there are in a month.
  template <typename Units>
  void AddRecurring(EntityId of, CostLine line, const UnitPrice &price, MonthRange life,
                    const Units &units) {
    for (int t = life.first; t <= life.last; ++t) {
      if (price.per == UnitPrice::Per::Once) {
        // What is bought is paid when it comes, and more of it when more comes.
        if (!price.months.Has(t)) continue;
        Form form = units(t);
        if (t > life.first) form.Add(units(t - 1), -1);
        form.Tidy();
        if (form.is_constant() && form.constant.is_zero()) continue;
        form.Scale(price.amount);
        if (line == CostLine::Licences) {
          instance_.costs.push_back({of, line, t, std::move(form), {}});
        } else if (t == life.first) {
          AddPayments(of, form, t);
        } else {
          instance_.costs.push_back({of, CostLine::Capex, t, std::move(form), {}});
        }
        continue;
      }
      if (!price.months.Has(t)) continue;
      Form form = units(t);
      form.Scale(price.InMonth(reader_.months(), t));
      instance_.costs.push_back({of, line, t, std::move(form)});
    }
  }

  // A part is paid with the order, and the rest so long after it was brought, as the vendor has it.
  void AddPayments(EntityId of, const Form &amount, int month) {
    const auto pay = [&](Rational share, int in) {
      if (share.is_zero()) return;
      Form part = amount;
      part.Scale(share);
      // What falls out of the horizon is paid at its ends.
      const int last = std::max(month, reader_.months().count - 1);
      instance_.costs.push_back({of, CostLine::Capex, std::clamp(in, 0, last), std::move(part)});
    };
    const auto arrival = instance_.arrivals.find(Index(of));
    const EntityId vendor = VendorOf(of);
    if (arrival == instance_.arrivals.end() || !IsSome(vendor)) return pay(1, month);
    const Rational deposit = reader_.Number(vendor, KnownMember::VendorDeposit).value_or(0);
    const auto wait = base::Div(reader_.Number(vendor, KnownMember::VendorPayment).value_or(0),
                                int64_t{24} * 3600);
    const base::Date due =
        arrival->second.present.AddDays(static_cast<int>(wait.value_or(0).Ceil()));
    pay(deposit, reader_.months().Of(arrival->second.ordered));
    pay(base::Sub(1, deposit).value_or(1), reader_.months().Of(due));
  }
  auto VendorOf(EntityId of) -> EntityId {
    const EntityId vendor = reader_.EntityIn(of, KnownMember::PoolOwnedVendor);
    return IsSome(vendor) ? vendor : reader_.EntityIn(of, KnownMember::StorageVendor);
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

  // The most nodes there were so far, and not one more: nobody pays in spring for what is bought in
  // autumn, so that a budget of spring would pay it.
  auto MostUntil(const Pool &pool, size_t o, int t) -> Form {
    const size_t phase = PhaseOf(pool.phases, t);
    const size_t first = PhaseOf(pool.phases, pool.by_offer[o].present.first);
    const bool is_paid_back = reader_.suspended.Has("money_back");
    if (phase <= first || IsRising(pool) || is_paid_back) return pool.nodes[phase][o];
    const bool is_new = !most_.contains(std::tuple(Index(pool.id), o, first, phase));
    const Form most = MostOf(pool, o, first, phase);
    if (!is_new || reader_.suspended.Has("paid_ahead")) return most;
    const Form before = MostUntil(pool, o, pool.phases[phase - 1].last);
    Form fall = before;
    fall.Add(most, -1);
    instance_.builder.AtMost(fall, 0, kGiven);
    // It is what there was before, or what there is now.
    const Form is_now = Form::Of(instance_.builder.Boolean());
    const Rational reach = ReachOf(pool, o, first, phase);
    Form rise = most;
    rise.Add(before, -1);
    rise.Add(is_now, Negate(reach));
    instance_.builder.AtMost(rise, 0, kGiven);
    Form excess = most;
    excess.Add(pool.nodes[phase][o], -1);
    excess.Add(is_now, reach);
    instance_.builder.AtMost(excess, reach, kGiven);
    return most;
  }
  auto IsRising(const Pool &pool) const -> bool {
    for (const plan::Unknown &unknown : reader_.environment.unknowns) {
      if (unknown.entity == pool.id && unknown.is_count) return unknown.is_rising;
    }
    return false;
  }

  // More nodes than any of these phases can have.
  auto ReachOf(const Pool &pool, size_t o, size_t first, size_t last) const -> int64_t {
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
    return reach;
  }

  // A count that is at least the nodes of each of these phases.
  auto MostOf(const Pool &pool, size_t o, size_t first, size_t last) -> Form {
    const auto key = std::tuple(Index(pool.id), o, first, last);
    const auto found = most_.find(key);
    if (found != most_.end()) return found->second;
    const int64_t reach = ReachOf(pool, o, first, last);
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
    for (int begin = present.first, after = begin; begin <= present.last; begin = after) {
      after = AfterTerm(pool.by_offer[o], begin);
      const int end = std::min(after, reader_.months().count) - 1;
      const size_t last = PhaseOf(pool.phases, std::min(end, present.last));
      const Form most = MostOf(pool, o, PhaseOf(pool.phases, begin), last);
      AddRecurring(pool.id, CostLine::Reserved, price, {begin, end}, [&](int) { return most; });
    }
  }

  // The month after a term that begins with this one: a term in days binds for the months that it
  // touches.
  auto AfterTerm(const PoolOffer &offer, int begin) -> int {
    constexpr int64_t kLongest = 1200, kDay = int64_t{24} * 3600;
    const Value term = reader_.Field(offer.contract, "term");
    if (term.tag != ValueTag::Number || reader_.suspended.Has("term")) return begin + 1;
    if (term.dimension == base::DimensionId::kMonth) {
      return begin + static_cast<int>(std::clamp<int64_t>(term.number.Ceil(), 1, kLongest));
    }
    const auto days = base::Div(term.number, kDay);
    const int64_t whole = std::clamp<int64_t>(days.value_or(1).Ceil(), 1, kLongest * 30);
    const base::Date first = reader_.months().month(begin).first();
    return reader_.months().Of(first.AddDays(static_cast<int>(whole) - 1)) + 1;
  }

  auto ContractOf(const PoolOffer &offer) const -> llvm::StringRef {
    if (offer.contract.tag != ValueTag::Union) return "";
    const auto &tags = reader_.model.unions[offer.contract.items.decl].tags;
    return reader_.model.text(tags[offer.contract.aux].name);
  }

  // Power at the plug, with what cooling adds; where electricity has a price of its own.
  void AddEnergy(const Pool &pool, size_t o) {
    const PoolOffer &offer = pool.by_offer[o];
    AddEnergyOf(pool.id, offer.site, offer.energy, offer.present,
                [&](int t) { return pool.NodesIn(t)[o]; });
  }
  template <typename Units>
  void AddEnergyOf(EntityId of, EntityId site, Rational drawn, MonthRange life,
                   const Units &units) {
    const auto pue = reader_.Number(site, KnownMember::SitePue);
    const auto watts = base::Mul(drawn, pue.value_or(1));
    for (int t = life.first; t <= life.last; ++t) {
      const auto price = prices_.OfEnergy(site, t);
      if (!price) continue;
      const auto joules = base::Mul(watts.value_or(0), reader_.months().hours(t) * 3600);
      Form form = units(t);
      form.Scale(base::Mul(joules.value_or(0), *price).value_or(0));
      instance_.costs.push_back({of, CostLine::Energy, t, std::move(form)});
    }
  }

  Instance &instance_;
  Reader &reader_;
  Prices prices_;
  std::map<std::tuple<uint32_t, size_t, size_t, size_t>, Form> most_;
};

void AddBudget(Instance &instance, EntityId budget, WorkColumns &columns) {
  Reader &reader = instance.reader;
  if (llvm::is_contained(reader.environment.suspended, budget)) return;
  Prices prices(reader);
  const auto amount = prices.ShapeOf(reader.Get(budget, KnownMember::BudgetAmount));
  if (!amount) return;
  const Cause cause = instance.FieldCause(budget, KnownMember::BudgetAmount);
  const MonthRange over = reader.RangeOf(reader.Get(budget, KnownMember::BudgetOver));
  if (amount->per == UnitPrice::Per::Once) {
    instance.builder.AtMost(SpentByEfforts(instance, budget, over, columns), amount->amount, cause);
    return;
  }
  for (int t = over.first; t <= over.last; ++t) {
    instance.builder.AtMost(SpentByEfforts(instance, budget, {t, t}, columns), amount->InMonth(reader.months(), t),
                            cause);
  }
}

}  // namespace

auto Instance::CostsOf(EntityId budget, MonthRange range) -> std::vector<const Cost *> {
  const Value covers = reader.Get(budget, KnownMember::BudgetCovers);
  std::vector<const Cost *> found;
  if (covers.tag != ValueTag::List) return found;
  llvm::DenseSet<uint32_t> covered;
  for (const Value &thing : covers.elements()) {
    if (thing.tag == ValueTag::Entity) covered.insert(Index(thing.entity));
  }
  for (const Cost &cost : costs) {
    // Work is covered as that of its team, as a task or as a workstream; what it delivers does not pay it.
    bool is_covered = covered.contains(Index(cost.of));
    for (EntityId at = cost.task; reader.IsA(at, KnownKind::Step) && !is_covered;
         at = reader.model.entity(at).parent) {
      is_covered = covered.contains(Index(at));
    }
    if (range.Has(cost.month) && is_covered) found.push_back(&cost);
  }
  return found;
}

auto Instance::SpentOf(EntityId budget, MonthRange range) -> Form {
  Form sum;
  for (const Cost *cost : CostsOf(budget, range)) sum.Add(cost->amount);
  sum.Tidy();
  return sum;
}

void AddCosts(Instance &instance) {
  CostWriter writer(instance);
  for (const Pool &pool : instance.pools) writer.AddPool(pool);
  for (const Pool &group : instance.machines) writer.AddPool(group);
  for (const KnownKind kind :
       {KnownKind::Storage, KnownKind::Link, KnownKind::Service, KnownKind::Network,
        KnownKind::Site, KnownKind::Existing, KnownKind::Resource}) {
    for (const EntityId id : instance.reader.All(kind)) writer.AddThing(id);
  }
  for (size_t c = 0; c < instance.packing.components.size(); ++c) writer.AddComponent(c);
  writer.FindWithoutElectricity();
  instance.idle_prices = Prices(instance.reader).Idle();
}

void AddBudgets(Instance &instance) {
  WorkColumns columns;
  for (const EntityId budget : instance.reader.All(KnownKind::Budget)) {
    AddBudget(instance, budget, columns);
  }
}

}  // namespace groma::solve
