// SPDX-License-Identifier: Apache-2.0
#include "prices.h"

#include "groma/plan/currency.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {

using plan::Index;
using plan::IsSome;

namespace {

// What is paid for energy comes on top of what the thing itself costs.
auto IsOfItself(const UnitPrice &price) -> bool { return price.by != UnitPrice::By::Energy; }

}  // namespace

auto UnitPrice::InMonth(const Months &horizon, int t) const -> Rational {
  switch (per) {
    case Per::Month:
      return amount;
    case Per::Second:
      return base::Mul(amount, horizon.hours(t) * 3600).value_or(0);
    case Per::Once:
      return 0;
  }
  return 0;
}

Prices::Prices(Reader &reader) : reader_(reader) {
  const Value currency = reader_.Get(reader_.model.plan, KnownMember::PlanCurrency);
  if (currency.tag == ValueTag::Currency) currency_ = currency.symbol;
  for (const EntityId id : reader_.All(KnownKind::Price)) {
    const auto shape = ShapeOf(reader_.Get(id, KnownMember::PriceAmount));
    const Value of = reader_.Get(id, KnownMember::PriceOf);
    if (!shape || of.tag != ValueTag::List) continue;
    Stated stated;
    for (const Value &thing : of.elements()) {
      if (thing.tag == ValueTag::Entity) stated.of.push_back(thing.entity);
    }
    stated.at = reader_.EntityIn(id, KnownMember::PriceAt);
    stated.contract = reader_.Get(id, KnownMember::PriceContract);
    stated.price = *shape;
    stated.price.price = id;
    stated.price.months = reader_.RangeOf(reader_.Get(id, KnownMember::PriceDuring));
    stated_.push_back(std::move(stated));
  }
}

auto Prices::InCurrency(const Value &money) const -> std::optional<Rational> {
  return plan::InCurrency(reader_.model, reader_.environment.rates, money,
                          reader_.model.text(currency_));
}

auto Prices::ShapeOf(const Value &money) const -> std::optional<UnitPrice> {
  const auto amount = InCurrency(money);
  if (!amount) return std::nullopt;
  UnitPrice price;
  price.amount = *amount;
  price.months = {0, reader_.months().count - 1};
  for (const auto &factor : reader_.model.units.dimensions().factors(money.dimension)) {
    if (factor.base == base::DimensionId::kMonth) price.per = UnitPrice::Per::Month;
    if (factor.base == base::DimensionId::kTime) price.per = UnitPrice::Per::Second;
    if (factor.base == base::DimensionId::kGpu) price.by = UnitPrice::By::Gpu;
    if (factor.base == base::DimensionId::kData) price.by = UnitPrice::By::Data;
    if (factor.base == base::DimensionId::kEnergy) price.by = UnitPrice::By::Energy;
  }
  return price;
}

auto Prices::StatedOf(EntityId thing, EntityId sku, llvm::ArrayRef<EntityId> sites,
                      const Value &contract) const -> std::vector<UnitPrice> {
  std::vector<UnitPrice> prices;
  for (const Stated &stated : stated_) {
    const bool is_of =
        llvm::is_contained(stated.of, thing) || (IsSome(sku) && llvm::is_contained(stated.of, sku));
    if (!is_of || (IsSome(stated.at) && !llvm::is_contained(sites, stated.at))) continue;
    if (!stated.contract.is_none() && plan::Compare(stated.contract, contract) != 0) continue;
    prices.push_back(stated.price);
  }
  return prices;
}

// What the pool itself says.
auto Prices::OwnOf(const Pool &pool, const PoolOffer &offer, size_t o) -> std::optional<UnitPrice> {
  const Value own = reader_.Get(pool.id, pool.price, pool.offers, o);
  if (own.tag != ValueTag::Map) return std::nullopt;
  for (const plan::MapEntry &entry : own.map()) {
    const bool is_it =
        own.op == 1 || (entry.key.tag == ValueTag::Entity && entry.key.entity == offer.sku);
    if (is_it) return ShapeOf(reader_.At(entry.value, pool.offers, o));
  }
  return std::nullopt;
}

// A price that the plan states goes before one of the same sort that the pool or a list has.
auto Prices::OfNode(const Pool &pool, const PoolOffer &offer, size_t o) -> std::vector<UnitPrice> {
  std::vector<UnitPrice> prices = StatedOf(pool.id, offer.sku, offer.site, offer.contract);
  const auto own = OwnOf(pool, offer, o);
  const bool is_told = own && llvm::any_of(prices, [&](const UnitPrice &price) {
                         return IsOfItself(price) && (price.per == UnitPrice::Per::Once) ==
                                                         (own->per == UnitPrice::Per::Once);
                       });
  if (own && !is_told) prices.push_back(*own);
  if (llvm::any_of(prices, IsOfItself) || pool.is_owned) return prices;
  const llvm::StringRef contract = TagOf(offer.contract);
  const auto listed = contract == "on_demand" ? Listed(offer.sku, offer.site)
                                              : Committed(offer.sku, offer.site, contract);
  if (listed) prices.push_back(*listed);
  return prices;
}

auto Prices::OfThing(EntityId thing, const Offers &offers, size_t o, llvm::ArrayRef<EntityId> sites)
    -> std::vector<UnitPrice> {
  std::vector<UnitPrice> prices = StatedOf(thing, {}, sites, Value::None());
  // What data cost that leave a site comes on top as well.
  const bool is_site = reader_.IsA(thing, KnownKind::Site);
  const bool is_told = llvm::any_of(prices, [&](const UnitPrice &price) {
    return IsOfItself(price) && !(is_site && price.by == UnitPrice::By::Data);
  });
  if (is_told) return prices;
  for (const KnownMember member :
       {KnownMember::LinkPrice, KnownMember::ServicePrice, KnownMember::StoragePrice,
        KnownMember::NetworkPrice, KnownMember::ColocationPrice, KnownMember::ExistingPrice,
        KnownMember::ResourcePrice}) {
    const Value price = reader_.Get(thing, member, offers, o);
    if (price.is_none()) continue;
    if (const auto shape = ShapeOf(price)) prices.push_back(*shape);
    break;
  }
  return prices;
}

auto Prices::FieldOf(EntityId thing, llvm::StringRef name, const Offers &offers, size_t o)
    -> Value {
  const plan::Members &members = reader_.model.kind(reader_.model.entity(thing).kind).members;
  const plan::Slot slot = members.Find(reader_.model.symbols.Find(name));
  if (slot == plan::kNoSlot) return Value::None();
  const Value value = reader_.Read(thing, slot);
  return value.is_error() ? Value::None() : reader_.At(value, offers, o);
}

// A service has one instance at each of its sites; a line is at both of its ends.
auto Prices::PlacesOf(EntityId thing, const Offers &offers, size_t o)
    -> std::vector<std::vector<EntityId>> {
  const auto sites_in = [&](llvm::StringRef name) {
    std::vector<EntityId> sites;
    const Value list = FieldOf(thing, name, offers, o);
    if (list.tag != ValueTag::List) return sites;
    for (const Value &element : list.elements()) {
      const Value site = reader_.At(element, offers, o);
      sites.push_back(site.tag == ValueTag::Entity ? site.entity : EntityId{});
    }
    return sites;
  };
  std::vector<std::vector<EntityId>> places;
  if (reader_.IsA(thing, KnownKind::Service)) {
    for (const EntityId site : sites_in("sites")) places.push_back({site});
  }
  if (!places.empty()) return places;
  if (reader_.IsA(thing, KnownKind::Link)) return {sites_in("between")};
  if (reader_.IsA(thing, KnownKind::Site)) return {{thing}};
  const Value site = FieldOf(thing, "site", offers, o);
  if (site.tag == ValueTag::Entity) return {{site.entity}};
  return {{}};
}

auto Prices::OfEnergy(EntityId site, int t) -> std::optional<Rational> {
  std::optional<Rational> sum;
  for (const UnitPrice &price : StatedOf(site, {}, site, Value::None())) {
    if (reader_.suspended.Has("electricity")) break;
    const bool holds = price.by == UnitPrice::By::Energy && price.months.Has(t);
    if (holds) sum = base::Add(sum.value_or(0), price.amount);
  }
  if (sum) return sum;
  return InCurrency(reader_.Get(site, KnownMember::SiteElectricity));
}

auto Prices::Costs(EntityId thing) const -> bool {
  static constexpr KnownKind kKinds[] = {
      KnownKind::Pool,     KnownKind::Machines, KnownKind::Sku,      KnownKind::Storage,
      KnownKind::Link,     KnownKind::Service,  KnownKind::Network,  KnownKind::Site,
      KnownKind::Existing, KnownKind::Resource, KnownKind::Component};
  // What people cost is the schedule's.
  return llvm::any_of(kKinds, [&](KnownKind kind) { return reader_.IsA(thing, kind); }) ||
         reader_.IsA(thing, KnownKind::Team) || reader_.IsA(thing, KnownKind::Step);
}

auto Prices::Idle() -> std::vector<std::pair<EntityId, EntityId>> {
  std::vector<std::pair<EntityId, EntityId>> idle;
  for (const Stated &stated : stated_) {
    for (const EntityId thing : stated.of) {
      const bool is_rented = reader_.IsA(thing, KnownKind::Pool) ||
                             reader_.IsA(thing, KnownKind::Machines) ||
                             reader_.IsA(thing, KnownKind::Sku);
      const bool is_idle = !Costs(thing) || (!stated.contract.is_none() && !is_rented);
      if (is_idle) idle.emplace_back(stated.price.price, thing);
    }
  }
  return idle;
}

auto Prices::TagOf(const Value &value) const -> llvm::StringRef {
  if (value.tag != ValueTag::Union) return "";
  return reader_.model.text(reader_.model.unions[value.items.decl].tags[value.aux].name);
}

// A site of the plan stands for the region that it is made from.
auto Prices::IsRegion(EntityId site, EntityId region) const -> bool {
  for (EntityId at = site; IsSome(at); at = reader_.model.entity(at).base) {
    if (at == region) return true;
  }
  return false;
}

void Prices::ReadLists() {
  has_lists_ = true;
  const plan::KindId list = reader_.known.kind(KnownKind::ListPrice);
  const plan::KindId commitment = reader_.known.kind(KnownKind::Commitment);
  for (const plan::Catalogue &catalogue : reader_.model.catalogues) {
    if (!IsSome(catalogue.kind)) continue;
    if (IsSome(list) && reader_.model.IsA(catalogue.kind, list)) {
      for (const EntityId entry : catalogue.entries) {
        listed_[Index(reader_.EntityIn(entry, KnownMember::ListPriceSku))].emplace_back(
            reader_.EntityIn(entry, KnownMember::ListPriceRegion),
            reader_.Get(entry, KnownMember::ListPriceHourly));
      }
    }
    if (IsSome(commitment) && reader_.model.IsA(catalogue.kind, commitment)) {
      for (const EntityId entry : catalogue.entries) {
        const Value term = reader_.Get(entry, KnownMember::CommitmentTerm);
        if (term.tag != ValueTag::Enum) continue;
        const auto &tags = reader_.model.enums[Index(term.enumeration)].tags;
        committed_[Index(reader_.EntityIn(entry, KnownMember::CommitmentSku))].push_back(
            {reader_.EntityIn(entry, KnownMember::CommitmentRegion),
             reader_.model.text(tags[term.aux]).str(),
             reader_.Get(entry, KnownMember::CommitmentPrice)});
      }
    }
  }
}

auto Prices::Listed(EntityId sku, EntityId site) -> std::optional<UnitPrice> {
  if (!has_lists_) ReadLists();
  for (const auto &[region, price] : listed_[Index(sku)]) {
    if (IsRegion(site, region)) return ShapeOf(price);
  }
  if (IsRegion(site, reader_.EntityIn(sku, KnownMember::VmSizeHourlyRegion))) {
    return ShapeOf(reader_.Get(sku, KnownMember::VmSizeHourly));
  }
  return std::nullopt;
}

auto Prices::Committed(EntityId sku, EntityId site, llvm::StringRef term)
    -> std::optional<UnitPrice> {
  if (!has_lists_) ReadLists();
  for (const Commitment &entry : committed_[Index(sku)]) {
    if (llvm::StringRef(entry.term).starts_with(term) && IsRegion(site, entry.region)) {
      return ShapeOf(entry.price);
    }
  }
  return std::nullopt;
}

}  // namespace groma::solve
