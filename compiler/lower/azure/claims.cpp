// SPDX-License-Identifier: Apache-2.0
#include "claims.h"

#include "groma/addresses/overlap.h"
#include "joined.h"
#include "messages.h"

namespace groma::lower::azure {

using addresses::Claim;
using diagnostics::Sink;
using plan::IsSome;

namespace {

class Claims {
 public:
  Claims(Reader &reader, Sink &sink) : reader_(reader), sink_(sink) {}

  void Add(base::Cidr block, EntityId part, EntityId owner, EntityId by, source::Span span) {
    claims_.push_back({block, Index(part), Index(owner)});
    by_.push_back({by, span});
  }

  void Check() {
    for (const auto &[a, b] : addresses::Overlaps(claims_)) {
      const base::Cidr both =
          claims_[a].block.Contains(claims_[b].block) ? claims_[b].block : claims_[a].block;
      sink_
          .Report(message::AddressOverlap, by_[b].span, NameOf(a), NameOf(b), both.ToString())
          .Label(by_[a].span, "this claims " + claims_[a].block.ToString())
          .Help("give one of the two other addresses; where both must keep theirs, leave out what joins them");
    }
  }

 private:
  struct By {
    EntityId entity{};
    source::Span span;
  };
  auto NameOf(size_t i) const -> std::string { return reader_.model().FullName(by_[i].entity); }

  Reader &reader_;
  Sink &sink_;
  std::vector<Claim> claims_;
  std::vector<By> by_;
};

auto SpanOf(Reader &reader, EntityId id, Name field) -> source::Span {
  return reader.Because(id, field).front();
}

// Between sites: all of a site is one claim, and what it states beside its supernet is more of it.
void CheckSites(Reader &reader, const std::map<EntityId, Ranges> &networks_at, Sink &sink) {
  const Joined joined(reader);
  Claims claims(reader, sink);
  for (const EntityId site : reader.All(Kind::Site)) {
    const EntityId part = joined.PartOf(site);
    const auto supernet = reader.Range(site, Name::SiteSupernet);
    if (supernet) {
      claims.Add(*supernet, part, site, site, SpanOf(reader, site, Name::SiteSupernet));
    }
    const auto networks = networks_at.find(site);
    if (networks == networks_at.end()) continue;
    for (const Range &range : networks->second) {
      if (!range.block || (supernet && supernet->Contains(*range.block))) continue;
      claims.Add(*range.block, part, site, range.entity, SpanOf(reader, range.entity, range.field));
    }
  }
  claims.Check();
}

}  // namespace

void CheckClaims(Reader &reader, const std::map<EntityId, Ranges> &networks_at,
                 const std::map<EntityId, Ranges> &subnets_at, Sink &sink) {
  CheckSites(reader, networks_at, sink);
  // Within a site its networks are apart, and so are its subnets.
  Claims networks(reader, sink), subnets(reader, sink);
  std::map<EntityId, base::Cidr> block_of;
  for (const auto &[site, ranges] : networks_at) {
    for (const Range &range : ranges) {
      if (!range.block) continue;
      block_of[range.entity] = *range.block;
      networks.Add(*range.block, site, range.entity, range.entity,
                   SpanOf(reader, range.entity, range.field));
    }
  }
  for (const auto &[site, ranges] : subnets_at) {
    for (const Range &range : ranges) {
      if (!range.block) continue;
      const source::Span span = SpanOf(reader, range.entity, range.field);
      subnets.Add(*range.block, site, range.entity, range.entity, span);
      if (!range.is_stated) continue;
      const EntityId network = reader.Entity(range.entity, Name::SubnetNetwork);
      const auto around = block_of.find(network);
      const auto supernet = reader.Range(site, Name::SiteSupernet);
      const bool has_network = around != block_of.end();
      if (!has_network && (!supernet || IsSome(network))) continue;
      const base::Cidr outer = has_network ? around->second : *supernet;
      if (outer.Contains(*range.block)) continue;
      const EntityId whose = has_network ? network : site;
      const auto name = [&](EntityId id) { return reader.model().FullName(id); };
      sink.Report(message::OutsideOfNetwork, span, name(range.entity), "`" + name(whose) + "`",
                  outer.ToString())
          .Label(reader.SpanOf(whose), "its addresses are those of this")
          .Help("state a `range` inside of it, or none: groma then finds one");
    }
  }
  networks.Check();
  subnets.Check();
}

}  // namespace groma::lower::azure
