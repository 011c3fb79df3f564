// SPDX-License-Identifier: Apache-2.0
#include "form.h"

#include <algorithm>

#include "groma/base/check.h"

namespace groma::solve {

auto Form::Of(ColumnId column, Rational coefficient) -> Form {
  Form form;
  form.terms.push_back({column, coefficient});
  return form;
}

auto Form::Of(Rational constant) -> Form {
  Form form;
  form.constant = constant;
  return form;
}

void Form::Add(const Form &other, Rational times) {
  is_broken |= other.is_broken;
  if (times.is_zero()) return;
  for (const Term &term : other.terms) {
    const auto product = base::Mul(term.coefficient, times);
    is_broken |= !product;
    terms.push_back({term.column, product.value_or(0)});
  }
  const auto product = base::Mul(other.constant, times);
  is_broken |= !product;
  Add(product.value_or(0));
}

void Form::Add(Rational amount) {
  const auto sum = base::Add(constant, amount);
  is_broken |= !sum;
  constant = sum.value_or(0);
}

void Form::Scale(Rational factor) {
  for (Term &term : terms) {
    const auto product = base::Mul(term.coefficient, factor);
    is_broken |= !product;
    term.coefficient = product.value_or(0);
  }
  const auto product = base::Mul(constant, factor);
  is_broken |= !product;
  constant = product.value_or(0);
}

void Form::Tidy() {
  std::stable_sort(terms.begin(), terms.end(),
                   [](const Term &a, const Term &b) { return a.column < b.column; });
  auto out = terms.begin();
  for (auto at = terms.begin(); at != terms.end();) {
    Term sum = *at++;
    while (at != terms.end() && at->column == sum.column) {
      const auto added = base::Add(sum.coefficient, at++->coefficient);
      is_broken |= !added;
      sum.coefficient = added.value_or(0);
    }
    if (!sum.coefficient.is_zero()) *out++ = sum;
  }
  terms.erase(out, terms.end());
}

auto Form::ValueAt(const std::vector<int64_t> &values) const -> Rational {
  Rational sum = constant;
  for (const Term &term : terms) {
    base::Check(term.column < values.size(), "a column that has a value");
    const auto product = base::Mul(term.coefficient, values[term.column]);
    const auto added = product ? base::Add(sum, *product) : std::nullopt;
    sum = added.value_or(sum);
  }
  return sum;
}

auto SumOf(const Forms &forms) -> Form {
  Form sum;
  for (const Form &form : forms) sum.Add(form);
  sum.Tidy();
  return sum;
}

}  // namespace groma::solve
