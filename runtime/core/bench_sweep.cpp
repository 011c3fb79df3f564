// SPDX-License-Identifier: Apache-2.0
// Collectives over sizes.
#include <algorithm>

#include "core/busbw.h"
#include "core/names.h"
#include "core/rank_bench.h"

namespace groma::runtime {

auto Curve::Plateau(Bytes least) const -> Samples<GigabytesPerSecond> {
  if (points.empty()) return {NameOf(op), {}, "nothing was measured"};
  const Point &last = points.back();
  if (last.bytes.value < least.value) {
    return {last.busbw.component, {}, "the largest size is only " + NameOf(last.bytes)};
  }
  return last.busbw;
}

auto Curve::Latency() const -> Samples<Microseconds> {
  if (points.empty()) return {NameOf(op), {}, "nothing was measured"};
  return points.front().time;
}

namespace {

using Times = Maybe<std::vector<Seconds>>;

// What one rank measured of its scope, size by size.
struct Sized {
  Scope scope;
  std::vector<Times> times;
};
template <class Archive>
void Fields(Archive &archive, Sized &value) {
  archive(value.scope)(value.times);
}

auto SizesOf(Bytes from, Bytes to, Tier tier) -> std::vector<Bytes> {
  const uint64_t step = tier == Tier::kSmoke ? 8 : 2;
  std::vector<Bytes> sizes;
  for (uint64_t bytes = std::max<uint64_t>(from.value, 1); bytes < to.value; bytes *= step) {
    sizes.push_back({bytes});
    if (bytes > to.value / step) break;
  }
  sizes.push_back(to);
  return sizes;
}

// A repeat ends when the last rank has ended.
auto Slowest(const std::vector<const Times *> &ranks) -> Times {
  std::vector<Seconds> slowest;
  for (const Times *times : ranks) {
    if (const auto *missing = std::get_if<Missing>(times)) return *missing;
    const auto &mine = std::get<0>(*times);
    if (slowest.empty()) slowest = mine;
    if (mine.size() != slowest.size()) return Missing{"ranks disagree on the number of repeats"};
    for (size_t i = 0; i < mine.size(); ++i) {
      if (!(mine[i].value > 0)) return Missing{"a repeat took no time at all"};
      slowest[i].value = std::max(slowest[i].value, mine[i].value);
    }
  }
  return slowest;
}

auto MakePoint(Collective op, const std::string &component, int ranks, Bytes bytes,
               const Times &times) -> Curve::Point {
  Curve::Point point{bytes, {component, {}, ""}, {component, {}, ""}};
  if (const auto *missing = std::get_if<Missing>(&times)) {
    point.busbw.missing = point.time.missing = missing->reason;
    return point;
  }
  for (const Seconds time : std::get<0>(times)) {
    point.time.values.push_back(InMicros(time).value);
    const GBps bus = BusBandwidth(op, ranks, bytes, time);
    if (!AreConsistent(op, ranks, AlgorithmBandwidth(bytes, time), bus)) {
      point.busbw.missing = "the two bandwidths are not of one measurement";
    }
    point.busbw.values.push_back(bus.value);
  }
  if (ranks < 2) {
    point.busbw.values.clear();
    point.busbw.missing = "one rank proves nothing about links";
  }
  return point;
}

auto IsWorse(const Curve::Point &a, const Curve::Point &b) -> bool {
  if (a.time.missing.empty() != b.time.missing.empty()) return !a.time.missing.empty();
  return Median(a.time.values) > Median(b.time.values);
}

}  // namespace

auto RankBench::Sweep(Collective op, const Scope &scope, Bytes from, Bytes to) -> Curve {
  const std::vector<Bytes> sizes = SizesOf(from, to, tier_);
  Sized mine{scope, {}};
  for (const Bytes bytes : sizes) {
    mine.times.push_back(
        IfAlive(scope, [&] { return backend_.Collect(op, scope, variant_, bytes, repeats_); }));
  }
  const auto all = Everyone<Sized>(mine);

  // Scopes of one kind were measured side by side; each point tells of the worst of them.
  std::map<std::string, Scope> scopes;
  for (const auto &said : all) {
    if (const auto *sized = std::get_if<Sized>(&said)) scopes[sized->scope.name] = sized->scope;
  }
  Curve worst{op, scope, {}};
  for (const auto &[name, ranks_of] : scopes) {
    const std::string component = std::string(NameOf(op)) + " of " + name;
    const int ranks = Size(ranks_of.ranks);
    scopes_[component] = ranks_of;
    CurveRecord curve{test_->name, NameOf(variant_), NameOf(op), name, ranks, {}};
    for (size_t i = 0; i < sizes.size(); ++i) {
      std::vector<const Times *> times;
      const Times unread = Missing{"what a rank sent cannot be read"};
      for (const int rank : ranks_of.ranks) {
        const auto *sized = rank < Size(all) ? std::get_if<Sized>(&At(all, rank)) : nullptr;
        const bool is_whole =
            sized && sized->times.size() == sizes.size() && sized->scope.ranks == ranks_of.ranks;
        times.push_back(is_whole ? &sized->times[i] : &unread);
      }
      const Curve::Point point = MakePoint(op, component, ranks, sizes[i], Slowest(times));
      const Seconds median{Median(point.time.values) / 1e6};
      curve.points.push_back({sizes[i].value, AlgorithmBandwidth(sizes[i], median).value,
                              Median(point.busbw.values), median.value * 1e6, point.busbw.missing});
      if (worst.points.size() <= i) {
        worst.points.push_back(point);
      } else if (IsWorse(point, worst.points[i])) {
        worst.points[i] = point;
      }
    }
    if (rank_ == 0) record_.curves.push_back(std::move(curve));
  }
  return worst;
}

}  // namespace groma::runtime
