// SPDX-License-Identifier: Apache-2.0
#include "sim/figures.h"

#include <cctype>

namespace groma::runtime {
namespace {

constexpr const char *kSuperbench =
    "microsoft/superbench-results v0.4.0 Azure-NDv4-A100/baseline.json, mean of 1939 nodes";
constexpr const char *kStasNet = "stas00/ml-engineering network/README.md, measured";
constexpr const char *kStasGemm =
    "stas00/ml-engineering compute/accelerator/README.md, best achieved";
constexpr const char *kFryer = "huggingface/gpu-fryer README.md, measured";
constexpr const char *kCoreweave = "coreweave/nccl-tests README.md, measured";
constexpr const char *kNvbandwidth = "NVIDIA/nvbandwidth README.md, sample of 8 GPUs";
constexpr const char *kSpec = "derived: 80 % of the dense peak of the data sheet";
constexpr const char *kVector = "derived: 85 % of the peak of the data sheet";
constexpr const char *kHbm = "derived: 92 % of the data sheet, the share recorded of GB200";
constexpr const char *kPcie = "derived: 82 % of raw PCIe, the share recorded of A100";
constexpr const char *kSameDie = "derived: the die is that of H100, whose figure is recorded";
constexpr const char *kLikeA100 = "derived: the share recorded of A100";
constexpr const char *kLikeH100 = "derived: the share recorded of H100";

using Q = Trait;

}  // namespace

auto AllFigures() -> const std::vector<FigureRow> & {
  static const std::vector<FigureRow> rows = {
      {"V100", Q::kHostToDevice, 12.9, kPcie, "2022-02"},
      {"V100", Q::kDeviceToHost, 12.9, kPcie, "2022-02"},
      {"V100", Q::kMemory, 828, kHbm, "2026-04"},
      {"V100", Q::kPeer, 0.92, kLikeA100, "2024-06"},
      {"V100", Q::kRing, 0.783, kLikeA100, "2022-02"},
      {"V100", Q::kPort, 0.949, kLikeA100, "2022-02"},
      {"V100", Q::kF64, 6.63, kVector, "2026-04"},
      {"V100", Q::kF32, 14, kFryer, "2026-03"},
      {"V100", Q::kF16, 100, kSpec, "2026-04"},
      {"T4", Q::kHostToDevice, 12.9, kPcie, "2022-02"},
      {"T4", Q::kDeviceToHost, 12.9, kPcie, "2022-02"},
      {"T4", Q::kMemory, 294, kHbm, "2026-04"},
      {"T4", Q::kPort, 0.949, kLikeA100, "2022-02"},
      {"T4", Q::kF64, 0.216, kVector, "2026-04"},
      {"T4", Q::kF32, 6.89, kVector, "2026-04"},
      {"T4", Q::kF16, 52, kSpec, "2026-04"},
      {"T4", Q::kI8, 104, kSpec, "2026-04"},
      {"A10", Q::kHostToDevice, 25.9, kPcie, "2022-02"},
      {"A10", Q::kDeviceToHost, 25.9, kPcie, "2022-02"},
      {"A10", Q::kMemory, 552, kHbm, "2026-04"},
      {"A10", Q::kPort, 0.949, kLikeA100, "2022-02"},
      {"A10", Q::kF64, 0.414, kVector, "2026-04"},
      {"A10", Q::kF32, 26.5, kVector, "2026-04"},
      {"A10", Q::kTf32, 50, kSpec, "2026-04"},
      {"A10", Q::kF16, 100, kSpec, "2026-04"},
      {"A10", Q::kBf16, 100, kSpec, "2026-04"},
      {"A10", Q::kI8, 200, kSpec, "2026-04"},
      {"A100", Q::kHostToDevice, 25.92, kSuperbench, "2022-02"},
      {"A100", Q::kDeviceToHost, 26.03, kSuperbench, "2022-02"},
      {"A100", Q::kMemory, 1431, "derived: 92 % of 1555 GB/s of the 40 GB card", "2026-04"},
      {"A100 80GB", Q::kMemory, 1876, "derived: 92 % of 2039 GB/s of the 80 GB card", "2026-04"},
      {"A100", Q::kPeer, 0.92, kNvbandwidth, "2024-06"},
      {"A100", Q::kRing, 0.7835, kSuperbench, "2022-02"},  // 235.05 of 300 GB/s
      {"A100", Q::kPort, 0.949, kSuperbench, "2022-02"},   // 23.7 of 25 GB/s
      {"A100", Q::kF64, 18.947, kSuperbench, "2022-02"},
      {"A100", Q::kF32, 18.353, kSuperbench, "2022-02"},
      {"A100", Q::kTf32, 128.225, kSuperbench, "2022-02"},
      {"A100", Q::kF16, 280.435, kSuperbench, "2022-02"},
      {"A100", Q::kBf16, 265.9, kSuperbench, "2022-02"},
      {"A100", Q::kI8, 473.073, kSuperbench, "2022-02"},
      {"L4", Q::kHostToDevice, 25.9, kPcie, "2022-02"},
      {"L4", Q::kDeviceToHost, 25.9, kPcie, "2022-02"},
      {"L4", Q::kMemory, 276, kHbm, "2026-04"},
      {"L4", Q::kPort, 0.965, kLikeH100, "2025-06"},
      {"L4", Q::kF64, 0.402, kVector, "2026-04"},
      {"L4", Q::kF32, 25.8, kVector, "2026-04"},
      {"L4", Q::kTf32, 48, kSpec, "2026-04"},
      {"L4", Q::kF16, 96.8, kSpec, "2026-04"},
      {"L4", Q::kBf16, 96.8, kSpec, "2026-04"},
      {"L4", Q::kF8, 194, kSpec, "2026-04"},
      {"L4", Q::kI8, 194, kSpec, "2026-04"},
      {"L40S", Q::kHostToDevice, 25.9, kPcie, "2022-02"},
      {"L40S", Q::kDeviceToHost, 25.9, kPcie, "2022-02"},
      {"L40S", Q::kMemory, 795, kHbm, "2026-04"},
      {"L40S", Q::kPort, 0.965, kLikeH100, "2025-06"},
      {"L40S", Q::kF64, 1.21, kVector, "2026-04"},
      {"L40S", Q::kF32, 77.9, kVector, "2026-04"},
      {"L40S", Q::kTf32, 146, kSpec, "2026-04"},
      {"L40S", Q::kF16, 290, kSpec, "2026-04"},
      {"L40S", Q::kBf16, 290, kSpec, "2026-04"},
      {"L40S", Q::kF8, 586, kSpec, "2026-04"},
      {"L40S", Q::kI8, 586, kSpec, "2026-04"},
      {"H100", Q::kHostToDevice, 51.8, kPcie, "2022-02"},
      {"H100", Q::kDeviceToHost, 51.8, kPcie, "2022-02"},
      {"H100", Q::kMemory, 3082, kHbm, "2026-04"},
      {"H100 NVL", Q::kMemory, 3588, kHbm, "2026-04"},
      {"H100", Q::kPeer, 0.92, kLikeA100, "2024-06"},
      {"H100", Q::kRing, 0.814, "derived: the links are those of H200, whose ring is recorded",
       "2026-04"},
      {"H100", Q::kNvls, 0.683, "derived: the switch is that of H200, whose sum is recorded",
       "2026-04"},
      {"H100", Q::kPort, 0.965, kCoreweave, "2025-06"},  // 386 of 400 GB/s, 64 GPUs, 8 GiB
      {"H100", Q::kPair, 0.652, "NVIDIA/aicr, issue on H100 EFA: 489 GB/s of at most 750",
       "2026-05"},
      {"H100", Q::kF64, 53.6, kSpec, "2026-04"},
      {"H100", Q::kF32, 57, kVector, "2026-04"},
      {"H100", Q::kTf32, 396, kSpec, "2026-04"},
      {"H100", Q::kF16, 791, kSpec, "2026-04"},
      {"H100", Q::kBf16, 794.5, kStasGemm, "2026-04"},
      {"H100", Q::kF8, 1530, kFryer, "2026-03"},
      {"H100", Q::kI8, 1583, kSpec, "2026-04"},
      {"H200", Q::kHostToDevice, 51.8, kPcie, "2022-02"},
      {"H200", Q::kDeviceToHost, 51.8, kPcie, "2022-02"},
      {"H200", Q::kMemory, 4416, kHbm, "2026-04"},
      {"H200", Q::kPeer, 0.92, kLikeA100, "2024-06"},
      {"H200", Q::kRing, 0.814, kStasNet, "2026-04"},  // 365 to 368 of 450 GB/s
      {"H200", Q::kNvls, 0.683, kStasNet, "2026-04"},  // 473 to 482 of 700 GB/s
      {"H200", Q::kPort, 0.965, kLikeH100, "2025-06"},
      {"H200", Q::kPair, 0.652, kLikeH100, "2026-05"},
      {"H200", Q::kF64, 53.6, kSpec, "2026-04"},
      {"H200", Q::kF32, 57, kVector, "2026-04"},
      {"H200", Q::kTf32, 396, kSpec, "2026-04"},
      {"H200", Q::kF16, 791, kSpec, "2026-04"},
      {"H200", Q::kBf16, 794.5, kSameDie, "2026-04"},
      {"H200", Q::kF8, 1530, kSameDie, "2026-03"},
      {"H200", Q::kI8, 1583, kSpec, "2026-04"},
      {"B200", Q::kHostToDevice, 51.8, kPcie, "2022-02"},
      {"B200", Q::kDeviceToHost, 51.8, kPcie, "2022-02"},
      {"B200", Q::kMemory, 7350, kHbm, "2026-04"},
      {"B200", Q::kPeer, 0.92, kLikeA100, "2024-06"},
      {"B200", Q::kRing, 0.758, kStasNet, "2026-04"},  // 682 of 900 GB/s
      {"B200", Q::kNvls, 0.601, kStasNet, "2026-04"},  // 838 to 846 of 1400 GB/s
      {"B200", Q::kPort, 0.965, kLikeH100, "2025-06"},
      {"B200", Q::kPair, 0.652, kLikeH100, "2026-05"},
      {"B200", Q::kF64, 32, kSpec, "2026-04"},
      {"B200", Q::kF32, 64, kVector, "2026-04"},
      {"B200", Q::kTf32, 900, kSpec, "2026-04"},
      {"B200", Q::kF16, 1745, "derived: as bf16, which is recorded", "2026-04"},
      {"B200", Q::kBf16, 1745, kStasGemm, "2026-04"},
      {"B200", Q::kF8, 3600, kSpec, "2026-04"},
      {"B200", Q::kF4, 7200, kSpec, "2026-04"},
      {"B200", Q::kI8, 3600, kSpec, "2026-04"},
      {"GB200", Q::kHostToDevice, 51.8, kPcie, "2022-02"},
      {"GB200", Q::kDeviceToHost, 51.8, kPcie, "2022-02"},
      {"GB200", Q::kMemory, 7350, "ND GB200 v6, quoted by third parties: 7.35 TB/s", "2025-03"},
      {"GB200", Q::kPeer, 0.92, kLikeA100, "2024-06"},
      {"GB200", Q::kRing, 0.758, "derived: the links are those of B200", "2026-04"},
      {"GB200", Q::kNvls, 0.48, kCoreweave, "2025-06"},  // 834 to 847 of 1751 GB/s, 72 GPUs
      {"GB200", Q::kPort, 0.965, kLikeH100, "2025-06"},
      {"GB200", Q::kPair, 0.652, kLikeH100, "2026-05"},
      {"GB200", Q::kF64, 32, kSpec, "2026-04"},
      {"GB200", Q::kF32, 68, kVector, "2026-04"},
      {"GB200", Q::kTf32, 1000, kSpec, "2026-04"},
      {"GB200", Q::kF16, 1822, "derived: as bf16, which is recorded", "2026-04"},
      {"GB200", Q::kBf16, 1822, kStasGemm, "2026-04"},
      {"GB200", Q::kF8, 4300, kFryer, "2026-03"},
      {"GB200", Q::kF4, 8000, kSpec, "2026-04"},
      {"GB200", Q::kI8, 4000, kSpec, "2026-04"},
      {"GB300", Q::kHostToDevice, 51.8, kPcie, "2022-02"},
      {"GB300", Q::kDeviceToHost, 51.8, kPcie, "2022-02"},
      {"GB300", Q::kMemory, 7360, kHbm, "2026-04"},
      {"GB300", Q::kPeer, 0.92, kLikeA100, "2024-06"},
      {"GB300", Q::kRing, 0.758, "derived: the links are those of B200", "2026-04"},
      {"GB300", Q::kNvls, 0.511, "NVIDIA/aicr, issue on GB300: 895 of 1751 GB/s", "2026-05"},
      {"GB300", Q::kPort, 0.965, kLikeH100, "2025-06"},
      {"GB300", Q::kPair, 0.652, kLikeH100, "2026-05"},
      {"GB300", Q::kF64, 1.04, kSpec, "2026-04"},
      {"GB300", Q::kF32, 68, kVector, "2026-04"},
      {"GB300", Q::kTf32, 1000, kSpec, "2026-04"},
      {"GB300", Q::kF16, 1769, "derived: as bf16 of B300, which is recorded", "2026-04"},
      {"GB300", Q::kBf16, 1769, "derived: as B300's, recorded by stas00/ml-engineering", "2026-04"},
      {"GB300", Q::kF8, 4000, kSpec, "2026-04"},
      {"GB300", Q::kF4, 12000, kSpec, "2026-04"},
      {"GB300", Q::kI8, 132, kSpec, "2026-04"},
  };
  return rows;
}

auto LineFigures() -> const std::vector<LineRow> & {
  static const std::vector<LineRow> rows = {
      {"unencrypted", 0.941, "iperf3 output in public repositories: 941 Mb/s received over gigabit",
       "2026-11"},
      {"macsec", 0.92, "derived: what is recorded without protection, less two parts in a hundred",
       "2026-11"},
      {"ipsec", 0.881,
       "WireGuard.com/performance, iperf3 over gigabit with AES-256-GCM: 881 Mb/s; as others quote "
       "it",
       "2016-06"},
  };
  return rows;
}

auto LineShareOf(const std::string &encryption) -> std::optional<double> {
  for (const LineRow &row : LineFigures()) {
    if (encryption == row.encryption) return row.share;
  }
  return std::nullopt;
}

auto ModelOf(const std::string &part) -> std::optional<GpuModel> {
  static constexpr GpuModel kModels[] = {
      {"Tesla V100-SXM2-32GB", "V100", 70},
      {"Tesla T4", "T4", 75},
      {"NVIDIA A10", "A10", 86},
      {"NVIDIA A100-SXM4-40GB", "A100", 80},
      {"NVIDIA A100-SXM4-80GB", "A100 80GB", 80},
      {"NVIDIA A100 80GB PCIe", "A100 80GB", 80},
      {"NVIDIA L4", "L4", 89},
      {"NVIDIA L40S", "L40S", 89},
      {"NVIDIA H100 80GB HBM3", "H100", 90},
      {"NVIDIA H100 NVL", "H100 NVL", 90},
      {"NVIDIA H200", "H200", 90},
      {"NVIDIA B200", "B200", 100},
      {"NVIDIA GB200", "GB200", 100},
      {"NVIDIA GB300", "GB300", 103},
      {"NVIDIA B300 SXM6 AC", "GB300", 103},
  };
  if (part.empty()) return std::nullopt;
  for (const GpuModel &model : kModels) {
    const std::string name = model.name;
    const size_t at = name.find(part);
    if (at == std::string::npos) continue;
    const auto is_word = [&](size_t i) {
      return i < name.size() && std::isalnum(static_cast<unsigned char>(name[i])) != 0;
    };
    if (!(at > 0 && is_word(at - 1)) && !is_word(at + part.size())) return model;
  }
  return std::nullopt;
}

auto FigureFor(const GpuModel &model, Trait quantity) -> std::optional<double> {
  const std::string gpu = model.figures;
  const std::string family = gpu.substr(0, gpu.find(' '));
  for (const std::string &name : {gpu, family}) {
    for (const FigureRow &row : AllFigures()) {
      if (name == row.gpu && row.quantity == quantity) return row.value;
    }
  }
  return std::nullopt;
}

auto TraitOf(Dtype dtype) -> Trait {
  return static_cast<Trait>(static_cast<int>(Trait::kF64) + static_cast<int>(dtype));
}

}  // namespace groma::runtime
