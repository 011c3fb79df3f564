// SPDX-License-Identifier: Apache-2.0
#include "cuda/host.h"

#include <sys/timex.h>

#include <cctype>
#include <cstdlib>

#include "cuda/sysfs.h"

namespace groma::runtime::cuda {
namespace {

auto AsText(const Maybe<int64_t> &count) -> Maybe<std::string> {
  if (const auto *missing = std::get_if<Missing>(&count)) return *missing;
  return std::to_string(std::get<int64_t>(count));
}

auto Generation(const std::string &path) -> Maybe<std::string> {
  const auto line = ReadLine(path);
  if (const auto *missing = std::get_if<Missing>(&line)) return *missing;
  const int generation = PcieGeneration(std::get<std::string>(line));
  if (generation == 0) return Missing{"'" + std::get<std::string>(line) + "' is no PCIe speed"};
  return std::to_string(generation);
}

// Disks that are no hardware of the host.
auto IsMadeUp(const std::string &name) -> bool {
  for (const char *prefix : {"loop", "ram", "dm-", "zram", "sr", "fd", "md", "nbd"})
    if (name.rfind(prefix, 0) == 0) return true;
  return false;
}

}  // namespace

auto PciFolder(const std::string &root, const std::string &bus) -> std::string {
  std::string name = bus;
  for (char &c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return root + "/sys/bus/pci/devices/" + name;
}

auto PcieGeneration(const std::string &speed) -> int {
  constexpr struct {
    const char *speed;
    int generation;
  } kSpeeds[] = {{"2.5", 1}, {"5.0", 2},  {"5", 2},  {"8.0", 3},  {"8", 3}, {"16.0", 4},
                 {"16", 4},  {"32.0", 5}, {"32", 5}, {"64.0", 6}, {"64", 6}};
  for (const auto &known : kSpeeds)
    if (speed.rfind(std::string(known.speed) + " GT/s", 0) == 0) return known.generation;
  return 0;
}

void AddPcie(const std::string &root, const std::string &bus, Facts &facts) {
  const std::string folder = PciFolder(root, bus);
  facts["pcie.generation"] = Generation(folder + "/current_link_speed");
  facts["pcie.generation_max"] = Generation(folder + "/max_link_speed");
  facts["pcie.width"] = AsText(ReadCount(folder + "/current_link_width"));
  facts["pcie.width_max"] = AsText(ReadCount(folder + "/max_link_width"));
  facts["numa.node"] = AsText(ReadCount(folder + "/numa_node"));
}

void AddClock(Facts &facts) {
  timex clock{};
  const int state = adjtimex(&clock);
  if (state == -1) {
    for (const char *name : {"clock.is_synchronised", "clock.offset_us", "clock.error_us"})
      facts[name] = Missing{"adjtimex is refused"};
    return;
  }
  const bool is_synchronised = state != TIME_ERROR && (clock.status & STA_UNSYNC) == 0;
  const long unit = (clock.status & STA_NANO) != 0 ? 1000 : 1;
  facts["clock.is_synchronised"] = std::string(is_synchronised ? "yes" : "no");
  if (is_synchronised) {
    facts["clock.offset_us"] = std::to_string(clock.offset / unit);
    facts["clock.error_us"] = std::to_string(clock.esterror);
  } else {
    // The kernel's figures mean nothing while nobody disciplines its clock.
    facts["clock.offset_us"] = Missing{"the kernel says that its clock is not synchronised"};
    facts["clock.error_us"] = facts["clock.offset_us"];
  }
}

void AddDisks(const std::string &root, Facts &facts) {
  int number = 0;
  for (const std::string &name : List(root + "/sys/block")) {
    if (IsMadeUp(name)) continue;
    const std::string folder = root + "/sys/block/" + name;
    const std::string prefix = "disk." + std::to_string(number++) + ".";
    auto sectors = ReadCount(folder + "/size");
    if (auto *count = std::get_if<int64_t>(&sectors)) *count *= 512;  // whatever the disk's own
    facts[prefix + "name"] = name;
    facts[prefix + "bytes"] = AsText(sectors);
    facts[prefix + "is_rotational"] = AsText(ReadCount(folder + "/queue/rotational"));
  }
  facts["disks"] = std::to_string(number);
}

}  // namespace groma::runtime::cuda
