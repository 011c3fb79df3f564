// SPDX-License-Identifier: Apache-2.0
// Types, each stored once, so that equal types have equal ids.
#pragma once

#include <map>
#include <tuple>
#include <vector>

#include "groma/base/units.h"
#include "groma/plan/ids.h"

namespace groma::plan {

enum class TypeKind : uint8_t {
  Error,  // was reported already; fits everything
  Any,
  None,   // of `none`
  Bool,
  String,
  Number,  // int, decimal, ratio, money and every quantity
  Date,
  Month,
  Quarter,
  Year,
  Period,  // any of the four above, or a range of them
  Moment,  // a date, possibly one that the schedule decides
  TimeZone,
  Cidr,
  Currency,
  Secret,
  Subject,   // an entity, or a field of one, by name
  KindName,  // a kind, by name
  Entity,    // a reference to an entity of `decl`
  Enum,
  Record,
  Union,
  List,
  Map,
  Curve,
  Range,
  Spread,
  Bound,
  Optional,
};

// How a number is written and printed.
enum class NumberForm : uint8_t { Quantity, Int, Decimal, Ratio, Duration, Effort, Money };

struct Type {
  TypeKind kind = TypeKind::Error;
  NumberForm form = NumberForm::Quantity;
  // Number: the unit that it was declared with; 0 if there is none.
  uint32_t unit = 0;
  // Entity: KindId; Enum, Record, Union: their ids.
  uint32_t decl = 0;
  // Number: the dimensions it may have; `money` stands for every currency.
  std::vector<base::DimensionId> dimensions;
  // List, Curve, Range, Spread, Bound, Optional: the element; Map: key and value.
  std::vector<TypeId> arguments;

  auto operator<=>(const Type &) const = default;
};

class Types {
 public:
  Types();

  auto Intern(Type type) -> TypeId;
  auto type(TypeId id) const -> const Type & { return types_[Index(id)]; }
  auto kind(TypeId id) const -> TypeKind { return type(id).kind; }
  auto argument(TypeId id, unsigned i = 0) const -> TypeId { return type(id).arguments[i]; }

  auto Simple(TypeKind kind) -> TypeId;
  auto Of(TypeKind kind, TypeId element) -> TypeId;
  auto MapOf(TypeId key, TypeId value) -> TypeId;
  auto Number(NumberForm form, llvm::ArrayRef<base::DimensionId> dimensions, uint32_t unit = 0)
      -> TypeId;
  auto Declared(TypeKind kind, uint32_t decl) -> TypeId;
  // Without one layer of Optional.
  auto Unwrap(TypeId id) const -> TypeId;

 private:
  std::vector<Type> types_;
  std::map<Type, TypeId> ids_;
};

inline constexpr TypeId kErrorType{0};

}  // namespace groma::plan
