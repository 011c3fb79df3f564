// SPDX-License-Identifier: Apache-2.0
// What messages call a dimension.
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "groma/base/dimensions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::base {
namespace {

using Factors = DimensionTable::Factors;

auto ExponentOf(const Factors &factors, DimensionId base) -> std::int32_t {
  const auto *const found = std::ranges::find(factors, base, &DimensionTable::Factor::base);
  return found == factors.end() ? 0 : found->exponent;
}

// Takes a power of X/time out of `factors`; says which one, zero that there is none.
auto TakeRate(Factors &factors, DimensionId base) -> int {
  const std::int32_t amount = ExponentOf(factors, base);
  const std::int32_t time = ExponentOf(factors, DimensionId::kTime);
  if (amount == 0 || time != -amount) {
    return 0;
  }
  llvm::erase_if(factors, [base](const DimensionTable::Factor &factor) {
    return factor.base == base || factor.base == DimensionId::kTime;
  });
  return amount;
}

auto Exponent(int power) -> std::string {
  return std::abs(power) == 1 ? "" : "^" + llvm::itostr(std::abs(power));
}

auto Join(llvm::ArrayRef<std::string> parts) -> std::string {
  const std::string joined = llvm::join(parts, " ");
  return parts.size() > 1 ? "(" + joined + ")" : joined;
}

}  // namespace

auto DimensionTable::Name(DimensionId d) const -> std::string {
  const Dimension &dimension = dimensions_[static_cast<std::size_t>(d)];
  if (!dimension.name.empty()) {
    return dimension.name.str();
  }
  Factors rest = dimension.factors;
  llvm::SmallVector<std::string, 4> above;
  llvm::SmallVector<std::string, 4> below;
  for (const DimensionId rate :
       {DimensionId::kPower, DimensionId::kDataRate, DimensionId::kComputeRate}) {
    const auto amount = rate == DimensionId::kPower      ? DimensionId::kEnergy
                        : rate == DimensionId::kDataRate ? DimensionId::kData
                                                         : DimensionId::kCompute;
    if (const int power = TakeRate(rest, amount); power != 0) {
      (power > 0 ? above : below).push_back(base_name(rate).str() + Exponent(power));
    }
  }
  // Money first, then what is counted, then the rest: "EUR / (node time)".
  std::ranges::sort(rest, {}, [this](const Factor &factor) {
    const Kind kind = this->kind(factor.base);
    const int rank = kind == Kind::kCurrency ? 0 : kind == Kind::kCounting ? 1 : 2;
    return std::pair(rank, factor.base);
  });
  for (const Factor &factor : rest) {
    std::string name = base_name(factor.base).str() + Exponent(factor.exponent);
    (factor.exponent > 0 ? above : below).push_back(std::move(name));
  }
  if (below.empty()) {
    return llvm::join(above, " ");
  }
  if (above.size() == 1 && below.size() == 1) {
    return above.front() + " per " + below.front();
  }
  return (above.empty() ? "1" : Join(above)) + " / " + Join(below);
}

}  // namespace groma::base
