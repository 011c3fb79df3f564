// SPDX-License-Identifier: Apache-2.0
// What each rank sends in a collective, and what it must receive, word for word. Sums are of whole
// numbers that a float holds exactly, so that no order of summing may change a bit.
#pragma once

#include "cuda/device.h"
#include "groma/runtime/backend.h"

namespace groma::runtime::cuda {

struct Form {
  Collective op;
  int rank;
  int ranks;
  uint64_t part;  // words that belong to one rank; all of them where the operation splits nothing
  int bits;       // of a summand
};

// Bits of a summand such that the sum of all ranks stays below 2^24.
inline int SummandBits(int ranks) {
  int bits = 16;
  while (bits > 1 && (uint64_t{1} << bits) * static_cast<uint64_t>(ranks) > (uint64_t{1} << 24))
    --bits;
  return bits;
}

GROMA_BOTH inline uint32_t Noise(int rank, uint64_t index) {
  return static_cast<uint32_t>(Mix((static_cast<uint64_t>(rank) << 44) ^ index ^ 0x9E37ull << 48) >>
                               16);
}

// Any bits that are no NaN and no infinity: one bit of the exponent is always 0.
GROMA_BOTH inline uint32_t Word(int rank, uint64_t index) {
  return Noise(rank, index) & 0xBFFFFFFFu;
}

GROMA_BOTH inline uint32_t Summand(int rank, uint64_t index, int bits) {
  return Noise(rank, index) >> (32 - bits);
}

GROMA_BOTH inline bool Sums(Collective op) {
  return op == Collective::kAllReduce || op == Collective::kReduceScatter;
}

GROMA_BOTH inline uint32_t Total(const Form &form, uint64_t index) {
  uint32_t total = 0;
  for (int rank = 0; rank < form.ranks; ++rank) total += Summand(rank, index, form.bits);
  return BitCast<uint32_t>(static_cast<float>(total));
}

GROMA_BOTH inline uint32_t Sent(const Form &form, uint64_t index) {
  if (!Sums(form.op)) return Word(form.rank, index);
  return BitCast<uint32_t>(static_cast<float>(Summand(form.rank, index, form.bits)));
}

GROMA_BOTH inline uint32_t Received(const Form &form, uint64_t index) {
  const uint64_t part = form.part;
  const uint64_t mine = static_cast<uint64_t>(form.rank) * part;
  switch (form.op) {
    case Collective::kAllReduce:
      return Total(form, index);
    case Collective::kReduceScatter:
      return Total(form, mine + index);
    case Collective::kAllGather:
      return Word(static_cast<int>(index / part), index % part);
    case Collective::kAllToAll:
      return Word(static_cast<int>(index / part), mine + index % part);
    case Collective::kSendReceive:
      return Word((form.rank + form.ranks - 1) % form.ranks, index);
    case Collective::kBroadcast:
      return Word(0, index);
  }
  return 0;
}

// Words that a rank sends and receives.
inline uint64_t SentWords(const Form &form) {
  const bool splits = form.op == Collective::kReduceScatter || form.op == Collective::kAllToAll;
  return splits ? form.part * static_cast<uint64_t>(form.ranks) : form.part;
}
inline uint64_t ReceivedWords(const Form &form) {
  const bool joins = form.op == Collective::kAllGather || form.op == Collective::kAllToAll;
  return joins ? form.part * static_cast<uint64_t>(form.ranks) : form.part;
}

// The form of a collective over `bytes` as nccl-tests counts them: all that is gathered, scattered
// or exchanged. What does not divide is rounded up to a word for each rank.
inline Form FormOf(Collective op, int rank, int ranks, Bytes bytes) {
  const bool whole = op == Collective::kAllReduce || op == Collective::kSendReceive ||
                     op == Collective::kBroadcast;
  const uint64_t word = whole ? 4 : 4 * static_cast<uint64_t>(ranks);
  const uint64_t part = (bytes.value + word - 1) / word;
  return {op, rank, ranks, part == 0 ? 1 : part, SummandBits(ranks)};
}

GROMA_BOTH inline bool IsNan(uint32_t word) { return (word & 0x7FFFFFFFu) > 0x7F800000u; }

}  // namespace groma::runtime::cuda
