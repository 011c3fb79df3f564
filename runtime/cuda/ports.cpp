// SPDX-License-Identifier: Apache-2.0
#include "cuda/ports.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "cuda/sysfs.h"

namespace groma::runtime::cuda {
namespace {

// Counters whose growth under load says that a link is bad.
constexpr const char *kErrorCounters[] = {"link_downed",
                                          "symbol_error",
                                          "link_error_recovery",
                                          "port_rcv_errors",
                                          "local_link_integrity_errors",
                                          "excessive_buffer_overrun_errors"};

auto Folder(const std::string &root) -> std::string { return root + "/sys/class/infiniband"; }

// "4: ACTIVE": what stands behind the colon.
auto StateOf(const std::string &text) -> std::string {
  const size_t colon = text.find(": ");
  return colon == std::string::npos ? "" : text.substr(colon + 2);
}

// "400 Gb/sec (4X NDR)", "2.5 Gb/sec (1X SDR)"; 0 = not so written.
auto RateOf(const std::string &text) -> double {
  char *end = nullptr;
  const double rate = std::strtod(text.c_str(), &end);
  const std::string unit = end;
  return unit.rfind(" Gb/sec", 0) == 0 && rate > 0 ? rate : 0;
}

// Adapters and their ports: {"mlx5_0", ".../mlx5_0/ports/1"}.
struct Place {
  std::string device, name, folder;
};
auto Places(const std::string &root, const std::vector<std::string> &adapters)
    -> Maybe<std::vector<Place>> {
  std::vector<Place> places;
  for (const std::string &device : adapters.empty() ? List(Folder(root)) : adapters) {
    const std::string folder = Folder(root) + "/" + device + "/ports";
    const auto ports = List(folder);
    if (ports.empty()) return Missing{"no port of adapter " + device + " in " + folder};
    for (const std::string &port : ports)
      places.push_back({device, device + "." + port, folder + "/" + port});
  }
  if (places.empty()) return Missing{"no adapter in " + Folder(root)};
  return places;
}

}  // namespace

auto ReadPorts(const std::string &root, const std::vector<std::string> &adapters)
    -> Maybe<std::vector<Port>> {
  const auto places = Places(root, adapters);
  if (const auto *missing = std::get_if<Missing>(&places)) return *missing;
  std::vector<Port> ports;
  for (const Place &place : std::get<0>(places)) {
    const auto state = ReadLine(place.folder + "/state");
    const auto physical = ReadLine(place.folder + "/phys_state");
    const auto rate = ReadLine(place.folder + "/rate");
    for (const auto *line : {&state, &physical, &rate})
      if (const auto *missing = std::get_if<Missing>(line)) return *missing;
    const std::string says = StateOf(std::get<0>(state));
    if (says.empty()) return Missing{"the state of port " + place.name + " reads strangely"};
    Port port{static_cast<int>(ports.size()), place.device,
              says == "ACTIVE" && StateOf(std::get<0>(physical)) == "LinkUp",
              RateOf(std::get<0>(rate))};
    if (port.is_up && port.rate == 0)
      return Missing{"the rate of port " + place.name + " reads '" + std::get<0>(rate) + "'"};
    ports.push_back(port);
  }
  return ports;
}

auto AdaptersOf(const std::string &root, const std::string &selection) -> std::vector<std::string> {
  const bool excludes = selection.rfind('^', 0) == 0;
  size_t at = excludes ? 1 : 0;
  const bool is_exact = selection.compare(at, 1, "=") == 0;
  if (is_exact) ++at;
  std::vector<std::string> adapters;
  const auto all = List(Folder(root));
  std::vector<std::string> named;
  std::istringstream parts(selection.substr(at));
  for (std::string part; std::getline(parts, part, ',');) {
    part = part.substr(0, part.find(':'));
    for (const std::string &device : all) {
      const bool is_meant = is_exact ? device == part : device.rfind(part, 0) == 0;
      const bool is_new = std::find(named.begin(), named.end(), device) == named.end();
      if (is_meant && is_new) named.push_back(device);
    }
  }
  if (!excludes) return named;
  for (const std::string &device : all)
    if (std::find(named.begin(), named.end(), device) == named.end()) adapters.push_back(device);
  return adapters;
}

void AddPortCounters(const std::string &root, const std::vector<std::string> &adapters, int index,
                     Counters &counters) {
  const auto places = Places(root, adapters);
  for (const char *name : kErrorCounters) {
    Maybe<int64_t> &sum = counters[std::string("port.") + name];
    if (const auto *missing = std::get_if<Missing>(&places)) {
      sum = *missing;
      continue;
    }
    const auto &list = std::get<0>(places);
    if (index >= static_cast<int>(list.size())) {
      sum = Missing{"there is no port " + std::to_string(index)};
      continue;
    }
    sum = int64_t{0};
    for (size_t i = 0; i < list.size(); ++i) {
      if (index >= 0 && i != static_cast<size_t>(index)) continue;
      const auto count = ReadCount(list[i].folder + "/counters/" + name);
      if (std::holds_alternative<Missing>(count)) {
        sum = count;
        break;
      }
      std::get<int64_t>(sum) += std::get<int64_t>(count);
    }
  }
}

}  // namespace groma::runtime::cuda
