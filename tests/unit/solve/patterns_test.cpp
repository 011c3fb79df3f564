// SPDX-License-Identifier: Apache-2.0
#include "patterns.h"

#include <gtest/gtest.h>

#include <random>

#include "llvm/ADT/STLExtras.h"

namespace groma::solve {
namespace {

auto Fits(llvm::ArrayRef<Item> items, const Pattern &pattern, const Amounts &capacity) -> bool {
  for (size_t r = 0; r < kResources; ++r) {
    int64_t sum = 0;
    for (size_t i = 0; i < items.size(); ++i) sum += items[i].need[r] * pattern[i];
    if (sum > capacity[r]) return false;
  }
  return true;
}

// By the rules as they are written, not as they are enumerated.
auto IsAllowed(llvm::ArrayRef<Item> items, const Pattern &pattern, const Amounts &capacity) -> bool {
  const auto is_there = [&](uint32_t other) { return pattern[other] > 0; };
  for (size_t i = 0; i < items.size(); ++i) {
    const Item &item = items[i];
    if (pattern[i] > item.most) return false;
    if (pattern[i] > 0 && llvm::any_of(item.conflicts, is_there)) return false;
    if (pattern[i] > 0 && !llvm::all_of(item.company, is_there)) return false;
    if (pattern[i] == 0 && item.is_everywhere && llvm::none_of(item.conflicts, is_there)) {
      return false;
    }
  }
  return Fits(items, pattern, capacity);
}

// All that is allowed, by trying everything.
auto AllAllowed(llvm::ArrayRef<Item> items, const Amounts &capacity) -> std::vector<Pattern> {
  std::vector<Pattern> all;
  Pattern pattern(items.size());
  while (true) {
    if (IsAllowed(items, pattern, capacity)) all.push_back(pattern);
    size_t i = 0;
    while (i < items.size() && pattern[i] == items[i].most) pattern[i++] = 0;
    if (i == items.size()) return all;
    ++pattern[i];
  }
}

// With some copies of it left out, but not the last one of what is kept.
auto StandsFor(llvm::ArrayRef<Item> items, const Pattern &full, const Pattern &part) -> bool {
  for (size_t i = 0; i < items.size(); ++i) {
    if (full[i] < part[i]) return false;
    if (items[i].is_kept && (full[i] > 0) != (part[i] > 0)) return false;
  }
  return true;
}

auto RandomItems(std::mt19937 &random) -> std::vector<Item> {
  const auto below = [&](uint32_t count) { return random() % count; };
  std::vector<Item> items(2 + below(4));
  for (uint32_t i = 0; i < items.size(); ++i) {
    for (int64_t &need : items[i].need) need = below(4);
    items[i].most = below(4);
    items[i].is_everywhere = below(6) == 0;
    for (uint32_t j = 0; j < i; ++j) {
      if (below(4) == 0) {
        items[i].conflicts.push_back(j);
        items[j].conflicts.push_back(i);
      } else if (below(6) == 0) {
        items[i].company.push_back(j);
      }
    }
  }
  FindKept(items);
  return items;
}

TEST(Patterns, StandForEveryWayToShareAMachine) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    const std::vector<Item> items = RandomItems(random);
    Amounts capacity{};
    for (int64_t &amount : capacity) amount = random() % 12;
    const auto full = FullPatterns(items, capacity, 10'000);
    ASSERT_TRUE(full) << round;
    for (const Pattern &pattern : *full) {
      ASSERT_TRUE(IsAllowed(items, pattern, capacity)) << round;
      const bool is_needed = llvm::none_of(*full, [&](const Pattern &other) {
        return &other != &pattern && StandsFor(items, other, pattern);
      });
      ASSERT_TRUE(is_needed) << round;
    }
    for (const Pattern &pattern : AllAllowed(items, capacity)) {
      const bool is_covered = llvm::any_of(
          *full, [&](const Pattern &other) { return StandsFor(items, other, pattern); });
      ASSERT_TRUE(is_covered) << round;
    }
  }
}

TEST(Patterns, AreNothingWhereTheyAreTooMany) {
  Item small;
  small.need = {1, 0, 0};
  small.most = 9;
  std::vector<Item> items(6, small);
  EXPECT_FALSE(FullPatterns(items, {20, 0, 0}, 100));
  items.resize(2);
  EXPECT_EQ(FullPatterns(items, {10, 0, 0}, 100)->size(), 9U);
}

}  // namespace
}  // namespace groma::solve
