// SPDX-License-Identifier: Apache-2.0
// A value of the language: 32 plain bytes; what is longer lies in the arena of its model.
#pragma once

#include <cstdint>

#include "groma/base/cidr.h"
#include "groma/base/date.h"
#include "groma/base/period.h"
#include "groma/base/rational.h"
#include "groma/base/units.h"
#include "groma/plan/ids.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace groma::plan {

enum class ValueTag : uint8_t {
  Error,  // was reported already; whatever it touches is Error too
  None,
  Bool,
  Number,
  String,
  Date,
  Month,
  Quarter,
  Year,
  Cidr,
  Currency,
  Enum,
  Entity,
  Subject,
  KindName,
  Record,
  Union,
  List,
  Map,
  Curve,
  Range,   // two items; also a period that is a range
  Spread,  // low, likely, high
  Bound,   // one item, `op` is a syntax::BoundOp
  // Decided later. See linear.h.
  Unknown,   // a `choose`, by itself
  PerOffer,  // depends on the discrete choices of one entity
  Linear,    // a linear form over counts and outcomes
  Formula,   // a truth value over those
  Guarded,   // a list whose elements are there or not
  Extremum,  // min or max over linear forms, waiting for its comparison
  Deferred,  // an expression over what the schedule decides
};

struct PerOffer;
struct Linear;
struct Formula;
struct Guarded;
struct Extremum;
struct Deferred;

struct Value;
struct MapEntry;

// What stands in a value points into the model's memory; each of these is one form of it.
struct TextPart {
  const char *data;
  uint32_t size;
};
struct SubjectPart {
  EntityId entity;
  Slot slot;  // kNoSlot: the entity itself
};
struct ItemsPart {
  const Value *data;
  uint32_t size;
  uint32_t decl;
};
struct EntriesPart {
  const MapEntry *data;
  uint32_t size;
  uint32_t decl;
};

struct Value {
  ValueTag tag = ValueTag::Error;
  // Bound: the operator. Map, Curve: 1 if the single entry stands for every key.
  uint8_t op = 0;
  // Number.
  base::DimensionId dimension{};
  // Number: the unit in which it was written, for printing. Enum, Union: the tag's index.
  uint32_t aux = 0;
  union {
    base::Rational number;
    bool boolean;
    TextPart text;
    base::Date date;
    base::Month month;
    base::Quarter quarter;
    base::Year year;
    base::Cidr cidr;
    SymbolId symbol;
    // Enum: EnumId. Record, Union: their ids are in `decl` beside `items`.
    EntityId entity;
    KindId kind;
    SubjectPart subject;
    ItemsPart items;
    EntriesPart entries;
    EnumId enumeration;
    UnknownId unknown;
    const PerOffer *per_offer;
    const Linear *linear;
    const Formula *formula;
    const Guarded *guarded;
    const Extremum *extremum;
    const Deferred *deferred;
  };

  Value() : number() {}
  static auto Of(ValueTag tag) -> Value {
    Value v;
    v.tag = tag;
    return v;
  }
  static auto None() -> Value { return Of(ValueTag::None); }
  static auto Bool(bool b) -> Value {
    Value v = Of(ValueTag::Bool);
    v.boolean = b;
    return v;
  }
  static auto Number(base::Rational n, base::DimensionId d, uint32_t unit = 0) -> Value {
    Value v = Of(ValueTag::Number);
    v.number = n;
    v.dimension = d;
    v.aux = unit;
    return v;
  }
  static auto String(llvm::StringRef s) -> Value {
    Value v = Of(ValueTag::String);
    v.text = {s.data(), static_cast<uint32_t>(s.size())};
    return v;
  }
  static auto Entity(EntityId id) -> Value {
    Value v = Of(ValueTag::Entity);
    v.entity = id;
    return v;
  }
  static auto Enum(EnumId id, uint32_t tag) -> Value {
    Value v = Of(ValueTag::Enum);
    v.enumeration = id;
    v.aux = tag;
    return v;
  }
  static auto Items(ValueTag tag, llvm::ArrayRef<Value> items, uint32_t decl = 0, uint32_t aux = 0)
      -> Value;
  static auto Entries(ValueTag tag, llvm::ArrayRef<MapEntry> entries, bool for_every_key) -> Value;

  auto is_error() const -> bool { return tag == ValueTag::Error; }
  auto is_none() const -> bool { return tag == ValueTag::None; }
  // Decided by the solver or the schedule.
  auto is_residual() const -> bool { return tag >= ValueTag::Unknown; }
  auto string() const -> llvm::StringRef { return {text.data, text.size}; }
  auto elements() const -> llvm::ArrayRef<Value> { return {items.data, items.size}; }
  auto map() const -> llvm::ArrayRef<MapEntry>;
};

// A map's or a curve's step. The key of a curve is a Date: the first day of its period.
struct MapEntry {
  Value key;
  Value value;
};

inline auto Value::Items(ValueTag tag, llvm::ArrayRef<Value> items, uint32_t decl, uint32_t aux)
    -> Value {
  Value v = Of(tag);
  v.items = {items.data(), static_cast<uint32_t>(items.size()), decl};
  v.aux = aux;
  return v;
}
inline auto Value::Entries(ValueTag tag, llvm::ArrayRef<MapEntry> entries, bool for_every_key)
    -> Value {
  Value v = Of(tag);
  v.entries = {entries.data(), static_cast<uint32_t>(entries.size()), 0};
  v.op = for_every_key ? 1 : 0;
  return v;
}
inline auto Value::map() const -> llvm::ArrayRef<MapEntry> { return {entries.data, entries.size}; }

// Total order over values of one type without residuals, for maps, sorting and equality. Numbers of
// different dimensions and enums of different declarations are ordered arbitrarily but stably.
auto Compare(const Value &a, const Value &b) -> int;

}  // namespace groma::plan
