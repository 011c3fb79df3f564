// SPDX-License-Identifier: Apache-2.0
// What a site can carry: power, cooling, racks, and what its cloud grants.
#include "instance.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {
namespace {

using plan::Index;
using plan::IsSome;

class SiteLimits {
 public:
  explicit SiteLimits(Instance &instance) : instance_(instance), reader_(instance.reader) {}

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
  void AddLimit(EntityId site, Rational limit, KnownMember member,
                auto (Instance::*use)(EntityId, int)->Form) {
    const Cause cause = instance_.FieldCause(site, member);
    for (int t = 0; t < reader_.months().count; ++t) {
      instance_.builder.AtMost((instance_.*use)(site, t), limit, cause);
    }
  }

  // Families that are not listed have no grant. A site that lists none at all says nothing.
  void AddQuota(EntityId site) {
    const Value quota = reader_.Get(site, KnownMember::SiteQuota);
    if (quota.tag != ValueTag::Map || quota.map().empty()) return;
    const Cause cause = instance_.FieldCause(site, KnownMember::SiteQuota);
    std::map<uint32_t, std::vector<Form>> by_family;
    const auto add = [&](const Pool &pool) {
      for (size_t o = 0; o < pool.offers.count; ++o) {
        const PoolOffer &offer = pool.by_offer[o];
        if (offer.site != site || !IsSome(offer.family)) continue;
        auto &use = by_family[Index(offer.family)];
        use.resize(reader_.months().count);
        for (int t = offer.present.first; t <= offer.present.last; ++t) {
          use[t].Add(pool.NodesIn(t)[o], offer.vcpus);
        }
      }
    };
    for (const Pool &pool : instance_.pools) add(pool);
    for (const Pool &group : instance_.machines) add(group);
    for (const auto &[family, use] : by_family) {
      Rational granted = 0;
      for (const plan::MapEntry &entry : quota.map()) {
        const bool is_it = entry.key.tag == ValueTag::Entity && Index(entry.key.entity) == family;
        if (is_it && entry.value.tag == ValueTag::Number) granted = entry.value.number;
      }
      for (const Form &form : use) instance_.builder.AtMost(form, granted, cause);
    }
  }

  Instance &instance_;
  Reader &reader_;
};

}  // namespace

// Pools, plain servers and storage that stand at a site in a month. Machines draw power once they
// are there.
auto Instance::PowerAt(EntityId site, int t) -> Form {
  Form sum = NodesAt(site, t, &PoolOffer::power);
  AddStorage(site, KnownMember::StoragePower, sum);
  return sum;
}

auto Instance::RacksAt(EntityId site, int t) -> Form {
  Form sum = NodesAt(site, t, &PoolOffer::racks);
  AddStorage(site, KnownMember::StorageRacks, sum);
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

void Instance::AddStorage(EntityId site, KnownMember member, Form &sum) {
  for (const EntityId storage : reader.All(KnownKind::Storage)) {
    const Offers offers = reader.OffersOf(storage);
    const Forms &taken = ChosenOf(offers);
    for (size_t o = 0; o < offers.count; ++o) {
      const Value at = reader.Get(storage, KnownMember::StorageSite, offers, o);
      const Value amount = reader.Get(storage, member, offers, o);
      const bool is_here = at.tag == ValueTag::Entity && at.entity == site;
      if (is_here && amount.tag == ValueTag::Number) sum.Add(taken[o], amount.number);
    }
  }
}

void AddSiteLimits(Instance &instance) {
  SiteLimits limits(instance);
  for (const EntityId site : instance.reader.All(KnownKind::Site)) limits.Add(site);
}

}  // namespace groma::solve
