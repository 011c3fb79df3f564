// SPDX-License-Identifier: Apache-2.0
#include "groma/resources/azure/all.h"

#include "groma/resources/azure/compute.h"
#include "groma/resources/azure/core.h"
#include "groma/resources/azure/dns.h"
#include "groma/resources/azure/kubernetes.h"
#include "groma/resources/azure/network.h"
#include "groma/resources/azure/identities.h"
#include "groma/resources/azure/storage.h"

namespace groma::resources::azure {
namespace {

constexpr const Type *kTypes[] = {
    // core
    &ResourceGroup::kType,
    &Lock::kType,
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
    // security
    &Identity::kType,
    &RoleAssignment::kType,
    &Vault::kType,
    &Key::kType,
    // storage
    &StorageAccount::kType,
    &BlobService::kType,
    &Container::kType,
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
    // kubernetes
    &Cluster::kType,
    &NodePool::kType,
};

}  // namespace

auto AllTypes() -> llvm::ArrayRef<const Type *> { return kTypes; }

}  // namespace groma::resources::azure
