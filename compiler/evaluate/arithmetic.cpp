// SPDX-License-Identifier: Apache-2.0
// Exact arithmetic on numbers with dimensions and currencies.
#include "groma/evaluate/engine.h"

namespace groma::evaluate {

using base::DimensionId;

auto Engine::Numbers(BinaryOp op, const Value &a, const Value &b, Span at) -> Value {
  if (op == BinaryOp::Add || op == BinaryOp::Subtract) return Sum(op, a, b, at);
  const bool is_product = op == BinaryOp::Multiply;
  if (!is_product && b.number.is_zero()) {
    sink_.Report(diag::DivisionByZero, at).Here("the divisor is " + Spell(b));
    return {};
  }
  const auto number = is_product ? base::Mul(a.number, b.number) : base::Div(a.number, b.number);
  if (!number) return Overflow(Spell(a) + (is_product ? " * " : " / ") + Spell(b), at);
  const DimensionId dimension = is_product ? model_.units.Multiply(a.dimension, b.dimension)
                                           : model_.units.Divide(a.dimension, b.dimension);
  // A factor without a unit leaves the other side's spelling; a share of a share stays a share.
  uint32_t unit = 0;
  if (b.dimension == DimensionId::kNumber) unit = a.aux;
  if (a.dimension == DimensionId::kNumber && is_product && (unit == 0 || b.aux == 0)) unit = b.aux;
  if (a.dimension == DimensionId::kNumber && b.dimension == DimensionId::kNumber && a.aux != b.aux) {
    unit = 0;
  }
  return Value::Number(*number, dimension, unit);
}

auto Engine::Sum(BinaryOp op, const Value &a, const Value &b, Span at) -> Value {
  const auto other = InCurrencyOf(b, a, at);
  if (!other) return {};
  const bool is_sum = op == BinaryOp::Add;
  if (a.dimension != other->dimension) {
    sink_.Report(diag::Dimensions, at, model_.units.Name(a.dimension),
                 model_.units.Name(b.dimension), is_sum ? "added" : "subtracted");
    return {};
  }
  const auto family = [&](const Value &v) {
    return v.aux == 0 ? base::UnitFamily::kNone
                      : model_.units.unit(static_cast<base::UnitId>(v.aux)).family;
  };
  const base::UnitFamily fa = family(a);
  const base::UnitFamily fb = family(b);
  if (fa != fb && fa != base::UnitFamily::kNone && fb != base::UnitFamily::kNone &&
      fa != base::UnitFamily::kAffine && fb != base::UnitFamily::kAffine) {
    sink_.Report(diag::BitsAndBytes, at, is_sum ? "added to" : "subtracted from")
        .Here(Spell(a) + " and " + Spell(b))
        .Help("write both in bits or both in bytes; 8 bits are 1 byte");
    return {};
  }
  const auto number =
      is_sum ? base::Add(a.number, other->number) : base::Sub(a.number, other->number);
  if (!number) return Overflow(Spell(a) + (is_sum ? " + " : " - ") + Spell(b), at);
  return Value::Number(*number, a.dimension, a.aux != 0 ? a.aux : other->aux);
}

// `value` with its money in the currency of `other`, where both have one and they differ.
auto Engine::InCurrencyOf(const Value &value, const Value &other, Span at) -> std::optional<Value> {
  if (value.tag != ValueTag::Number || other.tag != ValueTag::Number) return value;
  if (value.dimension == other.dimension) return value;
  const auto from = model_.units.CurrencyOf(value.dimension);
  const auto to = model_.units.CurrencyOf(other.dimension);
  if (!from || !to || *from == *to) return value;
  // Nothing is nothing in every currency, also in one that is not known.
  if (value.number.is_zero()) {
    return Value::Number(0, *model_.units.ReplaceCurrency(value.dimension, *to));
  }
  base::Rational rate;
  if (!RateBetween(*from, *to, rate)) {
    sink_.Report(diag::NoRate, at, from->str(), to->str())
        .Help("declare one: `rate " + from->lower() + " { from = " + from->str() + ", to = " +
              to->str() + ", value = ..., as_of = ..., source = \"...\" }`");
    return std::nullopt;
  }
  const auto number = base::Mul(value.number, rate);
  if (!number) {
    (void)Overflow(Spell(value) + " in " + to->str(), at);
    return std::nullopt;
  }
  return Value::Number(*number, *model_.units.ReplaceCurrency(value.dimension, *to));
}

// Directly, the other way round, or by way of one third currency.
auto Engine::RateBetween(llvm::StringRef from, llvm::StringRef to, base::Rational &rate) -> bool {
  const auto direct = [&](llvm::StringRef a, llvm::StringRef b,
                          base::Rational &out) -> const plan::ExchangeRate * {
    for (const plan::ExchangeRate &known : environment_.rates) {
      if (model_.text(known.from) == a && model_.text(known.to) == b) {
        out = known.value;
        return &known;
      }
      if (model_.text(known.from) == b && model_.text(known.to) == a) {
        if (const auto inverse = base::Div(1, known.value)) {
          out = *inverse;
          return &known;
        }
      }
    }
    return nullptr;
  };
  if (const plan::ExchangeRate *known = direct(from, to, rate)) {
    premises_.push_back(known->origin);
    return true;
  }
  for (const plan::ExchangeRate &by : environment_.rates) {
    for (const plan::SymbolId middle : {by.from, by.to}) {
      base::Rational first;
      base::Rational second;
      const auto *a = direct(from, model_.text(middle), first);
      const auto *b = direct(model_.text(middle), to, second);
      if (a == nullptr || b == nullptr) continue;
      const auto product = base::Mul(first, second);
      if (!product) continue;
      rate = *product;
      premises_.push_back(a->origin);
      premises_.push_back(b->origin);
      return true;
    }
  }
  return false;
}

void Engine::LoadRates() {
  const plan::KindId kind = KindNamed("rate");
  if (!IsSome(kind)) return;
  for (const EntityId id : model_.plan_entities) {
    if (!model_.IsA(model_.entity(id).kind, kind)) continue;
    const size_t mark = premises_.size();
    const Value from = ReadNamed(id, "from");
    const Value to = ReadNamed(id, "to");
    const Value value = ReadNamed(id, "value");
    const Fact reason = Finish(value, OriginKind::Stated, model_.entity(id).whole, mark);
    if (from.tag != ValueTag::Currency || to.tag != ValueTag::Currency ||
        value.tag != ValueTag::Number || value.number.sign() <= 0) {
      continue;
    }
    environment_.rates.push_back({from.symbol, to.symbol, value.number, reason.origin});
  }
}

}  // namespace groma::evaluate
