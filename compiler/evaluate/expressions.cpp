// SPDX-License-Identifier: Apache-2.0
// The value of each form of expression.
#include "groma/evaluate/engine.h"
#include "groma/plan/print.h"

namespace groma::evaluate {

auto Engine::Defer(ExprId expr, const Frame &frame) -> Value {
  plan::Deferred deferred;
  deferred.expr = expr;
  deferred.self = frame.self;
  deferred.locals = model_.Keep(llvm::ArrayRef<Value>(frame.locals));
  Value value = Value::Of(ValueTag::Deferred);
  value.deferred = model_.New(deferred);
  return value;
}

auto Engine::Evaluate(ExprId id, Frame &frame) -> Value {
  const plan::Expr &expr = model_.exprs.expr(id);
  switch (expr.kind) {
    case ExprKind::Error: return {};
    case ExprKind::Literal: return model_.exprs.literal(id);
    case ExprKind::Self: return frame.self;
    case ExprKind::Local: return frame.local(expr.a);
    default: break;
  }
  if (IsTooDeep(expr.span)) return {};
  ++depth_;
  const Value value = EvaluateForm(id, frame);
  --depth_;
  return value;
}

auto Engine::EvaluateForm(ExprId id, Frame &frame) -> Value {
  const plan::Expr &expr = model_.exprs.expr(id);
  switch (expr.kind) {
    // What has no parts was read already.
    case ExprKind::Error:
    case ExprKind::Literal:
    case ExprKind::Self:
    case ExprKind::Local: return {};
    case ExprKind::Global: return ReadGlobal(static_cast<plan::GlobalId>(expr.a)).value;
    case ExprKind::Collection: return CollectionOf(static_cast<plan::KindId>(expr.a));
    case ExprKind::Taggable: return Taggable();
    case ExprKind::Catalogue: return Entities(model_.catalogues[expr.a].entries);
    case ExprKind::Field: return EvaluateField(id, frame);
    case ExprKind::Method: return EvaluateMethod(id, frame);
    case ExprKind::Index: return EvaluateIndex(id, frame);
    case ExprKind::Call: return EvaluateCall(id, frame);
    case ExprKind::Builtin: return EvaluateBuiltin(id, frame);
    case ExprKind::Negate: {
      const Value value = Evaluate(model_.exprs.child(id, 0), frame);
      const Value minus_one = Value::Number(-1, base::DimensionId::kNumber);
      if (value.is_error() || value.is_none()) return value;
      if (value.tag == ValueTag::Deferred) return Defer(id, frame);
      return value.is_residual() ? lift_.Negate(value, expr.span, scalar_)
                                 : Apply(BinaryOp::Multiply, value, minus_one, expr.span);
    }
    case ExprKind::Not: {
      const Value value = EvaluateNot(model_.exprs.child(id, 0), frame);
      return value.tag == ValueTag::Deferred ? Defer(id, frame) : value;
    }
    case ExprKind::Binary: return EvaluateBinary(id, frame);
    case ExprKind::IsKind: return EvaluateIs(id, frame);
    case ExprKind::Range:
    case ExprKind::Spread: return EvaluateRange(id, frame);
    case ExprKind::Bound: {
      const Value value = Evaluate(model_.exprs.child(id, 0), frame);
      if (value.is_error() || value.is_none()) return value;
      Value bound = Value::Items(ValueTag::Bound, model_.Keep(llvm::ArrayRef<Value>(value)));
      bound.op = model_.exprs.expr(id).op;
      return bound;
    }
    case ExprKind::List: return EvaluateList(id, frame);
    case ExprKind::Generator: return EvaluateGenerator(id, frame);
    case ExprKind::Where: return EvaluateWhere(id, frame);
    case ExprKind::Quantifier: return EvaluateQuantifier(id, frame);
    case ExprKind::If: return EvaluateIf(id, frame);
    case ExprKind::Record: return EvaluateRecord(id, frame);
    case ExprKind::Union: {
      const uint32_t tag = expr.a;
      const uint32_t decl = model_.types.type(model_.types.Unwrap(expr.type)).decl;
      const Value payload = Evaluate(model_.exprs.child(id, 0), frame);
      if (payload.is_error()) return payload;
      return Value::Items(ValueTag::Union, model_.Keep(llvm::ArrayRef<Value>(payload)), decl, tag);
    }
    case ExprKind::Map: return EvaluateMap(id, frame);
    case ExprKind::Choose: return EvaluateChoose(id, frame);
    case ExprKind::Text: return EvaluateText(id, frame);
    case ExprKind::Subject: return EvaluateSubject(id, frame);
    case ExprKind::Convert: return EvaluateConvert(id, frame);
  }
  return {};
}

auto Engine::Entities(llvm::ArrayRef<EntityId> entities) -> Value {
  std::vector<Value> values;
  values.reserve(entities.size());
  for (const EntityId entity : entities) values.push_back(Value::Entity(entity));
  return Value::Items(ValueTag::List, model_.Keep(llvm::ArrayRef<Value>(values)));
}

auto Engine::CollectionOf(plan::KindId kind) -> Value {
  const auto known = collections_.find(plan::Index(kind));
  if (known != collections_.end()) return known->second;
  const Value list = Entities(model_.Collection(kind));
  collections_[plan::Index(kind)] = list;
  return list;
}

auto Engine::Taggable() -> Value {
  if (!taggable_) {
    std::vector<EntityId> entities;
    for (const EntityId id : model_.plan_entities) {
      const plan::Entity &entity = model_.entity(id);
      if (!entity.is_template && model_.kind(entity.kind).is_taggable) entities.push_back(id);
    }
    taggable_ = Entities(entities);
  }
  return *taggable_;
}

auto Engine::EvaluateField(ExprId id, Frame &frame) -> Value {
  const ExprId of = model_.exprs.child(id, 0);
  const auto is_slot = [&](ExprId at) { return (model_.exprs.expr(at).flags & plan::kByName) == 0; };
  if (model_.exprs.expr(of).kind != ExprKind::Field || !is_slot(id) || !is_slot(of)) {
    return MemberOf(Evaluate(of, frame), id, frame);
  }
  const Value owner = Evaluate(model_.exprs.child(of, 0), frame);
  if (owner.tag == ValueTag::Entity) {
    const auto part = ReadPart(owner.entity, model_.exprs.expr(of).a, model_.exprs.expr(id).a);
    if (part) return part->value;
  }
  return MemberOf(MemberOf(owner, of, frame), id, frame);
}

auto Engine::MemberOf(const Value &object, ExprId id, Frame &frame) -> Value {
  const plan::Expr &expr = model_.exprs.expr(id);
  if (object.is_error() || object.is_none()) return object;
  if (object.tag == ValueTag::Deferred) return Defer(id, frame);
  if (object.tag == ValueTag::PerOffer) {
    const Value table = lift_.Pointwise(*object.per_offer, expr.span, [&](const Value &value) {
      return MemberOf(value, id, frame);
    });
    if (table.tag == ValueTag::Deferred) return Defer(id, frame);
    return InOneCurrency(table, expr.span);
  }
  if (expr.flags & plan::kByName) return MemberByName(object, id);
  if (object.tag == ValueTag::Entity) return Read(object.entity, expr.a).value;
  if (object.tag == ValueTag::Record) return object.elements()[expr.a];
  return {};
}

// Of a union, the field of its payload; of a free-form value, its entry.
auto Engine::MemberByName(const Value &object, ExprId id) -> Value {
  const auto name = static_cast<plan::SymbolId>(model_.exprs.expr(id).a);
  if (object.tag == ValueTag::Union) {
    const auto &tag = model_.unions[object.items.decl].tags[object.aux];
    if (!IsSome(tag.payload) || object.elements().empty()) return Value::None();
    const Slot slot = model_.record(tag.payload).members.Find(name);
    return slot == plan::kNoSlot ? Value::None() : object.elements()[0].elements()[slot];
  }
  if (object.tag == ValueTag::Map) {
    for (const plan::MapEntry &entry : object.map()) {
      if (entry.key.tag == ValueTag::String && entry.key.string() == model_.text(name)) {
        return entry.value;
      }
    }
    return Value::None();
  }
  if (object.tag == ValueTag::Entity) {
    const Slot slot = model_.kind(model_.entity(object.entity).kind).members.Find(name);
    return slot == plan::kNoSlot ? Value::None() : Read(object.entity, slot).value;
  }
  return Value::None();
}

auto Engine::EvaluateMethod(ExprId id, Frame &frame) -> Value {
  const plan::Expr expr = model_.exprs.expr(id);
  const Value object = Evaluate(model_.exprs.child(id, 0), frame);
  if (object.is_error() || object.is_none()) return object;
  std::vector<Value> arguments;
  for (const ExprId child : model_.exprs.children(id).drop_front()) {
    const Value argument = Evaluate(child, frame);
    if (argument.is_error()) return argument;
    if (argument.is_residual()) {
      sink_.Report(diag::NotLinear, model_.exprs.expr(child).span, "this argument");
      return {};
    }
    arguments.push_back(argument);
  }
  if (object.tag != ValueTag::Entity) {
    sink_.Report(diag::NotLinear, expr.span, "what this is asked of");
    return {};
  }
  return OutcomeOf(object.entity, expr.a, arguments);
}

auto Engine::EvaluateIndex(ExprId id, Frame &frame) -> Value {
  const Value object = Evaluate(model_.exprs.child(id, 0), frame);
  const Value index = Evaluate(model_.exprs.child(id, 1), frame);
  const Span span = model_.exprs.expr(id).span;
  for (const Value &part : {object, index}) {
    if (part.is_error() || part.is_none()) return part;
    if (part.tag == ValueTag::Deferred) return Defer(id, frame);
  }
  if (index.tag == ValueTag::PerOffer) {
    return lift_.Pointwise(*index.per_offer, span,
                           [&](const Value &key) { return IndexOf(object, key, id); });
  }
  if (object.tag == ValueTag::PerOffer) {
    return lift_.Pointwise(*object.per_offer, span,
                           [&](const Value &map) { return IndexOf(map, index, id); });
  }
  if (index.is_residual() || object.is_residual()) {
    sink_.Report(diag::NotLinear, span, "an index");
    return {};
  }
  return IndexOf(object, index, id);
}

auto Engine::IndexOf(const Value &object, const Value &index, ExprId id) -> Value {
  const plan::Expr &expr = model_.exprs.expr(id);
  switch (object.tag) {
    case ValueTag::Map:
      for (const plan::MapEntry &entry : object.map()) {
        if (object.op == 1 || plan::Compare(entry.key, index) == 0) return entry.value;
      }
      return Value::None();
    case ValueTag::Curve: {
      const auto day = FirstDay(index);
      if (!day) return {};
      const auto steps = object.map();
      if (steps.empty()) return Value::None();
      if (object.op == 1) return steps[0].value;
      Value value = steps[0].value;
      if (value.tag == ValueTag::Number) value.number = 0;  // nothing before the first step
      for (const plan::MapEntry &step : steps) {
        if (step.key.date > *day) break;
        value = step.value;
      }
      return value;
    }
    case ValueTag::List: {
      const auto elements = object.elements();
      const bool is_position = index.number.is_integer() && index.number.sign() >= 0 &&
                               index.number.numerator() < static_cast<int64_t>(elements.size());
      if (is_position) return elements[static_cast<size_t>(index.number.numerator())];
      sink_.Report(diag::OutOfRange, expr.span, static_cast<int64_t>(elements.size()),
                   index.number.ToString())
          .Help("the first element has the number 0");
      return {};
    }
    case ValueTag::Entity: {
      // An entry of a vault: a secret, by the vault and the name.
      const Value parts[] = {object, index};
      return Value::Items(ValueTag::List, model_.Keep(llvm::ArrayRef<Value>(parts)));
    }
    default: return {};
  }
}

auto Engine::EvaluateCall(ExprId id, Frame &frame) -> Value {
  const plan::Function &function = model_.functions[model_.exprs.expr(id).a];
  Frame inner;
  for (const ExprId child : model_.exprs.children(id)) {
    inner.locals.push_back(Evaluate(child, frame));
  }
  return Evaluate(function.body, inner);
}

auto Engine::EvaluateIf(ExprId id, Frame &frame, bool negate) -> Value {
  const auto children = model_.exprs.children(id);
  const auto branch = [&](unsigned i) {
    return negate ? EvaluateNot(children[i], frame) : Evaluate(children[i], frame);
  };
  const Value condition = Evaluate(children[0], frame);
  if (condition.is_error() || condition.is_none()) return condition;
  if (condition.tag == ValueTag::Bool) return branch(condition.boolean ? 1 : 2);
  if (condition.tag == ValueTag::Deferred) return Defer(id, frame);
  const Value yes = branch(1);
  const Value no = branch(2);
  if (yes.is_error() || no.is_error()) return {};
  if (yes.tag == ValueTag::Deferred || no.tag == ValueTag::Deferred) return Defer(id, frame);
  const Span at = model_.exprs.expr(id).span;
  const Value chosen = lift_.If(condition, yes, no, at, scalar_);
  if (condition.tag != ValueTag::PerOffer || chosen.is_error()) return chosen;
  // A table of truth values is one in which some are absent; there the whole is absent.
  const Value given = HasIn(condition, at);
  if (chosen.tag != ValueTag::Formula) return lift_.If(given, chosen, Value::None(), at, scalar_);
  const Value both[] = {given, chosen};
  return lift_.And(both, at);
}

auto Engine::EvaluateRecord(ExprId id, Frame &frame) -> Value {
  const auto record = static_cast<plan::RecordId>(model_.exprs.expr(id).a);
  const plan::RecordDecl &decl = model_.record(record);
  std::vector<Value> fields(decl.members.list.size(), Value::None());
  for (Slot slot = 0; slot < fields.size(); ++slot) {
    const ExprId child = model_.exprs.child(id, slot);
    if (IsSome(child)) fields[slot] = Evaluate(child, frame);
    if (fields[slot].is_error()) return {};
  }
  // Defaults and computed members see what was written.
  for (Slot slot = 0; slot < fields.size(); ++slot) {
    const plan::Member &member = decl.members.list[slot];
    if (IsSome(model_.exprs.child(id, slot)) || !IsSome(member.value)) continue;
    Frame inner;
    if (model_.exprs.expr(member.value).flags & plan::kReadsSelf) {
      // Kept, since what waits for the schedule keeps its self.
      inner.self = Value::Items(ValueTag::Record, model_.Keep(llvm::ArrayRef<Value>(fields)),
                                plan::Index(record));
    }
    fields[slot] = Evaluate(member.value, inner);
  }
  return Value::Items(ValueTag::Record, model_.Keep(llvm::ArrayRef<Value>(fields)),
                      plan::Index(record));
}

auto Engine::EvaluateMap(ExprId id, Frame &frame) -> Value {
  const auto children = model_.exprs.children(id);
  const bool is_curve =
      model_.types.kind(model_.types.Unwrap(model_.exprs.expr(id).type)) == plan::TypeKind::Curve;
  std::vector<plan::MapEntry> entries;
  for (size_t i = 0; i + 1 < children.size(); i += 2) {
    const Value key = Evaluate(children[i], frame);
    const Value value = Evaluate(children[i + 1], frame);
    if (key.is_error() || value.is_error()) return {};
    if (key.is_residual()) {
      sink_.Report(diag::NotLinear, model_.exprs.expr(children[i]).span, "a key");
      return {};
    }
    entries.push_back({key, value});
  }
  // Entities by name: their ids follow the order in which they are declared.
  const auto is_before = [&](const plan::MapEntry &a, const plan::MapEntry &b) {
    const bool is_named = a.key.tag == ValueTag::Entity && b.key.tag == ValueTag::Entity;
    return is_named ? model_.FullName(a.key.entity) < model_.FullName(b.key.entity)
                    : plan::Compare(a.key, b.key) < 0;
  };
  std::stable_sort(entries.begin(), entries.end(), is_before);
  return Value::Entries(is_curve ? ValueTag::Curve : ValueTag::Map,
                        model_.Keep(llvm::ArrayRef<plan::MapEntry>(entries)), false);
}

auto Engine::EvaluateText(ExprId id, Frame &frame) -> Value {
  std::string text;
  for (const ExprId child : model_.exprs.children(id)) {
    const Value part = Evaluate(child, frame);
    if (part.is_error() || part.is_none()) return part;
    if (part.tag == ValueTag::Deferred) return Defer(id, frame);
    if (part.is_residual()) {
      sink_.Report(diag::NotLinear, model_.exprs.expr(child).span, "a text");
      return {};
    }
    text += part.tag == ValueTag::String ? part.string().str() : Spell(part);
  }
  return Value::String(model_.Keep(llvm::StringRef(text)));
}

auto Engine::EvaluateIs(ExprId id, Frame &frame) -> Value {
  const Value value = Evaluate(model_.exprs.child(id, 0), frame);
  if (value.is_error() || value.is_none()) return value;
  if (value.tag == ValueTag::Deferred) return Defer(id, frame);
  if (value.tag == ValueTag::PerOffer) {
    return lift_.Pointwise(*value.per_offer, model_.exprs.expr(id).span,
                           [&](const Value &one) { return Is(one, id); });
  }
  return Is(value, id);
}

auto Engine::Is(const Value &value, ExprId id) -> Value {
  const plan::Expr &expr = model_.exprs.expr(id);
  if (value.tag == ValueTag::Union) return Value::Bool(value.aux == expr.a);
  if (value.tag != ValueTag::Entity) return {};
  return Value::Bool(model_.IsA(model_.entity(value.entity).kind, static_cast<plan::KindId>(expr.a)));
}

auto Engine::EvaluateSubject(ExprId id, Frame &frame) -> Value {
  const plan::Expr &expr = model_.exprs.expr(id);
  Value value = Value::Of(ValueTag::Subject);
  value.subject = {static_cast<EntityId>(expr.a), static_cast<Slot>(expr.b)};
  return value;
}

}  // namespace groma::evaluate
