// SPDX-License-Identifier: Apache-2.0
#include "pods.h"

#include <algorithm>
#include <bit>

#include "messages.h"

namespace groma::lower::azure {

auto RangesOf(Context &context, int64_t nodes) -> Ranges {
  // Each node takes a /24; some stay free for upgrades.
  constexpr uint64_t kSpare = 6;
  const auto bits = static_cast<uint32_t>(std::bit_width(static_cast<uint64_t>(nodes) + kSpare));
  const uint32_t prefix = std::min(16U, 24U - std::min(bits, 12U));
  std::vector<base::Cidr> taken;
  for (const EntityId site : context.reader.All(Kind::Site)) {
    if (const auto range = context.reader.Range(site, Name::SiteSupernet)) taken.push_back(*range);
  }
  const auto is_free = [&](base::Cidr range) {
    return std::none_of(taken.begin(), taken.end(),
                        [&](base::Cidr other) { return range.Overlaps(other); });
  };
  const auto find = [&](uint32_t size, const base::Cidr *other) -> std::optional<base::Cidr> {
    for (const char *text : {"100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "10.0.0.0/8"}) {
      const base::Cidr all = *base::Cidr::Parse(text).cidr;
      if (size < all.prefix()) continue;
      const uint64_t count = uint64_t{1} << (size - all.prefix());
      for (uint64_t i = 0; i < count; ++i) {
        const base::Cidr one = *all.Subnet(size, i);
        if (is_free(one) && (other == nullptr || !one.Overlaps(*other))) return one;
      }
    }
    return std::nullopt;
  };
  Ranges ranges;
  const auto pods = find(prefix, nullptr);
  const auto services = pods ? find(16U, &*pods) : std::nullopt;
  if (!pods || !services) return ranges;
  constexpr uint32_t kDns = 10;
  ranges.pods = pods->ToString();
  ranges.services = services->ToString();
  ranges.dns = base::FormatAddress(services->first() + kDns);
  return ranges;
}

void CheckRoom(Context &context, const Place &place, const Need &need, bool pods_in_subnet,
               const resources::Spans &because) {
  constexpr int64_t kTaken = 5;  // addresses of every subnet that Azure keeps
  // While nodes are replaced there is one more of the system, and of spot machines a tenth.
  const int64_t nodes = need.nodes + (need.nodes + 9) / 10 + need.system + 1;
  const int64_t each = pods_in_subnet ? kPodsInSubnet + 1 : 1;
  const int64_t wanted = nodes * each + need.others;
  for (const PlacedSubnet &subnet : place.subnets) {
    if (subnet.subnet != place.servers) continue;
    const auto room = static_cast<int64_t>(uint64_t{1} << (32 - subnet.range.prefix())) - kTaken;
    if (wanted <= room) return;
    auto report = context.sink.Report(message::NoRoomForNodes, because.front(), place.symbol, wanted,
                                      subnet.range.ToString(), room);
    report.Note(std::to_string(nodes) + " nodes, with those that stand in while others are replaced, need " +
                std::to_string(each) + (each == 1 ? " address each" : " addresses each: one, and one for each pod"));
    report.Help(pods_in_subnet
                    ? "leave `pods = subnet` out, so that pods have addresses of their own, or give the site a larger `supernet`"
                    : "give the site a larger `supernet`, or a `subnet` for servers with a larger range");
    return;
  }
}

}  // namespace groma::lower::azure
