// SPDX-License-Identifier: Apache-2.0
#include "central.h"

#include "joined.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::lower::azure {

using plan::ValueTag;

namespace {

class Finder {
 public:
  Finder(Reader &reader, const llvm::StringSet<> &before)
      : reader_(reader), before_(before), sites_(reader.All(Kind::SiteAzure)) {}  // in order of names

  // None if there is no such site.
  auto Find() -> EntityId {
    for (const EntityId site : sites_) {
      if (IsStated(site) && reader_.Flag(site, Name::SiteAzureCentral)) return site;
    }
    std::vector<EntityId> open;
    for (const EntityId site : sites_) {
      if (!IsStated(site)) open.push_back(site);
    }
    sites_ = std::move(open);
    for (const EntityId site : sites_) {
      if (before_.contains(reader_.model().FullName(site) + ".central")) return site;
    }
    for (const EntityId id : reader_.All(Kind::PrivateDns)) {
      if (const EntityId site = SiteOf(reader_, id); IsOpen(site)) return site;
    }
    for (const EntityId id : reader_.All(Kind::HubSpoke)) {
      if (const EntityId site = reader_.Entity(id, Name::HubSpokeHub); IsOpen(site)) return site;
    }
    for (const EntityId id : reader_.All(Kind::VirtualWan)) {
      for (const EntityId site : reader_.Entities(id, Name::VirtualWanHubs)) {
        if (IsOpen(site)) return site;
      }
    }
    return sites_.empty() ? EntityId{} : sites_.front();
  }

  auto IsStated(EntityId site) const -> bool {
    return reader_.Read(site, Name::SiteAzureCentral).tag == ValueTag::Bool;
  }

 private:
  auto IsOpen(EntityId site) const -> bool { return llvm::is_contained(sites_, site); }

  Reader &reader_;
  const llvm::StringSet<> &before_;
  std::vector<EntityId> sites_;
};

}  // namespace

void DecideCentral(plan::Plan &plan, Reader &reader, const llvm::StringSet<> &before) {
  Finder finder(reader, before);
  const EntityId central = finder.Find();
  plan::Model &model = reader.model();
  for (const EntityId site : reader.All(Kind::SiteAzure)) {
    if (finder.IsStated(site)) continue;
    plan::Value value;
    value.tag = ValueTag::Bool;
    value.boolean = site == central;
    const plan::Slot slot = model.kind(model.entity(site).kind)
                                .members.Find(model.symbols.Find(Reader::SpellingOf(Name::SiteAzureCentral)));
    plan.decisions->results.push_back({site, slot, {}, value, {}, value.boolean});
  }
}

}  // namespace groma::lower::azure
