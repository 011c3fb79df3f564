// SPDX-License-Identifier: Apache-2.0
#include "core/group.h"

#include <gtest/gtest.h>

#include <thread>

#include "core/board.h"
#include "core/localise.h"
#include "core/names.h"
#include "core/pack.h"
#include "core/record.h"
#include "core/socket.h"
#include "core/star.h"

namespace groma::runtime {
namespace {

using std::chrono::milliseconds;
using Names = std::vector<std::string>;

TEST(Group, AllGetWhatEachBrought) {
  Group group(0, 5, 5, milliseconds(20000), nullptr);
  std::vector<std::thread> threads;
  std::vector<std::string> seen(5);
  for (int rank = 0; rank < 5; ++rank) {
    threads.emplace_back([&, rank] {
      for (int round = 0; round < 50; ++round) {
        At(seen, rank) = Join(*group.Gather(rank, std::to_string(rank * round)), ",");
      }
    });
  }
  for (std::thread &thread : threads) thread.join();
  for (const std::string &text : seen) EXPECT_EQ(text, "0,49,98,147,196");
}

TEST(Group, NamesWhoDidNotCome) {
  Group group(0, 3, 3, milliseconds(300), nullptr);
  const auto wait = [&](int rank) -> std::vector<int> {
    try {
      group.Gather(rank, "");
    } catch (const Lost &lost) {
      return lost.ranks;
    }
    return {};
  };
  std::vector<int> other;
  std::thread thread([&] { other = wait(2); });
  EXPECT_EQ(wait(0), std::vector<int>{1});
  thread.join();
  EXPECT_EQ(other, std::vector<int>{1});
  // It stays lost, and nobody waits for it again.
  EXPECT_EQ(wait(0), std::vector<int>{1});
}

TEST(Group, ProcessesMeetByTcp) {
  const int port = [] {
    const Socket socket = Socket::Listen(0);
    return socket.port();
  }();
  std::vector<std::thread> threads;
  std::vector<std::string> seen(4);
  for (int process = 0; process < 2; ++process) {
    threads.emplace_back([&, process] {
      Group group(2 * process, 2, 4, milliseconds(20000),
                  MakeStar({process, 2, 2, "127.0.0.1", port, "suite", milliseconds(20000)}));
      std::vector<std::thread> ranks;
      for (int i = 0; i < 2; ++i) {
        const int rank = 2 * process + i;
        ranks.emplace_back([&, rank] {
          for (int round = 0; round < 20; ++round) {
            At(seen, rank) = Join(*group.Gather(rank, std::to_string(rank)), "");
          }
        });
      }
      for (std::thread &rank : ranks) rank.join();
    });
  }
  for (std::thread &thread : threads) thread.join();
  EXPECT_EQ(seen, (Names{"0123", "0123", "0123", "0123"}));
}

TEST(Group, AProcessThatIsGoneIsNamed) {
  const int port = [] {
    const Socket socket = Socket::Listen(0);
    return socket.port();
  }();
  std::thread other([&] {
    // It comes to the rendezvous and no further.
    MakeStar({1, 2, 2, "127.0.0.1", port, "suite", milliseconds(5000)});
  });
  Group group(0, 1, 3, milliseconds(5000),
              MakeStar({0, 2, 2, "127.0.0.1", port, "suite", milliseconds(5000)}));
  other.join();
  try {
    group.Gather(0, "");
    FAIL() << "nobody is missed";
  } catch (const Lost &lost) {
    EXPECT_EQ(lost.ranks, (std::vector<int>{2, 3}));
  }
}

TEST(Group, AnotherSuiteIsRefused) {
  const int port = [] {
    const Socket socket = Socket::Listen(0);
    return socket.port();
  }();
  std::thread other([&] { MakeStar({1, 2, 1, "127.0.0.1", port, "theirs", milliseconds(5000)}); });
  try {
    MakeStar({0, 2, 1, "127.0.0.1", port, "ours", milliseconds(5000)});
    FAIL() << "it came in";
  } catch (const Lost &lost) {
    EXPECT_NE(lost.says.find("another suite"), std::string::npos) << lost.says;
  }
  other.join();
}

auto NameOfRank(int rank) -> std::string { return "r" + std::to_string(rank); }

// Some of the ranks exchange, others do not take part; who stays away is named.
TEST(Board, OnlyTheScopeIsWaitedFor) {
  Group group(0, 3, 3, milliseconds(3000), nullptr);
  std::vector<std::thread> threads;
  std::vector<std::string> got(3), missed(3);
  for (int rank = 0; rank < 3; ++rank) {
    threads.emplace_back([&, rank] {
      Board board(group, rank, "127.0.0.1", NameOfRank);
      if (rank < 2) {
        const Scope pair{"pair", {1, 0}};
        for (int round = 0; round < 5; ++round) {
          const auto said = board.Broadcast(pair, std::to_string(rank * 10 + round));
          const auto *text = std::get_if<std::string>(&said);
          At(got, rank) += text ? *text + " " : "- ";
        }
        EXPECT_EQ(std::get<int>(board.Meet(pair)), 2);
        const auto none = board.Meet({"all", {0, 1, 2}});
        const auto *missing = std::get_if<Missing>(&none);
        At(missed, rank) = missing ? missing->reason : "";
      }
      group.Gather(rank, "");
    });
  }
  for (std::thread &thread : threads) thread.join();
  EXPECT_EQ(got[0], "10 11 12 13 14 ");
  EXPECT_EQ(got[1], got[0]);
  EXPECT_EQ(missed[0], "r2 did not come");
  EXPECT_EQ(missed[1], "r2 did not come");
}

TEST(Suspects, AreWhatBadWaysShare) {
  EXPECT_EQ(Suspects({{"a", "b", "a>b", true},
                      {"b", "c", "b>c", true},
                      {"c", "d", "c>d", false},
                      {"d", "a", "d>a", false}}),
            Names{"b"});
  EXPECT_EQ(Suspects({{"a", "b", "a>b", true}, {"b", "a", "b>a", true}}), (Names{"a", "b"}));
  // Both ends have other ways that are good: it is the way itself.
  EXPECT_EQ(Suspects({{"a", "b", "a>b", true}, {"b", "c", "b>c", false}, {"c", "a", "c>a", false}}),
            Names{"a>b"});
  EXPECT_TRUE(Suspects({{"a", "b", "a>b", false}}).empty());
}

TEST(Pack, ComesBack) {
  RunRecord record;
  record.tests.push_back({"t", "T.", "p:1", "default", Verdict::kWarn, 1.5});
  record.checks.resize(1);
  record.checks[0].findings.push_back({Verdict::kFail, "node0", "x", "y"});
  RunRecord back;
  const std::string bytes = Pack(record);
  ASSERT_TRUE(Unpack(bytes, back));
  EXPECT_EQ(back.tests.at(0).name, "t");
  EXPECT_EQ(back.checks.at(0).findings.at(0).component, "node0");
  // Any part of it, and anything more, is refused.
  for (size_t size = 0; size < bytes.size(); ++size) {
    RunRecord part;
    EXPECT_FALSE(Unpack(bytes.substr(0, size), part)) << size;
  }
  EXPECT_FALSE(Unpack(bytes + "x", back));
}

}  // namespace
}  // namespace groma::runtime
