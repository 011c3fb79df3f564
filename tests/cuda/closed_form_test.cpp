// SPDX-License-Identifier: Apache-2.0
#include "cuda/closed_form.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace groma::runtime::cuda {
namespace {

constexpr Collective kAll[] = {Collective::kAllReduce,     Collective::kAllGather,
                               Collective::kReduceScatter, Collective::kAllToAll,
                               Collective::kSendReceive,   Collective::kBroadcast};

auto Floats(uint32_t word) -> float { return BitCast<float>(word); }

// What a collective does, by its definition and in the order of ranks.
auto Perform(Collective op, int rank, const std::vector<std::vector<uint32_t>> &sent, uint64_t part)
    -> std::vector<uint32_t> {
  const size_t ranks = sent.size();
  const auto self = static_cast<size_t>(rank);
  std::vector<uint32_t> received;
  const auto sum = [&](uint64_t index) {
    float total = 0;
    for (const auto &words : sent) total += Floats(words[index]);
    return BitCast<uint32_t>(total);
  };
  switch (op) {
    case Collective::kAllReduce:
      for (uint64_t i = 0; i < part; ++i) received.push_back(sum(i));
      break;
    case Collective::kReduceScatter:
      for (uint64_t i = 0; i < part; ++i) received.push_back(sum(self * part + i));
      break;
    case Collective::kAllGather:
      for (const auto &words : sent) received.insert(received.end(), words.begin(), words.end());
      break;
    case Collective::kAllToAll:
      for (const auto &words : sent)
        for (uint64_t i = 0; i < part; ++i) received.push_back(words[self * part + i]);
      break;
    case Collective::kSendReceive:
      return sent[(self + ranks - 1) % ranks];
    case Collective::kBroadcast:
      return sent[0];
  }
  return received;
}

TEST(ClosedFormTest, IsWhatCollectivesDo) {
  for (const int ranks : {1, 2, 3, 8, 72}) {
    for (const Collective op : kAll) {
      const Form any = FormOf(op, 0, ranks, {4096});
      std::vector<std::vector<uint32_t>> sent;
      for (int rank = 0; rank < ranks; ++rank) {
        Form form = any;
        form.rank = rank;
        sent.emplace_back();
        for (uint64_t i = 0; i < SentWords(form); ++i) sent.back().push_back(Sent(form, i));
      }
      for (int rank = 0; rank < ranks; ++rank) {
        Form form = any;
        form.rank = rank;
        const auto received = Perform(op, rank, sent, form.part);
        ASSERT_EQ(received.size(), ReceivedWords(form));
        for (uint64_t i = 0; i < received.size(); ++i)
          ASSERT_EQ(received[i], Received(form, i)) << ranks << " " << static_cast<int>(op);
      }
    }
  }
}

TEST(ClosedFormTest, SumsAreExactInAnyOrder) {
  for (const int ranks : {1, 8, 1440, 16384}) {
    const int bits = SummandBits(ranks);
    EXPECT_GE(bits, 1);
    EXPECT_LE((uint64_t{1} << bits) * static_cast<uint64_t>(ranks), uint64_t{1} << 24);
  }
}

TEST(ClosedFormTest, NothingThatIsSentIsNanOrInfinite) {
  const Form form = FormOf(Collective::kAllGather, 5, 8, 1_MiB);
  for (uint64_t i = 0; i < form.part; ++i) {
    const uint32_t word = Sent(form, i);
    ASSERT_NE(word >> 23 & 0xFF, 0xFFu);
  }
  EXPECT_TRUE(IsNan(0xFFFFFFFFu));
  EXPECT_TRUE(IsNan(0x7F800001u));
  EXPECT_FALSE(IsNan(0x7F800000u));
}

TEST(ClosedFormTest, RanksAndPlacesDiffer) {
  std::set<uint32_t> words;
  for (int rank = 0; rank < 64; ++rank)
    for (uint64_t i = 0; i < 64; ++i) words.insert(Word(rank, i));
  EXPECT_GE(words.size(), 64u * 64u - 4);
}

TEST(ClosedFormTest, SizesAreCountedAsByNcclTests) {
  EXPECT_EQ(SentWords(FormOf(Collective::kAllReduce, 0, 8, 1_MiB)), 262144u);
  EXPECT_EQ(SentWords(FormOf(Collective::kAllGather, 0, 8, 1_MiB)), 32768u);
  EXPECT_EQ(ReceivedWords(FormOf(Collective::kAllGather, 0, 8, 1_MiB)), 262144u);
  EXPECT_EQ(SentWords(FormOf(Collective::kAllToAll, 0, 8, 1_MiB)), 262144u);
  EXPECT_EQ(ReceivedWords(FormOf(Collective::kReduceScatter, 0, 8, 1_MiB)), 32768u);
  EXPECT_EQ(FormOf(Collective::kAllGather, 0, 8, 8_B).part, 1u);
  EXPECT_EQ(FormOf(Collective::kBroadcast, 0, 8, {0}).part, 1u);
}

TEST(ChecksumTest, SeesEachBitAndEachSwap) {
  uint64_t sum = 0;
  for (uint64_t i = 0; i < 1000; ++i) sum += Share(i, Word(0, i));
  const uint64_t flipped = sum - Share(7, Word(0, 7)) + Share(7, Word(0, 7) ^ 1);
  const uint64_t swapped = sum - Share(7, Word(0, 7)) - Share(8, Word(0, 8)) +
                           Share(7, Word(0, 8)) + Share(8, Word(0, 7));
  EXPECT_NE(sum, flipped);
  EXPECT_NE(sum, swapped);
}

}  // namespace
}  // namespace groma::runtime::cuda
