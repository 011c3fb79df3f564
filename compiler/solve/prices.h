// SPDX-License-Identifier: Apache-2.0
// What something costs by one unit of it: from the plan's own prices, from the thing itself, or
// from the catalogues that the plan imports.
#pragma once

#include "instance.h"

namespace groma::solve {

// An amount in the plan's currency: once, for each month, or for each second.
struct UnitPrice {
  enum class Per : uint8_t { Once, Month, Second };
  // What it is counted by: one of the thing, a GPU of it, a byte that it holds, a joule that it
  // draws.
  enum class By : uint8_t { One, Gpu, Data, Energy };
  Per per = Per::Once;
  By by = By::One;
  EntityId price{};  // that of the plan which says so, if one does
  Rational amount;
  MonthRange months;  // in which it holds

  // What it comes to in a month, for one unit.
  auto InMonth(const Months &months, int t) const -> Rational;
};

class Prices {
 public:
  explicit Prices(Reader &reader);

  // Of a node of a pool under an offer: what is paid once, and what again and again. Empty if
  // nobody states it.
  auto OfNode(const Pool &pool, const PoolOffer &offer, size_t o) -> std::vector<UnitPrice>;
  // Of a link, a service, a storage, a network or another thing with a `price`, at one of the
  // places where it is; see `PlacesOf`.
  auto OfThing(EntityId thing, const Offers &offers, size_t o, llvm::ArrayRef<EntityId> sites)
      -> std::vector<UnitPrice>;
  // For each instance of a thing under an offer, the sites whose prices hold for it.
  auto PlacesOf(EntityId thing, const Offers &offers, size_t o)
      -> std::vector<std::vector<EntityId>>;
  // A field of a thing by its name, under an offer; none if its kind has no such field.
  auto FieldOf(EntityId thing, llvm::StringRef name, const Offers &offers, size_t o) -> Value;
  // Electricity at a site in a month, for a joule: a price of the plan goes before the site's own.
  auto OfEnergy(EntityId site, int t) -> std::optional<Rational>;
  // A number of money in the plan's currency.
  auto InCurrency(const Value &money) const -> std::optional<Rational>;
  // The shape of an amount: `310k EUR/month`.
  auto ShapeOf(const Value &money) const -> std::optional<UnitPrice>;
  // Prices that are stated for something that has none, or under a contract for what is under none.
  auto Idle() -> std::vector<std::pair<EntityId, EntityId>>;

 private:
  auto Costs(EntityId thing) const -> bool;
  struct Stated {
    std::vector<EntityId> of;
    EntityId at{};
    Value contract;
    UnitPrice price;
  };
  // All that the plan states of a thing.
  auto StatedOf(EntityId thing, EntityId sku, llvm::ArrayRef<EntityId> sites,
                const Value &contract) const -> std::vector<UnitPrice>;
  auto OwnOf(const Pool &pool, const PoolOffer &offer, size_t o) -> std::optional<UnitPrice>;
  auto Listed(EntityId sku, EntityId site) -> std::optional<UnitPrice>;
  auto Committed(EntityId sku, EntityId site, llvm::StringRef term) -> std::optional<UnitPrice>;
  auto IsRegion(EntityId site, EntityId region) const -> bool;
  auto TagOf(const Value &value) const -> llvm::StringRef;
  void ReadLists();

  Reader &reader_;
  plan::SymbolId currency_{};
  std::vector<Stated> stated_;
  bool has_lists_ = false;
  // By sku: the region and the price for an hour.
  std::map<uint32_t, std::vector<std::pair<EntityId, Value>>> listed_;
  struct Commitment {
    EntityId region{};
    std::string term;
    Value price;
  };
  std::map<uint32_t, std::vector<Commitment>> committed_;
};

}  // namespace groma::solve
