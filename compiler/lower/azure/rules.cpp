// SPDX-License-Identifier: Apache-2.0
#include "rules.h"

#include "groma/resources/azure/network.h"
#include "traffic.h"

namespace groma::lower::azure {

using resources::Spans;
using resources::azure::SecurityGroup;

namespace {

constexpr size_t kLongestName = 80;
constexpr size_t kLongestText = 140;
constexpr int64_t kFirst = 100;
constexpr int64_t kLast = 4096;

// The rules of one subnet, in the order of their priorities.
class Rules {
 public:
  Rules(Context &context, const PlacedSubnet &subnet)
      : context_(context), group_(context.graph, subnet.rules), range_(subnet.range) {}

  // `from` is a block, or a word of Azure; of blocks there may be several.
  void Allow(llvm::StringRef name, llvm::StringRef text, const std::string &from,
             const std::vector<std::string> &ports, const Spans &because) {
    AllowTo(range_, name, text, {from}, ports, because);
  }

  void AllowTo(base::Cidr to, llvm::StringRef name, llvm::StringRef text,
               const std::vector<std::string> &from, const std::vector<std::string> &ports,
               const Spans &because) {
    auto rule = Start("allow-" + name.str(), text, because, kFirst + step_ * static_cast<int64_t>(count_));
    rule.Is<SecurityGroup::kAccess>("Allow", because);
    if (ports.empty()) {
      rule.Is<SecurityGroup::kProtocol>("*", because);
    } else {
      rule.Is<SecurityGroup::kProtocol>("Tcp", because);
    }
    rule.Set<SecurityGroup::kFromPort>(Value::Text("*", because));
    if (ports.size() > 1) {
      rule.Set<SecurityGroup::kToPorts>(Value::Texts(ports, because));
    } else {
      rule.Set<SecurityGroup::kToPort>(Value::Text(ports.empty() ? "*" : ports.front(), because));
    }
    if (from.size() > 1) {
      rule.Set<SecurityGroup::kFromAny>(Value::Texts(from, because));
    } else {
      rule.Set<SecurityGroup::kFrom>(Value::Text(from.front(), because));
    }
    rule.Set<SecurityGroup::kTo>(Value::Text(to.ToString(), because));
    ++count_;
  }

  void DenyTheRest(const Spans &because) {
    auto rule = Start("deny-all-inbound", "The plan says of nothing else that it must reach this.",
                      because, kLast);
    rule.Is<SecurityGroup::kAccess>("Deny", because);
    rule.Is<SecurityGroup::kProtocol>("*", because);
    rule.Set<SecurityGroup::kFromPort>(Value::Text("*", because));
    rule.Set<SecurityGroup::kToPort>(Value::Text("*", because));
    rule.Set<SecurityGroup::kFrom>(Value::Text("*", because));
    rule.Set<SecurityGroup::kTo>(Value::Text("*", because));
  }

  // Gaps between priorities leave room for rules by hand, as long as there is room.
  void MakeRoomFor(size_t rules) {
    constexpr int64_t kGap = 10;
    step_ = std::clamp<int64_t>((kLast - kFirst) / static_cast<int64_t>(rules + 1), 1, kGap);
  }

 private:
  auto Start(const std::string &name, llvm::StringRef text, const Spans &because, int64_t priority)
      -> Making<SecurityGroup> {
    auto rule = group_.In({count_});
    rule.Set<SecurityGroup::kRule>(Value::Text(context_.namer.Fit(name, kLongestName), because));
    rule.Set<SecurityGroup::kDescription>(Value::Text(Cut(text, kLongestText), because));
    rule.Set<SecurityGroup::kPriority>(Value::Int(priority, because));
    rule.Is<SecurityGroup::kDirection>("Inbound", because);
    return rule;
  }

  Context &context_;
  Making<SecurityGroup> group_;
  const base::Cidr range_;
  size_t count_ = 0;
  int64_t step_ = 10;
};

// One rule for what comes by the same name from several sites: Azure takes no name twice.
void AddTraffic(Context &context, Rules &rules, const PlacedSubnet &subnet,
                const std::vector<const Traffic *> &traffic) {
  const bool is_for_endpoints = subnet.use == PlacedSubnet::For::Endpoints;
  for (size_t i = 0; i < traffic.size();) {
    const Traffic &first = *traffic[i];
    std::vector<std::string> from;
    for (; i < traffic.size() && traffic[i]->name == first.name; ++i) {
      const Traffic &one = *traffic[i];
      if (one.is_to_service != is_for_endpoints) continue;
      const auto source = SourceOf(context, one.from);
      if (!one.tag.empty()) {
        from.push_back(one.tag);
      } else if (source) {
        from.push_back(source->ToString());
      }
    }
    if (!from.empty()) {
      rules.AllowTo(subnet.range, first.name, first.description, from, first.ports, first.because);
    }
  }
}

void AddRules(Context &context, const Place &place, const PlacedSubnet &subnet,
              const std::vector<const Traffic *> &traffic) {
  const bool is_main = subnet.network == place.network;
  const Spans own = context.reader.Because(subnet.of);
  Rules rules(context, subnet);
  constexpr size_t kOthers = 5;
  rules.MakeRoomFor(traffic.size() + context.peers.count(subnet.network) + kOthers);
  const bool is_for_endpoints = subnet.use == PlacedSubnet::For::Endpoints;
  const std::string inside = subnet.around.ToString();
  if (is_for_endpoints) {
    rules.Allow("own-network", "Machines of the same network reach the services.", inside, {}, own);
  } else {
    rules.Allow("own-network", "Machines of the same network reach each other.", inside, {}, own);
    if (subnet.use == PlacedSubnet::For::Servers) {
      rules.Allow("load-balancer", "Azure asks whether machines are well.", "AzureLoadBalancer", {}, own);
    }
    // Rules of the subnet also hold for what goes from pod to pod, with the addresses of pods.
    if (place.pods && subnet.subnet == place.servers) {
      const Spans &because = context.graph[context.made.clusters.at(place.site)].because;
      rules.AllowTo(*place.pods, "nodes-to-pods", "Nodes reach the pods of their cluster.",
                    {subnet.range.ToString()}, {}, because);
      rules.AllowTo(*place.pods, "pods-to-pods", "Pods of the cluster reach each other.",
                    {place.pods->ToString()}, {}, because);
    }
    const auto jump = place.reserved.find(Reserved::Bastion);
    if (jump != place.reserved.end()) {
      rules.Allow("bastion", "People come by way of the jump host.", jump->second.range.ToString(),
                  {"22", "3389"}, context.graph[jump->second.subnet].because);
    }
  }
  const auto [first, last] = context.peers.equal_range(subnet.network);
  for (auto peer = first; peer != last; ++peer) {
    const auto &[network, link] = peer->second;
    const std::string name = context.reader.model().FullName(link);
    rules.Allow(name, "Link " + name + " joins this network with " + context.graph[network].symbol + ".",
                context.range_of[network].ToString(), {}, context.reader.Because(link));
  }
  if (is_main) AddTraffic(context, rules, subnet, traffic);
  rules.DenyTheRest(own);
}

}  // namespace

void LowerRules(Context &context) {
  const std::vector<Traffic> traffic = AllTraffic(context);
  std::map<EntityId, std::vector<const Traffic *>> to;
  for (const Traffic &one : traffic) to[one.to].push_back(&one);
  for (const Place &place : context.places) {
    for (const PlacedSubnet &subnet : place.subnets) {
      AddRules(context, place, subnet, to[place.site]);
    }
  }
}

}  // namespace groma::lower::azure
