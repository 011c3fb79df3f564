// SPDX-License-Identifier: Apache-2.0
// What healthy hardware reaches, as others have recorded it. Gates come from elsewhere: neither
// knows the other, so that a wrong gate meets a right figure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "groma/runtime/backend.h"

namespace groma::runtime {

enum class Trait {
  kHostToDevice,  // GB/s
  kDeviceToHost,  // GB/s
  kMemory,        // GB/s, read and written
  kPeer,          // share of the links' rate that one GPU copies to another
  kRing,          // share of the links' rate in a ring
  kNvls,          // share of what links allow when the switch sums
  kPort,          // share of a port's rate
  kPair,          // share of a port's rate when two domains sum by NVLS
  kF64,
  kF32,
  kTf32,
  kF16,
  kBf16,
  kF8,
  kF4,
  kI8,  // TOPS of each dtype
};

struct FigureRow {
  const char *gpu;
  Trait quantity;
  double value;
  const char *source;  // "derived: ..." where nobody has recorded one
  const char *date;
};
auto AllFigures() -> const std::vector<FigureRow> &;

// What share of a line's rate reached programs, by how the line is protected.
struct LineRow {
  const char *encryption;
  double share;
  const char *source;
  const char *date;
};
auto LineFigures() -> const std::vector<LineRow> &;
// None: nobody has recorded it.
auto LineShareOf(const std::string &encryption) -> std::optional<double>;

// How GPUs of the simulator call themselves; the names of the plan's shapes are parts of them.
struct GpuModel {
  const char *name;     // "NVIDIA H200"
  const char *figures;  // whose rows count: "H200"
  int compute_capability;
};
// The model whose name holds `part` as a word.
auto ModelOf(const std::string &part) -> std::optional<GpuModel>;
// None: such hardware has no such thing.
auto FigureFor(const GpuModel &model, Trait quantity) -> std::optional<double>;
auto TraitOf(Dtype dtype) -> Trait;

}  // namespace groma::runtime
