// SPDX-License-Identifier: Apache-2.0
#include "report/environment.h"

#include <algorithm>
#include <cctype>
#include <cstring>

namespace groma::runtime {
namespace {

// NCCL's by their beginning, since it has hundreds; all others whole.
constexpr const char *kBeginnings[] = {"NCCL_"};
constexpr const char *kNames[] = {
    "CUDA_DEVICE_ORDER",
    "CUDA_VISIBLE_DEVICES",
    "LOCAL_RANK",
    "MASTER_PORT",
    "NVIDIA_VISIBLE_DEVICES",
    "OMPI_COMM_WORLD_RANK",
    "OMPI_COMM_WORLD_SIZE",
    "OMPI_COMM_WORLD_LOCAL_RANK",
    "RANK",
    "SLURM_JOB_ID",
    "SLURM_JOB_NODELIST",
    "SLURM_JOB_NUM_NODES",
    "SLURM_JOB_PARTITION",
    "SLURM_NTASKS",
    "SLURM_PROCID",
    "UCX_NET_DEVICES",
    "UCX_TLS",
    "WORLD_SIZE",
};

auto IsAllowed(const std::string &name) -> bool {
  for (const char *beginning : kBeginnings) {
    const bool is_word = std::all_of(name.begin(), name.end(), [](unsigned char c) {
      return std::isupper(c) != 0 || std::isdigit(c) != 0 || c == '_';
    });
    if (is_word && name.rfind(beginning, 0) == 0) return true;
  }
  return std::any_of(std::begin(kNames), std::end(kNames),
                     [&](const char *allowed) { return name == allowed; });
}

auto Holds(std::string text, const char *word) -> bool {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text.find(word) != std::string::npos;
}

// Long, and with letters and digits mixed as no path, list or word has them.
auto IsToken(const std::string &word) -> bool {
  int digits = 0;
  int letters = 0;
  for (const char c : word) {
    digits += std::isdigit(static_cast<unsigned char>(c)) != 0 ? 1 : 0;
    letters += std::isalpha(static_cast<unsigned char>(c)) != 0 ? 1 : 0;
  }
  return word.size() >= 20 && digits >= 4 && letters >= 4;
}

constexpr const char *kMask = "***";

}  // namespace

auto MaskSecrets(const std::string &value) -> std::string {
  for (const char *word : {"token", "secret", "password", "passwd", "apikey", "api_key",
                           "credential", "bearer", "private"}) {
    if (Holds(value, word)) return kMask;
  }
  // user:password@host
  const size_t at = value.find('@');
  if (at != std::string::npos && value.find(':') < at) return kMask;
  std::string masked;
  std::string word;
  const auto flush = [&] {
    masked += IsToken(word) ? kMask : word;
    word.clear();
  };
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || std::strchr("-_.+/=", c) != nullptr) {
      word += c;
      continue;
    }
    flush();
    masked += c;
  }
  flush();
  return masked;
}

auto AllowedEnvironment(const char *const *environment) -> std::map<std::string, std::string> {
  std::map<std::string, std::string> allowed;
  for (; environment && *environment; ++environment) {
    const std::string text = *environment;
    const size_t equals = text.find('=');
    if (equals == std::string::npos || !IsAllowed(text.substr(0, equals))) continue;
    allowed[text.substr(0, equals)] = MaskSecrets(text.substr(equals + 1));
  }
  return allowed;
}

}  // namespace groma::runtime
