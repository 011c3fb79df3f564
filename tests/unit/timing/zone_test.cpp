// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/zone.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>

#include "groma/base/timezones.h"
#include "posix_rule.h"

namespace groma::timing {
namespace {

TEST(Zone, HasTheRulesOfEveryNameThatIsKnown) {
  for (const llvm::StringRef name : base::TimeZones()) {
    EXPECT_TRUE(Zone::Find(name)) << name.str();
  }
  EXPECT_FALSE(Zone::Find(""));
  EXPECT_FALSE(Zone::Find("Europe"));
  EXPECT_FALSE(Zone::Find("Europe/Amsterdam Europe/Berlin"));
}

TEST(Zone, ClocksInAmsterdamArePutForwardAndBack) {
  const Zone zone = *Zone::Find("Europe/Amsterdam");
  EXPECT_EQ(zone.OffsetAt(At({2027, 3, 28}, 0, 59)), 60);
  EXPECT_EQ(zone.OffsetAt(At({2027, 3, 28}, 1)), 120);
  EXPECT_EQ(zone.OffsetAt(At({2027, 10, 31}, 0, 59)), 120);
  EXPECT_EQ(zone.OffsetAt(At({2027, 10, 31}, 1)), 60);
  EXPECT_EQ(zone.FirstAt(At({2027, 1, 4}, 9)), At({2027, 1, 4}, 8));
  EXPECT_EQ(zone.FirstAt(At({2027, 7, 5}, 9)), At({2027, 7, 5}, 7));
}

TEST(Zone, WhatClocksSkipIsTheMomentAtWhichTheySkipIt) {
  const Zone zone = *Zone::Find("Europe/Amsterdam");
  const Moment change = At({2027, 3, 28}, 1);
  EXPECT_EQ(zone.FirstAt(At({2027, 3, 28}, 1, 59)), change - 1);
  EXPECT_EQ(zone.FirstAt(At({2027, 3, 28}, 2)), change);
  EXPECT_EQ(zone.FirstAt(At({2027, 3, 28}, 2, 30)), change);
  EXPECT_EQ(zone.FirstAt(At({2027, 3, 28}, 3)), change);
  EXPECT_EQ(zone.FirstAt(At({2027, 3, 28}, 3, 1)), change + 1);
}

TEST(Zone, OfWhatClocksShowTwiceTheFirstIsMeant) {
  const Zone zone = *Zone::Find("Europe/Amsterdam");
  EXPECT_EQ(zone.FirstAt(At({2027, 10, 31}, 2, 30)), At({2027, 10, 31}, 0, 30));
  EXPECT_EQ(zone.FirstAt(At({2027, 10, 31}, 3)), At({2027, 10, 31}, 2));
}

TEST(Zone, SouthOfTheEquatorTheYearStartsInSummer) {
  const Zone zone = *Zone::Find("Australia/Sydney");
  EXPECT_EQ(zone.OffsetAt(At({2020, 1, 1})), 11 * kHour);
  EXPECT_EQ(zone.OffsetAt(At({2028, 7, 1})), 10 * kHour);
}

TEST(Zone, FirstAtIsTheFirstMomentThatShowsSoMuch) {
  for (const char *name : {"Europe/Dublin", "Australia/Lord_Howe", "America/Nuuk", "Asia/Gaza",
                           "Africa/Casablanca", "Pacific/Kiritimati", "Asia/Kolkata"}) {
    const Zone zone = *Zone::Find(name);
    for (const OffsetChange &change : zone.changes().take_front(40)) {
      for (Minutes by = -3 * kHour; by <= 3 * kHour; by += 17) {
        const Moment local = zone.LocalAt(change.at) + by;
        const Moment first = zone.FirstAt(local);
        EXPECT_GE(zone.LocalAt(first), local) << name;
        for (Moment moment = first - 4 * kHour; moment < first; ++moment) {
          ASSERT_LT(zone.LocalAt(moment), local) << name << ' ' << ToString(moment);
        }
      }
    }
  }
}

TEST(PosixRule, IsReadWithItsOddities) {
  const auto odd = ParsePosixRule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0");
  ASSERT_TRUE(odd);
  EXPECT_EQ(odd->standard, -2 * kHour);
  EXPECT_EQ(odd->summer, -kHour);
  EXPECT_EQ(odd->to_summer.time, -kHour);
  EXPECT_EQ(ParsePosixRule("<+0545>-5:45")->standard, 5 * kHour + 45);
  EXPECT_FALSE(ParsePosixRule("CET"));
  EXPECT_FALSE(ParsePosixRule("CET-1CEST"));
  EXPECT_FALSE(ParsePosixRule("CET-1CEST,M3.5.0,J60"));
  EXPECT_FALSE(ParsePosixRule("-1"));
}

// What the zones of this machine do, as Python reads them.
struct Truth {
  std::string version;
  std::map<std::string, Minutes> first;
  std::map<std::string, std::vector<OffsetChange>> changes;
};

auto ReadTruth() -> Truth {
  const std::string folder = testing::TempDir();
  const std::string names = folder + "groma_zone_names.txt";
  {
    std::ofstream file(names);
    for (const llvm::StringRef name : base::TimeZones()) file << name.str() << '\n';
  }
  const std::string command =
      "python3 " GROMA_SOURCE_DIR "/tests/unit/timing/zone_changes.py < " + names;
  Truth truth;
  FILE *pipe = popen(command.c_str(), "r");
  std::string text;
  for (int c = fgetc(pipe); c != EOF; c = fgetc(pipe)) text.push_back(static_cast<char>(c));
  if (pclose(pipe) != 0) return truth;
  std::istringstream lines(text);
  std::getline(lines, truth.version);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name;
    int64_t number = 0;
    int64_t offset = 0;
    words >> name >> number;
    if (words >> offset) {
      truth.changes[name].push_back({number, offset});
    } else {
      truth.first[name] = number;
    }
  }
  return truth;
}

TEST(Zone, AgreesWithTheDatabaseOfThisMachine) {
  const Truth truth = ReadTruth();
  if (truth.version != "2025b") {
    GTEST_SKIP() << "this machine has version '" << truth.version
                 << "' of the time zone database, and the table was written from 2025b";
  }
  const Moment from = At({2024, 1, 1});
  const Moment until = At({2038, 1, 1});
  size_t count = 0;
  for (const llvm::StringRef name : base::TimeZones()) {
    const Zone zone = *Zone::Find(name);
    ASSERT_TRUE(truth.first.contains(name.str())) << name.str();
    EXPECT_EQ(zone.OffsetAt(from), truth.first.at(name.str())) << name.str();
    std::vector<OffsetChange> changes;
    for (const OffsetChange &change : zone.changes()) {
      if (change.at > from && change.at < until) changes.push_back(change);
    }
    const auto expected = truth.changes.find(name.str());
    const bool has_some = expected != truth.changes.end();
    EXPECT_EQ(changes, has_some ? expected->second : std::vector<OffsetChange>()) << name.str();
    count += changes.size();
  }
  EXPECT_GT(count, 4000);
}

}  // namespace
}  // namespace groma::timing
