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

// The first number of a number or a table of numbers; null for everything else.
auto FirstNumber(const Value &value) -> const Value * {
  if (value.tag == ValueTag::Number) return &value;
  if (value.tag != ValueTag::PerOffer) return nullptr;
  for (const Value &entry : value.per_offer->table) {
    if (entry.tag == ValueTag::Number) return &entry;
  }
  return nullptr;
}

auto IsFactor(const Value &value) -> bool { return FirstNumber(value) != nullptr; }

auto IsUniform(const Term &term) -> bool { return llvm::all_equal(term.coefficients); }

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

auto Lift::NotLinear(const std::string &what, Span at, const std::string &help) -> Value {
  auto report = sink_.Report(diag::NotLinear, at, what);
  if (!help.empty()) report.Help(help);
  return {};
}

auto Lift::Product(const std::string &a, const std::string &b, Span at, Span left, Span right)
    -> Value {
  if (a == b) {
    return NotLinear("the square of `" + a + "`", at,
                     "fix it: the solver takes what is linear in the counts of one entity");
  }
  sink_.Report(diag::ProductOfCounts, at, a, b)
      .Label(left, "this is left open")
      .Label(right, "and so is this")
      .Help("fix one of them: the solver takes what is linear in the counts of one entity");
  return {};
}

auto Lift::NameOf(const Term &term) const -> std::string {
  switch (term.of) {
    case Term::Of::Count:
      return plan::NameOf(model_, environment_, static_cast<plan::UnknownId>(term.variable));
    case Term::Of::Outcome:
      return plan::NameOf(model_, environment_, static_cast<plan::OutcomeId>(term.variable));
    case Term::Of::One:
      break;
  }
  return plan::NameOf(model_, environment_, term.choices.front());
}

// The first thing that is left open in it.
auto Lift::NameOf(const Value &value) const -> std::string {
  if (value.tag == ValueTag::PerOffer) {
    return plan::NameOf(model_, environment_, value.per_offer->choices.front());
  }
  if (value.tag == ValueTag::Linear) {
    for (const Term &term : value.linear->terms) {
      if (term.of != Term::Of::One || !term.choices.empty()) return NameOf(term);
    }
  }
  return plan::Print(model_, value, &environment_);
}

// Sorts, merges what is alike, drops what is zero and the choices that make no difference.
auto Lift::MergeTerms(std::vector<Term> &terms, Span at) -> bool {
  for (Term &term : terms) {
    if (term.choices.empty() || !IsUniform(term)) continue;
    term.choices = {};
    term.coefficients = term.coefficients.take_front(1);
  }
  std::sort(terms.begin(), terms.end(), Before);
  std::vector<Term> merged;
  bool is_again = false;
  for (size_t i = 0; i < terms.size();) {
    Term sum = terms[i];
    size_t next = i + 1;
    std::vector<base::Rational> total(sum.coefficients.begin(), sum.coefficients.end());
    for (; next < terms.size() && SameTerm(sum, terms[next]); ++next) {
      for (size_t k = 0; k < total.size(); ++k) {
        const auto value = base::Add(total[k], terms[next].coefficients[k]);
        if (!value) {
          (void)Overflow(at);
          return false;
        }
        total[k] = *value;
      }
    }
    if (next > i + 1) sum.coefficients = model_.Keep(llvm::ArrayRef<base::Rational>(total));
    i = next;
    if (llvm::all_of(total, [](base::Rational c) { return c.is_zero(); })) continue;
    is_again |= !sum.choices.empty() && IsUniform(sum);
    merged.push_back(sum);
  }
  terms = std::move(merged);
  // A sum of tables may have become a plain coefficient, which joins the other plain ones.
  return !is_again || MergeTerms(terms, at);
}

auto Lift::OfTerms(std::vector<Term> terms, base::DimensionId dimension, uint32_t unit, Span at)
    -> Value {
  if (!MergeTerms(terms, at)) return {};
  // Without anything open it is a number; open in nothing but the choices of one place, a table.
  if (terms.empty()) return Value::Number(0, dimension, unit);
  const bool has_constant = terms[0].of == Term::Of::One && terms[0].choices.empty();
  const base::Rational constant = has_constant ? terms[0].coefficients[0] : base::Rational();
  if (has_constant && terms.size() == 1) return Value::Number(constant, dimension, unit);
  if (terms.back().of == Term::Of::One && terms.size() == (has_constant ? 2U : 1U)) {
    std::vector<Value> values;
    for (const base::Rational c : terms.back().coefficients) {
      const auto sum = base::Add(c, constant);
      if (!sum) return Overflow(at);
      values.push_back(Value::Number(*sum, dimension, unit));
    }
    return Table(terms.back().choices, values);
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
    const Value &first = *FirstNumber(value);
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
  } else if (value.tag == ValueTag::Extremum) {
    (void)NotLinear("a `min` or `max` that is not compared with a limit", at);
    return nullptr;
  } else {
    (void)NotLinear("what is no number", at);
    return nullptr;
  }
  const bool is_zero = term.choices.empty() && term.coefficients[0].is_zero();
  if (!is_zero) linear.terms = model_.Keep(llvm::ArrayRef<Term>(term));
  return model_.New(linear);
}

auto Lift::CanAdd(const Linear &a, const Linear &b, bool subtract, Span at) -> bool {
  if (a.dimension != b.dimension) {
    sink_.Report(diag::Dimensions, at, model_.units.Name(a.dimension),
                 model_.units.Name(b.dimension), subtract ? "subtracted" : "added");
    return false;
  }
  const auto family = [&](const Linear &linear) {
    return linear.unit == 0 ? base::UnitFamily::kNone
                            : model_.units.unit(static_cast<base::UnitId>(linear.unit)).family;
  };
  const base::UnitFamily x = family(a);
  const base::UnitFamily y = family(b);
  using enum base::UnitFamily;
  if ((x != kBit || y != kByte) && (x != kByte || y != kBit)) return true;
  sink_.Report(diag::BitsAndBytes, at, subtract ? "subtracted from" : "added to")
      .Help("write both in bits or both in bytes; 8 bits are 1 byte");
  return false;
}

auto Lift::Add(const Linear &a, const Linear &b, bool subtract, Span at) -> Value {
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
  const base::DimensionId of_number = FirstNumber(factor)->dimension;
  std::vector<Term> terms;
  for (const Term &term : linear.terms) {
    const plan::EntityId owner = OwnerOf(term);
    if (is_table && plan::IsSome(owner) && owner != OwnerOf(of_factor)) {
      if (term.of != Term::Of::One && !divide) {
        return Product(NameOf(term), NameOf(factor), at, left, right);
      }
      auto report = divide ? sink_.Report(diag::DividedByCount, at, NameOf(factor))
                           : sink_.Report(diag::ChoicesOfTwo, at, NameOf(term), NameOf(factor));
      report.Label(left, "this is left open").Label(right, "and so is this");
      report.Help("fix one of them: the solver takes what is linear in the choices of one entity");
      return {};
    }
    const auto joined = Join(term.choices, of_factor, at);
    if (!joined) return {};
    std::vector<base::Rational> coefficients;
    for (size_t i = 0, size = SizeOf(*joined); i < size; ++i) {
      const base::Rational c = term.coefficients[Project(i, *joined, term.choices)];
      const Value &f = is_table ? factor.per_offer->table[Project(i, *joined, of_factor)] : factor;
      if (f.tag != ValueTag::Number || f.dimension != of_number) {
        return NotLinear("a number that is not given for every choice", at);
      }
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
    const bool is_difference = op == BinaryOp::Subtract;
    if (y == nullptr || !CanAdd(*x, *y, is_difference, at)) return {};
    return Add(*x, *y, is_difference, at);
  }
  const bool divide = op == BinaryOp::Divide;
  if (a.tag == ValueTag::Linear && b.tag == ValueTag::Linear && !divide) {
    return Product(NameOf(a), NameOf(b), at, left, right);
  }
  if (divide && !IsFactor(b)) {
    sink_.Report(diag::DividedByCount, at, NameOf(b))
        .Label(right, "this is left open")
        .Help("compare with a product instead: `a <= b * c` for `a / b <= c`");
    return {};
  }
  const bool factor_right = IsFactor(b);
  const Linear *linear = AsLinear(factor_right ? a : b, factor_right ? left : right);
  if (linear == nullptr) return {};
  const Value &factor = factor_right ? b : a;
  if (!IsFactor(factor)) return NotLinear("what is no number", factor_right ? right : left);
  const base::DimensionId of_factor = FirstNumber(factor)->dimension;
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
    const bool is_list = v.tag == ValueTag::List || v.tag == ValueTag::Range;
    return v.tag == ValueTag::PerOffer ||
           (!v.is_residual() && !(is_list && llvm::any_of(v.elements(), [](const Value &e) {
                                    return e.is_residual();
                                  })));
  };
  if (is_tabular(a) && is_tabular(b) && SameOwner(a, b)) {
    return Combine(a, b, at, [&](const Value &x, const Value &y) { return scalar(op, x, y, at); });
  }
  const bool is_arithmetic = op == BinaryOp::Multiply || op == BinaryOp::Divide ||
                             op == BinaryOp::Add || op == BinaryOp::Subtract;
  if (!is_arithmetic) return Comparison(op, a, b, at, left, right, scalar);
  for (const Value *side : {&a, &b}) {
    if (side->tag == ValueTag::Formula || side->tag == ValueTag::Guarded) {
      return NotLinear("this", side == &a ? left : right);
    }
    if (side->tag == ValueTag::Extremum) {
      return NotLinear("a number that is computed from `min` or `max`", at,
                       "compare the `min` or `max` itself with a limit");
    }
  }
  return Arithmetic(op, a, b, at, left, right);
}

}  // namespace groma::evaluate
