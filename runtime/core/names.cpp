// SPDX-License-Identifier: Apache-2.0
#include "core/names.h"

#include <cmath>
#include <cstdio>

namespace groma::runtime {

auto NameOf(Collective op) -> const char * {
  static constexpr const char *kNames[] = {"all_reduce", "all_gather",   "reduce_scatter",
                                           "all_to_all", "send_receive", "broadcast"};
  return kNames[static_cast<int>(op)];
}

auto NameOf(Variant variant) -> const char * {
  static constexpr const char *kNames[] = {"default", "nvls_off", "nvlink_only", "network_only"};
  return kNames[static_cast<int>(variant)];
}

auto NameOf(Dtype dtype) -> const char * {
  static constexpr const char *kNames[] = {"fp64", "fp32", "tf32", "fp16",
                                           "bf16", "fp8",  "fp4",  "int8"};
  return kNames[static_cast<int>(dtype)];
}

auto NameOf(Direction direction) -> const char * {
  static constexpr const char *kNames[] = {"host_to_device", "device_to_host", "both_ways"};
  return kNames[static_cast<int>(direction)];
}

auto NameOf(Tier tier) -> const char * {
  static constexpr const char *kNames[] = {"smoke", "accept", "burn"};
  return kNames[static_cast<int>(tier)];
}

auto NameOf(Fabric fabric) -> const char * {
  static constexpr const char *kNames[] = {"none", "ethernet", "roce", "infiniband"};
  return kNames[static_cast<int>(fabric)];
}

auto NameOf(Confidence confidence) -> const char * {
  static constexpr const char *kNames[] = {"low", "medium", "high"};
  return kNames[static_cast<int>(confidence)];
}

auto NameOf(Bound bound) -> const char * {
  static constexpr const char *kNames[] = {"at least", "at most", "exactly"};
  return kNames[static_cast<int>(bound)];
}

auto NameOf(Bytes bytes) -> std::string {
  static constexpr const char *kUnits[] = {" B", " KiB", " MiB", " GiB", " TiB"};
  uint64_t value = bytes.value;
  int unit = 0;
  while (unit < 4 && value >= 1024 && value % 1024 == 0) {
    value /= 1024;
    ++unit;
  }
  return std::to_string(value) + kUnits[unit];
}

auto AllVariants() -> const std::vector<Variant> & {
  static const std::vector<Variant> all = {Variant::kDefault, Variant::kNvlsOff,
                                           Variant::kNvlinkOnly, Variant::kNetworkOnly};
  return all;
}

auto VariantOf(const std::string &name) -> std::optional<Variant> {
  for (const Variant variant : AllVariants()) {
    if (name == NameOf(variant)) return variant;
  }
  return std::nullopt;
}

auto TierOf(const std::string &name) -> std::optional<Tier> {
  for (const Tier tier : {Tier::kSmoke, Tier::kAccept, Tier::kBurn}) {
    if (name == NameOf(tier)) return tier;
  }
  return std::nullopt;
}

auto Figure(double value) -> std::string {
  char text[64];
  const double size = std::fabs(value);
  if (size >= 1000 && size < 1e15) {
    std::snprintf(text, sizeof text, "%.0f", value);
  } else {
    std::snprintf(text, sizeof text, "%.4g", value);
  }
  return text;
}

auto Join(const std::vector<std::string> &parts, const char *between) -> std::string {
  std::string joined;
  for (const std::string &part : parts) {
    if (!joined.empty()) joined += between;
    joined += part;
  }
  return joined;
}

}  // namespace groma::runtime
