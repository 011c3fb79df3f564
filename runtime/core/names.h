// SPDX-License-Identifier: Apache-2.0
// How things are called in options, messages and reports.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "groma/runtime/backend.h"
#include "groma/runtime/bench.h"

namespace groma::runtime {

auto NameOf(Collective op) -> const char *;
auto NameOf(Variant variant) -> const char *;
auto NameOf(Dtype dtype) -> const char *;
auto NameOf(Direction direction) -> const char *;
auto NameOf(Tier tier) -> const char *;
auto NameOf(Fabric fabric) -> const char *;
auto NameOf(Confidence confidence) -> const char *;
auto NameOf(Bound bound) -> const char *;
auto NameOf(Bytes bytes) -> std::string;  // "8 GiB"

auto AllVariants() -> const std::vector<Variant> &;
auto VariantOf(const std::string &name) -> std::optional<Variant>;
auto TierOf(const std::string &name) -> std::optional<Tier>;

// A number for people: four digits that count.
auto Figure(double value) -> std::string;
auto Join(const std::vector<std::string> &parts, const char *between) -> std::string;

// Vectors are indexed by ranks, which are ints: both ways are safe, since no pool has 2^31 GPUs.
template <class T>
auto Size(const T &container) -> int {
  return static_cast<int>(container.size());
}
template <class T>
auto At(std::vector<T> &items, int index) -> T & {
  return items[static_cast<size_t>(index)];
}
template <class T>
auto At(const std::vector<T> &items, int index) -> const T & {
  return items[static_cast<size_t>(index)];
}

}  // namespace groma::runtime
