// SPDX-License-Identifier: Apache-2.0
// `{ ... }` in its three meanings, ranges, and what is left to the solver.
#include "groma/check/checker.h"

namespace groma::check {

auto Checker::CheckRecord(NodeId node, TypeId expected, Frame &frame) -> ExprId {
  return RecordFields(node, static_cast<plan::RecordId>(model_.types.type(expected).decl), expected,
                      frame);
}

// The fields of a record literal; `record` is kNoNode where all have defaults and nothing is written.
auto Checker::RecordFields(NodeId record, plan::RecordId id, TypeId type_id, Frame &frame)
    -> ExprId {
  const Tree &tree = *frame.tree;
  const plan::RecordDecl &decl = ShapeOf(id);
  const Span span = record == syntax::kNoNode ? Span{} : tree.span(record);
  std::vector<ExprId> fields(decl.members.list.size(), plan::kNoExpr);
  bool has_error = false;
  for (const NodeId item : tree.children(record)) {
    if (tree.kind(item) != NodeKind::Field) {
      has_error = true;
      if (tree.kind(item) != NodeKind::Error) {
        sink_->Report(diag::MisplacedItem, tree.span(item), "this", "a record")
            .Help("a record has fields, such as `rate = 25 Gbps`");
      }
      continue;
    }
    const NodeId key = tree.child(item, 0);
    const llvm::StringRef name = tree.text(key);
    const Slot slot = decl.members.Find(Intern(name));
    if (slot == plan::kNoSlot || decl.members.list[slot].form != plan::MemberForm::Field) {
      has_error = true;
      auto report =
          sink_->Report(diag::UnknownField, tree.span(key), text(decl.name).str(), name.str());
      const std::string meant = SuggestMember(decl.members, name);
      if (!meant.empty()) report.Fix(tree.span(key), "write `" + meant + "`", meant);
      continue;
    }
    if (IsSome(fields[slot])) {
      sink_->Report(diag::WrittenTwice, tree.span(key), name.str())
          .Label(model_.exprs.expr(fields[slot]).span, "first here");
      continue;
    }
    fields[slot] = FieldValue(item, tree.child(item, 1), tree.op<syntax::AssignOp>(item),
                              decl.members.list[slot].type, name, frame);
    has_error |= type(fields[slot]) == plan::kErrorType;
  }
  for (Slot slot = 0; slot < fields.size(); ++slot) {
    const plan::Member &member = decl.members.list[slot];
    if (IsSome(fields[slot]) || !member.is_required() || member.type == plan::kErrorType) continue;
    has_error = true;
    sink_->Report(diag::MissingField, span, text(decl.name).str(), text(member.name).str())
        .Label(member.span, "declared here without a default");
  }
  return has_error ? ErrorExpr(span)
                   : Make(ExprKind::Record, type_id, span, fields, plan::Index(id));
}

auto Checker::MapKey(NodeId key, TypeId key_type, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  if (kind(key_type) == TypeKind::String && tree.kind(key) == NodeKind::Path) {
    return Literal(plan::Value::String(tree.text(key)), key_type, tree.span(key));
  }
  if (tree.kind(key) == NodeKind::Path && tree.children(key).size() == 1) {
    return Check(tree.children(key)[0], key_type, frame);
  }
  return Check(key, key_type, frame);
}

// Whether two keys that are written out are one: `2027-01` and `2027-01-01` are the same day.
auto Checker::IsSameKey(ExprId left, ExprId right) -> bool {
  const auto literal = [&](ExprId key) -> std::optional<plan::Value> {
    const plan::Expr &expr = model_.exprs.expr(key);
    const bool is_day = expr.kind == ExprKind::Convert && kind(expr.type) == TypeKind::Date;
    const ExprId written = is_day ? model_.exprs.child(key, 0) : key;
    if (model_.exprs.expr(written).kind != ExprKind::Literal) return std::nullopt;
    plan::Value value = model_.exprs.literal(written);
    if (!is_day) return value;
    switch (value.tag) {
      case plan::ValueTag::Month: value.date = value.month.first(); break;
      case plan::ValueTag::Quarter: value.date = value.quarter.first(); break;
      case plan::ValueTag::Year: value.date = value.year.first(); break;
      default: return std::nullopt;
    }
    value.tag = plan::ValueTag::Date;
    return value;
  };
  const auto l = literal(left);
  const auto r = literal(right);
  return l && r && Compare(*l, *r) == 0;
}

auto Checker::CheckMap(NodeId node, TypeId expected, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const bool is_map = kind(expected) == TypeKind::Map;
  // A curve's step begins with the first day of its key.
  const TypeId key_type = is_map ? model_.types.argument(expected) : Simple(TypeKind::Date);
  const TypeId value_type = model_.types.argument(expected, is_map ? 1 : 0);
  std::vector<ExprId> parts;
  bool has_error = false;
  for (const NodeId item : tree.children(node)) {
    if (tree.kind(item) != NodeKind::Field ||
        tree.op<syntax::AssignOp>(item) != syntax::AssignOp::Set) {
      has_error = true;
      if (tree.kind(item) == NodeKind::Error) continue;
      sink_->Report(diag::MisplacedItem, tree.span(item), "this", is_map ? "a map" : "a curve")
          .Help(is_map ? "a map has entries, such as `dgx_h200 = 340k EUR/node`"
                       : "a curve has steps, such as `2027-10 = 4 gpu`");
      continue;
    }
    parts.push_back(MapKey(tree.child(item, 0), key_type, frame));
    parts.push_back(Check(tree.child(item, 1), value_type, frame));
    has_error |= type(parts[parts.size() - 2]) == plan::kErrorType ||
                 type(parts.back()) == plan::kErrorType;
    if (has_error) continue;
    for (size_t i = 0; i + 2 < parts.size(); i += 2) {
      if (!IsSameKey(parts[i], parts[parts.size() - 2])) continue;
      sink_->Report(diag::WrittenTwice, tree.span(tree.child(item, 0)),
                    tree.text(tree.child(item, 0)).str())
          .Label(model_.exprs.expr(parts[i]).span, "first here");
      break;
    }
  }
  return has_error ? ErrorExpr(tree.span(node))
                   : Make(ExprKind::Map, expected, tree.span(node), parts);
}

// A record whose type nothing says: with dates as keys it is a curve.
auto Checker::InferCurve(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const auto items = tree.children(node);
  const auto is_step = [&](NodeId item) {
    if (tree.kind(item) != NodeKind::Field) return false;
    const NodeKind key = tree.kind(tree.child(item, 0));
    return key == NodeKind::Date || key == NodeKind::Month || key == NodeKind::Quarter ||
           key == NodeKind::Number;
  };
  if (items.empty() || !llvm::all_of(items, is_step)) {
    const bool was_reported =
        llvm::any_of(items, [&](NodeId item) { return tree.kind(item) == NodeKind::Error; });
    if (!was_reported) sink_->Report(diag::RecordWithoutType, tree.span(node));
    return ErrorExpr(tree.span(node));
  }
  const ExprId first = Infer(tree.child(items[0], 1), frame);
  if (type(first) == plan::kErrorType) return first;
  // Steps in several currencies make a curve of money.
  TypeId common = model_.types.Unwrap(type(first));
  for (const NodeId item : items.drop_front()) {
    const ExprId value = TryInfer(tree.child(item, 1), frame);
    const TypeId both =
        IsSome(value) ? CommonType(common, model_.types.Unwrap(type(value))) : plan::kErrorType;
    if (both != plan::kErrorType) common = both;
  }
  plan::Type element = model_.types.type(common);
  if (element.kind == TypeKind::Number && element.form == plan::NumberForm::Int) {
    element.form = plan::NumberForm::Decimal;
  }
  return CheckMap(node, model_.types.Of(TypeKind::Curve, model_.types.Intern(element)), frame);
}

// The index of a union's tag by its name.
auto Checker::UnionOf(NodeId tag, TypeId expected, Frame &frame, uint32_t &index) -> bool {
  const auto &tags = model_.unions[model_.types.type(expected).decl].tags;
  const SymbolId name = Intern(frame.tree->text(tag));
  for (index = 0; index < tags.size(); ++index) {
    if (tags[index].name == name) return true;
  }
  return false;
}

auto Checker::CheckTagged(NodeId node, TypeId expected, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const NodeId tag_node = tree.child(node, 0);
  uint32_t index = 0;
  if (!UnionOf(tag_node, expected, frame, index)) {
    UnknownName(tag_node, expected, frame);
    return ErrorExpr(tree.span(node));
  }
  const plan::UnionDecl::Tag tag = model_.unions[model_.types.type(expected).decl].tags[index];
  const NodeId record = tree.child(node, 1);
  if (!IsSome(tag.payload)) {
    sink_->Report(diag::EmptyTag, tree.span(record), text(tag.name).str())
        .Fix({tree.span(tag_node).end, tree.span(record).end},
             "write `" + text(tag.name).str() + "` alone", "");
    return ErrorExpr(tree.span(node));
  }
  const ExprId payload = RecordFields(
      record, tag.payload, model_.types.Declared(TypeKind::Record, plan::Index(tag.payload)), frame);
  if (type(payload) == plan::kErrorType) return payload;
  return Make(ExprKind::Union, expected, tree.span(node), {payload}, index);
}

auto Checker::CheckRange(NodeId node, TypeId expected, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const Span span = tree.span(node);
  const TypeId wanted = model_.types.Unwrap(expected);
  const TypeId element = model_.types.argument(wanted);
  const NodeKind form = tree.kind(node);
  const bool is_spread = kind(wanted) == TypeKind::Spread;
  if (form == NodeKind::Spread && !is_spread) {
    sink_->Report(diag::TypeMismatch, span, Spell(wanted), "three values")
        .Help("a range has two ends; three values make a `spread[...]`");
    return ErrorExpr(span);
  }
  if (form == NodeKind::Range || (form == NodeKind::Spread && is_spread)) {
    std::vector<ExprId> parts;
    bool has_error = false;
    const size_t count = tree.children(node).size();
    for (size_t i = 0; i < count; ++i) {
      // One report is enough where all ends are of another type.
      if (has_error && IsSome(TryInfer(tree.child(node, i), frame))) continue;
      // The end of a range of dates is its last day.
      parts.push_back(Check(tree.child(node, i), element, frame, i + 1 == count));
      has_error |= type(parts.back()) == plan::kErrorType;
    }
    if (has_error) return ErrorExpr(span);
    if (form == NodeKind::Range && is_spread) {
      const ExprId range =
          Make(ExprKind::Range, model_.types.Of(TypeKind::Range, element), span, parts);
      return Make(ExprKind::Convert, wanted, span, {range});
    }
    return Make(is_spread ? ExprKind::Spread : ExprKind::Range, wanted, span, parts);
  }
  return CheckOrWrap(node, expected, element, frame);
}

auto Checker::InferRange(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const auto [low, high] = Operands(tree.child(node, 0), tree.children(node).back(), frame);
  if (type(low) == plan::kErrorType || type(high) == plan::kErrorType) {
    return ErrorExpr(tree.span(node));
  }
  const bool has_ends = kind(model_.types.Unwrap(type(low))) != TypeKind::String &&
                        Comparable(type(low), type(low), true);
  if (!has_ends) {
    sink_->Report(diag::TypeMismatch, tree.span(node), "a range of numbers or of dates",
                  "one that begins with " + Spell(type(low)));
    return ErrorExpr(tree.span(node));
  }
  if (!Comparable(type(low), type(high), true)) {
    sink_->Report(diag::TypeMismatch, model_.exprs.expr(high).span, Spell(type(low)),
                  Spell(type(high)))
        .Label(model_.exprs.expr(low).span, "the range begins with " + Spell(type(low)));
    return ErrorExpr(tree.span(node));
  }
  const TypeId element = IsDateLike(type(low)) && type(low) != type(high)
                             ? Simple(TypeKind::Period)
                             : model_.types.Unwrap(type(low));
  const bool is_spread = tree.kind(node) == NodeKind::Spread;
  return CheckRange(node, model_.types.Of(is_spread ? TypeKind::Spread : TypeKind::Range, element),
                    frame);
}

auto Checker::CheckChoose(NodeId node, TypeId expected, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const Span span = tree.span(node);
  const TypeId wanted = model_.types.Unwrap(expected);
  if (wanted == plan::kErrorType) return ErrorExpr(span);
  if (tree.op<syntax::ChooseOp>(node) == syntax::ChooseOp::From) {
    const ExprId list =
        Check(tree.child(node, 0), model_.types.Of(TypeKind::List, wanted), frame);
    if (type(list) == plan::kErrorType) return list;
    return Make(ExprKind::Choose, expected, span, {list}, 0, 0, plan::kChooseFrom);
  }
  if (kind(wanted) != TypeKind::Number) {
    sink_->Report(diag::TypeMismatch, tree.span(tree.child(node, 0)), Spell(wanted),
                  "a range of numbers")
        .Help("`choose from [a, b]` chooses among values of a list");
    return ErrorExpr(span);
  }
  std::vector<ExprId> parts = {
      Check(tree.child(node, 0), model_.types.Of(TypeKind::Range, wanted), frame)};
  if (const NodeId step = tree.child(node, 1); step != syntax::kNoNode) {
    parts.push_back(Check(step, wanted, frame));
  }
  for (const ExprId part : parts) {
    if (type(part) == plan::kErrorType) return ErrorExpr(span);
  }
  auto period = plan::ChoosePeriod::Once;
  if (const NodeId each = tree.child(node, 2); each != syntax::kNoNode) {
    const llvm::StringRef word = tree.text(each);
    period = word == "month"     ? plan::ChoosePeriod::Month
             : word == "quarter" ? plan::ChoosePeriod::Quarter
             : word == "half_year" ? plan::ChoosePeriod::HalfYear
             : word == "year"    ? plan::ChoosePeriod::Year
                                 : plan::ChoosePeriod::Once;
    if (period == plan::ChoosePeriod::Once) {
      sink_->Report(diag::TypeMismatch, tree.span(each), "`month`, `quarter`, `half_year` or `year`",
                    "`" + word.str() + "`");
      return ErrorExpr(span);
    }
  }
  const uint16_t rising = (tree.node(node).flags & syntax::kRising) ? plan::kChooseRising : 0;
  return Make(ExprKind::Choose, expected, span, parts, static_cast<uint32_t>(period), 0, rising);
}

}  // namespace groma::check
