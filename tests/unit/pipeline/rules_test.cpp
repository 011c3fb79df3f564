// SPDX-License-Identifier: Apache-2.0
// With a rule suspended exactly the plans change that rules.txt lists for it: each rule has plans
// that were made to show it, and none of them stands without its rule.
#include <fstream>
#include <map>
#include <sstream>

#include "decided.h"
#include "gtest/gtest.h"

namespace groma::pipeline {
namespace {

using Names = std::set<std::string>;

// `RULE: PLANS MADE FOR IT | PLANS THAT NEED IT TOO`
struct Listed {
  Names own, others;
};

auto ReadList() -> std::map<std::string, Listed> {
  std::ifstream file(std::filesystem::path(GROMA_SOURCE_DIR) / "tests/unit/pipeline/rules.txt");
  std::map<std::string, Listed> rules;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const size_t colon = line.find(':');
    EXPECT_NE(colon, std::string::npos) << line;
    const auto [at, is_new] = rules.try_emplace(line.substr(0, colon));
    EXPECT_TRUE(is_new) << line;
    Names *names = &at->second.own;
    std::istringstream words(line.substr(colon + 1));
    for (std::string word; words >> word;) {
      if (word == "|") {
        names = &at->second.others;
      } else {
        names->insert(word);
      }
    }
  }
  return rules;
}

// Decided by policies alone, and slowly.
const Names kPuzzles = {"parity", "fail_clauses", "fail_clauses_core"};

TEST(Rules, EachChangesItsPlans) {
  auto rules = ReadList();
  const Names silent = rules["silent"].own;
  rules.erase("silent");
  EXPECT_GT(rules.size(), 50U);
  Names left_out = {"fail_out_of_effort", "not_proved"};
  left_out.insert(kPuzzles.begin(), kPuzzles.end());
  std::map<std::string, Names> changed;
  for (const auto &path : PlansOfFileTests(left_out)) {
    CheckedPlan plan(TextOf(path));
    // Judged no more than what is compared with it.
    solve::Options all;
    all.suspended = "no rule";
    const Told kept = plan.Decide(all);
    bool is_listed = silent.contains(path.stem());
    for (const auto &[rule, listed] : rules) {
      solve::Options options;
      options.suspended = rule;
      if (plan.Decide(options).text != kept.text) changed[rule].insert(path.stem());
      is_listed |= listed.own.contains(path.stem()) || listed.others.contains(path.stem());
    }
    EXPECT_TRUE(is_listed) << path.stem() << ": say in rules.txt what it shows";
  }
  for (const auto &[rule, listed] : rules) {
    EXPECT_FALSE(listed.own.empty()) << rule << " has no plan of its own";
    const bool is_for_all = listed.others.contains("*");
    for (const Names *names : {&listed.own, &listed.others}) {
      for (const std::string &plan : *names) {
        EXPECT_TRUE(plan == "*" || changed[rule].contains(plan))
            << plan << " stands without " << rule;
      }
    }
    for (const std::string &plan : changed[rule]) {
      EXPECT_TRUE(is_for_all || listed.own.contains(plan) || listed.others.contains(plan))
          << plan << " needs " << rule << " and is not listed with it";
    }
  }
}

}  // namespace
}  // namespace groma::pipeline
