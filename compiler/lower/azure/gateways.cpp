// SPDX-License-Identifier: Apache-2.0
#include "gateways.h"

#include "asked.h"
#include "groma/resources/azure/network.h"
#include "hubs.h"
#include "llvm/ADT/StringExtras.h"
#include "messages.h"
#include "networks.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::azure::PublicIp;

namespace {

// In all zones of a region that has zones: an address in one zone would fail with it.
auto AddAddress(Context &context, Place &place, const std::string &role, const Spans &because)
    -> Value {
  auto address = context.Make<PublicIp>(place.site, role, place, "connectivity");
  address.resource().because = because;
  address.Is<PublicIp::kSku>("Standard", because);
  address.Is<PublicIp::kTier>("Regional", because);
  address.Is<PublicIp::kMethod>("Static", because);
  if (const auto zones = ZonesOf(context, place)) address.Set<PublicIp::kZones>(*zones);
  return address.IdOf(because);
}

auto SkuOf(Context &context, const Place &place, const Wanted &wanted, const Spans &because)
    -> std::optional<Value> {
  if (wanted.size.name.empty()) {
    return Ask(context,
               {.name = place.symbol + "_" + wanted.role + "_gateway_size",
                .description = "The size of the " + wanted.title + " of `" + place.symbol + "`.",
                .allowed = wanted.sizes},
               because);
  }
  if (resources::HasWord(NetworkGateway::kSku.words, wanted.size.name)) {
    return Value::Text(wanted.size.name, because);
  }
  context.sink.Report(message::NoSuchGateway, because.front(), wanted.size.name, wanted.title)
      .Help("it makes `" + llvm::join(wanted.sizes, "`, `") + "`");
  return std::nullopt;
}

}  // namespace

auto AddGateway(Context &context, Place &place, const Wanted &wanted, const Load &load)
    -> std::optional<Making<NetworkGateway>> {
  const Spans &because = load.because;
  const auto sku = SkuOf(context, place, wanted,
                         load.stated.empty() ? because : load.because_stated);
  const ResourceId subnet = GatewaySubnet(context, place, because);
  if (!sku || subnet == kNoResource) return std::nullopt;
  std::vector<Value> addresses;
  for (size_t i = 0; i < wanted.addresses; ++i) {
    const std::string mark = wanted.addresses == 1 ? "" : "_" + std::to_string(i + 1);
    addresses.push_back(AddAddress(context, place, wanted.role + mark, because));
  }
  auto gateway = context.Make<NetworkGateway>(place.site, wanted.role, place, "connectivity");
  gateway.resource().because = because;
  place.gateways.push_back(gateway.id());
  gateway.Set<NetworkGateway::kSort>(Value::Text(wanted.sort, because));
  gateway.Set<NetworkGateway::kSku>(*sku);
  gateway.Set<NetworkGateway::kTier>(*sku);
  for (size_t i = 0; i < addresses.size(); ++i) {
    auto one = gateway.In({i});
    one.Set<NetworkGateway::kAddressName>(
        Value::Text(i == 0 ? "default" : "active" + std::to_string(i + 1), because));
    one.Is<NetworkGateway::kMethod>("Dynamic", because);
    one.Set<NetworkGateway::kSubnet>(Value::IdOf(subnet, because));
    one.Set<NetworkGateway::kAddress>(addresses[i]);
  }
  return gateway;
}

}  // namespace groma::lower::azure
