// SPDX-License-Identifier: Apache-2.0
// Requirements on hosts, and on what counters say before and after a load.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include "core/names.h"
#include "core/rank_bench.h"

namespace groma::runtime {
namespace {

// Logs of several nodes can be laid side by side if their clocks differ by less.
constexpr double kClockMicros = 10'000;

auto TextOf(const Facts &facts, const std::string &name) -> Maybe<std::string> {
  const auto found = facts.find(name);
  if (found == facts.end()) return Missing{"the host does not tell " + name};
  return found->second;
}

// Reduced clocks under a cap of power are how GPUs run at full load; all else is an error.
auto IsError(const std::string &name) -> bool {
  return name != "throttle.power" && name != "throttle.power_cap" && name.rfind("info.", 0) != 0;
}

auto NeededCounters(const Shape &shape, int compute_capability) -> std::vector<std::string> {
  std::vector<std::string> names = {"ecc.uncorrected", "xid", "throttle.thermal"};
  // GPUs before Ampere retire pages and know no rows.
  if (compute_capability >= 80) names.emplace_back("rows.remapped");
  if (shape.nvlinks > 0) names.emplace_back("nvlink.crc");
  if (shape.nics_per_node > 0 && shape.fabric != Fabric::kNone) {
    names.emplace_back("port.link_downed");
  }
  return names;
}

}  // namespace

void RankBench::RequireHost() {
  CheckRecord check = Requirement("host");
  const auto all = Everyone<Facts>(IfAlive([&]() -> Maybe<Facts> { return backend_.Host(); }));
  check.components = Size(all);
  const auto need = [&](int rank, const Facts &facts, const std::string &name, int promised) {
    if (promised <= 0) return;  // not promised: a share of a card has no bus of its own
    const Maybe<std::string> text = TextOf(facts, name);
    if (const auto *missing = std::get_if<Missing>(&text)) {
      Note(check, Verdict::kInconclusive, topology_.GpuName(rank), missing->reason);
    } else if (std::get<0>(text) != std::to_string(promised)) {
      Note(check, Verdict::kFail, topology_.GpuName(rank),
           name + " is " + std::get<0>(text) + ", the plan has " + std::to_string(promised));
    }
  };
  std::string disks_of_first;
  for (int rank = 0; rank < Size(all); ++rank) {
    if (const auto *missing = std::get_if<Missing>(&At(all, rank))) {
      Note(check, Verdict::kInconclusive, topology_.GpuName(rank), missing->reason);
      continue;
    }
    const Facts &facts = std::get<0>(At(all, rank));
    need(rank, facts, "pcie.generation", shape().pcie_generation);
    need(rank, facts, "pcie.width", shape().pcie_width);
    // The rest is of the host: one GPU of it is enough.
    if (topology_.Local(rank) != 0) continue;
    const std::string node = "node" + std::to_string(topology_.Node(rank));
    const Maybe<std::string> offset = TextOf(facts, "clock.offset_us");
    if (const auto *missing = std::get_if<Missing>(&offset)) {
      Note(check, Verdict::kInconclusive, node, missing->reason);
    } else {
      char *end = nullptr;
      const double micros = std::strtod(std::get<0>(offset).c_str(), &end);
      if (std::get<0>(offset).empty() || *end != '\0' || !std::isfinite(micros)) {
        Note(check, Verdict::kInconclusive, node, "its clock's offset cannot be read");
      } else if (std::fabs(micros) > kClockMicros) {
        Note(check, Verdict::kFail, node, "its clock is off by " + Figure(micros) + " us");
      }
    }
    std::string disks;
    for (const auto &[name, value] : facts) {
      // Sizes are alike in like hosts; serial numbers and names are not.
      if (name.rfind("disk.", 0) != 0 || name.find(".bytes") == std::string::npos) continue;
      if (const auto *missing = std::get_if<Missing>(&value)) {
        Note(check, Verdict::kInconclusive, node, missing->reason);
      } else {
        disks += name + "=" + std::get<0>(value) + " ";
      }
    }
    if (disks.empty()) Note(check, Verdict::kInconclusive, node, "it shows no disk");
    if (disks_of_first.empty()) disks_of_first = disks;
    if (disks != disks_of_first) {
      Note(check, Verdict::kFail, node, "it has " + disks + "where node0 has " + disks_of_first);
    }
  }
  const Identity *usual = nullptr;
  for (int rank = 0; rank < Size(identities_); ++rank) {
    const auto *identity = std::get_if<Identity>(&At(identities_, rank));
    if (!identity) continue;
    if (!usual) usual = identity;
    if (identity->driver.empty() || identity->cuda.empty() || identity->nccl.empty()) {
      Note(check, Verdict::kInconclusive, topology_.GpuName(rank), "a version is not known");
    } else if (identity->driver != usual->driver || identity->cuda != usual->cuda ||
               identity->nccl != usual->nccl) {
      Note(check, Verdict::kFail, topology_.GpuName(rank),
           "driver " + identity->driver + ", CUDA " + identity->cuda + ", NCCL " + identity->nccl +
               "; others have " + usual->driver + ", " + usual->cuda + ", " + usual->nccl);
    }
  }
  Finish(std::move(check), "hosts are as the plan has them, and alike");
}

void RankBench::RequireHealthy(const std::function<void()> &load) {
  const auto read = [&] {
    return Everyone<Counters>(IfAlive([&]() -> Maybe<Counters> { return backend_.Health(); }));
  };
  const auto before = read();
  load();
  const auto after = read();
  CheckRecord check = Requirement("health");
  check.components = Size(before);
  for (int rank = 0; rank < Size(before); ++rank) {
    const std::string gpu = topology_.GpuName(rank);
    const auto *first = std::get_if<Counters>(&At(before, rank));
    const auto *second = std::get_if<Counters>(&At(after, rank));
    if (!first || !second) {
      Note(check, Verdict::kInconclusive, gpu,
           std::get<Missing>(first ? At(after, rank) : At(before, rank)).reason);
      continue;
    }
    std::set<std::string> names;
    std::set<std::string> needed;
    const auto *identity = std::get_if<Identity>(&At(identities_, rank));
    for (std::string &name : NeededCounters(shape(), identity ? identity->compute_capability : 0)) {
      names.insert(name);
      needed.insert(std::move(name));
    }
    for (const auto &[name, value] : *first) names.insert(name);
    for (const auto &[name, value] : *second) names.insert(name);
    for (const std::string &name : names) {
      if (!IsError(name)) continue;
      const bool is_port = name.rfind("port.", 0) == 0 && topology_.Nic(rank) >= 0;
      const std::string component =
          is_port ? topology_.NicName(topology_.Node(rank), topology_.Nic(rank)) : gpu;
      const auto one = first->find(name);
      const auto two = second->find(name);
      if (one == first->end() || two == second->end()) {
        Note(check, Verdict::kInconclusive, component, "does not tell " + name);
        continue;
      }
      const auto *was = std::get_if<0>(&one->second);
      const auto *is = std::get_if<0>(&two->second);
      // What a GPU never tells and no test needs is nobody's concern.
      if (!was && !is && needed.count(name) == 0) continue;
      if (!was || !is) {
        Note(check, Verdict::kInconclusive, component,
             name + ": " + std::get<Missing>(was ? two->second : one->second).reason);
      } else if (*is > *was) {
        Note(check, Verdict::kFail, component,
             name + " went from " + std::to_string(*was) + " to " + std::to_string(*is) +
                 " under load");
      } else if (*is < *was) {
        Note(check, Verdict::kInconclusive, component, name + " was reset meanwhile");
      }
    }
  }
  Finish(std::move(check), "no counter of errors rose under load");
}

}  // namespace groma::runtime
