// SPDX-License-Identifier: Apache-2.0
#include "core/options.h"

#include <gtest/gtest.h>

#include <map>

#include "core/date.h"

namespace groma::runtime {
namespace {

auto Parse(const std::vector<std::string> &arguments,
           const std::map<std::string, const char *> &variables = {})
    -> std::variant<Options, std::string> {
  return ParseOptions(arguments, [&](const char *name) -> const char * {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second;
  });
}

TEST(Options, AreRead) {
  const auto parsed = Parse({"--backend", "sim", "--tier=accept", "--test", "a", "--test", "b",
                             "--seed", "7", "--now", "2026-11-22T10:00:00Z", "--fault", "f.yaml"});
  ASSERT_TRUE(std::holds_alternative<Options>(parsed)) << std::get<std::string>(parsed);
  const Options &options = std::get<Options>(parsed);
  EXPECT_EQ(options.tier, Tier::kAccept);
  EXPECT_EQ(options.tests, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(options.seed, 7u);
  EXPECT_EQ(FormatMoment(*options.now), "2026-11-22T10:00:00Z");
}

TEST(Options, LaunchersAreHeard) {
  const std::map<std::string, const char *> slurm = {{"SLURM_PROCID", "3"},
                                                     {"SLURM_NTASKS", "8"},
                                                     {"SLURM_LOCALID", "1"},
                                                     {"MASTER_ADDR", "head"},
                                                     {"MASTER_PORT", "29500"}};
  const Options options = std::get<Options>(Parse({}, slurm));
  EXPECT_EQ(options.process, 3);
  EXPECT_EQ(options.processes, 8);
  EXPECT_EQ(options.local_rank, 1);
  EXPECT_EQ(options.host, "head");
  // What is written counts more.
  EXPECT_EQ(std::get<Options>(Parse({"--rank", "0", "--world", "1"}, slurm)).processes, 1);
}

TEST(Options, AreRefused) {
  const std::vector<std::vector<std::string>> wrong = {
      {"--tier", "long"},
      {"--backend", "rocm"},
      {"--rank", "1"},
      {"--rank", "x"},
      {"--world", "0"},
      {"--world", "2"},
      {"--now", "2026-02-30T00:00:00Z"},
      {"--now", "today"},
      {"--seed", "-1"},
      {"--rendezvous", "host"},
      {"--rendezvous", "host:0"},
      {"--rendezvous", ":1"},
      {"--fault", "f.yaml"},
      {"--test"},
      {"extra"},
      {"--timeout", "0"},
      {"--nonsense", "1"},
      {"--seed", "1e3"},
  };
  for (const auto &arguments : wrong) {
    EXPECT_TRUE(std::holds_alternative<std::string>(Parse(arguments)))
        << arguments.front() << " " << arguments.back();
  }
  EXPECT_TRUE(std::holds_alternative<std::string>(Parse({}, {{"RANK", "a"}, {"WORLD_SIZE", "2"}})));
}

TEST(Date, KnowsDays) {
  EXPECT_TRUE(IsDay("2024-02-29"));
  EXPECT_FALSE(IsDay("2026-02-29"));
  EXPECT_FALSE(IsDay("2026-13-01"));
  EXPECT_FALSE(IsDay("2026-1-01"));
  EXPECT_FALSE(IsDay("2026-01-01T"));
  EXPECT_EQ(ParseMoment("1970-01-02T00:00:01Z"), 86401);
  EXPECT_EQ(FormatMoment(*ParseMoment("2028-02-29T23:59:59Z")), "2028-02-29T23:59:59Z");
}

}  // namespace
}  // namespace groma::runtime
