// SPDX-License-Identifier: Apache-2.0
#include "traffic.h"

#include <set>

#include "groma/base/text.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::lower::azure {

using resources::Spans;

namespace {

struct Ports {
  Kind kind;
  std::initializer_list<const char *> ports;
};
// Beside 443, on which everything else answers.
const Ports kPorts[] = {
    {Kind::Postgres, {"5432"}},        {Kind::Sql, {"1433"}},
    {Kind::Redis, {"10000"}},          {Kind::EventHubs, {"443", "5671", "9093"}},
    {Kind::ServiceBus, {"443", "5671"}},
};

class Finder {
 public:
  explicit Finder(Context &context) : context_(context), reader_(context.reader) {}

  auto Find() -> std::vector<Traffic> {
    for (const EntityId flow : reader_.All(Kind::Flow)) AddFlow(flow);
    std::map<EntityId, std::set<EntityId>> sites;  // of workloads
    for (const plan::Placement &placement : reader_.plan().placements) {
      sites[placement.workload].insert(context_.SiteOf(placement.pool));
    }
    for (const EntityId workload : reader_.All(Kind::Workload)) {
      for (const EntityId site : sites[workload]) {
        AddUses(workload, site);
        AddUsers(workload, site);
      }
    }
    llvm::stable_sort(found_, [](const Traffic &a, const Traffic &b) { return a.name < b.name; });
    return std::move(found_);
  }

 private:
  auto NameOf(EntityId id) const -> std::string { return reader_.model().FullName(id); }

  void AddFlow(EntityId flow) {
    const EntityId from = reader_.Entity(flow, Name::FlowFrom);
    const EntityId to = reader_.Entity(flow, Name::FlowTo);
    Traffic traffic;
    traffic.name = NameOf(flow);
    traffic.description =
        "Flow " + NameOf(flow) + ": " + NameOf(from) + " sends to " + NameOf(to) + ".";
    traffic.because = reader_.Because(flow) + reader_.Because(flow, Name::FlowTo);
    Add(std::move(traffic), from, to);
  }

  void AddUses(EntityId workload, EntityId site) {
    for (const EntityId service : reader_.Entities(workload, Name::WorkloadUses)) {
      Traffic traffic;
      traffic.name = NameOf(workload) + "-to-" + NameOf(service);
      traffic.description = "Workload " + NameOf(workload) + " uses " + NameOf(service) + ".";
      traffic.because = reader_.Because(workload, Name::WorkloadUses);
      Add(std::move(traffic), site, service);
    }
  }

  // Users at a site come from its addresses; those all over a geography only where something public lets them in.
  void AddUsers(EntityId workload, EntityId site) {
    const plan::Value users = reader_.Read(workload, Name::WorkloadUsers);
    if (users.tag != plan::ValueTag::List) return;
    for (const plan::Value &one : users.elements()) {
      const plan::Value at = reader_.Part(one, "site");
      Traffic traffic;
      traffic.because = reader_.Because(workload, Name::WorkloadUsers);
      traffic.to = site;
      traffic.ports = {"443"};
      if (at.tag == plan::ValueTag::Entity) {
        traffic.name = NameOf(workload) + "-from-" + NameOf(at.entity);
        traffic.description = "Users of " + NameOf(workload) + " at " + NameOf(at.entity) + ".";
        traffic.from = at.entity;
        if (at.entity != site) Push(std::move(traffic));
        continue;
      }
      const bool has_edge = !reader_.All(Kind::FrontDoor).empty();
      if (!has_edge && !HasPublicDoor(site)) continue;
      traffic.tag = has_edge ? "AzureFrontDoor.Backend" : "Internet";
      traffic.name = NameOf(workload) + "-from-" + (has_edge ? "front-door" : "internet");
      traffic.description = "Users of " + NameOf(workload) + (has_edge ? ", by way of Front Door." : ".");
      const bool is_known = llvm::any_of(found_, [&](const Traffic &other) {
        return other.name == traffic.name && other.to == site;
      });
      if (!is_known) Push(std::move(traffic));
    }
  }

  auto HasPublicDoor(EntityId site) -> bool {
    return llvm::any_of(reader_.All(Kind::LoadBalancer), [&](EntityId balancer) {
      return reader_.Flag(balancer, Name::LoadBalancerPublic) && SitesOf(balancer).contains(site);
    });
  }

  auto SitesOf(EntityId id) -> std::set<EntityId> {
    const std::vector<EntityId> several = reader_.Entities(id, Name::ServiceSites);
    std::set<EntityId> sites(several.begin(), several.end());
    const EntityId one = context_.SiteOf(id);
    if (sites.empty() && IsSome(one)) sites.insert(one);
    return sites;
  }

  void Add(Traffic traffic, EntityId from, EntityId to) {
    const std::set<EntityId> sources = SitesOf(from), targets = SitesOf(to);
    traffic.is_to_service = reader_.Is(to, Kind::Service) && reader_.Flag(to, Name::ServicePrivate);
    if (traffic.is_to_service) {
      traffic.ports = {"443"};
      for (const Ports &ports : kPorts) {
        if (reader_.Is(to, ports.kind)) traffic.ports.assign(ports.ports.begin(), ports.ports.end());
      }
    }
    for (const EntityId source : sources) {
      // What stands at several sites is reached where it is nearest: at the same site.
      if (targets.size() > 1 && targets.contains(source)) continue;
      for (const EntityId target : targets) {
        if (source == target) continue;
        Traffic one = traffic;
        one.from = source;
        one.to = target;
        if (sources.size() > 1) one.name += "-from-" + NameOf(source);
        if (targets.size() > 1) one.name += "-at-" + NameOf(target);
        Push(std::move(one));
      }
    }
  }

  void Push(Traffic traffic) {
    for (char &c : traffic.name) {
      if (c == '.') c = '-';
    }
    found_.push_back(std::move(traffic));
  }

  Context &context_;
  Reader &reader_;
  std::vector<Traffic> found_;
};

}  // namespace

auto AllTraffic(Context &context) -> std::vector<Traffic> { return Finder(context).Find(); }

auto SourceOf(Context &context, EntityId site) -> std::optional<base::Cidr> {
  const Place *place = context.PlaceOf(site);
  if (place == nullptr) return context.reader.Range(site, Name::SiteSupernet);
  if (place->network == resources::kNoResource) return std::nullopt;
  return place->range;
}

auto Cut(llvm::StringRef text, size_t most) -> std::string {
  if (text.size() <= most) return text.str();
  constexpr size_t kDots = 3;
  size_t size = most - kDots;
  const auto is_inner = [&](size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; };
  while (size > 0 && is_inner(size)) --size;
  return text.take_front(size).str() + "...";
}

}  // namespace groma::lower::azure
