// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/value.h"

#include <algorithm>

namespace groma::plan {
namespace {

template <typename T>
auto Order(const T &a, const T &b) -> int {
  return a < b ? -1 : b < a ? 1 : 0;
}

auto CompareItems(llvm::ArrayRef<Value> a, llvm::ArrayRef<Value> b) -> int {
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (const int order = Compare(a[i], b[i]); order != 0) return order;
  }
  return Order(a.size(), b.size());
}

auto CompareEntries(llvm::ArrayRef<MapEntry> a, llvm::ArrayRef<MapEntry> b) -> int {
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (const int order = Compare(a[i].key, b[i].key); order != 0) return order;
    if (const int order = Compare(a[i].value, b[i].value); order != 0) return order;
  }
  return Order(a.size(), b.size());
}

auto CompareSame(const Value &a, const Value &b) -> int {
  switch (a.tag) {
    case ValueTag::Bool: return Order(a.boolean, b.boolean);
    case ValueTag::Number:
      if (a.dimension != b.dimension) return Order(a.dimension, b.dimension);
      return Order(a.number, b.number);
    case ValueTag::String: return a.string().compare(b.string());
    case ValueTag::Date: return Order(a.date, b.date);
    case ValueTag::Month: return Order(a.month, b.month);
    case ValueTag::Quarter: return Order(a.quarter, b.quarter);
    case ValueTag::Year: return Order(a.year, b.year);
    case ValueTag::Cidr: return Order(a.cidr, b.cidr);
    case ValueTag::Currency: return Order(a.symbol, b.symbol);
    case ValueTag::Enum:
      if (a.enumeration != b.enumeration) return Order(a.enumeration, b.enumeration);
      return Order(a.aux, b.aux);
    case ValueTag::Entity: return Order(a.entity, b.entity);
    case ValueTag::Subject:
      if (a.subject.entity != b.subject.entity) return Order(a.subject.entity, b.subject.entity);
      return Order(a.subject.slot, b.subject.slot);
    case ValueTag::KindName: return Order(a.kind, b.kind);
    case ValueTag::Union:
      if (a.aux != b.aux) return Order(a.aux, b.aux);
      return CompareItems(a.elements(), b.elements());
    case ValueTag::Bound:
      if (a.op != b.op) return Order(a.op, b.op);
      return CompareItems(a.elements(), b.elements());
    case ValueTag::Record:
    case ValueTag::List:
    case ValueTag::Range:
    case ValueTag::Spread: return CompareItems(a.elements(), b.elements());
    case ValueTag::Map:
    case ValueTag::Curve: return CompareEntries(a.map(), b.map());
    // Residuals have no order; they are the same only if they are the same object.
    case ValueTag::Unknown: return Order(a.unknown, b.unknown);
    case ValueTag::PerOffer: return Order(a.per_offer, b.per_offer);
    case ValueTag::Linear: return Order(a.linear, b.linear);
    case ValueTag::Formula: return Order(a.formula, b.formula);
    case ValueTag::Guarded: return Order(a.guarded, b.guarded);
    case ValueTag::Extremum: return Order(a.extremum, b.extremum);
    case ValueTag::Deferred: return Order(a.deferred, b.deferred);
    case ValueTag::Error:
    case ValueTag::None: return 0;
  }
  return 0;
}

}  // namespace

auto Compare(const Value &a, const Value &b) -> int {
  return a.tag == b.tag ? CompareSame(a, b) : Order(a.tag, b.tag);
}

}  // namespace groma::plan
