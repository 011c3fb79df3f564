// SPDX-License-Identifier: Apache-2.0
// Who sends what to whom, in which order.
#include <algorithm>

#include "sim/exchange_run.h"

namespace groma::runtime {
namespace {

using Run = ExchangeRun;

// Little is sent whole along a tree: the number of steps counts, not their size.
constexpr uint64_t kTreeBytes = 512 << 10;
// A whole goes through the switch in slices, so that its ways work at the same time; with many
// owners each slice is small enough.
auto SlicesOf(int owners) -> int { return std::max(2, 256 / owners); }

auto RingWays(Run &run) -> std::vector<Way> {
  std::vector<Way> ways;
  for (int i = 0; i < run.n(); ++i) {
    const int to = (i + 1) % run.n();
    ways.push_back(run.model().RingWay(run.place(i).rank, run.place(to).rank, run.request().scope,
                                       run.request().variant));
  }
  return ways;
}

// In step s, each rank hands on the slot that it got in step s - 1; `lead` says with which it
// begins.
void RingSteps(Run &run, const std::vector<Way> &ways, int lead, bool adds) {
  const int n = run.n();
  for (int step = 0; step < n - 1; ++step) {
    for (int i = 0; i < n; ++i) {
      const int slot = ((i + lead - step) % n + n) % n;
      run.Move(i, (i + 1) % n, slot, slot, run.slot_bytes(), Run::kOut,
               ways[static_cast<size_t>(i)], adds);
    }
  }
}

void RingAllReduce(Run &run) {
  run.MakeSlots(run.n());
  const std::vector<Way> ways = RingWays(run);
  RingSteps(run, ways, 0, true);
  RingSteps(run, ways, 1, false);
}

// Ends with slot i whole at rank i.
void RingReduceScatter(Run &run) {
  run.MakeSlots(run.n());
  RingSteps(run, RingWays(run), -1, true);
}

void RingAllGather(Run &run) {
  run.MakeSlots(run.n());
  RingSteps(run, RingWays(run), 0, false);
}

void TreeAllReduce(Run &run) {
  run.MakeSlots(1);
  const auto way = [&](int from, int to) {
    return run.model().DirectWay(run.place(from).rank, run.place(to).rank, run.request().variant);
  };
  int reach = 1;
  for (; reach < run.n(); reach *= 2) {
    for (int i = 0; i + reach < run.n(); i += 2 * reach) {
      run.Move(i + reach, i, 0, 0, run.slot_bytes(), Run::kOut, way(i + reach, i), true);
    }
  }
  for (reach /= 2; reach >= 1; reach /= 2) {
    for (int i = 0; i + reach < run.n(); i += 2 * reach) {
      run.Move(i, i + reach, 0, 0, run.slot_bytes(), Run::kOut, way(i, i + reach), false);
    }
  }
}

// Places of each domain, in their order.
auto DomainsOf(Run &run) -> std::vector<std::vector<int>> {
  std::vector<std::vector<int>> domains;
  int last = -1;
  for (int i = 0; i < run.n(); ++i) {
    const int domain = run.model().topology().Domain(run.place(i).rank);
    if (domain != last) domains.emplace_back();
    domains.back().push_back(i);
    last = domain;
  }
  return domains;
}

// The switch of each domain sums slots up at their owner; owners of a slot sum over their rail, as
// a ring; the switch hands out the sums. With one domain the rail is empty. Each GPU sends what it
// has once and its share of the sum once, at the rate of the switch.
void SwitchAllReduce(Run &run, const std::vector<std::vector<int>> &domains) {
  const int g = static_cast<int>(domains.front().size());
  const int k = static_cast<int>(domains.size());
  const int slices = SlicesOf(g);
  run.MakeSlots(slices * g * k);
  const auto slot = [&](int slice, int owner, int part) { return (slice * g + owner) * k + part; };
  std::vector<Way> ways;
  for (int i = 0; i < run.n(); ++i) {
    ways.push_back(
        *run.model().NvlsWay(run.place(i).rank, run.request().scope, run.request().variant));
  }
  const auto switch_way = [&](int place) { return ways[static_cast<size_t>(place)]; };
  // Sent once for all owners: (g + 1) / g of the whole in g - 1 messages of each slot.
  const double cost = run.slot_bytes() * (g + 1) / (g - 1);
  for (int slice = 0; slice < slices; ++slice) {
    for (const std::vector<int> &places : domains) {
      for (int owner = 0; owner < g; ++owner) {
        for (int i = 0; i < g; ++i) {
          const int from = places[static_cast<size_t>(i)];
          const int to = places[static_cast<size_t>(owner)];
          for (int part = 0; part < k && from != to; ++part) {
            run.Move(from, to, slot(slice, owner, part), slot(slice, owner, part), cost, Run::kOut,
                     switch_way(from), true);
          }
        }
      }
    }
    for (int owner = 0; owner < g; ++owner) {
      const auto at = [&](int domain) {
        return domains[static_cast<size_t>(domain % k)][static_cast<size_t>(owner)];
      };
      for (int phase = 0; phase < 2; ++phase) {
        for (int step = 0; step < k - 1; ++step) {
          for (int domain = 0; domain < k; ++domain) {
            const int part = ((domain + phase - step) % k + k) % k;
            const int from = at(domain);
            const int to = at(domain + 1);
            run.Move(from, to, slot(slice, owner, part), slot(slice, owner, part), run.slot_bytes(),
                     Run::kNet, run.model().PairWay(run.place(from).rank, run.place(to).rank),
                     phase == 0);
          }
        }
      }
    }
    for (const std::vector<int> &places : domains) {
      for (int owner = 0; owner < g; ++owner) {
        const int from = places[static_cast<size_t>(owner)];
        for (int part = 0; part < k; ++part) {
          for (int i = 0; i < g; ++i) {
            const int to = places[static_cast<size_t>(i)];
            if (from == to) continue;
            // The switch makes the copies: the owner sends one.
            run.Move(from, to, slot(slice, owner, part), slot(slice, owner, part),
                     run.slot_bytes() / (g - 1), Run::kMulticast, switch_way(from), false);
          }
        }
      }
    }
  }
}

void AllReduce(Run &run) {
  if (run.n() == 1 || run.request().bytes.value <= kTreeBytes) return TreeAllReduce(run);
  const auto domains = DomainsOf(run);
  const bool are_even = std::all_of(domains.begin(), domains.end(), [&](const auto &domain) {
    return domain.size() == domains.front().size() && domain.size() > 1;
  });
  const bool can_switch =
      are_even && run.model()
                      .NvlsWay(run.place(0).rank, run.request().scope, run.request().variant)
                      .has_value();
  // With more than two domains rings over all ports are recorded to be faster.
  if (can_switch && domains.size() <= 2) return SwitchAllReduce(run, domains);
  RingAllReduce(run);
}

void AllToAll(Run &run) {
  const int n = run.n();
  run.MakeSlots(n);
  for (int i = 0; i < n; ++i) {
    Run::Place &place = run.place(i);
    if (place.is_here) {
      place.slots[static_cast<size_t>(n + i)] = place.slots[static_cast<size_t>(i)];
    }
  }
  for (int round = 1; round < n; ++round) {
    for (int i = 0; i < n; ++i) {
      const int to = (i + round) % n;
      const Way way =
          run.model().DirectWay(run.place(i).rank, run.place(to).rank, run.request().variant);
      const bool is_far = run.model().topology().Domain(run.place(i).rank) !=
                          run.model().topology().Domain(run.place(to).rank);
      run.Move(i, to, to, n + i, run.slot_bytes(), is_far ? Run::kNet : Run::kOut, way, false);
    }
  }
}

void SendReceive(Run &run) {
  run.MakeSlots(1);
  for (int i = 0; i < run.n(); ++i) {
    const int to = (i + 1) % run.n();
    run.Move(i, to, 0, 1, run.slot_bytes(), Run::kOut,
             run.model().DirectWay(run.place(i).rank, run.place(to).rank, run.request().variant),
             false);
  }
}

void Broadcast(Run &run) {
  // So many that the first is on its way to the last rank while most are still at the root.
  const int pieces = std::max(32, 8 * run.n());
  run.MakeSlots(pieces);
  const std::vector<Way> ways = RingWays(run);
  for (int piece = 0; piece < pieces; ++piece) {
    for (int i = 0; i + 1 < run.n(); ++i) {
      run.Move(i, i + 1, piece, piece, run.slot_bytes(), Run::kOut, ways[static_cast<size_t>(i)],
               false);
    }
  }
}

}  // namespace

void Play(ExchangeRun &run) {
  switch (run.request().op) {
    case Collective::kAllReduce:
      return AllReduce(run);
    case Collective::kAllGather:
      return RingAllGather(run);
    case Collective::kReduceScatter:
      return RingReduceScatter(run);
    case Collective::kAllToAll:
      return AllToAll(run);
    case Collective::kSendReceive:
      return SendReceive(run);
    case Collective::kBroadcast:
      return Broadcast(run);
  }
}

}  // namespace groma::runtime
