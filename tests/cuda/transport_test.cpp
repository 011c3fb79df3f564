// SPDX-License-Identifier: Apache-2.0
#include "cuda/transport.h"

#include <gtest/gtest.h>

namespace groma::runtime::cuda {
namespace {

constexpr const char *kHead = "node0:4711:4750 [3] NCCL INFO ";

auto Log(const std::vector<std::string> &messages) -> std::string {
  std::string log;
  for (const std::string &message : messages) log += kHead + message + "\n";
  return log;
}

const std::vector<std::string> kJoined = {
    "comm 0x55d0 rank 3 nRanks 8 nNodes 1 localRanks 8 localRank 3 MNNVL 0",
    "24 coll channels, 24 collnet channels, 16 nvls channels, 32 p2p channels, 32 p2p channels per "
    "peer",
    "ncclCommInitRankConfig comm 0x55d0 rank 3 nranks 8 cudaDev 3 nvmlDev 3 busId 5e000 commId "
    "0x1f - Init COMPLETE"};

const std::string kAdapters =
    Log({"NET/IB : Using [0]mlx5_0:1/IB [1]mlx5_4:1/IB [2]mlx5_9:1/RoCE "
         "[RO]; OOB eth0:10.0.0.4<0>"});

auto Parse(std::vector<std::string> messages, const std::vector<std::string> &leave_out = {})
    -> Maybe<Transport> {
  for (const std::string &line : kJoined) {
    bool is_out = false;
    for (const std::string &part : leave_out)
      is_out = is_out || line.find(part) != std::string::npos;
    if (!is_out) messages.push_back(line);
  }
  return ParseTransport(kAdapters, Log(messages), 8);
}

auto Reason(const Maybe<Transport> &answer) -> std::string {
  const auto *missing = std::get_if<Missing>(&answer);
  return missing == nullptr ? "" : missing->reason;
}

TEST(TransportTest, NvlinkOfOneNode) {
  const auto answer = Parse({"Channel 00/0 : 3[3] -> 4[4] via P2P/CUMEM/read",
                             "Channel 01/0 : 3[3] -> 4[4] via P2P/CUMEM",
                             "Connected all rings, use ring PXN 0 GDR 1", "Connected NVLS tree"});
  const auto &transport = std::get<Transport>(answer);
  EXPECT_EQ(transport.net, "none");
  EXPECT_FALSE(transport.has_gdr);
  EXPECT_TRUE(transport.has_nvls);
  EXPECT_EQ(transport.peer, "P2P/CUMEM");
  EXPECT_EQ(transport.channels, 24);
}

TEST(TransportTest, InfinibandWithGdr) {
  const auto answer = Parse({"Channel 00/0 : 3[3] -> 11[3] [send] via NET/IB/1/GDRDMA",
                             "Channel 00/0 : 11[3] -> 3[3] [receive] via NET/IB/0/GDRDMA",
                             "Channel 02/0 : 3[3] -> 12[4] [send] via NET/IB/0(4)/GDRDMA/Shared",
                             "Channel 00/0 : 3[3] -> 4[4] via P2P/IPC"});
  const auto &transport = std::get<Transport>(answer);
  EXPECT_EQ(transport.net, "IB");
  EXPECT_TRUE(transport.has_gdr);
  EXPECT_FALSE(transport.has_nvls);
  EXPECT_EQ(transport.devices, (std::vector<std::string>{"mlx5_0", "mlx5_4"}));
}

TEST(TransportTest, OneWayWithoutGdrIsNoGdr) {
  const auto answer = Parse({"Channel 00/0 : 3[3] -> 11[3] [send] via NET/IB/1/GDRDMA",
                             "Channel 00/0 : 11[3] -> 3[3] [receive] via NET/IB/1"});
  EXPECT_FALSE(std::get<Transport>(answer).has_gdr);
}

TEST(TransportTest, RoceIsTold) {
  const auto answer = Parse({"Channel 00/0 : 3[3] -> 11[3] [send] via NET/IB/2/GDRDMA"});
  EXPECT_EQ(std::get<Transport>(answer).net, "RoCE");
}

TEST(TransportTest, SocketsAreToldHoweverManyAdaptersThereAre) {
  const auto answer = Parse({"Channel 00/0 : 3[3] -> 11[3] [send] via NET/Socket/0"});
  EXPECT_EQ(std::get<Transport>(answer).net, "Socket");
  EXPECT_TRUE(std::get<Transport>(answer).devices.empty());
  const auto told = Parse({"NET/Socket : Using [0]eth0:10.0.0.4<0> [1]eth1:10.0.1.4<0>",
                           "Channel 00/0 : 0[0] -> 1[0] [send] via NET/Socket/1"});
  EXPECT_EQ(std::get<Transport>(told).devices, std::vector<std::string>{"eth1"});
}

TEST(TransportTest, TheSlowestWayBetweenGpusCounts) {
  const auto answer = Parse({"Channel 00/0 : 3[3] -> 4[4] via P2P/CUMEM/read",
                             "Channel 00 : 3[3] -> 2[2] via SHM/direct/direct"});
  EXPECT_EQ(std::get<Transport>(answer).peer, "SHM");
}

TEST(TransportTest, OneRankHasNoWays) {
  const auto answer =
      ParseTransport("",
                     Log({"comm 0x1 rank 0 nRanks 1 nNodes 1 localRanks 1 localRank 0 MNNVL 0",
                          kJoined[1], kJoined[2]}),
                     1);
  EXPECT_EQ(std::get<Transport>(answer).net, "none");
}

TEST(TransportTest, WhatIsNotUnderstoodIsMissing) {
  const std::string way = "Channel 00/0 : 3[3] -> 4[4] via ";
  EXPECT_EQ(Reason(Parse({way + "WARP/9"})), "NCCL's log tells a way that is not known: 'WARP/9'");
  EXPECT_NE(Reason(Parse({way + "P2P/TELEPATHY"})), "");
  EXPECT_NE(Reason(Parse({way + "NET/IB"})), "");
  EXPECT_NE(Reason(Parse({way + "NET/IB/0/GDRDMA", way + "NET/Socket/0"})), "");
  EXPECT_NE(Reason(Parse({way + "NET/IB/7/GDRDMA"})), "");  // no such adapter was listed
  EXPECT_NE(Reason(Parse({way + "NET/IB/0/GDRDMA", way + "NET/IB/2/GDRDMA"})), "");
  EXPECT_EQ(Reason(Parse({})), "NCCL's log tells no way between ranks");
}

TEST(TransportTest, WhatMustBeThereAndIsNotIsMissing) {
  const std::vector<std::string> ways = {"Channel 00/0 : 3[3] -> 4[4] via P2P/CUMEM/read"};
  EXPECT_EQ(Reason(Parse(ways)), "");
  EXPECT_NE(Reason(Parse(ways, {"Init COMPLETE"})), "");
  EXPECT_NE(Reason(Parse(ways, {"coll channels"})), "");
  EXPECT_NE(Reason(Parse(ways, {"nRanks"})), "");
  EXPECT_NE(Reason(ParseTransport("", "", 8)), "");
  // The log of a scope with another number of ranks.
  EXPECT_EQ(
      Reason(ParseTransport(kAdapters, Log({ways[0], kJoined[0], kJoined[1], kJoined[2]}), 16)),
      "NCCL's log speaks of 8 ranks, not of 16");
}

}  // namespace
}  // namespace groma::runtime::cuda
