// SPDX-License-Identifier: Apache-2.0
// A day, month, quarter or year as a plan writes it: a stretch of days with a first and a last one.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "groma/base/date.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/StringRef.h"

namespace groma::base {

// A part of the year of `Months` months, counted from the year 0. Arithmetic stays in the calendar.
template <std::int32_t Months>
class YearPart {
 public:
  static constexpr std::int32_t kPerYear = 12 / Months;

  // January 1970, for lack of a better one.
  constexpr YearPart() = default;

  // `part` counts from one: the third quarter is 3. Years have the part 1.
  static auto Make(std::int32_t year, std::int32_t part = 1) -> std::optional<YearPart>;
  static auto Of(Date date) -> YearPart;
  // Reads `2027-06`, `2027-Q3` or `2027`.
  static auto Parse(llvm::StringRef text) -> std::optional<YearPart>;

  // Year times parts per year, plus the part counted from zero.
  [[nodiscard]] constexpr auto index() const -> std::int32_t { return index_; }
  [[nodiscard]] constexpr auto year() const -> std::int32_t { return index_ / kPerYear; }
  [[nodiscard]] constexpr auto part() const -> std::int32_t { return index_ % kPerYear + 1; }
  [[nodiscard]] auto first() const -> Date;
  [[nodiscard]] auto last() const -> Date;

  [[nodiscard]] auto Add(std::int64_t parts) const -> YearPart;
  [[nodiscard]] auto ToString() const -> std::string;

  friend constexpr auto operator<=>(YearPart, YearPart) = default;
  friend auto hash_value(YearPart part) -> llvm::hash_code { return llvm::hash_value(part.index_); }

 private:
  explicit constexpr YearPart(std::int32_t index) : index_(index) {}

  std::int32_t index_ = 1970 * kPerYear;
};

using Month = YearPart<1>;
using Quarter = YearPart<3>;
using Year = YearPart<12>;

extern template class YearPart<1>;
extern template class YearPart<3>;
extern template class YearPart<12>;

// Any of the four. Periods of different kinds are different, even where they cover the same days.
struct Period {
  enum class Kind : std::uint8_t { kDate, kMonth, kQuarter, kYear };

  Period() = default;
  // Implicit, since each of the four is a period. NOLINTBEGIN(google-explicit-constructor)
  Period(Date date) : first_(date), last_(date) {}
  Period(Month month) : kind_(Kind::kMonth), first_(month.first()), last_(month.last()) {}
  Period(Quarter quarter) : kind_(Kind::kQuarter), first_(quarter.first()), last_(quarter.last()) {}
  Period(Year year) : kind_(Kind::kYear), first_(year.first()), last_(year.last()) {}
  // NOLINTEND(google-explicit-constructor)

  // The period of that kind in which `date` lies.
  static auto Of(Kind kind, Date date) -> Period;
  // Reads any of the four spellings.
  static auto Parse(llvm::StringRef text) -> std::optional<Period>;

  [[nodiscard]] auto kind() const -> Kind { return kind_; }
  [[nodiscard]] auto first() const -> Date { return first_; }
  [[nodiscard]] auto last() const -> Date { return last_; }
  [[nodiscard]] auto Contains(Date date) const -> bool { return first_ <= date && date <= last_; }
  // The period of the same kind after this one.
  [[nodiscard]] auto Next() const -> Period;
  [[nodiscard]] auto ToString() const -> std::string;

  friend auto operator<=>(const Period &, const Period &) = default;
  friend auto hash_value(const Period &period) -> llvm::hash_code {
    return llvm::hash_combine(period.kind_, period.first_);
  }

 private:
  Kind kind_ = Kind::kDate;
  Date first_;
  Date last_;
};

}  // namespace groma::base

template <std::int32_t Months>
struct std::hash<groma::base::YearPart<Months>> {
  auto operator()(groma::base::YearPart<Months> part) const -> std::size_t {
    return hash_value(part);
  }
};

template <>
struct std::hash<groma::base::Period> {
  auto operator()(const groma::base::Period &period) const -> std::size_t {
    return hash_value(period);
  }
};
