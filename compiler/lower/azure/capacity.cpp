// SPDX-License-Identifier: Apache-2.0
#include "capacity.h"

#include "groma/evaluate/plan_source.h"
#include "groma/resources/azure/compute.h"
#include "groma/resources/azure/kubernetes.h"
#include "llvm/ADT/StringRef.h"
#include "messages.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Spans;
using resources::azure::FlexibleSet;
using resources::azure::NodePool;
using resources::azure::ProximityGroup;
using resources::azure::Quota;
using resources::azure::Reservation;
using resources::azure::ReservationGroup;
using resources::azure::ScaleSet;

namespace {

// The block that the plan already has, or one that is asked for.
auto AddBlock(Context &context, const Nodes &nodes) -> ResourceId {
  Reader &reader = context.reader;
  auto group = context.Make<ReservationGroup>(nodes.of, "", *nodes.place, "compute");
  if (const auto block = reader.Text(nodes.of, Name::ReservedBlock)) {
    const Spans because = reader.Because(nodes.of, Name::ReservedBlock);
    group.resource().name = Value::Text(*block, because);
    group.resource().is_there = true;
    return group.id();
  }
  const Spans because = reader.Because(nodes.of, Name::ReservedDuring);
  group.Is<ReservationGroup::kSort>("Block", because);
  if (!nodes.zone.is_null()) group.Set<ReservationGroup::kZones>(nodes.zone);
  auto block = context.MakeIn<Reservation>(group.id(), nodes.of, "");
  block.Set<Reservation::kSize>(Value::Text(nodes.size, nodes.because_sku));
  block.Set<Reservation::kCount>(Value::Int(nodes.most, nodes.because_count));
  const plan::Value during = reader.Read(nodes.of, Name::ReservedDuring);
  const auto first = evaluate::FirstDayOf(during), last = evaluate::LastDayOf(during);
  if (first) block.Set<Reservation::kStart>(Value::Text(first->ToString(), because));
  if (last) block.Set<Reservation::kEnd>(Value::Text(last->ToString(), because));
  if (!nodes.zone.is_null()) block.Set<Reservation::kZones>(nodes.zone);
  return group.id();
}

auto AddProximity(Context &context, const Nodes &nodes) -> ResourceId {
  auto group = context.Make<ProximityGroup>(nodes.of, nodes.role, *nodes.place, "compute");
  group.Is<ProximityGroup::kSort>("Standard", nodes.because_fabric);
  group.Set<ProximityGroup::kSizes>(Value::Texts({nodes.size}, nodes.because_sku));
  if (!nodes.zone.is_null()) group.Set<ProximityGroup::kZones>(nodes.zone);
  return group.id();
}

// What the plan says that is granted there; not more than it says that is needed, unless it says more.
auto GrantedOf(Reader &reader, EntityId site, EntityId family) -> int64_t {
  const plan::Value quota = reader.Read(site, Name::SiteQuota);
  if (quota.tag != plan::ValueTag::Map) return 0;
  for (const plan::MapEntry &entry : quota.map()) {
    const bool is_it = entry.key.tag == plan::ValueTag::Entity && entry.key.entity == family;
    if (is_it) return reader.InUnit(entry.value, "vcpu").value_or(0);
  }
  return 0;
}

// What runs on machines waits until they are granted.
void LetWait(Context &context, const Place &place, ResourceId quota) {
  for (Resource &resource : context.graph.resources) {
    const bool is_machines =
        resource.type == &ScaleSet::kType || resource.type == &FlexibleSet::kType ||
        resource.type == &NodePool::kType || resource.type == &Reservation::kType;
    if (is_machines && resource.group == place.group) resource.after.push_back(quota);
  }
}

void RequestQuota(Context &context, const Place &place, EntityId family, const std::string &name,
                  int64_t vcpus, const Spans &because) {
  Reader &reader = context.reader;
  Resource resource;
  resource.type = &Quota::kType;
  resource.symbol = place.symbol + "_" + llvm::StringRef(reader.SymbolOf(family)).lower();
  resource.name = Value::Text(name, because);
  resource.concern = "quota";
  resource.because = because;
  resource.purpose = "Machines of the plan alone; say more in `quota` if the subscription has others of the family.";
  resource.scope_id =
      Value::Joined({Value::Text("/subscriptions/"), Value::Subscription(),
                     Value::Text("/providers/Microsoft.Compute/locations/"), Value::Given(place.location)},
                    because);
  Making<Quota> quota(context.graph, context.graph.Add(std::move(resource)));
  quota.Is<Quota::kSort>("LimitValue", because);
  quota.Set<Quota::kLimit>(
      Value::Int(std::max(vcpus, GrantedOf(reader, place.site, family)), because));
  quota.Set<Quota::kFamily>(Value::Text(name, because));
  LetWait(context, place, quota.id());
}

}  // namespace

void Reserve(Context &context, Nodes &nodes) {
  const bool is_block = context.reader.Is(nodes.of, Kind::ReservedBlock);
  if (nodes.is_one_fabric || is_block) nodes.zone = ZoneOf(context, nodes);
  // A block stands close together by itself, and Azure takes only one of the two.
  if (is_block) {
    nodes.reservation = AddBlock(context, nodes);
  } else if (nodes.is_one_fabric) {
    nodes.proximity = AddProximity(context, nodes);
  }
}

void NoteContracts(Context &context, const std::vector<Nodes> &all) {
  Reader &reader = context.reader;
  std::set<EntityId> told;
  for (const Nodes &nodes : all) {
    const Name contract =
        reader.Is(nodes.of, Kind::Machines) ? Name::MachinesContract : Name::RentedContract;
    const std::string word = reader.Word(nodes.of, contract);
    if ((word != "reserved" && word != "savings_plan") || !told.insert(nodes.of).second) continue;
    context.sink
        .Report(message::BoughtApart, reader.Because(nodes.of, contract).front(),
                reader.SymbolOf(nodes.of), word == "reserved" ? "reservation" : "savings plan")
        .Note("it lowers the price and sets no machines aside: that is what a `pool.reserved_block` does");
  }
}

// Spot machines have a quota of their own.
void LowerQuota(Context &context, const std::vector<Nodes> &all) {
  Reader &reader = context.reader;
  struct Need {
    int64_t vcpus = 0;
    Spans because;
  };
  std::map<std::pair<EntityId, EntityId>, Need> needs;
  for (const Nodes &nodes : all) {
    const EntityId family = reader.Entity(nodes.sku, Name::VmSizeFamily);
    const auto vcpus = reader.Count(nodes.sku, Name::VmSizeVcpus);
    if (!IsSome(family) || !vcpus || nodes.is_spot) continue;
    Need &need = needs[{nodes.place->site, family}];
    need.vcpus += *vcpus * nodes.most;
    need.because = need.because + nodes.because;
  }
  for (const auto &[key, need] : needs) {
    const auto &[site, family] = key;
    const auto name = reader.Text(family, Name::VmFamilyQuotaName);
    const Place &place = *context.PlaceOf(site);
    if (name && reader.Flag(site, Name::SiteAzureRequestsQuota)) {
      RequestQuota(context, place, family, *name, need.vcpus,
                   reader.Because(site, Name::SiteAzureRequestsQuota) + need.because + reader.Because(site, Name::SiteQuota));
    }
    const std::string region = reader.Text(site, Name::SiteAzureRegion).value_or("");
    resources::Output output;
    output.name = reader.SymbolOf(site) + "_quota_" + llvm::StringRef(reader.SymbolOf(family)).lower();
    output.description = "Virtual processors of the family `" + name.value_or(reader.SymbolOf(family)) +
                         "` that must be granted in " + region + " before this is deployed.";
    output.because = need.because + reader.Because(site, Name::SiteQuota);
    output.value = Value::Int(need.vcpus, output.because);
    context.graph.outputs.push_back(std::move(output));
  }
}

}  // namespace groma::lower::azure
