// SPDX-License-Identifier: Apache-2.0
#include "groma/resources/azure/all.h"

#include "groma/resources/azure/compute.h"
#include "groma/resources/azure/core.h"
#include "groma/resources/azure/dns.h"
#include "groma/resources/azure/express_route.h"
#include "groma/resources/azure/gateways.h"
#include "groma/resources/azure/governance.h"
#include "groma/resources/azure/network.h"
#include "groma/resources/azure/security.h"
#include "groma/resources/azure/kubernetes.h"
#include "groma/resources/azure/storage.h"
#include "groma/resources/azure/vaults.h"

namespace groma::resources::azure {
namespace {

constexpr const Type *kTypes[] = {
    // core
    &ResourceGroup::kType,
    &Lock::kType,
    // governance
    &ManagementGroup::kType,
    &SubscriptionMember::kType,
    &Subscription::kType,
    // network
    &VirtualNetwork::kType,
    &Subnet::kType,
    &Peering::kType,
    &SecurityGroup::kType,
    &RouteTable::kType,
    &PublicIp::kType,
    &NatGateway::kType,
    // dns
    &PrivateZone::kType,
    &ZoneLink::kType,
    &PrivateEndpoint::kType,
    &ZoneGroup::kType,
    &Resolver::kType,
    &ResolverIn::kType,
    &ResolverOut::kType,
    &Ruleset::kType,
    &ForwardingRule::kType,
    &RulesetLink::kType,
    // security
    &FloodPlan::kType,
    &FirewallPolicy::kType,
    &NetworkRules::kType,
    &ApplicationRules::kType,
    &Firewall::kType,
    &Bastion::kType,
    // what joins networks
    &VirtualWan::kType,
    &VirtualHub::kType,
    &HubConnection::kType,
    &RoutingIntent::kType,
    &VpnGateway::kType,
    &VpnSite::kType,
    &VpnConnection::kType,
    &NetworkGateway::kType,
    &LocalNetworkGateway::kType,
    &GatewayConnection::kType,
    &ExpressRoutePort::kType,
    &Circuit::kType,
    &CircuitAuthorization::kType,
    &CircuitPeering::kType,
    &CircuitConnection::kType,
    &ExpressRouteGateway::kType,
    &ExpressRouteConnection::kType,
    &Identity::kType,
    &RoleAssignment::kType,
    &Vault::kType,
    &Key::kType,
    // storage
    &StorageAccount::kType,
    &BlobService::kType,
    &Container::kType,
    &FileService::kType,
    &Share::kType,
    &Lustre::kType,
    &NetAppAccount::kType,
    &NetAppPool::kType,
    &NetAppVolume::kType,
    // compute
    &ScaleSet::kType,
    &FlexibleSet::kType,
    &ProximityGroup::kType,
    &ReservationGroup::kType,
    &Reservation::kType,
    &Quota::kType,
    // kubernetes
    &Cluster::kType,
    &NodePool::kType,
};

}  // namespace

auto AllTypes() -> llvm::ArrayRef<const Type *> { return kTypes; }

}  // namespace groma::resources::azure
