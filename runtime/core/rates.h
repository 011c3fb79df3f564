// SPDX-License-Identifier: Apache-2.0
// From times to rates, and rates into the record.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/names.h"

namespace groma::runtime {

template <class Unit, class F>
auto RankBench::RatesOf(std::string component, const Maybe<std::vector<Seconds>> &times,
                        const F &rate) -> Samples<Unit> {
  Samples<Unit> samples{std::move(component), {}, ""};
  if (const auto *missing = std::get_if<Missing>(&times)) {
    samples.missing = missing->reason.empty() ? "no reason was given" : missing->reason;
    return samples;
  }
  for (const Seconds time : std::get<0>(times)) {
    if (!(time.value > 0)) {
      samples.values.clear();
      samples.missing = "a repeat took no time at all";
      return samples;
    }
    samples.values.push_back(rate(time));
  }
  return samples;
}

template <class Unit>
auto RankBench::Keep(const std::string &quantity, Fleet<Unit> fleet) -> Fleet<Unit> {
  if (rank_ != 0) return fleet;
  FleetRecord record{test_->name, NameOf(variant_), quantity, Unit::kName, {}};
  for (const Samples<Unit> &samples : fleet) {
    const Interval interval = MedianInterval(samples.values);
    record.figures.push_back({samples.component, interval.median, interval.lower, interval.upper,
                              Size(samples.values), samples.missing});
  }
  record_.fleets.push_back(std::move(record));
  return fleet;
}

}  // namespace groma::runtime
