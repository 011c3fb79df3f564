// SPDX-License-Identifier: Apache-2.0
#include "cuda/variants.h"

#include <cstdlib>

namespace groma::runtime::cuda {

// NVIDIA's manual keeps variables that shut a way for debugging: each of these belongs into a test
// that isolates a part, and never into the scripts of a job.
auto EnvironmentOf(Variant variant) -> std::vector<Setting> {
  switch (variant) {
    case Variant::kDefault:
      return {};
    case Variant::kNvlsOff:
      return {{"NCCL_NVLS_ENABLE", "0"}};
    case Variant::kNvlinkOnly:
      // GPUs that NVLink does not join have sockets left, which the transport test does not accept.
      return {{"NCCL_P2P_LEVEL", "NVL"},
              {"NCCL_SHM_DISABLE", "1"},
              {"NCCL_IB_DISABLE", "1"},
              {"NCCL_NVLS_ENABLE", "0"}};
    case Variant::kNetworkOnly:
      return {{"NCCL_P2P_DISABLE", "1"},
              {"NCCL_SHM_DISABLE", "1"},
              {"NCCL_NVLS_ENABLE", "0"},
              {"NCCL_MNNVL_ENABLE", "0"}};
  }
  return {};
}

auto LineEnvironment() -> std::vector<Setting> {
  // 16 connections of each way, and 32 MiB of each channel under way: 10 Gb/s over 25 ms.
  return {{"NCCL_NET", "Socket"},
          {"NCCL_IB_DISABLE", "1"},
          {"NCCL_SOCKET_NTHREADS", "4"},
          {"NCCL_NSOCKS_PERTHREAD", "4"},
          {"NCCL_BUFFSIZE", "33554432"}};
}

void ApplyLine() {
  for (const auto &[name, value] : LineEnvironment()) setenv(name.c_str(), value.c_str(), 0);
}

void ApplyVariant(Variant variant, const std::string &log) {
  for (const auto &[name, value] : EnvironmentOf(variant)) setenv(name.c_str(), value.c_str(), 1);
  setenv("NCCL_DEBUG", "INFO", 1);
  setenv("NCCL_DEBUG_SUBSYS", "INIT,NET", 1);
  setenv("NCCL_DEBUG_FILE", log.c_str(), 1);
}

auto NameOf(Variant variant) -> const char * {
  switch (variant) {
    case Variant::kDefault:
      return "default";
    case Variant::kNvlsOff:
      return "without NVLS";
    case Variant::kNvlinkOnly:
      return "NVLink only";
    case Variant::kNetworkOnly:
      return "network only";
  }
  return "";
}

}  // namespace groma::runtime::cuda
