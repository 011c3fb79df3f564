// SPDX-License-Identifier: Apache-2.0
// What collectives should have done to the data, in closed form.
#include <array>
#include <cmath>
#include <cstring>

#include "core/names.h"
#include "sim/exchange_run.h"
#include "sim/noise.h"

namespace groma::runtime {
namespace {

constexpr uint64_t kPeriod = 61;

// The sum over all ranks, for each place in the period.
auto Sums(const Scope &scope) -> std::array<float, kPeriod> {
  std::array<float, kPeriod> sums{};
  for (uint64_t i = 0; i < kPeriod; ++i) {
    for (const int rank : scope.ranks) sums[i] += Contribution(rank, i);
  }
  return sums;
}

}  // namespace

auto Contribution(int rank, uint64_t i) -> float {
  return static_cast<float>((i * 7 + static_cast<uint64_t>(rank) * 13) % kPeriod);
}

auto ResultOf(ExchangeRun &run, int at) -> ResultSlots {
  const int slots = static_cast<int>(run.place(at).slots.size()) / 2;
  switch (run.request().op) {
    case Collective::kAllReduce:
    case Collective::kAllGather:
    case Collective::kBroadcast:
      return {0, slots};
    case Collective::kReduceScatter:
      return {at, 1};
    case Collective::kAllToAll:
      return {slots, slots};
    case Collective::kSendReceive:
      return {run.n() == 1 ? 0 : 1, 1};
  }
  return {0, 0};
}

auto Compare(ExchangeRun &run, int at) -> Exactness {
  Exactness exactness;
  const Scope &scope = run.request().scope;
  const std::array<float, kPeriod> sums = Sums(scope);
  const ResultSlots result = ResultOf(run, at);
  exactness.checksum = 1;
  for (int s = 0; s < result.count; ++s) {
    const ExchangeRun::Slot &slot = At(run.place(at).slots, result.first + s);
    for (size_t i = 0; i < slot.size(); ++i) {
      const auto index = [&](int of) { return static_cast<uint64_t>(of) * slot.size() + i; };
      float expected = 0;
      switch (run.request().op) {
        case Collective::kAllReduce:
        case Collective::kReduceScatter:
          expected = sums[index(result.first + s) % kPeriod];
          break;
        case Collective::kAllGather:
          expected = Contribution(At(scope.ranks, s), index(s));
          break;
        case Collective::kAllToAll:
          expected = Contribution(At(scope.ranks, s), index(at));
          break;
        case Collective::kSendReceive:
          expected = Contribution(At(scope.ranks, (at + run.n() - 1) % run.n()), index(0));
          break;
        case Collective::kBroadcast:
          expected = Contribution(scope.ranks.front(), index(s));
          break;
      }
      uint32_t bits = 0;
      uint32_t right = 0;
      std::memcpy(&bits, &slot[i], sizeof bits);
      std::memcpy(&right, &expected, sizeof right);
      ++exactness.checked;
      if (bits != right) ++exactness.wrong;
      if (std::isnan(slot[i])) ++exactness.nans;
      exactness.checksum = Mix(exactness.checksum, bits);
    }
  }
  return exactness;
}

}  // namespace groma::runtime
