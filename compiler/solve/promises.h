// SPDX-License-Identifier: Apache-2.0
// The share of a month in which something is up: as the plan states it, else as its provider
// promises it in a table that the plan imports.
#pragma once

#include "reader.h"

namespace groma::solve {

struct Promise {
  Rational up = 1;
  EntityId by{};           // the entry of the table, if it is from one
  bool is_shared = false;  // it is promised of the gateway, which all lines of that sort share
};

// Rounded down to a billionth, so that products of many parts stay exact numbers.
auto RoundedDown(std::optional<Rational> share) -> Rational;
inline auto Both(Rational a, Rational b) -> Rational { return RoundedDown(base::Mul(a, b)); }

class Promises {
 public:
  explicit Promises(Reader &reader) : reader_(reader) {}

  auto Of(EntityId thing) -> Promise;

 private:
  auto Listed(EntityId thing) -> Promise;
  auto HoldsFor(EntityId entry, EntityId thing) -> bool;
  // Whether an entity is of the kind that is called so, or of a variant of it.
  auto IsCalled(EntityId entity, llvm::StringRef kind) const -> bool;
  auto StandsAt(EntityId thing, llvm::StringRef kind) -> bool;
  auto FieldOf(EntityId thing, llvm::StringRef name) -> Value;

  Reader &reader_;
  bool has_entries_ = false;
  std::vector<EntityId> entries_;
  std::map<uint32_t, Promise> known_;
};

}  // namespace groma::solve
