// SPDX-License-Identifier: Apache-2.0
#include "groma/base/rational.h"

#include <algorithm>
#include <numeric>

#include "llvm/ADT/StringExtras.h"

namespace groma::base {
namespace {

__extension__ using UInt128 = unsigned __int128;

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

// Most values fit 64 bits, where the remainder is much cheaper.
auto GreatestCommonDivisor(UInt128 a, UInt128 b) -> UInt128 {
  while (b != 0) {
    if ((a >> 64) == 0 && (b >> 64) == 0) {
      return std::gcd(static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b));
    }
    const UInt128 remainder = a % b;
    a = b;
    b = remainder;
  }
  return a;
}

auto Magnitude(Int128 value) -> UInt128 {
  return value < 0 ? UInt128{0} - static_cast<UInt128>(value) : static_cast<UInt128>(value);
}

auto Magnifier(char suffix) -> std::int64_t {
  switch (suffix) {
    case 'k':
      return 1'000;
    case 'M':
      return 1'000'000;
    case 'G':
      return 1'000'000'000;
    case 'T':
      return 1'000'000'000'000;
    default:
      return 0;
  }
}

// Appends the digits in front of `text` to `value`. False if an underscore is not between digits,
// there are no digits, or the value leaves the range in which `Make` is certain to be exact.
auto TakeDigits(llvm::StringRef &text, Int128 &value, Int128 *scale) -> bool {
  constexpr Int128 kLimit = static_cast<Int128>(kMax) * kMax / 100;
  bool after_digit = false;
  bool any = false;
  while (!text.empty() && (llvm::isDigit(text.front()) || text.front() == '_')) {
    if (text.front() == '_') {
      if (!after_digit) {
        return false;
      }
      after_digit = false;
    } else {
      if (value > kLimit || (scale != nullptr && *scale > kLimit)) {
        return false;
      }
      value = value * 10 + (text.front() - '0');
      if (scale != nullptr) {
        *scale *= 10;
      }
      after_digit = any = true;
    }
    text = text.drop_front();
  }
  return any && after_digit;
}

}  // namespace

auto Rational::Make(Int128 n, Int128 d) -> std::optional<Rational> {
  if (d == 0) {
    return std::nullopt;
  }
  const UInt128 numerator = Magnitude(n);
  const UInt128 denominator = Magnitude(d);
  // Most values are whole, and nothing is to be divided.
  if (d == 1 && numerator <= static_cast<UInt128>(kMax)) {
    return Rational(static_cast<std::int64_t>(n));
  }
  const UInt128 divisor = GreatestCommonDivisor(numerator, denominator);
  const UInt128 reduced_numerator = numerator / divisor;
  const UInt128 reduced_denominator = denominator / divisor;
  if (reduced_numerator > static_cast<UInt128>(kMax) ||
      reduced_denominator > static_cast<UInt128>(kMax)) {
    return std::nullopt;
  }
  Rational result;
  result.numerator_ = static_cast<std::int64_t>(reduced_numerator);
  result.denominator_ = static_cast<std::int64_t>(reduced_denominator);
  return (n < 0) != (d < 0) ? Negate(result) : result;
}

auto Rational::Parse(llvm::StringRef decimal) -> std::optional<Rational> {
  const bool negative = decimal.consume_front("-");
  Int128 digits = 0;
  Int128 scale = 1;
  if (!TakeDigits(decimal, digits, nullptr)) {
    return std::nullopt;
  }
  if (decimal.consume_front(".") && !TakeDigits(decimal, digits, &scale)) {
    return std::nullopt;
  }
  auto value = Make(negative ? -digits : digits, scale);
  if (!decimal.empty()) {
    const std::int64_t magnifier = Magnifier(decimal.front());
    if (magnifier == 0 || decimal.size() > 1) {
      return std::nullopt;
    }
    value = value ? Mul(*value, magnifier) : std::nullopt;
  }
  return value;
}

auto Rational::Floor() const -> std::int64_t {
  const std::int64_t quotient = numerator_ / denominator_;
  return numerator_ % denominator_ < 0 ? quotient - 1 : quotient;
}

auto Rational::Ceil() const -> std::int64_t {
  const std::int64_t quotient = numerator_ / denominator_;
  return numerator_ % denominator_ > 0 ? quotient + 1 : quotient;
}

auto Rational::Round() const -> std::int64_t {
  const Int128 twice = static_cast<Int128>(Abs(*this).numerator_) * 2 + denominator_;
  const auto nearest = static_cast<std::int64_t>(twice / (static_cast<Int128>(denominator_) * 2));
  return numerator_ < 0 ? -nearest : nearest;
}

auto Rational::Decimals() const -> std::optional<int> {
  std::int64_t rest = denominator_;
  int twos = 0;
  int fives = 0;
  for (; rest % 2 == 0; rest /= 2) {
    ++twos;
  }
  for (; rest % 5 == 0; rest /= 5) {
    ++fives;
  }
  return rest == 1 ? std::optional(std::max(twos, fives)) : std::nullopt;
}

auto Rational::ToString() const -> std::string {
  const auto decimals = Decimals();
  if (!decimals) {
    return llvm::itostr(numerator_) + "/" + llvm::itostr(denominator_);
  }
  const Rational magnitude = Abs(*this);
  std::string text = numerator_ < 0 ? "-" : "";
  text += llvm::itostr(magnitude.numerator_ / denominator_);
  if (*decimals > 0) {
    text += '.';
  }
  Int128 remainder = magnitude.numerator_ % denominator_;
  for (int i = 0; i < *decimals; ++i) {
    remainder *= 10;
    text += static_cast<char>('0' + static_cast<int>(remainder / denominator_));
    remainder %= denominator_;
  }
  return text;
}

auto Rational::Approximate() const -> double {
  return static_cast<double>(numerator_) / static_cast<double>(denominator_);
}

auto Add(Rational a, Rational b) -> std::optional<Rational> {
  if (a.is_integer() && b.is_integer()) {
    return Rational::Make(static_cast<Int128>(a.numerator()) + b.numerator(), 1);
  }
  // Each product is below 2^126, so that their sum stays below 2^127.
  return Rational::Make(static_cast<Int128>(a.numerator()) * b.denominator() +
                            static_cast<Int128>(b.numerator()) * a.denominator(),
                        static_cast<Int128>(a.denominator()) * b.denominator());
}

auto Sub(Rational a, Rational b) -> std::optional<Rational> { return Add(a, Negate(b)); }

auto Mul(Rational a, Rational b) -> std::optional<Rational> {
  return Rational::Make(static_cast<Int128>(a.numerator()) * b.numerator(),
                        static_cast<Int128>(a.denominator()) * b.denominator());
}

auto Div(Rational a, Rational b) -> std::optional<Rational> {
  return Rational::Make(static_cast<Int128>(a.numerator()) * b.denominator(),
                        static_cast<Int128>(a.denominator()) * b.numerator());
}

}  // namespace groma::base
