// SPDX-License-Identifier: Apache-2.0
#include "groma/schedule/money.h"

namespace groma::schedule {

auto CentsOf(Source &source, const Value &money) -> std::optional<Rational> {
  if (money.tag != ValueTag::Number) return std::nullopt;
  const plan::Model &model = source.model;
  const auto code = model.units.CurrencyOf(money.dimension);
  const Value own = source.Get(model.plan, KnownMember::PlanCurrency);
  if (!code || own.tag != ValueTag::Currency) return std::nullopt;
  const llvm::StringRef wanted = model.text(own.symbol);
  const auto cents = base::Mul(money.number, 100);
  if (!cents || *code == wanted || *code == "money") return cents;
  for (const EntityId id : source.All(KnownKind::Rate)) {
    const Value from = source.Get(id, KnownMember::RateFrom);
    const Value to = source.Get(id, KnownMember::RateTo);
    const Value value = source.Get(id, KnownMember::RateValue);
    if (from.tag != ValueTag::Currency || to.tag != ValueTag::Currency) continue;
    if (value.tag != ValueTag::Number || value.number.sign() <= 0) continue;
    const llvm::StringRef one = model.text(from.symbol);
    const llvm::StringRef other = model.text(to.symbol);
    if (one == *code && other == wanted) return base::Mul(*cents, value.number);
    if (one == wanted && other == *code) return base::Div(*cents, value.number);
  }
  return std::nullopt;
}

}  // namespace groma::schedule
