// SPDX-License-Identifier: Apache-2.0
#include "form.h"

#include <cstdint>
#include <limits>

#include "gtest/gtest.h"

namespace groma::solve {
namespace {

TEST(Form, TidySortsAddsUpAndDropsZeros) {
  Form form = Form::Of(7, 2);
  form.Add(Form::Of(3), 5);
  form.Add(Form::Of(7), -2);
  form.Add(Form::Of(3), Rational::Make(1, 2).value());
  form.Tidy();
  ASSERT_EQ(form.terms.size(), 1U);
  EXPECT_EQ(form.terms[0].column, 3U);
  EXPECT_EQ(form.terms[0].coefficient, Rational::Make(11, 2).value());
}

TEST(Form, ValueIsExact) {
  Form form = Form::Of(0, Rational::Make(1, 3).value());
  form.Add(Form::Of(1, Rational::Make(1, 6).value()));
  form.Add(Rational(1));
  form.Scale(6);
  EXPECT_EQ(form.ValueAt({2, 3}), Rational(13));
}

TEST(Form, WithoutTermsIsConstant) {
  Form form = Form::Of(Rational(4));
  EXPECT_TRUE(form.is_constant());
  form.Add(Form::Of(2));
  EXPECT_FALSE(form.is_constant());
  form.Scale(0);
  form.Tidy();
  EXPECT_TRUE(form.is_constant());
  EXPECT_EQ(form.constant, Rational(0));
}

TEST(Form, NumbersThatDoNotFitBreakIt) {
  Form form = Form::Of(0, std::numeric_limits<int64_t>::max());
  form.Scale(2);
  EXPECT_TRUE(form.is_broken);
  Form sum = Form::Of(1);
  sum.Add(form);
  EXPECT_TRUE(sum.is_broken);
}

TEST(Form, SumsUpWhatOffersGive) {
  Form sum = SumOf({Form::Of(0, 8), Form::Of(1, 4), Form::Of(Rational(2))});
  EXPECT_EQ(sum.ValueAt({1, 2}), Rational(18));
}

}  // namespace
}  // namespace groma::solve
