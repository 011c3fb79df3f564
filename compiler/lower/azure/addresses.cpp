// SPDX-License-Identifier: Apache-2.0
// Addresses of the networks and subnets that a plan declares without any.
#include "central.h"
#include "claims.h"
#include "groma/addresses/divide.h"
#include "groma/addresses/layout.h"
#include "groma/lower/azure/azure.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "messages.h"

namespace groma::lower::azure {

using base::Cidr;
using diagnostics::Sink;
using plan::IsSome;

namespace {

class Addresser {
 public:
  Addresser(plan::Plan &plan, llvm::ArrayRef<plan::Pin> pins, Sink &sink)
      : plan_(plan), reader_(plan), sink_(sink) {
    const llvm::StringRef environment = reader_.model().text(plan.environment.name);
    for (const plan::Pin &pin : pins) {
      const auto parsed = Cidr::Parse(pin.value);
      if (pin.environment != environment) continue;
      if (parsed) before_[pin.name] = *parsed.cidr;
      if (pin.value == "true") before_central_.insert(pin.name);
    }
  }

  void Run() {
    std::map<EntityId, Ranges> networks_at, subnets_at;
    for (const auto &[kind, site, range] : {std::tuple(Kind::VirtualNetwork, Name::VirtualNetworkSite,
                                                       Name::VirtualNetworkRange),
                                            std::tuple(Kind::Vpc, Name::VpcSite, Name::VpcRange)}) {
      for (const EntityId id : reader_.All(kind)) {
        networks_at[reader_.Entity(id, site)].push_back(RangeOf(id, range));
      }
    }
    for (const EntityId id : reader_.All(Kind::Subnet)) {
      subnets_at[reader_.Entity(id, Name::SubnetSite)].push_back(RangeOf(id, Name::SubnetRange));
    }
    for (const EntityId site : reader_.All(Kind::Site)) {
      Ranges &networks = networks_at[site];
      Ranges &subnets = subnets_at[site];
      const auto supernet = reader_.Range(site, Name::SiteSupernet);
      PlaceNetworks(site, supernet, networks);
      PlaceSubnets(site, supernet, networks, subnets);
    }
    DecideCentral(plan_, reader_, before_central_);
    plan_.decisions->Sort();
    CheckClaims(reader_, networks_at, subnets_at, sink_);
  }

 private:
  auto RangeOf(EntityId id, Name field) -> Range {
    const auto stated = reader_.Range(id, field);
    return {id, field, stated, stated.has_value()};
  }

  auto Before(const Range &range) const -> std::optional<Cidr> {
    const auto found = before_.find(reader_.model().FullName(range.entity) + "." +
                                    Reader::SpellingOf(range.field).str());
    return found == before_.end() ? std::nullopt : std::optional(found->second);
  }

  void Decide(Range &range, Cidr block, EntityId site) {
    range.block = block;
    plan::Model &model = reader_.model();
    const auto slot_of = [&](EntityId id, Name field) {
      return model.kind(model.entity(id).kind).members.Find(
          model.symbols.Find(Reader::SpellingOf(field)));
    };
    plan::Value value;
    value.tag = plan::ValueTag::Cidr;
    value.cidr = block;
    plan_.decisions->results.push_back(
        {range.entity, slot_of(range.entity, range.field), {}, value,
         {{site, slot_of(site, Name::SiteSupernet), {}}}, true});
  }

  // The first network of a site has the place of the one that groma would make.
  void PlaceNetworks(EntityId site, std::optional<Cidr> supernet, Ranges &networks) {
    if (llvm::all_of(networks, [](const Range &range) { return range.block.has_value(); })) return;
    const auto layout = supernet ? addresses::SiteIn(*supernet) : std::nullopt;
    if (!layout) {
      constexpr uint64_t kLeast = 16;
      for (const Range &range : networks) {
        if (!range.block) ReportNoRoom(site, {&range}, kLeast);
      }
      return;
    }
    Range *first = nullptr;
    for (Range &range : networks) {
      if (range.block) continue;
      const bool was_first = Before(range) == layout->network;
      const bool is_earlier =
          first == nullptr || (Before(*first) != layout->network &&
                               reader_.SpanOf(range.entity).begin < reader_.SpanOf(first->entity).begin);
      if (was_first || is_earlier) first = &range;
    }
    std::vector<Cidr> taken;
    for (const auto &kept : {layout->hub, layout->wan_hub}) {
      if (kept) taken.push_back(*kept);
    }
    for (const Range &range : networks) {
      if (range.block) taken.push_back(*range.block);
    }
    const bool is_free = llvm::none_of(
        taken, [&](Cidr block) { return block.Overlaps(layout->network); });
    if (is_free) Decide(*first, layout->network, site);
    constexpr uint32_t kOneOf = 4;  // a sixteenth of the site
    const uint32_t prefix = std::min(supernet->prefix() + kOneOf, addresses::kLeastPrefix);
    Divide(site, layout->networks, taken, networks, [&](const Range &) { return prefix; });
  }

  void PlaceSubnets(EntityId site, std::optional<Cidr> supernet, const Ranges &networks,
                    Ranges &subnets) {
    std::map<EntityId, std::vector<Range *>> inside;
    for (Range &range : subnets) {
      inside[NetworkOf(range.entity, supernet, networks)].push_back(&range);
    }
    for (auto &[network, ranges] : inside) {
      if (llvm::all_of(ranges, [](const Range *range) { return range->block.has_value(); })) continue;
      std::optional<Cidr> space = SpaceIn(site, supernet, network, networks);
      std::vector<Cidr> taken;
      Ranges open;
      for (const Range *range : ranges) {
        if (range->block) {
          taken.push_back(*range->block);
        } else {
          open.push_back(*range);
        }
      }
      Divide(IsSome(network) ? network : site, space, taken, open,
             [&](const Range &range) {
               return static_cast<uint32_t>(reader_.Count(range.entity, Name::SubnetPrefix).value_or(24));
             },
             site);
      for (Range *range : ranges) {
        const auto placed = llvm::find_if(open, [&](const Range &one) { return one.entity == range->entity; });
        if (placed != open.end()) range->block = placed->block;
      }
    }
  }

  // The network of a subnet: the one that it names, else the first of the site, else none that the plan declares.
  auto NetworkOf(EntityId subnet, std::optional<Cidr> supernet, const Ranges &networks) -> EntityId {
    const EntityId named = reader_.Entity(subnet, Name::SubnetNetwork);
    if (IsSome(named)) return named;
    const Range *main = MainNetwork(reader_, supernet, networks);
    return main == nullptr ? EntityId{} : main->entity;
  }

  auto SpaceIn(EntityId site, std::optional<Cidr> supernet, EntityId network,
               const Ranges &networks) -> std::optional<Cidr> {
    if (!reader_.Is(site, Kind::SiteCloud)) return supernet;
    const auto found =
        llvm::find_if(networks, [&](const Range &range) { return range.entity == network; });
    const Range *main = MainNetwork(reader_, supernet, networks);
    if (found != networks.end() && &*found != main) return found->block;
    std::optional<Cidr> range;
    if (found != networks.end()) range = found->block;
    if (!range && supernet && addresses::SiteIn(*supernet)) range = addresses::SiteIn(*supernet)->network;
    const auto layout = range ? addresses::NetworkIn(*range) : std::nullopt;
    return layout ? std::optional(layout->declared) : std::nullopt;
  }

  template <typename PrefixOf>
  void Divide(EntityId whose, std::optional<Cidr> space, const std::vector<Cidr> &taken,
              Ranges &ranges, PrefixOf prefix_of, EntityId site = {}) {
    std::vector<Range *> open;
    std::vector<addresses::Wish> wishes;
    for (Range &range : ranges) {
      if (range.block) continue;
      open.push_back(&range);
      wishes.push_back({prefix_of(range), Before(range)});
    }
    if (open.empty()) return;
    addresses::Division division;
    if (space) {
      division = addresses::Divide(*space, taken, wishes);
    } else {
      division.places.resize(wishes.size());
      for (const addresses::Wish &wish : wishes) division.missing += uint64_t{1} << (32 - wish.prefix);
    }
    std::vector<const Range *> left;
    for (size_t i = 0; i < open.size(); ++i) {
      if (division.places[i]) {
        Decide(*open[i], *division.places[i], IsSome(site) ? site : whose);
      } else {
        left.push_back(open[i]);
      }
    }
    if (!left.empty()) ReportNoRoom(whose, left, division.missing, space);
  }

  void ReportNoRoom(EntityId whose, const std::vector<const Range *> &left, uint64_t missing,
                    std::optional<Cidr> space = std::nullopt) {
    const plan::Model &model = reader_.model();
    std::string names;
    constexpr size_t kMost = 4;
    for (size_t i = 0; i < std::min(left.size(), kMost); ++i) {
      names += (i == 0 ? "`" : ", `") + model.FullName(left[i]->entity) + "`";
    }
    if (left.size() > kMost) names += " and " + std::to_string(left.size() - kMost) + " more";
    auto report = sink_.Report(message::NoAddresses, reader_.SpanOf(left.front()->entity),
                               "`" + model.FullName(whose) + "`", names, missing);
    if (space) {
      report.Label(reader_.SpanOf(whose), "what the plan declares here shares " + space->ToString());
      report.Help("state a larger `supernet` or `range`, or smaller subnets: one more in `prefix` halves a subnet");
    } else {
      report.Label(reader_.SpanOf(whose), "it has no addresses, or too few to be divided");
      report.Help("give the site a `supernet`, as in `supernet = 10.64.0.0/16`");
    }
  }

  plan::Plan &plan_;
  Reader reader_;
  Sink &sink_;
  llvm::StringMap<Cidr> before_;
  llvm::StringSet<> before_central_;
};

}  // namespace

}  // namespace groma::lower::azure

namespace groma::lower {

void AddAddresses(plan::Plan &plan, llvm::ArrayRef<plan::Pin> pins, diagnostics::Sink &sink) {
  azure::Addresser(plan, pins, sink).Run();
}

}  // namespace groma::lower
