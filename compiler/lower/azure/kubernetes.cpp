// SPDX-License-Identifier: Apache-2.0
#include "kubernetes.h"

#include <algorithm>

#include "capacity.h"
#include "groma/resources/azure/kubernetes.h"
#include "groma/resources/azure/network.h"
#include "identities.h"
#include "llvm/ADT/StringExtras.h"
#include "messages.h"
#include "pods.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Spans;
using resources::azure::Cluster;
using resources::azure::NodePool;
using resources::azure::Subnet;

namespace {

constexpr const char *kSystemSize = "Standard_D4ds_v5";
constexpr int64_t kDiskGb = 128;

// Sizes without GPUs say by a `d` that they have a disk of their own; those with GPUs all have one.
auto HasOwnDisk(const Nodes &nodes) -> bool {
  if (nodes.has_gpus) return true;
  llvm::StringRef name = nodes.size;
  name.consume_front("Standard_");
  name = name.drop_while(llvm::isAlpha).drop_while([](char c) { return llvm::isDigit(c); });
  return name.take_until([](char c) { return c == '_'; }).contains('d');
}

class Clusters {
 public:
  Clusters(Context &context, Place &place, std::vector<Nodes *> pools, int64_t others)
      : context_(context), reader_(context.reader), place_(place), pools_(std::move(pools)), others_(others) {
    for (const Nodes *nodes : pools_) because_ = because_ + reader_.Because(nodes->of, RunsOn(*nodes));
  }

  void Lower() {
    SetPods();
    AddCluster();
    for (Nodes *nodes : pools_) AddPool(*nodes);
  }

 private:
  auto RunsOn(const Nodes &nodes) const -> Name {
    return reader_.Is(nodes.of, Kind::Machines) ? Name::MachinesRunsOn : Name::PoolRunsOn;
  }

  void AddCluster() {
    identity_ = AddIdentity(context_, place_, place_.site, "aks");
    auto made = context_.Make<Cluster>(place_.site, "", place_, "compute");
    cluster_ = made.id();
    context_.made.clusters[place_.site] = cluster_;
    made.resource().because = because_;
    made.Is<Cluster::kSku>("Base", because_);
    made.Is<Cluster::kTier>("Standard", because_);
    made.Is<Cluster::kIdentity>("UserAssigned", because_);
    made.Set<Cluster::kIdentities>(Value::Keys({Value::IdOf(identity_, because_)}, because_));
    SetVersion();
    const std::string name = made.resource().name.text;
    constexpr size_t kMostPrefix = 54;
    std::string prefix = name.substr(0, kMostPrefix);
    while (!prefix.empty() && !llvm::isAlnum(prefix.back())) prefix.pop_back();
    made.Set<Cluster::kPrefix>(Value::Text(prefix, because_));
    made.Set<Cluster::kNodeGroup>(Value::Text(
        context_.namer.NameOf(resources::azure::ResourceGroup::kType,
                              context_.NamedFor(place_.site) + "_nodes", "",
                              reader_.SpanOf(place_.site)),
        because_));
    SetAccess(made);
    made.Is<Cluster::kUpgrade>("patch", because_);
    made.Is<Cluster::kNodeUpgrade>("NodeImage", because_);
    SetNetwork(made);
    SetSystemPool(made);
  }

  void SetVersion() {
    std::string version;
    for (const Nodes *nodes : pools_) {
      const plan::Value value = reader_.Part(reader_.Read(nodes->of, RunsOn(*nodes)), "version");
      if (value.tag != plan::ValueTag::String) continue;
      if (!version.empty() && value.string() != version) {
        context_.sink
            .Report(message::CannotSay, reader_.Because(nodes->of, RunsOn(*nodes)).front(),
                    reader_.SymbolOf(nodes->of), "version " + value.string().str(),
                    "the cluster of `" + place_.symbol + "` has the version " + version)
            .Help("state one version for all pools of the site");
        continue;
      }
      version = value.string().str();
      version_ = Value::Text(version, reader_.Because(nodes->of, RunsOn(*nodes)));
      resources::Making<Cluster>(context_.graph, cluster_).Set<Cluster::kVersion>(version_);
    }
  }

  // Through the directory only, and from inside of the network only.
  void SetAccess(resources::Making<Cluster> &made) {
    made.Set<Cluster::kRoles>(Value::Bool(true, because_));
    made.Set<Cluster::kNoLocal>(Value::Bool(true, because_));
    made.Set<Cluster::kEntra>(Value::Bool(true, because_));
    made.Set<Cluster::kEntraRoles>(Value::Bool(true, because_));
    made.Set<Cluster::kTenant>(Value::Tenant(because_));
    SetAdmins(made);
    made.Set<Cluster::kPrivate>(Value::Bool(true, because_));
    made.Set<Cluster::kPublicName>(Value::Bool(false, because_));
    made.Is<Cluster::kZone>("system", because_);
    made.Set<Cluster::kIssuer>(Value::Bool(true, because_));
    made.Set<Cluster::kWorkloadIdentity>(Value::Bool(true, because_));
  }

  // Groups that may do everything with a pool of the cluster, or with its site.
  void SetAdmins(resources::Making<Cluster> &made) {
    std::vector<Value> admins;
    for (const EntityId access : reader_.All(Kind::Access)) {
      const EntityId role = reader_.Entity(access, Name::AccessRole);
      if (reader_.Text(role, Name::RoleKubernetes).value_or("") != "cluster-admin") continue;
      if (reader_.Flag(access, Name::AccessOnRequest)) continue;
      const std::vector<EntityId> of = reader_.Entities(access, Name::AccessOf);
      const bool is_here = std::any_of(of.begin(), of.end(), [&](EntityId id) {
        return id == place_.site || std::any_of(pools_.begin(), pools_.end(),
                                                [&](const Nodes *nodes) { return nodes->of == id; });
      });
      const auto group = reader_.Text(access, Name::AccessGroup);
      if (!is_here || !group) continue;
      const Spans because = reader_.Because(access, Name::AccessGroup);
      admins.push_back(Value::Given(GroupId(context_, *group, because), because));
    }
    if (!admins.empty()) made.Set<Cluster::kAdmins>(Value::List(std::move(admins), because_));
  }

  // One pool that wants pods in the subnet is enough: a cluster has one kind of network.
  void SetPods() {
    for (const Nodes *nodes : pools_) {
      const plan::Value word = reader_.Part(reader_.Read(nodes->of, RunsOn(*nodes)), "pods");
      if (word.tag != plan::ValueTag::Enum) continue;
      const plan::Model &model = reader_.model();
      if (model.text(model.enums[Index(word.enumeration)].tags[word.aux]) != "subnet") continue;
      if (!in_subnet_) why_subnet_ = reader_.Because(nodes->of, RunsOn(*nodes));
      in_subnet_ = true;
    }
    if (!in_subnet_) why_subnet_ = because_;
    CheckRoom(context_, place_, NeedOf(), in_subnet_, why_subnet_);
  }

  auto NeedOf() const -> Need {
    Need need;
    need.system = SystemCount();
    need.others = others_;
    for (const Nodes *pool : pools_) need.nodes += pool->most;
    return need;
  }

  auto PodsOfNode() const -> int64_t { return in_subnet_ ? kPodsInSubnet : kPodsInOverlay; }

  auto SystemCount() const -> int64_t {
    constexpr int64_t kLeast = 2;
    return std::max(kLeast, reader_.Count(place_.site, Name::SiteZones).value_or(0));
  }

  void SetNetwork(resources::Making<Cluster> &made) {
    const Need need = NeedOf();
    const Ranges ranges = RangesOf(context_, need.nodes);
    if (!in_subnet_) place_.pods = base::Cidr::Parse(ranges.pods).cidr;
    made.Is<Cluster::kPlugin>("azure", because_);
    if (in_subnet_) {
      // azurerm takes cilium only where pods have addresses of their own kind.
      made.Is<Cluster::kDataPlane>("azure", why_subnet_);
      made.Is<Cluster::kPolicy>("calico", why_subnet_);
    } else {
      made.Is<Cluster::kPluginMode>("overlay", because_);
      made.Is<Cluster::kDataPlane>("cilium", because_);
      made.Is<Cluster::kPolicy>("cilium", because_);
      made.Set<Cluster::kPods>(Value::Text(ranges.pods, because_));
    }
    made.Is<Cluster::kProvisioning>("Manual", because_);
    made.Set<Cluster::kServices>(Value::Text(ranges.services, because_));
    made.Set<Cluster::kDns>(Value::Text(ranges.dns, because_));
    made.Is<Cluster::kBalancer>("standard", because_);
    SetOutbound(made);
  }

  // The way out is the subnet's. Whoever runs the cluster joins machines to that subnet, and so needs a role there.
  void SetOutbound(resources::Making<Cluster> &made) {
    const Value *routes = nullptr, *nat = nullptr;
    if (place_.servers != kNoResource) {
      if (const Value *properties = context_.graph[place_.servers].body.Find("properties")) {
        routes = properties->Find("routeTable");
        nat = properties->Find("natGateway");
      }
      Let(place_.servers);
    }
    if (nat != nullptr) {
      made.Is<Cluster::kOutbound>("userAssignedNATGateway", because_);
    } else if (routes != nullptr) {
      made.Is<Cluster::kOutbound>("userDefinedRouting", because_);
    } else {
      made.Is<Cluster::kOutbound>("loadBalancer", because_);
    }
    const Value *table = routes == nullptr ? nullptr : routes->Find("id");
    if (table != nullptr && table->tag == Value::Tag::Reference) Let(table->resource);
  }

  void Let(ResourceId on, const char *role = "Network Contributor") {
    const ResourceId grant =
        AddGrant(context_, place_, place_.site, role, on, "compute", identity_);
    if (grant != kNoResource) context_.graph[cluster_].after.push_back(grant);
  }

  void SetSystemPool(resources::Making<Cluster> &made) {
    const int64_t zones = reader_.Count(place_.site, Name::SiteZones).value_or(0);
    const auto pool = made.In({0});
    auto set = [&] { return resources::Making<Cluster>(pool); };
    set().Set<Cluster::kPool>(Value::Text("system", because_));
    set().Is<Cluster::kPoolMode>("System", because_);
    set().Is<Cluster::kPoolSort>("VirtualMachineScaleSets", because_);
    set().Set<Cluster::kPoolSize>(Value::Text(kSystemSize, because_));
    // Pools do not follow the cluster by themselves to another minor version.
    if (!version_.is_null()) set().Set<Cluster::kPoolVersion>(version_);
    set().Set<Cluster::kPoolCount>(Value::Int(SystemCount(), because_));
    if (zones > 1) {
      std::vector<std::string> all;
      for (int64_t zone = 1; zone <= zones; ++zone) all.push_back(std::to_string(zone));
      set().Set<Cluster::kPoolZones>(Value::Texts(all, reader_.Because(place_.site)));
    }
    set().Is<Cluster::kPoolOs>("AzureLinux", because_);
    set().Is<Cluster::kPoolDisk>("Ephemeral", because_);
    set().Set<Cluster::kPoolDiskSize>(Value::Int(kDiskGb, because_));
    set().Set<Cluster::kPoolPods>(Value::Int(PodsOfNode(), because_));
    if (place_.servers != kNoResource) {
      set().Set<Cluster::kPoolSubnet>(Value::IdOf(place_.servers, because_));
    }
    set().Set<Cluster::kPoolTaints>(
        Value::Texts({"CriticalAddonsOnly=true:NoSchedule"}, because_));
    made.Set<Cluster::kPoolCritical>(Value::Bool(true, because_));
    set().Set<Cluster::kPoolSurge>(Value::Text("33%", because_));
    made.Set<Cluster::kPoolSpare>(Value::Text("systemspare", because_));
    for (const char *name : {"system", "systemspare"}) {
      context_.namer.NameOf(NodePool::kType, name, SymbolOf(context_.graph[cluster_]),
                            reader_.SpanOf(place_.site));
    }
    made.resource().purpose =
        "The system pool runs the cluster's own programs; the plan's costs do not count it.";
  }

  void AddPool(Nodes &nodes) {
    Reserve(context_, nodes);
    auto made = context_.MakeIn<NodePool>(cluster_, nodes.of, nodes.role);
    if (nodes.reservation != kNoResource) {
      const ResourceId grant =
          AddGrant(context_, place_, nodes.of, "Contributor", nodes.reservation, "compute", identity_);
      if (grant != kNoResource) made.resource().after.push_back(grant);
      made.Set<NodePool::kReservation>(Value::IdOf(nodes.reservation, nodes.because));
    }
    if (nodes.proximity != kNoResource) {
      made.Set<NodePool::kProximity>(Value::IdOf(nodes.proximity, nodes.because_fabric));
    }
    made.Is<NodePool::kMode>("User", nodes.because);
    made.Is<NodePool::kSort>("VirtualMachineScaleSets", nodes.because);
    made.Set<NodePool::kSize>(Value::Text(nodes.size, nodes.because_sku));
    if (!version_.is_null()) made.Set<NodePool::kVersion>(version_);
    SetCount(made, nodes);
    const bool is_in_one = nodes.is_one_fabric || nodes.reservation != kNoResource;
    const Value zones = is_in_one ? nodes.zone : ZonesOf(context_, nodes);
    if (!zones.is_null()) made.Set<NodePool::kZones>(zones);
    made.Is<NodePool::kOsType>("Linux", nodes.because);
    made.Is<NodePool::kOs>("Ubuntu", nodes.because);
    if (HasOwnDisk(nodes)) {
      made.Is<NodePool::kDisk>("Ephemeral", nodes.because_sku);
    } else {
      made.Is<NodePool::kDisk>("Managed", nodes.because_sku);
    }
    made.Set<NodePool::kDiskSize>(Value::Int(kDiskGb, nodes.because));
    made.Set<NodePool::kPods>(Value::Int(PodsOfNode(), nodes.because));
    if (place_.servers != kNoResource) {
      made.Set<NodePool::kSubnet>(Value::IdOf(place_.servers, nodes.because));
    }
    SetScheduling(made, nodes);
    SetHardware(made, nodes);
    made.Set<NodePool::kTags>(context_.TagsOf(nodes.of));
    std::vector<ResourceId> &of = context_.made.of[nodes.of];
    if (of.empty()) of.push_back(cluster_);
  }

  void SetCount(resources::Making<NodePool> &made, const Nodes &nodes) {
    made.Set<NodePool::kCount>(CountOf(context_, nodes));
    if (!nodes.follows_load && !nodes.varies()) return;
    // From then on the cluster's autoscaler sets the number, and takes none outside of its bounds.
    made.resource().changed_later = {NodePool::kCount.arm};
    resources::Parameter &count = context_.graph.parameters.back();
    count.least = nodes.follows_load ? 0 : nodes.least;
    count.most = nodes.most;
    const Spans scales = nodes.follows_load ? reader_.Because(nodes.of, Name::RentedAutoscale)
                                            : nodes.because_count;
    made.Set<NodePool::kScales>(Value::Bool(true, scales));
    made.Set<NodePool::kLeast>(Value::Int(nodes.follows_load ? 0 : nodes.least, scales));
    made.Set<NodePool::kMost>(Value::Int(nodes.most, nodes.because_count));
  }

  // What may run there, and what happens when machines are replaced or taken back.
  void SetScheduling(resources::Making<NodePool> &made, const Nodes &nodes) {
    std::vector<resources::Member> labels;
    std::vector<std::string> taints;
    labels.push_back({"pool", Value::Text(reader_.SymbolOf(nodes.of))});
    if (nodes.has_gpus) {
      const bool is_none = nodes.is_amd || nodes.has_own_driver;
      made.Is<NodePool::kDriver>(is_none ? resources::Word<NodePool::kDriver>("None")
                                         : resources::Word<NodePool::kDriver>("Install"),
                                 nodes.has_own_driver
                                     ? reader_.Because(nodes.of, Name::RentedDriver)
                                     : nodes.because_sku);
      taints.push_back("sku=gpu:NoSchedule");
    }
    if (nodes.is_spot) {
      const Spans spot = reader_.Is(nodes.of, Kind::Machines)
                             ? reader_.Because(nodes.of, Name::MachinesContract)
                             : reader_.Because(nodes.of, Name::RentedContract);
      made.Is<NodePool::kPriority>("Spot", spot);
      made.Is<NodePool::kEviction>("Delete", spot);
      labels.push_back({"kubernetes.azure.com/scalesetpriority", Value::Text("spot", spot)});
      taints.push_back("kubernetes.azure.com/scalesetpriority=spot:NoSchedule");
    } else {
      // There is seldom room for a machine more.
      made.Set<NodePool::kSurge>(Value::Text("0", nodes.because));
      made.Set<NodePool::kUnavailable>(Value::Text("1", nodes.because));
    }
    made.Set<NodePool::kLabels>(Value::Map(std::move(labels), nodes.because));
    if (!taints.empty()) made.Set<NodePool::kTaints>(Value::Texts(taints, nodes.because));
  }

  void SetHardware(resources::Making<NodePool> &made, const Nodes &nodes) {
    if (!nodes.mig.empty()) {
      made.Set<NodePool::kMig>(Value::Text(nodes.mig, reader_.Because(nodes.of, Name::RentedMig)));
    }
    if (!nodes.is_trusted) return;
    const Spans because = reader_.Because(nodes.of, Name::RentedTrusted);
    const bool has_secure_boot = !nodes.has_gpus || nodes.has_own_driver;
    if (!has_secure_boot) {
      made.resource().purpose = "Secure Boot is off: AKS has it on GPUs only where it does not install their driver.";
    }
    made.Set<NodePool::kSecureBoot>(Value::Bool(has_secure_boot, because));
    made.Set<NodePool::kVtpm>(Value::Bool(true, because));
    made.resource().is_azapi = true;
  }

  Context &context_;
  Reader &reader_;
  Place &place_;
  std::vector<Nodes *> pools_;
  int64_t others_ = 0;  // other machines of the site, in the same subnet
  bool in_subnet_ = false;
  Spans why_subnet_;
  Value version_;
  Spans because_;
  ResourceId cluster_ = kNoResource, identity_ = kNoResource;
};

}  // namespace

void LowerClusters(Context &context, std::vector<Nodes> &all) {
  for (Place &place : context.places) {
    std::vector<Nodes *> pools;
    int64_t others = 0;
    for (Nodes &nodes : all) {
      if (nodes.place != &place) continue;
      if (nodes.runs_on == "aks") {
        pools.push_back(&nodes);
      } else {
        others += nodes.most;
      }
    }
    if (!pools.empty()) Clusters(context, place, std::move(pools), others).Lower();
  }
}

}  // namespace groma::lower::azure
