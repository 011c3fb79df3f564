// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/currency.h"

namespace groma::plan {

auto InCurrency(const Model &model, llvm::ArrayRef<ExchangeRate> rates, const Value &money,
                llvm::StringRef wanted) -> std::optional<base::Rational> {
  if (money.tag != ValueTag::Number) return std::nullopt;
  const auto code = model.units.CurrencyOf(money.dimension);
  if (!code) return std::nullopt;
  if (*code == wanted || *code == "money") return money.number;
  for (const ExchangeRate &rate : rates) {
    const llvm::StringRef from = model.text(rate.from), to = model.text(rate.to);
    if (from == *code && to == wanted) return base::Mul(money.number, rate.value);
    if (from == wanted && to == *code) return base::Div(money.number, rate.value);
  }
  return std::nullopt;
}

}  // namespace groma::plan
