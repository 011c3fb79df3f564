// SPDX-License-Identifier: Apache-2.0
// What every value must keep to: the bounds of its field and the invariants of its kind.
#include "groma/evaluate/engine.h"

namespace groma::evaluate {
namespace {

using syntax::BoundOp;

auto OperatorOf(BoundOp op) -> BinaryOp {
  switch (op) {
    case BoundOp::LessEqual: return BinaryOp::LessEqual;
    case BoundOp::GreaterEqual: return BinaryOp::GreaterEqual;
    case BoundOp::Less: return BinaryOp::Less;
    case BoundOp::Greater: return BinaryOp::Greater;
    case BoundOp::In: return BinaryOp::In;
  }
  return BinaryOp::In;
}

auto Words(BoundOp op) -> std::string {
  switch (op) {
    case BoundOp::LessEqual: return "at most ";
    case BoundOp::GreaterEqual: return "at least ";
    case BoundOp::Less: return "less than ";
    case BoundOp::Greater: return "more than ";
    case BoundOp::In: return "within ";
  }
  return "";
}

}  // namespace

auto Engine::KindNamed(llvm::StringRef name) -> plan::KindId {
  const plan::SymbolId symbol = model_.symbols.Find(name);
  for (uint32_t i = 1; i < model_.kinds.size(); ++i) {
    if (model_.kinds[i].name == symbol && model_.kinds[i].is_library) {
      return static_cast<plan::KindId>(i);
    }
  }
  return {};
}

void Engine::EvaluateEntity(EntityId id) {
  // By index: reading may make new facts, but never new entities or fields.
  for (EntityId at = id; IsSome(at); at = model_.entity(at).base) {
    for (const plan::Written &written : model_.entity(at).written) {
      premises_.clear();
      ReadInOrder({id, written.slot, {}});
      (void)Read(id, written.slot);
      CheckBounds(id, written.slot);
    }
  }
  // A rewritten default is a value like any other, for the heirs too.
  for (const plan::Rewrite *rewrite : environment_.rewrites) {
    for (EntityId at = id; IsSome(at); at = model_.entity(at).base) {
      if (rewrite->entity != at) continue;
      premises_.clear();
      (void)Read(id, rewrite->slot);
      CheckBounds(id, rewrite->slot);
    }
  }
  CheckInvariants(id);
  CheckPolicies(id);
  CheckWaiver(id);
  premises_.clear();
}

void Engine::CheckBounds(EntityId entity, Slot slot) {
  const plan::Member &member = model_.kind(model_.entity(entity).kind).members.list[slot];
  const Fact fact = Read(entity, slot);
  if (fact.value.is_error() || fact.value.is_none()) return;
  for (const plan::MemberBound &bound : member.bounds) {
    CheckBound(member, bound, fact, entity, Value::Entity(entity));
  }
  CheckParts(fact.value, fact, entity);
}

// The fields of a record have bounds of their own, in lists and behind tags too.
void Engine::CheckParts(const Value &value, const Fact &of, EntityId entity) {
  if (value.tag == ValueTag::List) {
    for (const Value &one : value.elements()) CheckParts(one, of, entity);
  }
  if (value.tag == ValueTag::Map || value.tag == ValueTag::Curve) {
    for (const plan::MapEntry &step : value.map()) CheckParts(step.value, of, entity);
  }
  plan::RecordId record{};
  Value self = value;
  if (value.tag == ValueTag::Record) {
    record = static_cast<plan::RecordId>(value.items.decl);
  } else if (value.tag == ValueTag::Union && !value.elements().empty()) {
    record = model_.unions[value.items.decl].tags[value.aux].payload;
    self = value.elements().front();
  }
  if (!IsSome(record)) return;
  const auto &members = model_.record(record).members.list;
  for (size_t slot = 0; slot < members.size() && slot < self.elements().size(); ++slot) {
    const Fact part = {self.elements()[slot], of.origin};
    if (part.value.is_error() || part.value.is_none()) continue;
    for (const plan::MemberBound &bound : members[slot].bounds) {
      CheckBound(members[slot], bound, part, entity, self);
    }
    CheckParts(part.value, of, entity);
  }
}

void Engine::CheckBound(const plan::Member &member, const plan::MemberBound &bound,
                        const Fact &fact, EntityId entity, const Value &self) {
  Frame frame;
  frame.self = self;
  const Value limit = Evaluate(bound.value, frame);
  if (limit.is_error() || limit.is_none() || limit.is_residual()) return;
  // A list, a curve or a spread keeps to its bound with each of its parts.
  std::vector<Value> values;
  switch (fact.value.tag) {
    case ValueTag::List:
    case ValueTag::Spread:
    case ValueTag::Range:
    case ValueTag::Bound:
      values.assign(fact.value.elements().begin(), fact.value.elements().end());
      break;
    case ValueTag::Curve:
    case ValueTag::Map:
      for (const plan::MapEntry &step : fact.value.map()) values.push_back(step.value);
      break;
    default: values.push_back(fact.value);
  }
  const auto op = static_cast<BoundOp>(bound.op);
  const Span at = environment_.origins.origin(fact.origin).span;
  for (const Value &value : values) {
    if (value.is_none() || value.is_error() || value.tag == ValueTag::Deferred) continue;
    if (const plan::Unknown *count = CountIn(value, entity)) {
      CheckUnknownBound(member, bound, *count, limit);
      continue;
    }
    const Value holds = Operate(OperatorOf(op), value, limit, at, at, bound.span);
    if (holds.is_residual()) DemandFormula(entity, entity, holds, bound.span, fact.origin);
    if (holds.tag != ValueTag::Bool || holds.boolean) continue;
    sink_.Report(diag::OutOfBounds, at, model_.text(member.name).str(), Spell(value),
                 Words(op) + Spell(limit))
        .Label(bound.span, "the bound is declared here");
    return;
  }
}

// The count that is the value as a whole, if the entity itself leaves it open.
auto Engine::CountIn(const Value &value, EntityId entity) const -> const plan::Unknown * {
  if (value.tag != ValueTag::Linear || value.linear->terms.size() != 1) return nullptr;
  const plan::Term &term = value.linear->terms.front();
  if (term.of != plan::Term::Of::Count || !term.choices.empty() || term.coefficients[0] != 1) {
    return nullptr;
  }
  const plan::Unknown &unknown = environment_.unknowns[term.variable];
  return unknown.entity == entity ? &unknown : nullptr;
}

void Engine::CheckUnknownBound(const plan::Member &member, const plan::MemberBound &bound,
                               const plan::Unknown &unknown, const Value &limit) {
  const auto op = static_cast<BoundOp>(bound.op);
  for (const bool is_low : {true, false}) {
    const Value &end = is_low ? unknown.low : unknown.high;
    const Value holds = Apply(OperatorOf(op), end, limit, unknown.span);
    if (holds.tag != ValueTag::Bool || holds.boolean) continue;
    sink_.Report(diag::OutOfBounds, unknown.span, model_.text(member.name).str(),
                 (is_low ? "open down to " : "open to ") + Spell(end), Words(op) + Spell(limit))
        .Label(bound.span, "the bound is declared here");
    return;
  }
}

void Engine::CheckInvariants(EntityId entity) {
  const plan::Entity &e = model_.entity(entity);
  if (e.nested_slot != plan::kNoSlot && e.is_library && e.written.empty()) return;
  for (const plan::Requirement &requirement : model_.kind(e.kind).requirements) {
    Frame frame;
    frame.self = Value::Entity(entity);
    const Fact fact = Reasoned(requirement.condition, frame, OriginKind::Stated, requirement.span);
    if (fact.value.is_error()) continue;
    if (fact.value.is_none()) continue;  // an absent optional field breaks no rule
    if (fact.value.tag != ValueTag::Bool) {
      const size_t before = environment_.demands.size();
      DemandFormula(entity, entity, fact.value, requirement.span, fact.origin);
      if (environment_.demands.size() != before) {
        environment_.demands.back().because = Because(requirement.because, frame);
      }
      continue;
    }
    if (fact.value.boolean) continue;
    auto report = sink_.Report(diag::Invariant, e.span, SpellEntity(entity),
                               model_.text(model_.kind(e.kind).name).str());
    report.Label(requirement.span, "the rule is declared here");
    const llvm::StringRef because = Because(requirement.because, frame);
    if (!because.empty()) report.Note("because " + because.str());
    // The lines of the plan that made it false.
    for (const OriginId premise : environment_.origins.origin(fact.origin).premises) {
      const plan::Origin origin = environment_.origins.origin(premise);
      if (origin.kind != OriginKind::Imported) report.Label(origin.span, "this is one of its causes");
    }
  }
}

}  // namespace groma::evaluate
