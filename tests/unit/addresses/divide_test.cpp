// SPDX-License-Identifier: Apache-2.0
#include "groma/addresses/divide.h"

#include <gtest/gtest.h>

#include <random>

#include "groma/addresses/overlap.h"

namespace groma::addresses {
namespace {

auto C(const char *text) -> Cidr { return *Cidr::Parse(text).cidr; }

TEST(Divide, FirstFitInTheOrderGiven) {
  const Division division =
      Divide(C("10.0.0.0/24"), {C("10.0.0.0/28")}, {{.prefix = 26}, {.prefix = 28}, {.prefix = 25}});
  ASSERT_TRUE(division.places[0] && division.places[1] && division.places[2]);
  EXPECT_EQ(division.places[0]->ToString(), "10.0.0.64/26");
  EXPECT_EQ(division.places[1]->ToString(), "10.0.0.16/28");
  EXPECT_EQ(division.places[2]->ToString(), "10.0.0.128/25");
  EXPECT_EQ(division.missing, 0U);
}

TEST(Divide, SaysHowMuchIsMissing) {
  const Division division =
      Divide(C("10.0.0.0/24"), {}, {{.prefix = 25}, {.prefix = 24}, {.prefix = 26}, {.prefix = 22}});
  EXPECT_FALSE(division.places[1]);
  EXPECT_TRUE(division.places[2]);
  EXPECT_EQ(division.missing, 256U + 1024U);
}

TEST(Divide, StaysOnlyWhereItCan) {
  const Division division = Divide(C("10.0.0.0/24"), {C("10.0.0.192/26")},
                                   {{.prefix = 26, .before = C("10.0.0.128/26")},
                                    {.prefix = 26, .before = C("10.0.0.192/26")},
                                    {.prefix = 27, .before = C("10.0.0.0/26")},
                                    {.prefix = 27, .before = C("10.1.0.0/27")}});
  EXPECT_EQ(division.places[0]->ToString(), "10.0.0.128/26");
  EXPECT_EQ(division.places[1]->ToString(), "10.0.0.0/26");
  EXPECT_EQ(division.places[2]->ToString(), "10.0.0.64/27");
  EXPECT_EQ(division.places[3]->ToString(), "10.0.0.96/27");
}

TEST(Divide, WholeOfAllAddresses) {
  const Division division = Divide(C("0.0.0.0/0"), {}, {{.prefix = 1}, {.prefix = 1}, {.prefix = 30}});
  EXPECT_EQ(division.places[1]->ToString(), "128.0.0.0/1");
  EXPECT_FALSE(division.places[2]);
}

class Dice {
 public:
  explicit Dice(uint64_t seed) : engine_(seed) {}
  auto Roll(uint32_t below) -> uint32_t { return static_cast<uint32_t>(engine_() % below); }

 private:
  std::mt19937_64 engine_;
};

void ExpectApart(Cidr space, llvm::ArrayRef<Cidr> taken, llvm::ArrayRef<Wish> wishes,
                 const Division &division, uint64_t seed) {
  std::vector<Claim> claims;
  uint64_t missing = 0;
  for (size_t i = 0; i < wishes.size(); ++i) {
    if (!division.places[i]) {
      missing += uint64_t{1} << (32 - wishes[i].prefix);
      continue;
    }
    EXPECT_EQ(division.places[i]->prefix(), wishes[i].prefix) << seed;
    EXPECT_TRUE(space.Contains(*division.places[i])) << seed;
    for (const Cidr block : taken) EXPECT_FALSE(block.Overlaps(*division.places[i])) << seed;
    claims.push_back({*division.places[i], 0, i});
  }
  EXPECT_EQ(division.missing, missing) << seed;
  EXPECT_TRUE(Overlaps(claims).empty()) << seed;
  // Those who found nothing were refused for a reason: where blocks would lie one after the other, none is free.
  for (size_t i = 0; i < wishes.size(); ++i) {
    if (division.places[i] || wishes[i].prefix < space.prefix()) continue;
    for (uint64_t at = 0; at < uint64_t{1} << (wishes[i].prefix - space.prefix()); ++at) {
      const Cidr free = *space.Subnet(wishes[i].prefix, at);
      bool is_free = true;
      for (const Cidr block : taken) is_free &= !block.Overlaps(free);
      for (const Claim &claim : claims) is_free &= !claim.block.Overlaps(free);
      EXPECT_FALSE(is_free) << seed;
    }
  }
}

TEST(DivideProperty, NothingOverlapsAndAdditionsMoveNothing) {
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    Dice dice(seed);
    const uint32_t prefix = 16 + dice.Roll(10);
    const Cidr space = Cidr::Around(dice.Roll(1U << 31) * 2, prefix);
    const auto random = [&] {
      const uint32_t deeper = std::min(30U, prefix + 1 + dice.Roll(6));
      return *space.Subnet(deeper, dice.Roll(1U << (deeper - prefix)));
    };
    std::vector<Cidr> taken;
    for (uint32_t i = dice.Roll(4); i > 0; --i) taken.push_back(random());
    std::vector<Wish> wishes(1 + dice.Roll(12));
    for (Wish &wish : wishes) {
      wish.prefix = prefix + dice.Roll(7);
      if (dice.Roll(3) == 0) wish.before = random();
    }
    const Division first = Divide(space, taken, wishes);
    ExpectApart(space, taken, wishes, first, seed);
    // The same again, with what was found as what was before, and others in between.
    std::vector<Wish> more;
    std::vector<size_t> at;
    for (size_t i = 0; i < wishes.size(); ++i) {
      if (dice.Roll(2) == 0) more.push_back({.prefix = prefix + dice.Roll(7), .before = {}});
      at.push_back(more.size());
      more.push_back({wishes[i].prefix, first.places[i]});
    }
    const Division second = Divide(space, taken, more);
    ExpectApart(space, taken, more, second, seed);
    for (size_t i = 0; i < wishes.size(); ++i) {
      if (first.places[i]) EXPECT_EQ(first.places[i], second.places[at[i]]) << seed;
    }
  }
}

TEST(Overlaps, OnlyOfWhatIsRoutedTogether) {
  const std::vector<Claim> claims = {{C("10.0.0.0/8"), 0, 0},  {C("10.1.0.0/16"), 0, 0},
                                     {C("10.1.2.0/24"), 0, 1}, {C("10.1.2.0/24"), 1, 2},
                                     {C("10.2.0.0/16"), 0, 3}, {C("11.0.0.0/8"), 0, 4}};
  const std::vector<std::pair<size_t, size_t>> expected = {{0, 4}, {1, 2}};
  EXPECT_EQ(Overlaps(claims), expected);
}

TEST(OverlapsProperty, FindsAnOverlapWhereThereIsOne) {
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    Dice dice(seed);
    std::vector<Claim> claims(dice.Roll(12));
    for (Claim &claim : claims) {
      claim = {Cidr::Around(dice.Roll(64) << 24, 4 + dice.Roll(5)), dice.Roll(3), dice.Roll(4)};
    }
    // Each claim that overlaps one of another owner that is at least as wide is told.
    bool is_any = false;
    for (size_t i = 0; i < claims.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        is_any |= claims[i].part == claims[j].part && claims[i].owner != claims[j].owner &&
                  claims[i].block.Overlaps(claims[j].block);
      }
    }
    const auto found = Overlaps(claims);
    EXPECT_EQ(!found.empty(), is_any) << seed;
    for (const auto &[a, b] : found) {
      EXPECT_TRUE(claims[a].block.Overlaps(claims[b].block)) << seed;
      EXPECT_NE(claims[a].owner, claims[b].owner) << seed;
      EXPECT_EQ(claims[a].part, claims[b].part) << seed;
    }
  }
}

}  // namespace
}  // namespace groma::addresses
