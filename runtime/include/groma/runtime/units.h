// SPDX-License-Identifier: Apache-2.0
// Numbers that know their unit, so that bits and bytes, or one direction and both, cannot be mixed
// up: rates are of one direction and of one GPU or port, giga is 10^9.
#pragma once

#include <cstdint>

namespace groma::runtime {

struct GigabytesPerSecond {
  static constexpr const char *kName = "GB/s";
};
struct GigabitsPerSecond {
  static constexpr const char *kName = "Gb/s";
};
struct TeraOperations {
  static constexpr const char *kName = "TOPS";
};
struct Microseconds {
  static constexpr const char *kName = "us";
};
struct Count {
  static constexpr const char *kName = "";
};

template <class Unit>
struct Quantity {
  double value = 0;
};
using GBps = Quantity<GigabytesPerSecond>;
using Gbps = Quantity<GigabitsPerSecond>;
using Tops = Quantity<TeraOperations>;
using Micros = Quantity<Microseconds>;

struct Bytes {
  uint64_t value = 0;
};
struct Seconds {
  double value = 0;
};

constexpr auto operator""_B(unsigned long long n) -> Bytes { return {n}; }
constexpr auto operator""_KiB(unsigned long long n) -> Bytes { return {n << 10}; }
constexpr auto operator""_MiB(unsigned long long n) -> Bytes { return {n << 20}; }
constexpr auto operator""_GiB(unsigned long long n) -> Bytes { return {n << 30}; }
constexpr auto operator""_GB(unsigned long long n) -> Bytes { return {n * 1000000000}; }

constexpr auto Rate(Bytes bytes, Seconds time) -> GBps {
  return {static_cast<double>(bytes.value) / time.value / 1e9};
}
constexpr auto InBits(GBps rate) -> Gbps { return {rate.value * 8}; }
constexpr auto InMicros(Seconds time) -> Micros { return {time.value * 1e6}; }

}  // namespace groma::runtime
