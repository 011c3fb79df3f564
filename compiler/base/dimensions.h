// SPDX-License-Identifier: Apache-2.0
// Dimensions: what a quantity measures, as products of powers of base dimensions, interned so that
// equal ones have equal ids.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace groma::base {

// The dimensions that every table has under the same id. Currencies, the plan's own counting
// dimensions and composites follow, in the order in which they are first met.
enum class DimensionId : std::uint32_t {
  kNumber,
  kData,
  kTime,
  kMonth,    // A month has no fixed length, so it is not a time.
  kWorkday,  // Nor has a working day: the calendar of a team decides.
  kEnergy,
  kTemperature,
  kMass,
  kLength,
  kCompute,
  kGpu,
  kNode,
  kRack,
  kVcpu,
  kPerson,
  kPower,
  kDataRate,
  kFrequency,
  kComputeRate,
  kFirstCurrency,
};

class DimensionTable {
 public:
  enum class Kind : std::uint8_t { kPhysical, kCounting, kCurrency };

  // A base dimension, and the power in which it occurs. Never a power of zero.
  struct Factor {
    DimensionId base;
    std::int32_t exponent;

    friend auto operator<=>(const Factor &, const Factor &) = default;
  };
  using Factors = llvm::SmallVector<Factor, 4>;

  // What stands for any currency in the types of the library: `quantity[money/month]`. A currency
  // like the others to the algebra; no rate converts it.
  static constexpr llvm::StringLiteral kAnyMoney = "money";

  DimensionTable();

  [[nodiscard]] auto size() const -> std::size_t { return dimensions_.size(); }
  // Sorted by base.
  [[nodiscard]] auto factors(DimensionId d) const -> llvm::ArrayRef<Factor>;
  // The kind and the name of a base dimension.
  [[nodiscard]] auto kind(DimensionId base) const -> Kind;
  [[nodiscard]] auto base_name(DimensionId base) const -> llvm::StringRef;

  auto Multiply(DimensionId a, DimensionId b) -> DimensionId;
  auto Divide(DimensionId a, DimensionId b) -> DimensionId;

  // True for products and quotients of counting dimensions; false for a plain number.
  [[nodiscard]] auto IsCounting(DimensionId d) const -> bool;
  // Leaves out every counting factor: `kW/node` becomes power, `gpu` a number.
  auto StripCounting(DimensionId d) -> DimensionId;

  // The ISO 4217 code of the one currency in `d`, if it occurs once and to the first power.
  [[nodiscard]] auto CurrencyOf(DimensionId d) const -> std::optional<llvm::StringRef>;
  // `d` itself where `CurrencyOf` has none.
  auto WithoutCurrency(DimensionId d) -> DimensionId;
  // Nothing if `code` is no currency, or `d` has none to replace.
  auto ReplaceCurrency(DimensionId d, llvm::StringRef code) -> std::optional<DimensionId>;
  [[nodiscard]] auto FindCurrency(llvm::StringRef code) const -> std::optional<DimensionId>;

  // What messages call it: "power", "EUR per node", "a number", "EUR / (node time)".
  [[nodiscard]] auto Name(DimensionId d) const -> std::string;

  // The dimension with these factors (sorted, without zeros), if the table has met it.
  [[nodiscard]] auto Lookup(const Factors &factors) const -> std::optional<DimensionId>;

  auto DeclareCounting(llvm::StringRef name) -> DimensionId;

 private:
  struct Dimension {
    Factors factors;
    llvm::StringRef name;  // Empty for composites without a name of their own.
    Kind kind = Kind::kPhysical;
  };

  auto AddBase(llvm::StringRef name, Kind kind) -> DimensionId;
  void AddNamed(llvm::StringRef name, Factors factors);
  auto Intern(Factors factors) -> DimensionId;
  auto Combine(DimensionId a, DimensionId b, std::int32_t sign) -> DimensionId;

  std::vector<Dimension> dimensions_;
  std::map<Factors, DimensionId> composites_;
  llvm::DenseMap<std::uint64_t, DimensionId> products_;
  llvm::DenseMap<std::uint64_t, DimensionId> quotients_;
  // Names of declared dimensions. Shared and never changed, so that copies of the table may refer
  // to them.
  std::vector<std::shared_ptr<const std::string>> declared_names_;
};

}  // namespace groma::base
