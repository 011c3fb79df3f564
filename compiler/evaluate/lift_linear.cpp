// SPDX-License-Identifier: Apache-2.0
// Arithmetic on linear forms.
#include <algorithm>

#include "groma/evaluate/diagnostics.h"
#include "groma/evaluate/lift.h"
#include "groma/plan/print.h"

namespace groma::evaluate {

using plan::Choices;
using plan::Linear;
using plan::Term;
using plan::ValueTag;
using syntax::BinaryOp;

namespace {

auto IsFactor(const Value &value) -> bool {
  if (value.tag == ValueTag::Number) return true;
  return value.tag == ValueTag::PerOffer && value.per_offer->table[0].tag == ValueTag::Number;
}

auto SameTerm(const Term &a, const Term &b) -> bool {
  return a.of == b.of && a.variable == b.variable && a.choices == b.choices;
}

auto Before(const Term &a, const Term &b) -> bool {
  if (a.of != b.of) return a.of < b.of;
  if (a.variable != b.variable) return a.variable < b.variable;
  return std::lexicographical_compare(a.choices.begin(), a.choices.end(), b.choices.begin(),
                                      b.choices.end());
}

}  // namespace

auto Lift::Overflow(Span at) -> Value {
  sink_.Report(diag::Overflow, at, "a coefficient of this");
  return {};
}

auto Lift::NotLinear(const std::string &what, Span at) -> Value {
  sink_.Report(diag::NotLinear, at, what);
  return {};
}

auto Lift::NameOfTerms(const Linear &linear) const -> std::string {
  for (const Term &term : linear.terms) {
    if (term.of == Term::Of::Count) {
      return plan::NameOf(model_, environment_, static_cast<plan::UnknownId>(term.variable));
    }
    if (term.of == Term::Of::Outcome) {
      return plan::NameOf(model_, environment_, static_cast<plan::OutcomeId>(term.variable));
    }
    if (!term.choices.empty()) return plan::NameOf(model_, environment_, term.choices.front());
  }
  return "this";
}

auto Lift::NameOfValue(const Value &value) const -> std::string {
  if (value.tag == ValueTag::Linear) return NameOfTerms(*value.linear);
  if (value.tag == ValueTag::PerOffer) {
    return plan::NameOf(model_, environment_, value.per_offer->choices.front());
  }
  return plan::Print(model_, value, &environment_);
}

// Sorts, merges what is alike, and drops what is zero.
auto Lift::MergeTerms(std::vector<Term> &terms, Span at) -> bool {
  std::stable_sort(terms.begin(), terms.end(), Before);
  std::vector<Term> merged;
  for (const Term &term : terms) {
    if (merged.empty() || !SameTerm(merged.back(), term)) {
      merged.push_back(term);
      continue;
    }
    std::vector<base::Rational> sum;
    for (size_t i = 0; i < term.coefficients.size(); ++i) {
      const auto value = base::Add(merged.back().coefficients[i], term.coefficients[i]);
      if (!value) {
        (void)Overflow(at);
        return false;
      }
      sum.push_back(*value);
    }
    merged.back().coefficients = model_.Keep(llvm::ArrayRef<base::Rational>(sum));
  }
  std::erase_if(merged, [](const Term &term) {
    return llvm::all_of(term.coefficients, [](base::Rational c) { return c.is_zero(); });
  });
  terms = std::move(merged);
  return true;
}

auto Lift::OfTerms(std::vector<Term> terms, base::DimensionId dimension, uint32_t unit, Span at)
    -> Value {
  if (!MergeTerms(terms, at)) return {};
  // Without anything open it is a number.
  if (terms.empty()) return Value::Number(0, dimension, unit);
  if (terms.size() == 1 && terms[0].of == Term::Of::One && terms[0].choices.empty()) {
    return Value::Number(terms[0].coefficients[0], dimension, unit);
  }
  Linear linear;
  linear.dimension = dimension;
  linear.unit = unit;
  linear.terms = model_.Keep(llvm::ArrayRef<Term>(terms));
  Value value = Value::Of(ValueTag::Linear);
  value.linear = model_.New(linear);
  return value;
}

auto Lift::AsLinear(const Value &value, Span at) -> const Linear * {
  if (value.tag == ValueTag::Linear) return value.linear;
  if (value.is_error()) return nullptr;
  Linear linear;
  Term term;
  if (value.tag == ValueTag::Number) {
    linear.dimension = value.dimension;
    linear.unit = value.aux;
    term.coefficients = model_.Keep(llvm::ArrayRef<base::Rational>(value.number));
  } else if (IsFactor(value)) {
    const Value &first = value.per_offer->table[0];
    linear.dimension = first.dimension;
    linear.unit = first.aux;
    std::vector<base::Rational> coefficients;
    for (const Value &entry : value.per_offer->table) {
      if (entry.tag != ValueTag::Number || entry.dimension != first.dimension) {
        (void)NotLinear("a number that is not given for every choice", at);
        return nullptr;
      }
      coefficients.push_back(entry.number);
    }
    term.choices = value.per_offer->choices;
    term.coefficients = model_.Keep(llvm::ArrayRef<base::Rational>(coefficients));
  } else {
    (void)NotLinear("what is no number", at);
    return nullptr;
  }
  linear.terms = model_.Keep(llvm::ArrayRef<Term>(term));
  return model_.New(linear);
}

auto Lift::Add(const Linear &a, const Linear &b, bool subtract, Span at) -> Value {
  if (a.dimension != b.dimension) {
    sink_.Report(diag::Dimensions, at, model_.units.Name(a.dimension),
                 model_.units.Name(b.dimension), subtract ? "subtracted" : "added");
    return {};
  }
  std::vector<Term> terms(a.terms.begin(), a.terms.end());
  for (Term term : b.terms) {
    if (subtract) {
      std::vector<base::Rational> negated;
      for (const base::Rational c : term.coefficients) negated.push_back(*base::Mul(c, -1));
      term.coefficients = model_.Keep(llvm::ArrayRef<base::Rational>(negated));
    }
    terms.push_back(term);
  }
  return OfTerms(std::move(terms), a.dimension, a.unit != 0 ? a.unit : b.unit, at);
}

// Multiplies (or divides) every coefficient by a factor that may depend on the choices of the same
// entity.
auto Lift::Scale(const Linear &linear, const Value &factor, bool divide,
                 base::DimensionId dimension, Span at, Span left, Span right) -> Value {
  const bool is_table = factor.tag == ValueTag::PerOffer;
  const Choices of_factor = is_table ? factor.per_offer->choices : Choices();
  std::vector<Term> terms;
  for (const Term &term : linear.terms) {
    const plan::EntityId owner = OwnerOf(term);
    if (is_table && plan::IsSome(owner) && owner != OwnerOf(of_factor)) {
      Value open = Value::Of(ValueTag::Linear);
      open.linear = &linear;
      const bool two_choices = term.of == Term::Of::One;
      auto report = two_choices ? sink_.Report(diag::ChoicesOfTwo, at, NameOfValue(open),
                                               NameOfValue(factor))
                                : sink_.Report(diag::ProductOfCounts, at, NameOfValue(open),
                                               NameOfValue(factor));
      report.Label(left, "this is left open").Label(right, "and so is this");
      report.Help("fix one of them: the solver takes what is linear in the choices of one entity");
      return {};
    }
    const auto joined = Join(term.choices, of_factor, at);
    if (!joined) return {};
    std::vector<base::Rational> coefficients;
    for (size_t i = 0; i < SizeOf(*joined); ++i) {
      const base::Rational c = term.coefficients[Project(i, *joined, term.choices)];
      const Value &f = is_table ? factor.per_offer->table[Project(i, *joined, of_factor)] : factor;
      if (f.tag != ValueTag::Number) return NotLinear("a number that is not given for every choice", at);
      if (divide && f.number.is_zero()) {
        sink_.Report(diag::DivisionByZero, at);
        return {};
      }
      const auto result = divide ? base::Div(c, f.number) : base::Mul(c, f.number);
      if (!result) return Overflow(at);
      coefficients.push_back(*result);
    }
    Term scaled = term;
    scaled.choices = *joined;
    scaled.coefficients = model_.Keep(llvm::ArrayRef<base::Rational>(coefficients));
    terms.push_back(scaled);
  }
  return OfTerms(std::move(terms), dimension, dimension == linear.dimension ? linear.unit : 0, at);
}

auto Lift::Arithmetic(BinaryOp op, const Value &a, const Value &b, Span at, Span left, Span right)
    -> Value {
  if (op == BinaryOp::Add || op == BinaryOp::Subtract) {
    const Linear *x = AsLinear(a, left);
    const Linear *y = x == nullptr ? nullptr : AsLinear(b, right);
    return y == nullptr ? Value() : Add(*x, *y, op == BinaryOp::Subtract, at);
  }
  const bool divide = op == BinaryOp::Divide;
  if (!IsFactor(a) && !IsFactor(b)) {
    if (a.tag == ValueTag::Linear && b.tag == ValueTag::Linear && !divide) {
      sink_.Report(diag::ProductOfCounts, at, NameOfValue(a), NameOfValue(b))
          .Label(left, "this is left open")
          .Label(right, "and so is this")
          .Help("fix one of them: the solver takes what is linear in the choices of one entity");
      return {};
    }
  }
  if (divide && !IsFactor(b)) {
    sink_.Report(diag::DividedByCount, at, NameOfValue(b))
        .Label(right, "this is left open")
        .Help("compare with a product instead: `a <= b * c` for `a / b <= c`");
    return {};
  }
  const bool factor_right = IsFactor(b);
  const Linear *linear = AsLinear(factor_right ? a : b, factor_right ? left : right);
  if (linear == nullptr) return {};
  const Value &factor = factor_right ? b : a;
  const base::DimensionId of_factor =
      factor.tag == ValueTag::Number ? factor.dimension : factor.per_offer->table[0].dimension;
  const base::DimensionId dimension = divide ? model_.units.Divide(linear->dimension, of_factor)
                                             : model_.units.Multiply(linear->dimension, of_factor);
  return Scale(*linear, factor, divide, dimension, at, factor_right ? left : right,
               factor_right ? right : left);
}

auto Lift::Negate(const Value &a, Span at, Scalar scalar) -> Value {
  return Binary(BinaryOp::Multiply, a, Value::Number(-1, base::DimensionId::kNumber), at, at, at,
                scalar);
}

auto Lift::Binary(BinaryOp op, const Value &a, const Value &b, Span at, Span left, Span right,
                  Scalar scalar) -> Value {
  const auto is_tabular = [](const Value &v) {
    return v.tag == ValueTag::PerOffer || !v.is_residual();
  };
  const bool is_arithmetic = op == BinaryOp::Multiply || op == BinaryOp::Divide ||
                             op == BinaryOp::Add || op == BinaryOp::Subtract;
  if (is_tabular(a) && is_tabular(b) && SameOwner(a, b)) {
    return Combine(a, b, at,
                   [&](const Value &x, const Value &y) { return scalar(op, x, y, at); });
  }
  if (!is_arithmetic) return Comparison(op, a, b, at, left, right, scalar);
  for (const Value *side : {&a, &b}) {
    if (side->tag == ValueTag::Formula || side->tag == ValueTag::Guarded) {
      return NotLinear("this", side == &a ? left : right);
    }
    if (side->tag == ValueTag::Extremum) {
      sink_.Report(diag::NotLinear, at, "a number that is computed from `min` or `max`")
          .Help("compare the `min` or `max` itself with a limit");
      return {};
    }
  }
  return Arithmetic(op, a, b, at, left, right);
}

// The linear form where the condition holds, and 0 elsewhere.
auto Lift::Mask(const Linear &linear, const plan::Formula &condition, Span at) -> Value {
  if (condition.of != plan::Formula::Of::Offers) {
    sink_.Report(diag::NotLinear, at, "a sum over elements whose presence depends on a count")
        .Help("let the condition ask for a choice, such as a site or a sku");
    return {};
  }
  std::vector<Value> ones;
  for (const uint8_t flag : condition.allowed) {
    ones.push_back(Value::Number(flag, base::DimensionId::kNumber));
  }
  const Value factor = Table(condition.choices, ones);
  return Scale(linear, factor, false, linear.dimension, at, at, at);
}

}  // namespace groma::evaluate
