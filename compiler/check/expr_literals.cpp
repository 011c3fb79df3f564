// SPDX-License-Identifier: Apache-2.0
// Literals: numbers with units, dates, blocks of addresses, texts.
#include "groma/base/period.h"
#include "groma/base/timezones.h"
#include "groma/check/checker.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::check {

using base::DimensionId;
using plan::NumberForm;
using plan::Value;
using plan::ValueTag;

auto Checker::NumberLiteral(NodeId node, const Frame &frame) -> std::optional<Value> {
  const Tree &tree = *frame.tree;
  const bool is_quantity = tree.kind(node) == NodeKind::Quantity;
  const NodeId digits = is_quantity ? tree.child(node, 0) : node;
  const auto number = base::Rational::Parse(tree.text(digits));
  if (!number && !llvm::isDigit(tree.text(digits).front())) return std::nullopt;  // reported
  if (!number) {
    sink_->Report(diag::NumberTooLarge, tree.span(digits), tree.text(digits).str())
        .Help("numbers are exact fractions of 64-bit integers");
    return std::nullopt;
  }
  if (!is_quantity) return Value::Number(*number, DimensionId::kNumber);
  const NodeId unit = tree.child(node, 1);
  const auto parsed = model_.units.Parse(tree.text(unit));
  if (!parsed) {
    const llvm::StringRef part = parsed.error->part;
    const uint32_t begin = tree.span(unit).begin + static_cast<uint32_t>(parsed.error->offset);
    const Span place{begin, begin + static_cast<uint32_t>(part.size())};
    base::Suggestion suggestion(part);
    for (const llvm::StringRef spelling : model_.units.spellings()) suggestion.Consider(spelling);
    auto report = sink_->Report(diag::UnknownUnit, place, part.str());
    if (suggestion.best()) {
      report.Fix(place, "write `" + suggestion.best()->str() + "`", suggestion.best()->str());
    } else {
      report.Help("`unit " + part.str() + " {}` declares a unit that counts something");
    }
    return std::nullopt;
  }
  const auto value = model_.units.ToBase(*number, parsed.id);
  if (!value) {
    sink_->Report(diag::NumberTooLarge, tree.span(node), tree.text(node).str())
        .Help("numbers are exact fractions of 64-bit integers, in the base unit of their dimension");
    return std::nullopt;
  }
  return Value::Number(*value, model_.units.unit(parsed.id).dimension,
                       static_cast<uint32_t>(parsed.id));
}

auto Checker::InferLiteral(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const Span span = tree.span(node);
  const llvm::StringRef spelled = tree.text(node);
  Value value;
  switch (tree.kind(node)) {
    case NodeKind::Number:
    case NodeKind::Quantity: {
      const auto number = NumberLiteral(node, frame);
      if (!number) return ErrorExpr(span);
      NumberForm form = NumberForm::Quantity;
      if (number->dimension == DimensionId::kNumber) {
        form = tree.kind(node) == NodeKind::Quantity ? NumberForm::Ratio
               : number->number.is_integer()         ? NumberForm::Int
                                                     : NumberForm::Decimal;
      }
      return Literal(*number, model_.types.Number(form, {number->dimension}), span);
    }
    case NodeKind::True:
    case NodeKind::False:
      return Literal(Value::Bool(tree.kind(node) == NodeKind::True), Simple(TypeKind::Bool), span);
    case NodeKind::NoneValue: return Literal(Value::None(), Simple(TypeKind::None), span);
    case NodeKind::String:
      return Literal(Value::String(Unescape(node, frame)), Simple(TypeKind::String), span);
    case NodeKind::Date: {
      const auto date = base::Date::Parse(spelled);
      if (!date) return ErrorExpr(span);  // was reported by the parser
      value = Value::Of(ValueTag::Date);
      value.date = *date;
      return Literal(value, Simple(TypeKind::Date), span);
    }
    case NodeKind::Month: {
      const auto month = base::Month::Parse(spelled);
      if (!month) return ErrorExpr(span);
      value = Value::Of(ValueTag::Month);
      value.month = *month;
      return Literal(value, Simple(TypeKind::Month), span);
    }
    case NodeKind::Quarter: {
      const auto quarter = base::Quarter::Parse(spelled);
      if (!quarter) return ErrorExpr(span);
      value = Value::Of(ValueTag::Quarter);
      value.quarter = *quarter;
      return Literal(value, Simple(TypeKind::Quarter), span);
    }
    case NodeKind::Cidr: {
      const auto parsed = base::Cidr::Parse(spelled);
      if (parsed) {
        value = Value::Of(ValueTag::Cidr);
        value.cidr = *parsed.cidr;
        return Literal(value, Simple(TypeKind::Cidr), span);
      }
      // Numbers that no address has were reported by the parser.
      const bool has_address =
          base::Cidr::Parse(spelled.str() + "/32").problem != base::CidrProblem::kOctet;
      const bool is_ours = parsed.problem == base::CidrProblem::kHostBits ||
                           parsed.problem == base::CidrProblem::kLeadingZero ||
                           (parsed.problem == base::CidrProblem::kShape && has_address);
      if (!is_ours) return ErrorExpr(span);
      static constexpr llvm::StringLiteral kReasons[] = {
          "", "it needs four numbers, a slash and a prefix length", "a part is above 255",
          "a part begins with 0, which some tools read as octal", "the prefix length is above 32",
          "it has bits after the prefix"};
      auto report = sink_->Report(diag::NotACidr, span, spelled.str(),
                                  kReasons[static_cast<size_t>(parsed.problem)].str());
      if (parsed.problem == base::CidrProblem::kHostBits) {
        const std::string meant = parsed.cidr->ToString();
        report.Fix(span, "write `" + meant + "`", meant);
      } else if (parsed.problem == base::CidrProblem::kShape) {
        report.Help("write how long its prefix is: `" + spelled.str() + "/32` is one address");
      }
      return ErrorExpr(span);
    }
    default: return ErrorExpr(span);
  }
}

// The expected dimension, if all that the literal lacks for it are units that count: `8` for gpus,
// `10.2 kW` for kW/node. What the literal itself counts stays: no `8 gpu` becomes nodes, or a number.
auto Checker::Supply(const Value &value, const plan::Type &expected) -> std::optional<DimensionId> {
  for (const DimensionId wanted : expected.dimensions) {
    if (FitsDimension(value.dimension, wanted)) return value.dimension;
  }
  const base::DimensionTable &dimensions = model_.units.dimensions();
  for (const DimensionId wanted : expected.dimensions) {
    const DimensionId missing = model_.units.Divide(WithMoney(wanted), WithMoney(value.dimension));
    if (!model_.units.IsCounting(missing)) continue;
    const bool keeps_its_own =
        llvm::all_of(dimensions.factors(value.dimension), [&](const auto &factor) {
          return dimensions.kind(factor.base) != base::DimensionTable::Kind::kCounting ||
                 llvm::is_contained(dimensions.factors(wanted), factor);
        });
    if (!keeps_its_own) continue;
    // A currency that was written stays, where any would do.
    return model_.units.Multiply(value.dimension, missing);
  }
  return std::nullopt;
}

auto Checker::CheckNumber(NodeId node, TypeId expected, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const Span span = tree.span(node);
  bool is_negative = false;
  NodeId literal = node;
  while (tree.kind(literal) == NodeKind::Negate || tree.kind(literal) == NodeKind::Paren) {
    is_negative ^= tree.kind(literal) == NodeKind::Negate;
    literal = tree.child(literal, 0);
  }
  if (tree.kind(literal) != NodeKind::Number && tree.kind(literal) != NodeKind::Quantity) {
    return Coerce(Infer(node, frame), expected, node, frame, false);
  }
  auto value = NumberLiteral(literal, frame);
  if (!value) return ErrorExpr(span);
  if (is_negative) value->number = Negate(value->number);
  const plan::Type wanted = model_.types.type(model_.types.Unwrap(expected));
  if (wanted.form == NumberForm::Int && value->dimension == DimensionId::kNumber &&
      !value->number.is_integer()) {
    sink_->Report(diag::WholeNumber, span, tree.text(node).str());
    return ErrorExpr(span);
  }
  const auto dimension = Supply(*value, wanted);
  if (!dimension) {
    const bool has_unit = tree.kind(literal) == NodeKind::Quantity;
    auto report = sink_->Report(diag::TypeMismatch, span, Spell(expected),
                                has_unit ? Spell(value->dimension) : "a number without a unit");
    if (wanted.unit != 0) {
      const auto &unit = model_.units.unit(static_cast<base::UnitId>(wanted.unit));
      std::string spelling = unit.spelling.str();
      // No plan writes the unit that stands for every currency.
      if (spelling.starts_with("money")) spelling.replace(0, 5, "EUR");
      report.Help("write it in a unit such as `" + spelling + "`");
    }
    return ErrorExpr(span);
  }
  if (*dimension != value->dimension && wanted.unit != 0 &&
      model_.units.unit(static_cast<base::UnitId>(wanted.unit)).dimension == *dimension &&
      value->aux == 0) {
    value->aux = wanted.unit;
  }
  value->dimension = *dimension;
  return Literal(*value, model_.types.Number(wanted.form, {*dimension}, wanted.unit), span);
}

auto Checker::IsDateLike(TypeId id) -> bool {
  switch (kind(model_.types.Unwrap(id))) {
    case TypeKind::Date:
    case TypeKind::Month:
    case TypeKind::Quarter:
    case TypeKind::Year:
    case TypeKind::Period:
    case TypeKind::Moment: return true;
    default: return false;
  }
}

auto Checker::HasFinish(TypeId id) -> bool {
  const plan::Type &type = model_.types.type(model_.types.Unwrap(id));
  if (type.kind != TypeKind::Entity || type.decl == 0) return false;
  return MembersOf(id)->Find(Intern("finish")) != plan::kNoSlot;
}

auto Checker::CheckDateLike(NodeId node, TypeId expected, Frame &frame, bool last_day) -> ExprId {
  const Tree &tree = *frame.tree;
  const Span span = tree.span(node);
  if (tree.kind(node) == NodeKind::Number) {
    // A plain number of four digits is a year where a date may stand.
    const auto year = base::Year::Parse(tree.text(node));
    if (!year) {
      sink_->Report(diag::TypeMismatch, span, Spell(expected), "the number `" +
                    tree.text(node).str() + "`")
          .Help("dates are written `2027-06-30`, `2027-06`, `2027-Q3` or `2027`");
      return ErrorExpr(span);
    }
    Value value = Value::Of(ValueTag::Year);
    value.year = *year;
    const ExprId literal = Literal(value, Simple(TypeKind::Year), span);
    return Coerce(literal, expected, node, frame, last_day);
  }
  const TypeId wanted = model_.types.Unwrap(expected);
  if (kind(wanted) == TypeKind::Period && tree.kind(node) == NodeKind::Range) {
    const ExprId range = CheckRange(node, model_.types.Of(TypeKind::Range, wanted), frame);
    if (type(range) == plan::kErrorType) return range;
    return Make(ExprKind::Convert, wanted, span, {range});
  }
  return Coerce(Infer(node, frame), expected, node, frame, last_day);
}

auto Checker::CheckString(NodeId node, TypeId expected, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const Span span = tree.span(node);
  if (kind(expected) == TypeKind::Secret) {
    sink_->Report(diag::SecretLiteral, span)
        .Help("name a vault and an entry in it: `vault[\"entry\"]`, where `vault` is a key_vault "
              "service of the plan");
    return ErrorExpr(span);
  }
  const llvm::StringRef name = Unescape(node, frame);
  if (!base::IsTimeZone(name)) {
    base::Suggestion suggestion(name);
    for (const llvm::StringRef zone : base::TimeZones()) suggestion.Consider(zone);
    auto report = sink_->Report(diag::UnknownTimeZone, span, name.str());
    if (suggestion.best()) {
      report.Fix(span, "write `\"" + suggestion.best()->str() + "\"`",
                 "\"" + suggestion.best()->str() + "\"");
    } else {
      report.Help("time zones have IANA names, such as \"Europe/Amsterdam\"");
    }
    return ErrorExpr(span);
  }
  return Literal(Value::String(name), expected, span);
}

auto Checker::HoldsSecret(TypeId id, unsigned depth) -> bool {
  const plan::Type &type = model_.types.type(id);
  if (type.kind == TypeKind::Secret) return true;
  // A record may hold itself, by way of a list.
  constexpr unsigned kDeepest = 8;
  if (type.kind == TypeKind::Record && depth < kDeepest) {
    return llvm::any_of(ShapeOf(static_cast<plan::RecordId>(type.decl)).members.list,
                        [&](const plan::Member &m) { return HoldsSecret(m.type, depth + 1); });
  }
  return llvm::any_of(type.arguments, [&](TypeId part) { return HoldsSecret(part, depth + 1); });
}

// A text goes into every output; a secret is read where it is needed, and nowhere else.
auto Checker::SecretInText(ExprId expr) -> bool {
  if (!HoldsSecret(type(expr))) return false;
  sink_->Report(diag::SecretInText, model_.exprs.expr(expr).span)
      .Help("give it to a field of type `secret`; the emitters write where it is kept, not what it is");
  return true;
}

auto Checker::InferText(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  std::vector<ExprId> parts;
  for (const NodeId part : tree.children(node)) {
    if (tree.kind(part) == NodeKind::StringText) {
      parts.push_back(Literal(Value::String(Unescape(part, frame)), Simple(TypeKind::String),
                              tree.span(part)));
    } else {
      parts.push_back(Infer(part, frame));
      if (SecretInText(parts.back())) return ErrorExpr(tree.span(node));
    }
  }
  return Make(ExprKind::Text, Simple(TypeKind::String), tree.span(node), parts);
}

}  // namespace groma::check
