// SPDX-License-Identifier: Apache-2.0
// Moments are expressions over what the schedule decides; it takes them apart to see what they wait
// for.
#include "groma/syntax/tree.h"
#include "llvm/ADT/STLExtras.h"
#include "steps.h"

namespace groma::schedule {
namespace {

using plan::ExprId;
using plan::ExprKind;
using syntax::BinaryOp;

class MomentReader {
 public:
  MomentReader(Source &source, const Steps &steps, std::vector<Wait> &waits)
      : source_(source), steps_(steps), waits_(waits) {}

  auto left_out() const -> EntityId { return left_out_; }

  auto Read(const Value &value) -> bool {
    if (value.is_none()) return true;
    if (const auto day = LastDayOf(value)) {
      waits_.push_back({kNoStep, false, *day, lags_, {}});
      return true;
    }
    if (value.tag == ValueTag::Entity) return ReadStep(value.entity, KnownMember::StepFinish);
    if (value.tag != ValueTag::Deferred) return false;
    const plan::Deferred &deferred = *value.deferred;
    if (IsSome(deferred.expr)) return ReadExpr(deferred.expr, deferred.self.entity);
    if (deferred.locals.empty() || deferred.locals[0].tag != ValueTag::Subject) return false;
    const auto subject = deferred.locals[0].subject;
    for (const KnownMember member : {KnownMember::StepStart, KnownMember::StepFinish}) {
      if (subject.slot == source_.known.slot(member)) return ReadStep(subject.entity, member);
    }
    return false;
  }

 private:
  auto ReadStep(EntityId id, KnownMember member) -> bool {
    const uint32_t step = steps_.Find(id);
    if (step == kNoStep) {
      if (llvm::is_contained(steps_.left_out, id)) left_out_ = id;
      return false;
    }
    waits_.push_back({step, member == KnownMember::StepStart, Date::First(), lags_, {}});
    return true;
  }

  auto ReadExpr(ExprId id, EntityId self) -> bool {
    const plan::Expr expr = source_.model.exprs.expr(id);
    const auto child = [&](unsigned i) { return source_.model.exprs.child(id, i); };
    switch (expr.kind) {
      case ExprKind::Convert: return ReadExpr(child(0), self);
      case ExprKind::Binary: return ReadSum(static_cast<BinaryOp>(expr.op), child(0), child(1), self);
      case ExprKind::If: {
        const Value condition = source_.evaluator.Evaluate(child(0), self).value;
        if (condition.tag != ValueTag::Bool) return false;
        return ReadExpr(child(condition.boolean ? 1 : 2), self);
      }
      case ExprKind::Builtin: {
        if (static_cast<plan::BuiltinFunction>(expr.a) != plan::BuiltinFunction::Max) break;
        // Whatever comes last: it waits for all of them.
        for (const ExprId part : source_.model.exprs.children(id)) {
          if (!ReadExpr(part, self)) return false;
        }
        return true;
      }
      default: break;
    }
    const Value value = source_.evaluator.Evaluate(id, self).value;
    if (value.tag == ValueTag::List) {
      for (const Value &one : value.elements()) {
        if (!Read(one)) return false;
      }
      return true;
    }
    const bool is_itself = value.tag == ValueTag::Deferred && value.deferred->expr == id;
    return !is_itself && Read(value);
  }

  auto ReadSum(BinaryOp op, ExprId left, ExprId right, EntityId self) -> bool {
    if (op != BinaryOp::Add && op != BinaryOp::Subtract) return false;
    Value by = source_.evaluator.Evaluate(right, self).value;
    ExprId moment = left;
    if (op == BinaryOp::Add && by.tag != ValueTag::Number) {
      by = source_.evaluator.Evaluate(left, self).value;
      moment = right;
    }
    auto length = ReadLength(source_.model, by);
    if (!length) return false;
    if (op == BinaryOp::Subtract) length->amount = Negate(length->amount);
    lags_.insert(lags_.begin(), *length);
    const bool is_read = ReadExpr(moment, self);
    lags_.erase(lags_.begin());
    return is_read;
  }

  Source &source_;
  const Steps &steps_;
  std::vector<Wait> &waits_;
  // Of the sums around what is being read; the innermost is added first.
  std::vector<Length> lags_;
  EntityId left_out_{};
};

}  // namespace

auto ReadMoment(Source &source, const Steps &steps, const Value &value, std::vector<Wait> &waits)
    -> MomentRead {
  MomentReader reader(source, steps, waits);
  const bool is_read = reader.Read(value);
  return {is_read, reader.left_out()};
}

auto ReadLength(const plan::Model &model, const Value &value) -> std::optional<Length> {
  const Value &likely = value.tag == ValueTag::Spread ? value.elements()[1] : value;
  if (likely.tag != ValueTag::Number) return std::nullopt;
  switch (likely.dimension) {
    case base::DimensionId::kWorkday: return Length{Length::In::Workdays, likely.number};
    case base::DimensionId::kMonth: return Length{Length::In::Months, likely.number};
    case base::DimensionId::kTime: {
      const auto minutes = base::Div(likely.number, 60);
      return minutes ? std::optional(Length{Length::In::Minutes, *minutes}) : std::nullopt;
    }
    default: return std::nullopt;
  }
}

}  // namespace groma::schedule
