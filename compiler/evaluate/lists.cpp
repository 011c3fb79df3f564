// SPDX-License-Identifier: Apache-2.0
// Lists, comprehensions, filters and quantifiers; elements that may or may not be there stay guarded.
#include "groma/evaluate/engine.h"

namespace groma::evaluate {

auto Engine::Elements(const Value &list, std::vector<Conditional> &out) -> bool {
  if (!OpenElements(list, out)) return false;
  for (Conditional &element : out) MakeCondition(element);
  return true;
}

void Engine::MakeCondition(Conditional &element) {
  if (element.in == nullptr) return;
  llvm::SmallVector<Value, 2> arguments(element.in->arguments.begin(), element.in->arguments.end());
  arguments.push_back(element.value);
  const plan::OutcomeId outcome = NewOutcome(element.in->entity, element.in->slot, arguments);
  element.condition = lift_.OfTruthOutcome(outcome).formula;
  element.in = nullptr;
}

// `element in list`, where the list is decided later: only one of its elements can be meant.
auto Engine::WithCondition(const Value &element, const plan::Guarded &list) -> Value {
  std::vector<Conditional> kept;
  for (const plan::Guarded::Element &other : list.elements) {
    const bool may_be = element.tag != ValueTag::Entity || other.value.entity == element.entity;
    if (may_be) kept.push_back({other.value, nullptr, &list});
  }
  for (Conditional &one : kept) MakeCondition(one);
  return lift_.Guard(kept);
}

// The elements of a list; false if it is none (absent, an error, or waiting for the schedule).
auto Engine::OpenElements(const Value &list, std::vector<Conditional> &out) -> bool {
  if (list.tag == ValueTag::List) {
    for (const Value &element : list.elements()) out.push_back({element, nullptr});
    return true;
  }
  if (list.tag == ValueTag::PerOffer && IsList(list)) return ElementsOfTable(*list.per_offer, out);
  if (list.tag != ValueTag::Guarded) return false;
  const plan::Guarded *later = list.guarded->is_decided_later() ? list.guarded : nullptr;
  for (const plan::Guarded::Element &element : list.guarded->elements) {
    out.push_back({element.value, element.condition, later});
  }
  return true;
}

// A list, or a table of lists, some of which may be absent.
auto Engine::IsList(const Value &value) -> bool {
  if (value.tag != ValueTag::PerOffer) {
    return value.tag == ValueTag::List || value.tag == ValueTag::Guarded;
  }
  return llvm::all_of(value.per_offer->table, [](const Value &entry) {
    return entry.tag == ValueTag::List || entry.is_none();
  });
}

// A list that is reached through a choice: each element is there for the offers whose list has it.
// What occurs twice in one list is two elements.
auto Engine::ElementsOfTable(const plan::PerOffer &lists, std::vector<Conditional> &out) -> bool {
  struct Row {
    Value element;
    size_t occurrence;
    std::vector<Value> is_there;
  };
  std::vector<Row> rows;
  for (size_t offer = 0; offer < lists.table.size(); ++offer) {
    if (lists.table[offer].is_none()) continue;
    const auto elements = lists.table[offer].elements();
    for (size_t i = 0; i < elements.size(); ++i) {
      const auto is_same = [&](const Value &other) {
        return plan::Compare(other, elements[i]) == 0;
      };
      const auto occurrence =
          static_cast<size_t>(llvm::count_if(elements.take_front(i), is_same));
      auto row = llvm::find_if(rows, [&](const Row &known) {
        return known.occurrence == occurrence && is_same(known.element);
      });
      if (row == rows.end()) {
        rows.push_back({elements[i], occurrence, {}});
        rows.back().is_there.assign(lists.table.size(), Value::Bool(false));
        row = std::prev(rows.end());
      }
      row->is_there[offer] = Value::Bool(true);
    }
  }
  for (const Row &row : rows) {
    plan::PerOffer flags;
    flags.choices = lists.choices;
    flags.table = row.is_there;
    Value table = Value::Of(ValueTag::PerOffer);
    table.per_offer = &flags;
    const plan::Formula *condition = lift_.AsFormula(table, {});
    const bool is_certain = condition->of == plan::Formula::Of::True;
    out.push_back({row.element, is_certain ? nullptr : condition});
  }
  return true;
}

auto Engine::MakeList(std::vector<Conditional> elements) -> Value {
  const bool is_plain =
      llvm::all_of(elements, [](const Conditional &e) { return e.condition == nullptr; });
  if (!is_plain) return lift_.Guard(elements);
  std::vector<Value> values;
  values.reserve(elements.size());
  for (const Conditional &element : elements) values.push_back(element.value);
  return Value::Items(ValueTag::List, model_.Keep(llvm::ArrayRef<Value>(values)));
}

auto Engine::EvaluateList(ExprId id, Frame &frame) -> Value {
  std::vector<Conditional> elements;
  for (const ExprId child : model_.exprs.children(id)) {
    const Value value = Evaluate(child, frame);
    if (value.is_error()) return value;
    if (value.tag == ValueTag::Deferred && (model_.exprs.expr(child).flags & plan::kSplice)) {
      return Defer(id, frame);
    }
    // What is absent is no element.
    if (value.is_none()) continue;
    if ((model_.exprs.expr(child).flags & plan::kSplice) && Elements(value, elements)) continue;
    elements.push_back({value, nullptr});
  }
  return MakeList(std::move(elements));
}

auto Engine::EvaluateGenerator(ExprId id, Frame &frame) -> Value {
  const plan::Expr expr = model_.exprs.expr(id);
  const Value list = Evaluate(model_.exprs.child(id, 0), frame);
  std::vector<Conditional> in;
  if (list.tag == ValueTag::Deferred) return Defer(id, frame);
  if (!Elements(list, in)) return list;
  std::vector<Conditional> out;
  for (const Conditional &element : in) {
    frame.local(expr.a) = element.value;
    Conditional result{Value(), element.condition};
    if (const ExprId filter = model_.exprs.child(id, 2); IsSome(filter)) {
      const size_t mark = premises_.size();
      const Value keep = Evaluate(filter, frame);
      ForgetRow(element.value, keep, mark);
      if (keep.is_error()) return keep;
      if (keep.tag == ValueTag::Deferred) return Defer(id, frame);
      if (keep.is_none() || (keep.tag == ValueTag::Bool && !keep.boolean)) continue;
      if (keep.tag != ValueTag::Bool) {
        const plan::Formula *formula = lift_.AsFormula(keep, expr.span);
        if (formula == nullptr) return {};
        if (result.condition != nullptr) {
          Value other = Value::Of(ValueTag::Formula);
          other.formula = result.condition;
          const Value both[] = {keep, other};
          formula = lift_.AsFormula(lift_.And(both, expr.span), expr.span);
        }
        result.condition = formula;
      }
    }
    result.value = Evaluate(model_.exprs.child(id, 1), frame);
    if (result.value.is_error()) return result.value;
    out.push_back(result);
  }
  return MakeList(std::move(out));
}

auto Engine::EvaluateWhere(ExprId id, Frame &frame) -> Value {
  const plan::Expr expr = model_.exprs.expr(id);
  const Value list = Evaluate(model_.exprs.child(id, 0), frame);
  std::vector<Conditional> in;
  if (list.tag == ValueTag::Deferred) return Defer(id, frame);
  if (!Elements(list, in)) return list;
  std::vector<Conditional> out;
  Filtered filtered{premises_.size(), {}};
  for (const Conditional &element : in) {
    frame.local(expr.a) = element.value;
    const size_t mark = premises_.size();
    const Value keep = Evaluate(model_.exprs.child(id, 1), frame);
    if (keep.is_error()) return keep;
    if (keep.tag == ValueTag::Deferred) return Defer(id, frame);
    ForgetRow(element.value, keep, mark);
    // Of what is not known it cannot be said that it fulfils the condition.
    if (keep.is_none()) continue;
    if (keep.tag != ValueTag::Bool || keep.boolean) {
      filtered.by_element.push_back(PremisesSince(mark));
    }
    if (keep.tag == ValueTag::Bool) {
      if (keep.boolean) out.push_back(element);
      continue;
    }
    const plan::Formula *formula = lift_.AsFormula(keep, expr.span);
    if (formula == nullptr) return {};
    if (element.condition != nullptr) {
      Value other = Value::Of(ValueTag::Formula);
      other.formula = element.condition;
      const Value both[] = {keep, other};
      formula = lift_.AsFormula(lift_.And(both, expr.span), expr.span);
    }
    out.push_back({element.value, formula});
  }
  filtered_ = std::move(filtered);
  return MakeList(std::move(out));
}

// That a row of a catalogue is another one than those that were looked for is no reason for anything.
void Engine::ForgetRow(const Value &element, const Value &keep, size_t mark) {
  const bool is_kept = !keep.is_none() && (keep.tag != ValueTag::Bool || keep.boolean);
  const bool is_row = element.tag == ValueTag::Entity && model_.entity(element.entity).is_library;
  if (is_kept || !is_row) return;
  const auto is_imported = [&](OriginId id) {
    return environment_.origins.origin(id).kind == OriginKind::Imported;
  };
  premises_.erase(std::remove_if(premises_.begin() + static_cast<std::ptrdiff_t>(mark),
                                 premises_.end(), is_imported),
                  premises_.end());
}

auto Engine::PremisesSince(size_t mark) const -> std::vector<OriginId> {
  return {premises_.begin() + static_cast<std::ptrdiff_t>(mark), premises_.end()};
}

// Where one element decides, its premises are the reason, and those of the others are none.
auto Engine::EvaluateQuantifier(ExprId id, Frame &frame, bool negate) -> Value {
  const plan::Expr expr = model_.exprs.expr(id);
  const bool is_all =
      (static_cast<syntax::QuantifierOp>(expr.op) == syntax::QuantifierOp::All) != negate;
  const ExprId source = model_.exprs.child(id, 0);
  const size_t before = premises_.size();
  const Value list = Evaluate(source, frame);
  std::vector<Conditional> in;
  if (list.tag == ValueTag::Deferred) return Defer(id, frame);
  const ExprId child = model_.exprs.child(id, 1);
  if (!OpenUnsettled(list, child, expr.a, is_all, negate, frame, in)) return list;
  Filtered filtered{premises_.size(), {}};
  if (model_.exprs.expr(source).kind == ExprKind::Where &&
      filtered_.by_element.size() == in.size()) {
    filtered = filtered_;
  }
  std::vector<Conditional> bodies;
  std::vector<OriginId> deciding;
  bool is_decided = false;
  for (size_t i = 0; i < in.size(); ++i) {
    Conditional &element = in[i];
    frame.local(expr.a) = element.value;
    const size_t mark = premises_.size();
    const Value body = negate ? EvaluateNot(child, frame) : Evaluate(child, frame);
    if (body.is_error()) return body;
    if (body.tag == ValueTag::Deferred) return Defer(id, frame);
    // What holds of it anyway need not be there.
    if (element.in != nullptr && body.tag == ValueTag::Bool && body.boolean == is_all) continue;
    MakeCondition(element);
    bodies.push_back({body, element.condition});
    if (element.condition != nullptr || body.tag != ValueTag::Bool || body.boolean == is_all) {
      continue;
    }
    is_decided = true;
    llvm::append_range(deciding, PremisesSince(mark));
    if (i < filtered.by_element.size()) llvm::append_range(deciding, filtered.by_element[i]);
  }
  if (is_decided) {
    premises_.resize(std::max(before, std::min(filtered.list_end, premises_.size())));
    const std::vector<OriginId> of_list = PremisesSince(before);
    premises_.resize(before);
    llvm::append_range(premises_, deciding);
    llvm::append_range(premises_, of_list);
  }
  return Quantify(is_all, bodies, expr.span);
}

// Three-valued: one counterexample decides, otherwise what is absent leaves it open.
auto Engine::Quantify(bool is_all, llvm::ArrayRef<Conditional> bodies, Span at) -> Value {
  bool has_none = false;
  bool has_residual = false;
  for (const Conditional &body : bodies) {
    has_none |= body.value.is_none();
    has_residual |= body.value.is_residual() || body.condition != nullptr;
    if (body.condition == nullptr && body.value.tag == ValueTag::Bool &&
        body.value.boolean != is_all) {
      return Value::Bool(!is_all);
    }
  }
  if (has_none) return Value::None();
  if (!has_residual) return Value::Bool(is_all);
  return is_all ? lift_.All(bodies, at) : lift_.Any(bodies, at);
}

}  // namespace groma::evaluate
