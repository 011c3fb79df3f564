// SPDX-License-Identifier: Apache-2.0
#include "groma/base/timezones.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace groma::base {
namespace {

TEST(TimeZones, AreSortedAndUnique) {
  EXPECT_GT(TimeZones().size(), 590U);
  const auto names = TimeZones();
  EXPECT_TRUE(std::ranges::is_sorted(names));
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
  for (const llvm::StringRef name : TimeZones()) {
    EXPECT_TRUE(IsTimeZone(name)) << name.str();
  }
}

TEST(TimeZones, KnowTheirNames) {
  EXPECT_TRUE(IsTimeZone("Europe/Amsterdam"));
  EXPECT_TRUE(IsTimeZone("America/Argentina/Buenos_Aires"));
  EXPECT_TRUE(IsTimeZone("UTC"));
  EXPECT_TRUE(IsTimeZone("Europe/Kyiv"));
  EXPECT_FALSE(IsTimeZone("europe/amsterdam"));
  EXPECT_FALSE(IsTimeZone("Europe/Amsterdamm"));
  EXPECT_FALSE(IsTimeZone(""));
  EXPECT_FALSE(IsTimeZone("localtime")) << "a matter of one machine";
}

}  // namespace
}  // namespace groma::base
