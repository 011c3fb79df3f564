// SPDX-License-Identifier: Apache-2.0
// A block of IPv4 addresses, such as 10.40.0.0/16.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/StringRef.h"

namespace groma::base {

struct ParsedCidr;

// The host bits are always zero. Sorted by address, wider blocks first.
class Cidr {
 public:
  constexpr Cidr() = default;

  static auto Parse(llvm::StringRef text) -> ParsedCidr;
  // The block of that prefix around `address`; its host bits are cleared. `prefix` is at most 32.
  static auto Around(std::uint32_t address, std::uint32_t prefix) -> Cidr;

  [[nodiscard]] constexpr auto prefix() const -> std::uint32_t { return prefix_; }
  [[nodiscard]] constexpr auto first() const -> std::uint32_t { return first_; }
  [[nodiscard]] auto last() const -> std::uint32_t;
  [[nodiscard]] auto size() const -> std::uint64_t;

  [[nodiscard]] auto Contains(Cidr other) const -> bool;
  [[nodiscard]] auto Contains(std::uint32_t address) const -> bool;
  [[nodiscard]] auto Overlaps(Cidr other) const -> bool;
  // The block number `index` of those with `prefix` inside this one; nothing if there is no such
  // block.
  [[nodiscard]] auto Subnet(std::uint32_t prefix, std::uint64_t index) const -> std::optional<Cidr>;
  [[nodiscard]] auto ToString() const -> std::string;

  friend constexpr auto operator<=>(Cidr, Cidr) = default;
  friend auto hash_value(Cidr cidr) -> llvm::hash_code {
    return llvm::hash_combine(cidr.first_, cidr.prefix_);
  }

 private:
  constexpr Cidr(std::uint32_t first, std::uint32_t prefix) : first_(first), prefix_(prefix) {}

  std::uint32_t first_ = 0;
  std::uint32_t prefix_ = 0;
};

enum class CidrProblem : std::uint8_t {
  kNone,
  kShape,        // Not four numbers, a slash and a number.
  kOctet,        // An octet above 255.
  kLeadingZero,  // `010`: some tools read that as eight.
  kPrefix,       // A prefix above 32.
  kHostBits      // Bits after the prefix; `cidr` holds the block that was probably meant.
};

// Holds a block unless the text is no block at all; see `problem` before use.
struct ParsedCidr {
  std::optional<Cidr> cidr;
  CidrProblem problem = CidrProblem::kNone;

  explicit operator bool() const { return problem == CidrProblem::kNone; }
};

// `10.40.0.1`
[[nodiscard]] auto FormatAddress(std::uint32_t address) -> std::string;

}  // namespace groma::base

template <>
struct std::hash<groma::base::Cidr> {
  auto operator()(groma::base::Cidr cidr) const -> std::size_t { return hash_value(cidr); }
};
