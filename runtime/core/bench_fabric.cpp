// SPDX-License-Identifier: Apache-2.0
// Requirements on who takes part and which way data goes.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "core/names.h"
#include "core/rank_bench.h"

namespace groma::runtime {
namespace {

// "L4" is no "L40S": what the plan names must stand in the name as a word.
auto IsNamed(const std::string &name, const std::string &part) -> bool {
  if (part.empty()) return false;
  const auto is_word = [&](size_t at) {
    return at < name.size() && std::isalnum(static_cast<unsigned char>(name[at])) != 0;
  };
  for (size_t at = name.find(part); at != std::string::npos; at = name.find(part, at + 1)) {
    if (!(at > 0 && is_word(at - 1)) && !is_word(at + part.size())) return true;
  }
  return false;
}

}  // namespace

auto RankBench::IsAnotherGpu() const -> bool {
  for (int rank = 0; rank < Size(identities_); ++rank) {
    const auto *identity = std::get_if<Identity>(&At(identities_, rank));
    if (identity && !IsNamed(identity->gpu, topology_.GpuModel(rank))) return true;
  }
  return false;
}

void RankBench::RequireCensus() {
  CheckRecord check = Requirement("census");
  check.components = shape().world();
  if (Size(identities_) != shape().world()) {
    Note(check, Verdict::kFail, "",
         "the plan has " + std::to_string(shape().world()) + " GPUs, the run has " +
             std::to_string(identities_.size()));
  }
  std::map<std::string, int> serials;
  std::map<int, std::string> hosts;
  for (int rank = 0; rank < Size(identities_); ++rank) {
    const std::string name = topology_.GpuName(rank);
    if (const auto *missing = std::get_if<Missing>(&At(identities_, rank))) {
      Note(check, Verdict::kFail, name, "does not answer: " + missing->reason);
      continue;
    }
    const Identity &identity = std::get<0>(At(identities_, rank));
    if (!IsNamed(identity.gpu, topology_.GpuModel(rank))) {
      Note(check, Verdict::kFail, name,
           "is '" + identity.gpu + "', the plan has " + topology_.GpuModel(rank));
    }
    const double share = static_cast<double>(identity.memory) / (topology_.Memory(rank) * 1e9);
    // Makers count gigabytes as 10^9 or 2^30, and keep some for themselves.
    if (!(share > 0.85 && share < 1.15)) {
      Note(check, Verdict::kFail, name,
           "has " + Figure(static_cast<double>(identity.memory) / 1e9) + " GB, the plan has " +
               Figure(topology_.Memory(rank)) + " GB");
    }
    // Which GPU of a server stands at the end of a line is all the same.
    const bool is_place = shape().is_line() || identity.local == topology_.Local(rank);
    if (!is_place || identity.node != topology_.Node(rank)) {
      Note(check, Verdict::kFail, name,
           "is GPU " + std::to_string(identity.local) + " of node " +
               std::to_string(identity.node) + " of the run");
    }
    const auto [host, is_first] = hosts.emplace(topology_.Node(rank), identity.host);
    if (host->second != identity.host) {
      Note(check, Verdict::kFail, name,
           "is at " + identity.host + ", its neighbour at " + host->second);
    }
    if (identity.serial.empty()) continue;
    const auto [other, is_new] = serials.emplace(identity.serial, rank);
    if (!is_new) {
      Note(check, Verdict::kFail, name, "is the same GPU as " + topology_.GpuName(other->second));
    }
  }
  std::set<std::string> names;
  for (const auto &[node, host] : hosts) {
    if (!names.insert(host).second) {
      const std::string name = shape().is_line() ? topology_.GpuName(node * shape().gpus_per_node)
                                                 : "node" + std::to_string(node);
      Note(check, Verdict::kFail, name, host + " is there twice");
    }
  }
  Finish(std::move(check), "all " + std::to_string(shape().world()) + " GPUs of the plan answer");
}

void RankBench::RequireTransport(const Scope &scope) {
  CheckRecord check = Requirement("transport");
  const auto all = Everyone(IfAlive(scope, [&] { return backend_.TransportOf(scope, variant_); }));
  const auto scopes = Everyone<Scope>(scope);
  check.components = Size(all);
  std::string how = "data goes the way that the plan has";
  for (int rank = 0; rank < Size(all); ++rank) {
    const std::string name = topology_.GpuName(rank);
    const auto say = [&](Verdict verdict, const std::string &text) {
      Note(check, verdict, name, text);
    };
    if (const auto *missing = std::get_if<Missing>(&At(all, rank))) {
      say(Verdict::kInconclusive, missing->reason);
      continue;
    }
    const auto *where = std::get_if<Scope>(&At(scopes, rank));
    if (!where || where->ranks.size() < 2) {
      say(Verdict::kInconclusive, "one rank proves nothing about links");
      continue;
    }
    const Transport &transport = std::get<0>(At(all, rank));
    const bool spans =
        topology_.Domain(where->ranks.front()) != topology_.Domain(where->ranks.back());
    if (variant_ == Variant::kNvlinkOnly && spans) {
      say(Verdict::kInconclusive, "there is no NVLink from one domain to another");
      continue;
    }
    if (shape().is_line()) {
      const std::string via = transport.net.empty() ? "nothing" : transport.net;
      if (transport.net != "Socket") {
        say(Verdict::kFail, "sends by " + via + ": what goes over a line between sites is TCP");
      }
      const std::string over =
          transport.devices.empty() ? "" : " over " + Join(transport.devices, ", ");
      how =
          "data goes by " + via + over + ", in " + std::to_string(transport.channels) + " channels";
      continue;
    }
    if (spans || variant_ == Variant::kNetworkOnly) {
      const bool is_rdma = transport.net == "IB" || transport.net == "RoCE";
      const std::string via = transport.net.empty() ? "nothing" : transport.net;
      switch (shape().fabric) {
        case Fabric::kNone:
          say(Verdict::kInconclusive, "the plan has no fabric between domains");
          break;
        case Fabric::kEthernet:
          if (!is_rdma && transport.net != "Socket") say(Verdict::kFail, "sends by " + via);
          break;
        case Fabric::kInfiniband:
        case Fabric::kRoce:
          // NCCL calls both IB, since it uses verbs for both.
          if (!is_rdma || (shape().fabric == Fabric::kInfiniband && transport.net != "IB")) {
            say(Verdict::kFail, "sends by " + via + ", the plan has " + NameOf(shape().fabric) +
                                    ": however fast it is, it is the wrong way");
          } else if (!transport.has_gdr) {
            say(Verdict::kFail, "sends by " + via + " through the host's memory (no GPUDirect)");
          }
          break;
      }
    }
    if (variant_ == Variant::kNetworkOnly) continue;
    const bool has_domain = topology_.domain_size() > 1 && shape().nvlinks > 0;
    const bool shares_domain =
        std::count_if(where->ranks.begin(), where->ranks.end(), [&](int other) {
          return topology_.Domain(other) == topology_.Domain(rank);
        }) > 1;
    if (has_domain && shares_domain && transport.peer.rfind("P2P", 0) != 0) {
      say(Verdict::kFail, "reaches its neighbours by " +
                              (transport.peer.empty() ? "nothing" : transport.peer) +
                              ", not directly");
    }
    const auto *identity = std::get_if<Identity>(&At(identities_, rank));
    const bool can_nvls = has_domain && topology_.domain_size() > 4 && shares_domain && identity &&
                          identity->compute_capability >= 90;
    if (variant_ == Variant::kDefault && can_nvls && !transport.has_nvls) {
      say(Verdict::kFail, "does not sum in the switch (NVLS)");
    }
    if (variant_ != Variant::kDefault && transport.has_nvls) {
      say(Verdict::kInconclusive, "NVLS is on although it was turned off");
    }
  }
  Finish(std::move(check), how);
}

}  // namespace groma::runtime
