// SPDX-License-Identifier: Apache-2.0
#include "groma/base/dimensions.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "groma/base/check.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::base {
namespace {

constexpr llvm::StringRef kCurrencies[] = {
#define GROMA_CURRENCY(code) #code,
#include "groma/base/currencies.def"
    DimensionTable::kAnyMoney,  // Sorted like the codes: capitals come first.
};

auto PairKey(DimensionId a, DimensionId b) -> std::uint64_t {
  return static_cast<std::uint64_t>(a) << 32 | static_cast<std::uint64_t>(b);
}

// Exponents stop at the ends of their range. Nothing of use is there, but a plan may go there by
// squaring a quantity thirty times, and shall not crash the compiler.
auto AddExponents(std::int32_t a, std::int32_t b) -> std::int32_t {
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  return static_cast<std::int32_t>(std::clamp(std::int64_t{a} + b, -kMost, kMost));
}

// Base dimensions are not in the map of composites, which keeps making a table cheap.
auto IsBase(const DimensionTable::Factors &factors) -> bool {
  return factors.size() == 1 && factors.front().exponent == 1;
}

}  // namespace

DimensionTable::DimensionTable() {
  dimensions_.reserve(static_cast<std::size_t>(DimensionId::kFirstCurrency) +
                      std::size(kCurrencies) + 64);
  dimensions_.push_back({{}, "a number", Kind::kPhysical});
  // In the order of `DimensionId`.
  for (const llvm::StringRef name :
       {"data", "time", "month", "workday", "energy", "temperature", "mass", "length", "compute"}) {
    AddBase(name, Kind::kPhysical);
  }
  for (const llvm::StringRef name : {"gpu", "node", "rack", "vcpu", "person"}) {
    AddBase(name, Kind::kCounting);
  }
  const Factor per_time = {DimensionId::kTime, -1};
  AddNamed("power", {per_time, {DimensionId::kEnergy, 1}});
  AddNamed("data rate", {{DimensionId::kData, 1}, per_time});
  AddNamed("frequency", {per_time});
  AddNamed("compute rate", {per_time, {DimensionId::kCompute, 1}});
  Check(dimensions_.size() == static_cast<std::size_t>(DimensionId::kFirstCurrency),
        "built-in dimensions out of step with their ids");
  for (const llvm::StringRef code : kCurrencies) {
    AddBase(code, Kind::kCurrency);
  }
}

auto DimensionTable::factors(DimensionId d) const -> llvm::ArrayRef<Factor> {
  return dimensions_[static_cast<std::size_t>(d)].factors;
}

auto DimensionTable::kind(DimensionId base) const -> Kind {
  return dimensions_[static_cast<std::size_t>(base)].kind;
}

auto DimensionTable::base_name(DimensionId base) const -> llvm::StringRef {
  return dimensions_[static_cast<std::size_t>(base)].name;
}

auto DimensionTable::Multiply(DimensionId a, DimensionId b) -> DimensionId {
  const auto key = PairKey(std::min(a, b), std::max(a, b));
  if (const auto known = products_.find(key); known != products_.end()) {
    return known->second;
  }
  const DimensionId product = Combine(a, b, 1);
  products_.try_emplace(key, product);
  return product;
}

auto DimensionTable::Divide(DimensionId a, DimensionId b) -> DimensionId {
  const auto key = PairKey(a, b);
  if (const auto known = quotients_.find(key); known != quotients_.end()) {
    return known->second;
  }
  const DimensionId quotient = Combine(a, b, -1);
  quotients_.try_emplace(key, quotient);
  return quotient;
}

auto DimensionTable::IsCounting(DimensionId d) const -> bool {
  return d != DimensionId::kNumber && llvm::all_of(factors(d), [this](const Factor &factor) {
           return kind(factor.base) == Kind::kCounting;
         });
}

auto DimensionTable::StripCounting(DimensionId d) -> DimensionId {
  Factors rest;
  llvm::copy_if(factors(d), std::back_inserter(rest),
                [this](const Factor &factor) { return kind(factor.base) != Kind::kCounting; });
  return rest.size() == factors(d).size() ? d : Intern(std::move(rest));
}

auto DimensionTable::CurrencyOf(DimensionId d) const -> std::optional<llvm::StringRef> {
  std::optional<llvm::StringRef> code;
  for (const Factor &factor : factors(d)) {
    if (kind(factor.base) != Kind::kCurrency) {
      continue;
    }
    if (code || factor.exponent != 1) {
      return std::nullopt;
    }
    code = base_name(factor.base);
  }
  return code;
}

auto DimensionTable::WithoutCurrency(DimensionId d) -> DimensionId {
  const auto code = CurrencyOf(d);
  return code ? Divide(d, *FindCurrency(*code)) : d;
}

auto DimensionTable::ReplaceCurrency(DimensionId d, llvm::StringRef code)
    -> std::optional<DimensionId> {
  const auto currency = FindCurrency(code);
  if (!currency || !CurrencyOf(d)) {
    return std::nullopt;
  }
  return Multiply(WithoutCurrency(d), *currency);
}

auto DimensionTable::FindCurrency(llvm::StringRef code) const -> std::optional<DimensionId> {
  const auto *const found = llvm::lower_bound(kCurrencies, code);
  if (found == std::end(kCurrencies) || *found != code) {
    return std::nullopt;
  }
  const auto index = static_cast<std::uint32_t>(found - std::begin(kCurrencies));
  return DimensionId{static_cast<std::uint32_t>(DimensionId::kFirstCurrency) + index};
}

auto DimensionTable::DeclareCounting(llvm::StringRef name) -> DimensionId {
  declared_names_.push_back(std::make_shared<const std::string>(name));
  return AddBase(*declared_names_.back(), Kind::kCounting);
}

auto DimensionTable::AddBase(llvm::StringRef name, Kind kind) -> DimensionId {
  const auto id = DimensionId{static_cast<std::uint32_t>(dimensions_.size())};
  dimensions_.push_back({{{id, 1}}, name, kind});
  return id;
}

void DimensionTable::AddNamed(llvm::StringRef name, Factors factors) {
  const DimensionId id = Intern(std::move(factors));
  dimensions_[static_cast<std::size_t>(id)].name = name;
}

auto DimensionTable::Intern(Factors factors) -> DimensionId {
  if (factors.empty()) {
    return DimensionId::kNumber;
  }
  if (IsBase(factors)) {
    return factors.front().base;
  }
  const auto next = DimensionId{static_cast<std::uint32_t>(dimensions_.size())};
  const auto [entry, is_new] = composites_.try_emplace(factors, next);
  if (is_new) {
    dimensions_.push_back({std::move(factors), {}, Kind::kPhysical});
  }
  return entry->second;
}

auto DimensionTable::Lookup(const Factors &factors) const -> std::optional<DimensionId> {
  if (factors.empty()) {
    return DimensionId::kNumber;
  }
  if (IsBase(factors)) {
    return factors.front().base;
  }
  const auto known = composites_.find(factors);
  return known == composites_.end() ? std::nullopt : std::optional(known->second);
}

auto DimensionTable::Combine(DimensionId a, DimensionId b, std::int32_t sign) -> DimensionId {
  Factors merged;
  const auto left = factors(a);
  const auto right = factors(b);
  const auto *l = left.begin();
  const auto *r = right.begin();
  while (l != left.end() || r != right.end()) {
    if (r == right.end() || (l != left.end() && l->base < r->base)) {
      merged.push_back(*l++);
    } else if (l == left.end() || r->base < l->base) {
      merged.push_back({r->base, sign * r->exponent});
      ++r;
    } else {
      const std::int32_t exponent = AddExponents(l->exponent, sign * r->exponent);
      if (exponent != 0) {
        merged.push_back({l->base, exponent});
      }
      ++l;
      ++r;
    }
  }
  return Intern(std::move(merged));
}

}  // namespace groma::base
