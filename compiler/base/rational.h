// SPDX-License-Identifier: Apache-2.0
// An exact fraction of two 64-bit integers: the only kind of number that decides anything in groma.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>

#include "groma/base/check.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/StringRef.h"

namespace groma::base {

__extension__ using Int128 = __int128;

// Always reduced, with a positive denominator, so that equal values have equal fields.
// The least int64 is not a numerator: negation and absolute value cannot fail.
class Rational {
 public:
  constexpr Rational() = default;

  // Implicit, so that counts and literals read as numbers.
  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr Rational(std::int64_t value) : numerator_(value) {
    Check(value != std::numeric_limits<std::int64_t>::min(), "rational out of range");
  }
  template <std::floating_point T>
  Rational(T) = delete;

  // Reduces n/d. Nothing if `d` is zero or the reduced fraction does not fit.
  static auto Make(Int128 n, Int128 d) -> std::optional<Rational>;

  // Reads `12`, `1_000`, `0.92`, `310k`, `1.5M`, with an optional minus in front. Magnitudes: k M G
  // T. Underscores stand between digits. Nothing if the text is anything else or the value does not
  // fit.
  static auto Parse(llvm::StringRef decimal) -> std::optional<Rational>;

  [[nodiscard]] constexpr auto numerator() const -> std::int64_t { return numerator_; }
  [[nodiscard]] constexpr auto denominator() const -> std::int64_t { return denominator_; }
  [[nodiscard]] constexpr auto is_integer() const -> bool { return denominator_ == 1; }
  [[nodiscard]] constexpr auto is_zero() const -> bool { return numerator_ == 0; }
  [[nodiscard]] constexpr auto sign() const -> int {
    return numerator_ > 0 ? 1 : (numerator_ < 0 ? -1 : 0);
  }

  // Every value has a floor, a ceiling and a nearest integer in range. Halves round away from zero.
  [[nodiscard]] auto Floor() const -> std::int64_t;
  [[nodiscard]] auto Ceil() const -> std::int64_t;
  [[nodiscard]] auto Round() const -> std::int64_t;

  // The digits after the point that the exact decimal needs; nothing if it never ends.
  [[nodiscard]] auto Decimals() const -> std::optional<int>;

  // Exact: `0.92` where the decimal ends, `1/3` where it does not.
  [[nodiscard]] auto ToString() const -> std::string;

  // For proposals and drawings only; nothing may be decided by it.
  [[nodiscard]] auto Approximate() const -> double;

  friend constexpr auto operator==(Rational a, Rational b) -> bool = default;

  // Exact for all operands: the cross products fit 128 bits.
  friend constexpr auto operator<=>(Rational a, Rational b) -> std::strong_ordering {
    const Int128 left = static_cast<Int128>(a.numerator_) * b.denominator_;
    const Int128 right = static_cast<Int128>(b.numerator_) * a.denominator_;
    return left < right   ? std::strong_ordering::less
           : right < left ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
  }

  friend auto hash_value(Rational value) -> llvm::hash_code {
    return llvm::hash_combine(value.numerator_, value.denominator_);
  }

  [[nodiscard]] friend constexpr auto Negate(Rational value) -> Rational {
    value.numerator_ = -value.numerator_;
    return value;
  }

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

static_assert(sizeof(Rational) == 16 && std::is_trivially_copyable_v<Rational>);

// Exact arithmetic; nothing where the result does not fit, or the divisor is zero.
[[nodiscard]] auto Add(Rational a, Rational b) -> std::optional<Rational>;
[[nodiscard]] auto Sub(Rational a, Rational b) -> std::optional<Rational>;
[[nodiscard]] auto Mul(Rational a, Rational b) -> std::optional<Rational>;
[[nodiscard]] auto Div(Rational a, Rational b) -> std::optional<Rational>;

[[nodiscard]] constexpr auto Abs(Rational value) -> Rational {
  return value.sign() < 0 ? Negate(value) : value;
}

}  // namespace groma::base

template <>
struct std::hash<groma::base::Rational> {
  auto operator()(groma::base::Rational value) const -> std::size_t { return hash_value(value); }
};
