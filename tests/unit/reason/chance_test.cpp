// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/chance.h"

#include <gtest/gtest.h>

namespace groma::reason {
namespace {

TEST(Chance, LogarithmsAreThoseOfTheBook) {
  static_assert(detail::Log2(1) == 0);
  static_assert(detail::Log2(1024) == 10 << 16);
  EXPECT_NEAR(static_cast<double>(detail::Log2(3)) / 65536, 1.5849625, 1e-4);
  EXPECT_NEAR(detail::kSurprises[511] / 65536.0, 0.694, 2e-3) << "-ln(1023 / 2048)";
  EXPECT_NEAR(detail::kSurprises[0] / 65536.0, 7.6246, 2e-3);
}

TEST(Chance, DrawsAreBoundedEvenAndRepeat) {
  Chance one(7), two(7);
  int counts[3] = {};
  for (int i = 0; i < 3000; ++i) {
    const uint32_t drawn = one.Below(3);
    ASSERT_LT(drawn, 3U);
    EXPECT_EQ(drawn, two.Below(3));
    ++counts[drawn];
  }
  for (const int count : counts) EXPECT_NEAR(count, 1000, 100);
}

}  // namespace
}  // namespace groma::reason
