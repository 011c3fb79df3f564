// SPDX-License-Identifier: Apache-2.0
#include "cuda/march.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace groma::runtime::cuda {
namespace {

// A memory with faults, behind which `Visit` sees plain words.
struct Faulty {
  std::vector<uint64_t> words = std::vector<uint64_t>(256);
  uint64_t stuck_at = 256, stuck_bit = 0;  // reads 1 there whatever is written
  uint64_t aliased = 256, alias = 256;     // a write to one is a write to the other
  uint64_t leader = 256, follower = 256;   // a write of the one flips a bit of the other

  auto March() -> uint64_t {
    uint64_t errors = 0;
    for (int number = 0; number < kPasses; ++number) {
      const Pass pass = PassAt(number);
      for (uint64_t i = 0; i < words.size(); ++i) {
        const uint64_t index = pass.is_down ? words.size() - 1 - i : i;
        const uint64_t real = index == aliased ? alias : index;
        uint64_t window[256];
        window[index] = words[real];
        if (index == stuck_at) window[index] |= stuck_bit;
        if (Visit(pass, window, index)) ++errors;
        if (!pass.writes) continue;
        words[real] = window[index];
        if (index == leader && follower < 256) words[follower] ^= 4;
      }
    }
    return errors;
  }
};

TEST(MarchTest, FindsNothingInGoodMemory) { EXPECT_EQ(Faulty().March(), 0u); }

TEST(MarchTest, FindsABitThatIsStuck) {
  for (int bit = 0; bit < 64; ++bit) {
    Faulty memory;
    memory.stuck_at = 17;
    memory.stuck_bit = uint64_t{1} << bit;
    EXPECT_GT(memory.March(), 0u) << bit;
  }
}

TEST(MarchTest, FindsAddressesThatMeetAndCellsThatFollow) {
  Faulty memory;
  memory.aliased = 200;
  memory.alias = 72;
  EXPECT_GT(memory.March(), 0u);
  Faulty up;
  up.leader = 10;
  up.follower = 30;
  EXPECT_GT(up.March(), 0u);
  Faulty down;
  down.leader = 30;
  down.follower = 10;
  EXPECT_GT(down.March(), 0u);
}

TEST(MarchTest, EachGroundGoesUpAndDownOverBothStatesOfEachBit) {
  for (int ground = 0; ground < 3; ++ground) {
    int kinds[2][2] = {};
    for (int i = 0; i < kPassesOfGround; ++i) {
      const Pass pass = PassAt(ground * kPassesOfGround + i);
      EXPECT_EQ(static_cast<int>(pass.ground), ground);
      if (pass.reads && pass.writes) {
        EXPECT_NE(pass.reads_opposite, pass.writes_opposite);
        ++kinds[pass.is_down ? 1 : 0][pass.writes_opposite ? 1 : 0];
      }
    }
    for (const auto &way : kinds)
      for (const int count : way) EXPECT_EQ(count, 1);
  }
}

TEST(MarchTest, EachAddressHasDataOfItsOwn) {
  std::set<uint64_t> words;
  for (uint64_t i = 0; i < 10000; ++i) words.insert(GroundWord(Ground::kAddresses, i));
  EXPECT_EQ(words.size(), 10000u);
}

TEST(MarchTest, EachGroundIsWrittenBeforeItIsRead) {
  for (int number = 0; number < kPasses; number += kPassesOfGround) {
    EXPECT_FALSE(PassAt(number).reads);
    EXPECT_TRUE(PassAt(number).writes);
  }
}

}  // namespace
}  // namespace groma::runtime::cuda
