// SPDX-License-Identifier: Apache-2.0
// A line between two sites: each way alone, both at once, there and back.
#include "core/names.h"
#include "core/rank_bench.h"

namespace groma::runtime {

auto RankBench::Way(int from) const -> Scope {
  const Line &line = shape().line;
  return {std::string("from ") + line.ends[from].site, {from, 1 - from}};
}

auto RankBench::SendLine(Bytes bytes) -> Fleet<GigabitsPerSecond> {
  Fleet<GigabitsPerSecond> fleet;
  if (!shape().is_line()) return fleet;
  for (const int from : {0, 1}) {
    // From one to all, where all are one: nothing but acknowledgements comes back.
    const Scope way = Way(from);
    const auto all = Everyone(IfAlive(way, [&] {
      return backend_.Collect(Collective::kBroadcast, way, variant_, bytes, repeats_);
    }));
    const std::string component = topology_.LineName(from);
    scopes_[component] = World();
    // What comes to the other end is what it times.
    fleet.push_back(RatesOf<GigabitsPerSecond>(component, At(all, 1 - from), [&](Seconds time) {
      return InBits(Rate(bytes, time)).value;
    }));
  }
  return Keep("send_line", std::move(fleet));
}

auto RankBench::SendLineBothWays(Bytes bytes) -> Fleet<GigabitsPerSecond> {
  Fleet<GigabitsPerSecond> fleet;
  if (!shape().is_line()) return fleet;
  const Scope world = World();
  const auto all = Everyone(IfAlive(world, [&] {
    return backend_.Collect(Collective::kSendReceive, world, variant_, bytes, repeats_);
  }));
  for (const int from : {0, 1}) {
    const std::string component = topology_.LineName(from);
    scopes_[component] = world;
    fleet.push_back(RatesOf<GigabitsPerSecond>(component, At(all, 1 - from), [&](Seconds time) {
      return InBits(Rate(bytes, time)).value;
    }));
  }
  return Keep("send_line_both_ways", std::move(fleet));
}

auto RankBench::RoundTrip() -> Fleet<Microseconds> {
  Fleet<Microseconds> fleet;
  if (!shape().is_line()) return fleet;
  // A sum of two needs what the other has, and each has it after one way there and one back.
  const Scope world = World();
  const auto all = Everyone(IfAlive(world, [&] {
    return backend_.Collect(Collective::kAllReduce, world, variant_, 8_B, repeats_);
  }));
  const std::string component = topology_.LineName(0) + " > " + shape().line.ends[0].site;
  scopes_[component] = world;
  // One end may have it after one way already.
  for (int end = 0; end < 2; ++end) {
    auto times = RatesOf<Microseconds>(component, At(all, end),
                                       [](Seconds time) { return InMicros(time).value; });
    const bool is_worse =
        fleet.empty() || !times.missing.empty() ||
        (fleet.front().missing.empty() && Median(times.values) > Median(fleet.front().values));
    if (is_worse) fleet = {std::move(times)};
  }
  return Keep("round_trip", std::move(fleet));
}

void RankBench::Tell(const char *name, const Fleet<Microseconds> &fleet) {
  CheckRecord check = Requirement(name);
  check.unit = Microseconds::kName;
  check.components = Size(fleet);
  for (const Samples<Microseconds> &samples : fleet) {
    const Interval interval = MedianInterval(samples.values);
    check.figures.push_back({samples.component, interval.median, interval.lower, interval.upper,
                             Size(samples.values), samples.missing});
    if (samples.missing.empty() && Size(samples.values) >= kLeastSamples) {
      Note(check, Verdict::kPass, samples.component,
           Figure(interval.median) + " us; nobody says what it may be");
    } else {
      Note(check, Verdict::kInconclusive, samples.component,
           samples.missing.empty() ? "too few good samples" : samples.missing);
    }
  }
  Finish(std::move(check), "");
}

void RankBench::RequireLine(Bytes bytes) {
  CheckRecord check = Requirement("way");
  if (!shape().is_line()) return Finish(std::move(check), "");
  for (const int from : {0, 1}) {
    const Scope way = Way(from);
    const std::string component = topology_.LineName(from);
    const std::string dead = WhyDead(way.ranks);
    const auto all = Everyone(IfAlive(
        way, [&] { return backend_.Verify(Collective::kBroadcast, way, variant_, bytes); }));
    check.components += 1;
    const Maybe<Exactness> &far = At(all, 1 - from);
    if (const auto *missing = std::get_if<Missing>(&far)) {
      // Both ends answer otherwise: what is between them does not.
      Note(check, dead.empty() ? Verdict::kFail : Verdict::kInconclusive, component,
           dead.empty() ? "nothing comes through: " + missing->reason : dead);
      continue;
    }
    const Exactness &exactness = std::get<0>(far);
    if (exactness.checked == 0) {
      Note(check, Verdict::kInconclusive, component, "nothing was compared");
    } else if (exactness.wrong > 0 || exactness.nans > 0) {
      Note(check, Verdict::kFail, component,
           std::to_string(exactness.wrong) + " of " + std::to_string(exactness.checked) +
               " words came other than they were sent, " + std::to_string(exactness.nans) +
               " of them not a number");
    }
  }
  Finish(std::move(check), "what is sent comes, each way");
}

}  // namespace groma::runtime
