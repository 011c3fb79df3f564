// SPDX-License-Identifier: Apache-2.0
#include "groma/base/cidr.h"

#include <gtest/gtest.h>

#include <random>

namespace groma::base {
namespace {

auto C(const char *text) -> Cidr { return *Cidr::Parse(text).cidr; }

TEST(Cidr, ParsesBlocks) {
  const auto parsed = Cidr::Parse("10.40.0.0/16");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed.cidr->first(), 0x0A280000U);
  EXPECT_EQ(parsed.cidr->last(), 0x0A28FFFFU);
  EXPECT_EQ(parsed.cidr->size(), 65'536U);
  EXPECT_EQ(parsed.cidr->ToString(), "10.40.0.0/16");
  EXPECT_EQ(C("0.0.0.0/0").last(), 0xFFFFFFFFU);
  EXPECT_EQ(C("0.0.0.0/0").size(), std::uint64_t{1} << 32);
  EXPECT_EQ(C("255.255.255.255/32").size(), 1U);
}

TEST(Cidr, SaysWhatIsWrong) {
  const struct {
    const char *text;
    CidrProblem problem;
  } cases[] = {{"10.40.0.0", CidrProblem::kShape},
               {"10.40.0/16", CidrProblem::kShape},
               {"10.40.0.0.0/16", CidrProblem::kShape},
               {"10.40.0.0/", CidrProblem::kShape},
               {"10.40.0.0/16 ", CidrProblem::kShape},
               {"10.40.0.0/-1", CidrProblem::kShape},
               {"a.b.c.d/8", CidrProblem::kShape},
               {"", CidrProblem::kShape},
               {"300.1.1/8", CidrProblem::kShape},
               {"256.0.0.0/8", CidrProblem::kOctet},
               {"10.99999999999999999999.0.0/8", CidrProblem::kOctet},
               {"10.040.0.0/16", CidrProblem::kLeadingZero},
               {"10.40.0.0/016", CidrProblem::kLeadingZero},
               {"10.40.0.0/33", CidrProblem::kPrefix},
               {"10.40.0.0/99999999999", CidrProblem::kPrefix},
               {"10.40.0.1/16", CidrProblem::kHostBits}};
  for (const auto &c : cases) {
    EXPECT_EQ(Cidr::Parse(c.text).problem, c.problem) << c.text;
    EXPECT_FALSE(Cidr::Parse(c.text)) << c.text;
  }
}

TEST(Cidr, HostBitsComeWithTheBlockThatWasMeant) {
  EXPECT_EQ(Cidr::Parse("10.40.3.7/16").cidr->ToString(), "10.40.0.0/16");
  EXPECT_FALSE(Cidr::Parse("10.40.0.0/33").cidr);
}

TEST(Cidr, BlocksNestOrAreApart) {
  EXPECT_TRUE(C("10.0.0.0/8").Contains(C("10.40.0.0/16")));
  EXPECT_FALSE(C("10.40.0.0/16").Contains(C("10.0.0.0/8")));
  EXPECT_TRUE(C("10.40.0.0/16").Overlaps(C("10.0.0.0/8")));
  EXPECT_FALSE(C("10.40.0.0/16").Overlaps(C("10.41.0.0/16")));
  EXPECT_TRUE(C("0.0.0.0/0").Contains(C("255.255.255.255/32")));
  EXPECT_TRUE(C("10.40.0.0/31").Contains(0x0A280001U));
  EXPECT_FALSE(C("10.40.0.0/31").Contains(0x0A280002U));
}

TEST(Cidr, Subnets) {
  EXPECT_EQ(C("10.40.0.0/16").Subnet(24, 3), C("10.40.3.0/24"));
  EXPECT_EQ(C("10.40.0.0/16").Subnet(24, 255), C("10.40.255.0/24"));
  EXPECT_EQ(C("0.0.0.0/0").Subnet(32, 0xFFFFFFFFU), C("255.255.255.255/32"));
  EXPECT_EQ(C("0.0.0.0/0").Subnet(0, 0), C("0.0.0.0/0"));
  EXPECT_FALSE(C("10.40.0.0/16").Subnet(24, 256));
  EXPECT_FALSE(C("10.40.0.0/16").Subnet(15, 0));
  EXPECT_FALSE(C("10.40.0.0/16").Subnet(33, 0));
}

TEST(Cidr, OverlapIsWhatTheAddressesSay) {
  std::mt19937 random(5);
  for (int i = 0; i < 50'000; ++i) {
    // Few bits, so that overlaps are common.
    const Cidr a = Cidr::Around(static_cast<std::uint32_t>(random() % 64), 26 + random() % 7);
    const Cidr b = Cidr::Around(static_cast<std::uint32_t>(random() % 64), 26 + random() % 7);
    EXPECT_EQ(a.Overlaps(b), a.first() <= b.last() && b.first() <= a.last());
    EXPECT_EQ(a.Contains(b), a.first() <= b.first() && b.last() <= a.last());
    EXPECT_EQ(Cidr::Parse(a.ToString()).cidr, a);
    EXPECT_EQ(a.last() - a.first() + std::uint64_t{1}, a.size());
  }
}

TEST(Cidr, SortsByAddressThenWidth) {
  EXPECT_LT(C("10.0.0.0/8"), C("10.0.0.0/16"));
  EXPECT_LT(C("10.0.0.0/16"), C("10.1.0.0/16"));
  EXPECT_LT(C("10.0.0.0/32"), C("192.0.0.0/8"));
}

}  // namespace
}  // namespace groma::base
