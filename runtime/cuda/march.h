// SPDX-License-Identifier: Apache-2.0
// A march over memory: passes up and down, each of which reads what the pass before wrote and
// writes its opposite. Finds cells that are stuck, cells that follow others, and addresses that
// meet.
#pragma once

#include "cuda/device.h"

namespace groma::runtime::cuda {

enum class Ground { kZeros, kStripes, kAddresses };

struct Pass {
  Ground ground;
  bool is_down;
  bool reads;           // compares with the ground, or its complement
  bool reads_opposite;  // ... with the complement
  bool writes;
  bool writes_opposite;
};

// The word that a ground puts at an index. Addresses are data, mixed so that each differs from
// every other in about half of its bits.
GROMA_BOTH inline uint64_t GroundWord(Ground ground, uint64_t index) {
  switch (ground) {
    case Ground::kZeros:
      return 0;
    case Ground::kStripes:
      return index % 2 == 0 ? 0x5555555555555555ull : 0xAAAAAAAAAAAAAAAAull;
    case Ground::kAddresses:
      return Mix(index + 1);
  }
  return 0;
}

// Does one pass at one word. True: it held something else.
GROMA_BOTH inline bool Visit(const Pass &pass, volatile uint64_t *words, uint64_t index) {
  const uint64_t ground = GroundWord(pass.ground, index);
  const bool is_wrong = pass.reads && words[index] != (pass.reads_opposite ? ~ground : ground);
  if (pass.writes) words[index] = pass.writes_opposite ? ~ground : ground;
  return is_wrong;
}

// For each ground: up w0; up r0 w1; up r1 w0; down r0 w1; down r1 w0; up r0.
constexpr int kPassesOfGround = 6;
constexpr int kPasses = 3 * kPassesOfGround;

constexpr Pass PassAt(int number) {
  const Ground ground = static_cast<Ground>(number / kPassesOfGround);
  switch (number % kPassesOfGround) {
    case 0:
      return {ground, false, false, false, true, false};
    case 1:
      return {ground, false, true, false, true, true};
    case 2:
      return {ground, false, true, true, true, false};
    case 3:
      return {ground, true, true, false, true, true};
    case 4:
      return {ground, true, true, true, true, false};
    default:
      return {ground, false, true, false, false, false};
  }
}

}  // namespace groma::runtime::cuda
