// SPDX-License-Identifier: Apache-2.0
// What a site can carry: power, cooling, racks, and what its cloud grants.
#include <map>

#include "instance.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace groma::solve {
namespace {

using plan::IsSome;

// What a site carries of one environment, or of several that share it: then what they use adds up.
class SiteLimits {
 public:
  explicit SiteLimits(Instance &instance, llvm::ArrayRef<Instance *> others = {})
      : instance_(instance), others_(others), reader_(instance.reader) {}

  void Add(EntityId site) {
    if (const auto limit = reader_.Number(site, KnownMember::SiteItPower)) {
      AddLimit(site, *limit, KnownMember::SiteItPower, &Instance::PowerAt);
    }
    if (const auto limit = reader_.Number(site, KnownMember::SiteCooling)) {
      AddLimit(site, *limit, KnownMember::SiteCooling, &Instance::PowerAt);
    }
    if (const auto limit = reader_.Number(site, KnownMember::SiteRacks)) {
      AddLimit(site, *limit, KnownMember::SiteRacks, &Instance::RacksAt);
    }
    if (reader_.IsA(site, KnownKind::SiteCloud)) AddQuota(site);
  }

 private:
  // In a month of this environment, by all of them.
  auto UseIn(int t, llvm::function_ref<Form(Instance &, int)> use) -> Form {
    Form sum = use(instance_, t);
    for (Instance *other : others_) {
      const Months &months = other->reader.months();
      const int same = months.Of(reader_.months().month(t).first());
      if (same >= 0 && same < months.count) sum.Add(use(*other, same));
    }
    return sum;
  }

  void AddLimit(EntityId site, Rational limit, KnownMember member,
                auto (Instance::*use)(EntityId, int)->Form) {
    const Cause cause = instance_.FieldCause(site, member);
    for (int t = 0; t < reader_.months().count; ++t) {
      instance_.builder.AtMost(
          UseIn(t, [&](Instance &at, int month) { return (at.*use)(site, month); }), limit, cause);
    }
  }

  // Families that are not listed have no grant. A site that lists none at all says nothing.
  void AddQuota(EntityId site) {
    const Value quota = reader_.Get(site, KnownMember::SiteQuota);
    if (quota.tag != ValueTag::Map || quota.map().empty()) return;
    const Cause cause = instance_.FieldCause(site, KnownMember::SiteQuota);
    std::map<std::string, EntityId> families;
    AddFamilies(instance_, site, families);
    for (Instance *other : others_) AddFamilies(*other, site, families);
    for (const auto &[name, family] : families) {
      Rational granted = 0;
      for (const plan::MapEntry &entry : quota.map()) {
        const bool is_it = entry.key.tag == ValueTag::Entity && entry.key.entity == family;
        if (is_it && entry.value.tag == ValueTag::Number) granted = entry.value.number;
      }
      for (int t = 0; t < reader_.months().count; ++t) {
        const Form use = UseIn(
            t, [&, at = family](Instance &one, int month) { return ProcessorsAt(one, site, at, month); });
        instance_.builder.AtMost(use, granted, cause);
      }
    }
  }

  // By their names: their numbers follow the order in which packages are read.
  static void AddFamilies(const Instance &instance, EntityId site,
                          std::map<std::string, EntityId> &families) {
    for (const std::vector<Pool> *all : {&instance.pools, &instance.machines}) {
      for (const Pool &pool : *all) {
        for (const PoolOffer &offer : pool.by_offer) {
          if (offer.site != site || !IsSome(offer.family)) continue;
          families.emplace(instance.reader.NameOf(offer.family), offer.family);
        }
      }
    }
  }

  static auto ProcessorsAt(const Instance &instance, EntityId site, EntityId family, int t) -> Form {
    Form use;
    for (const std::vector<Pool> *all : {&instance.pools, &instance.machines}) {
      for (const Pool &pool : *all) {
        for (size_t o = 0; o < pool.offers.count; ++o) {
          const PoolOffer &offer = pool.by_offer[o];
          if (offer.site != site || offer.family != family || !offer.present.Has(t)) continue;
          use.Add(pool.NodesIn(t)[o], offer.vcpus);
        }
      }
    }
    return use;
  }

  Instance &instance_;
  llvm::ArrayRef<Instance *> others_;
  Reader &reader_;
};

}  // namespace

// Pools, plain servers and storage that stand at a site in a month. Machines draw power once they
// are there.
auto Instance::PowerAt(EntityId site, int t) -> Form {
  Form sum = NodesAt(site, t, &PoolOffer::power);
  AddStorage(site, KnownMember::StoragePower, t, sum);
  return sum;
}

auto Instance::RacksAt(EntityId site, int t) -> Form {
  Form sum = NodesAt(site, t, &PoolOffer::racks);
  AddStorage(site, KnownMember::StorageRacks, t, sum);
  return sum;
}

auto Instance::NodesAt(EntityId site, int t, Rational PoolOffer::*of_a_node) const -> Form {
  Form sum;
  for (const std::vector<Pool> *all : {&pools, &machines}) {
    for (const Pool &pool : *all) {
      for (size_t o = 0; o < pool.offers.count; ++o) {
        const PoolOffer &offer = pool.by_offer[o];
        if (offer.site == site && offer.present.Has(t)) {
          sum.Add(pool.NodesIn(t)[o], offer.*of_a_node);
        }
      }
    }
  }
  return sum;
}

// A column that is 1, with the field as its cause: what a storage draws is a reason too.
auto Instance::FixedUse(EntityId thing, KnownMember member) -> const Form & {
  const Cause cause = FieldCause(thing, member);
  const auto [at, is_new] = fixed_use_.try_emplace(cause);
  if (is_new) at->second = Form::Of(builder.Fixed(1, 1, cause));
  return at->second;
}

auto Instance::StoredAt(EntityId site) -> const std::vector<Stored> & {
  static const std::vector<Stored> nothing;
  if (!stored_) {
    stored_.emplace();
    for (const EntityId storage : reader.All(KnownKind::Storage)) {
      const Offers offers = reader.OffersOf(storage);
      for (size_t o = 0; o < offers.count; ++o) {
        const Value at = reader.Get(storage, KnownMember::StorageSite, offers, o);
        if (at.tag != ValueTag::Entity) continue;
        MonthRange there{FirstMonthOf(storage), reader.months().count - 1};
        if (const auto end = reader.FirstDay(reader.Get(storage, KnownMember::StorageRetire, offers, o))) {
          there.last = std::min(there.last, reader.months().Of(end->AddDays(-1)));
        }
        (*stored_)[Index(at.entity)].push_back({storage, offers, o, there});
      }
    }
  }
  const auto found = stored_->find(Index(site));
  return found == stored_->end() ? nothing : found->second;
}

void Instance::AddStorage(EntityId site, KnownMember member, int t, Form &sum) {
  for (const Stored &one : StoredAt(site)) {
    const Value amount = reader.Get(one.storage, member, one.offers, one.offer);
    if (!one.there.Has(t) || amount.tag != ValueTag::Number || amount.number.is_zero()) continue;
    sum.Add(one.offers.count == 1 ? FixedUse(one.storage, member) : ChosenOf(one.offers)[one.offer], amount.number);
  }
}

void AddSiteLimits(Instance &instance) {
  SiteLimits limits(instance);
  for (const EntityId site : instance.reader.All(KnownKind::Site)) {
    // Whoever asks later what is used, with a limit or without, finds the columns there.
    (void)instance.PowerAt(site, 0);
    (void)instance.RacksAt(site, 0);
    limits.Add(site);
  }
}

// By the limits of each of them: an environment may rewrite what a site gives.
void AddSharedLimits(llvm::ArrayRef<Instance *> instances, EntityId site) {
  if (instances[0]->reader.suspended.Has(KnownMember::EnvironmentShares)) return;
  for (Instance *instance : instances) {
    std::vector<Instance *> others;
    llvm::copy_if(instances, std::back_inserter(others),
                  [&](const Instance *other) { return other != instance; });
    SiteLimits(*instance, others).Add(site);
  }
}

}  // namespace groma::solve
