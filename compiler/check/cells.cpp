// SPDX-License-Identifier: Apache-2.0
// The cells of typed tables: plain text, read as the type of their column.
#include "groma/base/period.h"
#include "groma/base/timezones.h"
#include "groma/check/checker.h"

namespace groma::check {

using plan::Value;
using plan::ValueTag;

auto Checker::CellMismatch(const modules::Cell &cell, TypeId type) -> std::nullopt_t {
  auto report = sink_->Report(diag::CellMismatch, cell.span, Spell(type), cell.text);
  const plan::Type &wanted = model_.types.type(type);
  const bool is_plain = base::Rational::Parse(cell.text).has_value();
  const bool has_unit = llvm::StringRef(cell.text).contains(' ');
  if (wanted.kind != TypeKind::Number || (!is_plain && !has_unit)) return std::nullopt;
  const bool is_count = llvm::is_contained(wanted.dimensions, base::DimensionId::kNumber);
  if (is_count && is_plain) return std::nullopt;  // it has a fraction
  std::string unit = wanted.unit == 0 ? "EUR" : model_.units.unit(static_cast<base::UnitId>(wanted.unit)).spelling.str();
  if (llvm::StringRef(unit).starts_with("money")) unit.replace(0, 5, "EUR");
  report.Help("a cell is a plain number; its unit stands in the head of the column, as in `price [" +
              unit + "]`");
  return std::nullopt;
}

auto Checker::CellValue(const Declared &catalogue, const modules::Cell &cell, llvm::StringRef unit,
                        TypeId type_id) -> std::optional<Value> {
  const TypeId wanted = model_.types.Unwrap(type_id);
  const plan::Type type = model_.types.type(wanted);
  const llvm::StringRef cell_text = cell.text;
  switch (type.kind) {
    case TypeKind::Number: return NumberCell(cell, unit, wanted);
    case TypeKind::TimeZone:
      if (!base::IsTimeZone(cell_text)) return CellMismatch(cell, wanted);
      [[fallthrough]];
    case TypeKind::String: return Value::String(model_.Keep(cell_text));
    case TypeKind::Bool:
      if (cell_text != "true" && cell_text != "false") break;
      return Value::Bool(cell_text == "true");
    case TypeKind::Date: {
      const auto period = base::Period::Parse(cell_text);
      if (!period) break;
      Value value = Value::Of(ValueTag::Date);
      value.date = period->first();
      return value;
    }
    case TypeKind::Month: {
      const auto month = base::Month::Parse(cell_text);
      if (!month) break;
      Value value = Value::Of(ValueTag::Month);
      value.month = *month;
      return value;
    }
    case TypeKind::Year: {
      const auto year = base::Year::Parse(cell_text);
      if (!year) break;
      Value value = Value::Of(ValueTag::Year);
      value.year = *year;
      return value;
    }
    case TypeKind::Cidr: {
      const auto parsed = base::Cidr::Parse(cell_text);
      if (!parsed) break;
      Value value = Value::Of(ValueTag::Cidr);
      value.cidr = *parsed.cidr;
      return value;
    }
    case TypeKind::Enum: {
      const auto &tags = model_.enums[type.decl].tags;
      for (uint32_t i = 0; i < tags.size(); ++i) {
        if (text(tags[i]) == cell_text) {
          return Value::Enum(static_cast<plan::EnumId>(type.decl), i);
        }
      }
      break;
    }
    case TypeKind::Union: {
      const auto &tags = model_.unions[type.decl].tags;
      for (uint32_t i = 0; i < tags.size(); ++i) {
        if (text(tags[i].name) == cell_text && !IsSome(tags[i].payload)) {
          return Value::Items(ValueTag::Union, {}, type.decl, i);
        }
      }
      break;
    }
    case TypeKind::Entity: {
      const EntityId entry =
          FindEntry(catalogue.module, static_cast<KindId>(type.decl), Intern(cell_text));
      if (!IsSome(entry)) break;
      return Value::Entity(entry);
    }
    case TypeKind::Currency: {
      if (!model_.units.dimensions().FindCurrency(cell_text)) break;
      Value value = Value::Of(ValueTag::Currency);
      value.symbol = Intern(cell_text);
      return value;
    }
    case TypeKind::List: {
      std::vector<Value> items;
      llvm::SmallVector<llvm::StringRef> parts;
      cell_text.split(parts, ';');
      for (const llvm::StringRef part : parts) {
        modules::Cell one{part.trim().str(), cell.span};
        const auto item = CellValue(catalogue, one, unit, type.arguments[0]);
        if (!item) return std::nullopt;
        items.push_back(*item);
      }
      return Value::Items(ValueTag::List, model_.Keep(llvm::ArrayRef<Value>(items)));
    }
    default: break;
  }
  return CellMismatch(cell, wanted);
}

auto Checker::NumberCell(const modules::Cell &cell, llvm::StringRef unit, TypeId type_id)
    -> std::optional<Value> {
  const plan::Type type = model_.types.type(type_id);
  const auto number = base::Rational::Parse(cell.text);
  if (!number) return CellMismatch(cell, type_id);
  Value value = Value::Number(*number, base::DimensionId::kNumber);
  if (!unit.empty()) {
    const auto parsed = model_.units.Parse(unit);
    if (!parsed) return std::nullopt;  // reported with the column
    const auto in_base = model_.units.ToBase(*number, parsed.id);
    if (!in_base) {
      sink_->Report(diag::NumberTooLarge, cell.span, cell.text);
      return std::nullopt;
    }
    value = Value::Number(*in_base, model_.units.unit(parsed.id).dimension,
                          static_cast<uint32_t>(parsed.id));
  }
  if (type.form == plan::NumberForm::Int && !number->is_integer()) return CellMismatch(cell, type_id);
  const auto dimension = Supply(value, type);
  if (!dimension) return CellMismatch(cell, type_id);
  value.dimension = *dimension;
  return value;
}

}  // namespace groma::check
