// SPDX-License-Identifier: Apache-2.0
#include "groma/base/suggest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "groma/base/timezones.h"

namespace groma::base {
namespace {

// The definition, without bounds or early exits.
auto PlainDistance(llvm::StringRef a, llvm::StringRef b) -> std::size_t {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min(
          {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

auto Draw(std::mt19937 &random) -> std::string {
  std::string word(random() % 9, 'a');
  for (char &c : word) {
    c = static_cast<char>('a' + random() % 3);
  }
  return word;
}

TEST(EditDistance, CountsSwapsOnce) {
  EXPECT_EQ(EditDistance("", "", 3), 0U);
  EXPECT_EQ(EditDistance("", "abc", 3), 3U);
  EXPECT_EQ(EditDistance("kitten", "sitting", 3), 3U);
  EXPECT_EQ(EditDistance("nodse", "nodes", 3), 1U);
  EXPECT_EQ(EditDistance("ca", "abc", 3), 3U) << "no edits inside a swap";
}

TEST(EditDistance, AgreesWithItsDefinition) {
  std::mt19937 random(17);
  for (int i = 0; i < 50'000; ++i) {
    const std::string a = Draw(random);
    const std::string b = Draw(random);
    const std::size_t bound = random() % 6;
    EXPECT_EQ(EditDistance(a, b, bound), std::min(PlainDistance(a, b), bound + 1))
        << a << " " << b << " " << bound;
  }
}

TEST(Suggest, FindsTheClosest) {
  EXPECT_EQ(Suggest("nodse", {"node", "nodes", "rack"}), "nodes");
  EXPECT_EQ(Suggest("pwoer", {"tower", "power"}), "power");
  EXPECT_EQ(Suggest("datacenter", {"data_centre", "onprem"}), "data_centre");
  EXPECT_EQ(Suggest("Europe/Amsterdm", TimeZones()), "Europe/Amsterdam");
  EXPECT_EQ(Suggest("europe/berlin", TimeZones()), "Europe/Berlin");
}

TEST(Suggest, KnowsWhenToBeSilent) {
  EXPECT_EQ(Suggest("power", {"site", "rack"}), std::nullopt);
  EXPECT_EQ(Suggest("power", {}), std::nullopt);
  EXPECT_EQ(Suggest("", {"a", "b"}), std::nullopt);
  EXPECT_EQ(Suggest("x", {"y"}), std::nullopt) << "to replace every letter is not to misspell";
  EXPECT_EQ(Suggest("power", {"power"}), std::nullopt) << "the word itself is no help";
}

TEST(Suggest, CaseCountsLess) {
  EXPECT_EQ(Suggest("KW", {"kW", "KWh", "MW"}), "kW");
  EXPECT_EQ(Suggest("gpu", {"GPU", "gpus"}), "GPU");
  EXPECT_EQ(Suggest("Node", {"NODE", "node"}), "node") << "fewer letters to change";
  EXPECT_EQ(Suggest("g", {"G"}), "G");
}

TEST(Suggest, DoesNotDependOnTheOrderOfCandidates) {
  EXPECT_EQ(Suggest("bat", {"hat", "cat"}), "cat");
  EXPECT_EQ(Suggest("bat", {"cat", "hat"}), "cat");
  std::mt19937 random(19);
  for (int i = 0; i < 2'000; ++i) {
    std::vector<std::string> words(12);
    std::ranges::generate(words, [&random]() {
      std::string word = Draw(random);
      if (random() % 3 == 0 && !word.empty()) {
        word.front() = static_cast<char>(word.front() - 'a' + 'A');
      }
      return word;
    });
    std::vector<llvm::StringRef> candidates(words.begin() + 1, words.end());
    const auto first = Suggest(words.front(), candidates);
    std::ranges::shuffle(candidates, random);
    EXPECT_EQ(Suggest(words.front(), candidates), first) << words.front();
  }
}

}  // namespace
}  // namespace groma::base
