// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/print.h"

#include "groma/syntax/tree.h"

namespace groma::plan {
namespace {

class Printer {
 public:
  Printer(const Model &model, const Environment *environment)
      : model_(model), environment_(environment) {}

  auto Of(const Value &value) const -> std::string {
    switch (value.tag) {
      case ValueTag::Error:
        return "?";
      case ValueTag::None:
        return "none";
      case ValueTag::Bool:
        return value.boolean ? "true" : "false";
      case ValueTag::Number:
        return Number(value);
      case ValueTag::String:
        return Quoted(value.string());
      case ValueTag::Date:
        return value.date.ToString();
      case ValueTag::Month:
        return value.month.ToString();
      case ValueTag::Quarter:
        return value.quarter.ToString();
      case ValueTag::Year:
        return value.year.ToString();
      case ValueTag::Cidr:
        return value.cidr.ToString();
      case ValueTag::Currency:
        return model_.text(value.symbol).str();
      case ValueTag::Enum:
        return model_.text(model_.enums[Index(value.enumeration)].tags[value.aux]).str();
      case ValueTag::Entity:
        return model_.FullName(value.entity);
      case ValueTag::Subject:
        return Subject(value);
      case ValueTag::KindName:
        return model_.text(model_.kind(value.kind).name).str();
      case ValueTag::Record:
        return Record(value);
      case ValueTag::Union:
        return Union(value);
      case ValueTag::List:
        return "[" + Join(value.elements(), ", ") + "]";
      case ValueTag::Map:
      case ValueTag::Curve:
        return Entries(value);
      case ValueTag::Spread: {
        // One value stands for a spread of width zero.
        std::string low = Of(value.elements()[0]);
        if (low == Of(value.elements()[1]) && low == Of(value.elements()[2])) return low;
        return Join(value.elements(), " .. ");
      }
      case ValueTag::Range:
        return Join(value.elements(), " .. ");
      case ValueTag::Bound:
        return Bound(value);
      case ValueTag::PerOffer:
        return PerOfferText(*value.per_offer);
      case ValueTag::Linear:
        return Print(model_, *value.linear, environment_);
      case ValueTag::Formula:
        return Print(model_, *value.formula, environment_);
      case ValueTag::Guarded:
        return GuardedText(*value.guarded);
      case ValueTag::Extremum:
        return value.extremum->is_max ? "max(...)" : "min(...)";
      case ValueTag::Unknown:
        return Domain(value.unknown);
      case ValueTag::Deferred:
        return DeferredText(value);
    }
    return "?";
  }

 private:
  auto Number(const Value &value) const -> std::string {
    const auto unit = static_cast<base::UnitId>(value.aux);
    return model_.units.Display(value.number, value.dimension,
                                value.aux == 0 ? std::nullopt : std::optional(unit));
  }

  static auto Quoted(llvm::StringRef text) -> std::string {
    std::string out = "\"";
    for (size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (c == '"' || c == '\\') out += '\\';
      const bool opens = c == '$' && i + 1 < text.size() && text[i + 1] == '{';
      if (opens) {
        out += "\\u{24}";  // or it would be read as an interpolation
      } else if (c == '\n') {
        out += "\\n";
      } else if (c == '\t') {
        out += "\\t";
      } else {
        out += c;
      }
    }
    return out + "\"";
  }

  auto Join(llvm::ArrayRef<Value> values, llvm::StringRef separator) const -> std::string {
    std::string out;
    for (size_t i = 0; i < values.size(); ++i) {
      if (i > 0) out += separator;
      out += Of(values[i]);
    }
    return out;
  }

  auto Subject(const Value &value) const -> std::string {
    const std::string entity = model_.FullName(value.subject.entity);
    if (value.subject.slot == kNoSlot) return entity;
    const Kind &kind = model_.kind(model_.entity(value.subject.entity).kind);
    return entity + "." + model_.text(kind.members.list[value.subject.slot].name).str();
  }

  auto Record(const Value &value) const -> std::string {
    const Members &members = model_.records[value.items.decl].members;
    std::string out;
    for (size_t slot = 0; slot < value.elements().size(); ++slot) {
      const Value &field = value.elements()[slot];
      if (field.is_none()) continue;
      out += (out.empty() ? " " : ", ") + model_.text(members.list[slot].name).str();
      out += (field.tag == ValueTag::Bound && field.op != 255 ? " " : " = ") + Of(field);
    }
    return out.empty() ? "{}" : "{" + out + " }";
  }

  auto Union(const Value &value) const -> std::string {
    const std::string tag = model_.text(model_.unions[value.items.decl].tags[value.aux].name).str();
    const auto payload = value.elements();
    if (payload.empty()) return tag;
    const std::string fields = Of(payload[0]);
    return fields == "{}" ? tag : tag + " " + fields;
  }

  auto Bound(const Value &value) const -> std::string {
    static constexpr llvm::StringLiteral kSigns[] = {"<= ", ">= ", "< ", "> ", "in "};
    return (value.op < 5 ? kSigns[value.op].str() : "") + Of(value.elements()[0]);
  }

  auto Entries(const Value &value) const -> std::string {
    if (value.op == 1) return Of(value.map()[0].value);
    std::string out;
    for (const MapEntry &entry : value.map()) {
      out += (out.empty() ? " " : ", ") + Key(entry.key, value.tag == ValueTag::Curve) + " = " + Of(entry.value);
    }
    return out.empty() ? "{}" : "{" + out + " }";
  }

  // A step of a curve at the first of a month is printed as the month: plans write it so, and read
  // again it means the same. A map keeps its keys, in which a date and a month differ.
  auto Key(const Value &key, bool is_curve) const -> std::string {
    if (key.tag == ValueTag::String) return key.string().str();
    // What is added to a curve counts before its first step too.
    if (is_curve && key.tag == ValueTag::Date && key.date == base::Date::First()) return "before";
    if (!is_curve || key.tag != ValueTag::Date || key.date.civil().day != 1) return Of(key);
    return base::Month::Of(key.date).ToString();
  }

  auto PerOfferText(const PerOffer &table) const -> std::string {
    bool is_same = true;
    for (const Value &value : table.table) is_same &= Compare(value, table.table[0]) == 0;
    if (is_same && !table.table[0].is_residual()) return Of(table.table[0]);
    if (environment_ == nullptr) return "?";
    std::string out;
    for (size_t i = 0; i < table.table.size(); ++i) {
      // The last choice varies fastest.
      std::string key;
      size_t rest = i;
      for (size_t c = table.choices.size(); c-- > 0;) {
        const auto &choices = environment_->unknowns[Index(table.choices[c])].choices;
        key = Of(choices[rest % choices.size()]) + (key.empty() ? "" : ", " + key);
        rest /= choices.size();
      }
      out += (out.empty() ? " " : ", ") + key + ": " + Of(table.table[i]);
    }
    return NameOfChoices(model_, *environment_, table.choices) + " {" + out + " }";
  }

  // What an unknown may be, as the plan would write it.
  auto Domain(UnknownId id) const -> std::string {
    if (environment_ == nullptr) return "?";
    const Unknown &unknown = environment_->unknowns[Index(id)];
    if (!unknown.is_count) return "choose from [" + Join(unknown.choices, ", ") + "]";
    static constexpr llvm::StringLiteral kEach[] = {"", " each month", " each quarter",
                                                    " each half_year", " each year"};
    return "choose " + Of(unknown.low) + " .. " + Of(unknown.high) + " step " + Of(unknown.step) +
           kEach[static_cast<size_t>(unknown.period)].str() + (unknown.is_rising ? " rising" : "");
  }

  auto MemberOf(const Guarded &list) const -> std::string {
    const Kind &kind = model_.kind(model_.entity(list.entity).kind);
    return model_.text(kind.members.list[list.slot].name).str();
  }

  auto GuardedText(const Guarded &list) const -> std::string {
    if (list.is_decided_later()) return model_.FullName(list.entity) + "." + MemberOf(list);
    std::string out;
    for (const Guarded::Element &element : list.elements) {
      out += (out.empty() ? "" : ", ") + Of(element.value);
      if (element.condition != nullptr) {
        out += " if " + Print(model_, *element.condition, environment_);
      }
    }
    return "[" + out + "]";
  }

  auto DeferredText(const Value &value) const -> std::string {
    if (value.tag == ValueTag::Deferred && value.deferred != nullptr &&
        !value.deferred->locals.empty() && !IsSome(value.deferred->expr)) {
      return Subject(value.deferred->locals[0]);
    }
    return "decided by the schedule";
  }

  const Model &model_;
  const Environment *environment_;
};

}  // namespace

auto Print(const Model &model, const Value &value, const Environment *environment) -> std::string {
  return Printer(model, environment).Of(value);
}

}  // namespace groma::plan
