// SPDX-License-Identifier: Apache-2.0
#include "groma/resources/azure/network.h"
#include "groma/resources/azure/security.h"
#include "guards.h"
#include "hubs.h"
#include "networks.h"
#include "tiers.h"

namespace groma::lower::azure {

using resources::Spans;
using resources::azure::Bastion;
using resources::azure::PublicIp;

namespace {

void AddBastion(Context &context, EntityId of, Place &place) {
  Reader &reader = context.reader;
  const Spans because = reader.Because(of);
  const std::string tier = TierOf(context, of, Bastion::kSku, "Basic");
  const ReservedSubnet *subnet = SubnetFor(context, place, Reserved::Bastion, because);
  if (subnet == nullptr) return;
  const std::string role = RoleAt(context, of, place);
  auto address = context.Make<PublicIp>(of, role.empty() ? "bastion" : role + "_bastion", place, "security");
  address.Is<PublicIp::kSku>("Standard", because);
  address.Is<PublicIp::kMethod>("Static", because);
  auto bastion = context.Make<Bastion>(of, role, place, "security");
  bastion.Set<Bastion::kSku>(Value::Text(tier, reader.Because(of, Name::ServiceTier)));
  if (const auto zones = ZonesOf(context, place)) {
    address.Set<PublicIp::kZones>(*zones);
    bastion.Set<Bastion::kZones>(*zones);
  }
  auto front = bastion.In({0});
  front.Set<Bastion::kConfiguration>(Value::Text("front", because));
  front.Set<Bastion::kSubnet>(Value::IdOf(subnet->subnet, because));
  front.Set<Bastion::kAddress>(address.IdOf(because));
}

}  // namespace

void LowerBastions(Context &context) {
  for (const EntityId of : context.reader.All(Kind::Bastion)) {
    for (Place *place : PlacesOf(context, of)) AddBastion(context, of, *place);
  }
}

}  // namespace groma::lower::azure
