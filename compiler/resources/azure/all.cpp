// SPDX-License-Identifier: Apache-2.0
#include "groma/resources/azure/all.h"

#include "groma/resources/azure/core.h"
#include "groma/resources/azure/network.h"

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
};

}  // namespace

auto AllTypes() -> llvm::ArrayRef<const Type *> { return kTypes; }

}  // namespace groma::resources::azure
