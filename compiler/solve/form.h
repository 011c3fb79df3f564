// SPDX-License-Identifier: Apache-2.0
// Linear forms over the columns of the program, with exact coefficients.
#pragma once

#include <vector>

#include "groma/base/rational.h"
#include "groma/reason/program.h"

namespace groma::solve {

using base::Rational;
using reason::ColumnId;

struct Form {
  struct Term {
    ColumnId column = 0;
    Rational coefficient;
  };
  std::vector<Term> terms;  // in no order; a column may occur twice until `Tidy`
  Rational constant;
  // A number became too large to be exact: the form means nothing.
  bool is_broken = false;

  static auto Of(ColumnId column, Rational coefficient = 1) -> Form;
  static auto Of(Rational constant) -> Form;

  void Add(const Form &other, Rational times = 1);
  void Add(Rational amount);
  void Scale(Rational factor);
  // Sorts by columns, adds up and drops zeros.
  void Tidy();
  auto is_constant() const -> bool { return terms.empty(); }
  // Its value when the columns have these.
  auto ValueAt(const std::vector<int64_t> &values) const -> Rational;
};

// What something is under each offer of the entity that it belongs to; its value is the sum, since
// all but the form of the chosen offer are 0. One element where the entity has nothing to choose.
using Forms = std::vector<Form>;

auto SumOf(const Forms &forms) -> Form;

}  // namespace groma::solve
