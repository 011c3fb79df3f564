// SPDX-License-Identifier: Apache-2.0
#include "prices.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::solve {

using plan::Index;
using plan::IsSome;

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
    stated.price.months = reader_.RangeOf(reader_.Get(id, KnownMember::PriceDuring));
    stated_.push_back(std::move(stated));
  }
}

auto Prices::InCurrency(const Value &money) const -> std::optional<Rational> {
  if (money.tag != ValueTag::Number) return std::nullopt;
  const auto code = reader_.model.units.CurrencyOf(money.dimension);
  if (!code) return std::nullopt;
  const llvm::StringRef wanted = reader_.model.text(currency_);
  if (*code == wanted || *code == "money") return money.number;
  for (const plan::ExchangeRate &rate : reader_.environment.rates) {
    const llvm::StringRef from = reader_.model.text(rate.from), to = reader_.model.text(rate.to);
    if (from == *code && to == wanted) return base::Mul(money.number, rate.value);
    if (from == wanted && to == *code) return base::Div(money.number, rate.value);
  }
  return std::nullopt;
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
  }
  return price;
}

auto Prices::StatedOf(EntityId thing, EntityId sku, EntityId site, const Value &contract) const
    -> std::vector<UnitPrice> {
  std::vector<UnitPrice> prices;
  for (const Stated &stated : stated_) {
    const bool is_of = llvm::is_contained(stated.of, thing) ||
                       (IsSome(sku) && llvm::is_contained(stated.of, sku));
    if (!is_of || (IsSome(stated.at) && stated.at != site)) continue;
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
                         return (price.per == UnitPrice::Per::Once) ==
                                (own->per == UnitPrice::Per::Once);
                       });
  if (own && !is_told) prices.push_back(*own);
  if (!prices.empty() || pool.is_owned) return prices;
  const llvm::StringRef contract = TagOf(offer.contract);
  const auto listed = contract == "on_demand" ? Listed(offer.sku, offer.site)
                                              : Committed(offer.sku, offer.site, contract);
  if (listed) prices.push_back(*listed);
  return prices;
}

auto Prices::OfThing(EntityId thing, const Offers &offers, size_t o) -> std::vector<UnitPrice> {
  std::vector<UnitPrice> prices = StatedOf(thing, {}, {}, Value::None());
  if (!prices.empty()) return prices;
  for (const KnownMember member : {KnownMember::LinkPrice, KnownMember::ServicePrice,
                                   KnownMember::StoragePrice, KnownMember::NetworkPrice}) {
    const Value price = reader_.Get(thing, member, offers, o);
    if (price.is_none()) continue;
    if (const auto shape = ShapeOf(price)) prices.push_back(*shape);
    break;
  }
  return prices;
}

auto Prices::OfEnergy(EntityId site) -> std::optional<Rational> {
  return InCurrency(reader_.Get(site, KnownMember::SiteElectricity));
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
