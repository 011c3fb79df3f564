// SPDX-License-Identifier: Apache-2.0
// Operators over what is not decided yet: they give the linear normal form of plan/linear.h, or an
// error of the plan.
#pragma once

#include <optional>
#include <vector>

#include "groma/diagnostics/sink.h"
#include "groma/plan/model.h"
#include "groma/syntax/tree.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace groma::evaluate {

using plan::Value;
using source::Span;

// The meaning of an operator on two decided values; `lift` applies it point by point to tables.
using Scalar = llvm::function_ref<Value(syntax::BinaryOp, const Value &, const Value &, Span)>;

// An element of a list together with the condition under which it is there; null if it always is.
struct Conditional {
  Value value;
  const plan::Formula *condition = nullptr;
  // The list that says when it is there, where nobody asked for the condition yet.
  const plan::Guarded *in = nullptr;
};

class Lift {
 public:
  Lift(plan::Model &model, plan::Environment &environment, diagnostics::Sink &sink)
      : model_(model), environment_(environment), sink_(sink) {}

  // A count is a linear term, a choice a table over itself.
  auto OfUnknown(plan::UnknownId unknown) -> Value;
  // A number is a linear term, a truth value a formula. `dimension` is the declared one.
  auto OfNumberOutcome(plan::OutcomeId outcome, base::DimensionId dimension, uint32_t unit)
      -> Value;
  auto OfTruthOutcome(plan::OutcomeId outcome) -> Value;

  // Every arithmetic operator, comparison, `in` and the like; at least one side is a residual, none
  // is Deferred, None or Error. `left` and `right` are where the operands stand.
  auto Binary(syntax::BinaryOp op, const Value &a, const Value &b, Span at, Span left, Span right,
              Scalar scalar) -> Value;
  auto Negate(const Value &a, Span at, Scalar scalar) -> Value;
  // Truth values: Bool, PerOffer of Bool, Formula. Constants are folded, the result is a Bool where
  // it can be.
  auto And(llvm::ArrayRef<Value> parts, Span at) -> Value;
  auto Or(llvm::ArrayRef<Value> parts, Span at) -> Value;
  auto Not(const Value &a, Span at) -> Value;
  // What is asked on some days only.
  auto During(const Value &condition, base::Date from, base::Date until, Span at) -> Value;
  // `condition` is a residual truth value.
  auto If(const Value &condition, const Value &yes, const Value &no, Span at, Scalar scalar)
      -> Value;

  // Applies `f` to every value of a table (a field, an index, `is`, a conversion).
  auto Pointwise(const plan::PerOffer &table, Span at, llvm::function_ref<Value(const Value &)> f)
      -> Value;

  // Lists whose elements may or may not be there.
  auto Guard(llvm::ArrayRef<Conditional> elements) -> Value;
  auto All(llvm::ArrayRef<Conditional> bodies, Span at) -> Value;
  auto Any(llvm::ArrayRef<Conditional> bodies, Span at) -> Value;
  auto Sum(llvm::ArrayRef<Conditional> terms, base::DimensionId dimension, Span at, Scalar scalar)
      -> Value;
  auto Count(llvm::ArrayRef<Conditional> elements, Span at, Scalar scalar) -> Value;
  auto Extremum(bool is_max, llvm::ArrayRef<Conditional> elements, Span at) -> Value;

  // The forms themselves, for what reads them. Null, after a report, if `a` is no such thing.
  auto AsFormula(const Value &a, Span at) -> const plan::Formula *;
  auto AsLinear(const Value &a, Span at) -> const plan::Linear *;

 private:
  // lift_tables.cpp: tables over discrete choices.
  auto OwnerOf(plan::Choices choices) const -> plan::EntityId;
  auto OwnerOf(const plan::Term &term) const -> plan::EntityId;
  auto SizeOf(plan::Choices choices) const -> size_t;
  auto Join(plan::Choices a, plan::Choices b, Span at) -> std::optional<plan::Choices>;
  auto Project(size_t index, plan::Choices joined, plan::Choices part) const -> size_t;
  auto Table(plan::Choices choices, llvm::ArrayRef<Value> values) -> Value;
  auto Combine(const Value &a, const Value &b, Span at,
               llvm::function_ref<Value(const Value &, const Value &)> f) -> Value;
  auto SameOwner(const Value &a, const Value &b) const -> bool;

  // lift_linear.cpp
  auto Arithmetic(syntax::BinaryOp op, const Value &a, const Value &b, Span at, Span left,
                  Span right) -> Value;
  auto Scale(const plan::Linear &linear, const Value &factor, bool divide,
             base::DimensionId dimension, Span at, Span left, Span right) -> Value;
  auto Add(const plan::Linear &a, const plan::Linear &b, bool subtract, Span at) -> Value;
  auto OfTerms(std::vector<plan::Term> terms, base::DimensionId dimension, uint32_t unit, Span at)
      -> Value;
  auto MergeTerms(std::vector<plan::Term> &terms, Span at) -> bool;
  auto CanAdd(const plan::Linear &a, const plan::Linear &b, bool subtract, Span at) -> bool;
  auto Product(const std::string &a, const std::string &b, Span at, Span left, Span right) -> Value;
  auto NameOf(const plan::Term &term) const -> std::string;
  auto NameOf(const Value &value) const -> std::string;
  auto Overflow(Span at) -> Value;
  auto NotLinear(const std::string &what, Span at, const std::string &help = "") -> Value;

  // lift_select.cpp: what depends on a condition over choices.
  auto AsOffers(const plan::Formula &formula, Span at) -> const plan::Formula *;
  auto JoinOffers(const plan::Formula &formula, plan::Choices &choices, Span at) -> bool;
  auto Holds(const plan::Formula &formula, size_t index, plan::Choices joined) const -> bool;
  auto Mask(const plan::Linear &linear, const plan::Formula &condition, Span at) -> Value;

  // lift_compare.cpp, lift_logic.cpp
  auto Comparison(syntax::BinaryOp op, const Value &a, const Value &b, Span at, Span left,
                  Span right, Scalar scalar) -> Value;
  auto Row(syntax::BinaryOp op, const Value &a, const Value &b, Span at) -> Value;
  auto EqualOfTwo(const plan::PerOffer &a, const plan::PerOffer &b, bool is_equal, Span at,
                  Scalar scalar) -> Value;
  auto CompareExtremum(syntax::BinaryOp op, const plan::Extremum &extremum, const Value &limit,
                       Span at) -> Value;
  auto InGuarded(const Value &value, const plan::Guarded &list, Span at, Scalar scalar) -> Value;
  auto InRange(const Value &value, const Value &low, const Value &high, Span at, Span left,
               Span right, Scalar scalar) -> Value;
  auto OfFormula(plan::Formula formula) -> Value;
  auto OfFormula(const plan::Formula *formula) -> Value;
  auto Offers(plan::Choices choices, llvm::ArrayRef<uint8_t> allowed) -> Value;
  auto Connect(bool is_and, llvm::ArrayRef<Value> parts, Span at) -> Value;

  plan::Model &model_;
  plan::Environment &environment_;
  diagnostics::Sink &sink_;
};

}  // namespace groma::evaluate
