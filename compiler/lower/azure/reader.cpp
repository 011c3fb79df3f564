// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/azure/reader.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::lower::azure {

using plan::Origin;
using plan::OriginKind;
using plan::Slot;
using plan::Value;
using plan::ValueTag;

namespace {

constexpr const char *kKindNames[] = {
#define GROMA_AZURE_KIND(Name, spelling) spelling,
#define GROMA_AZURE_FIELD(Name, Of, spelling)
#include "groma/lower/azure/names.def"
#undef GROMA_AZURE_KIND
#undef GROMA_AZURE_FIELD
};

constexpr evaluate::FieldName kFieldNames[] = {
#define GROMA_AZURE_KIND(Name, spelling)
#define GROMA_AZURE_FIELD(Name, Of, spelling) {static_cast<size_t>(Kind::Of), spelling},
#include "groma/lower/azure/names.def"
#undef GROMA_AZURE_KIND
#undef GROMA_AZURE_FIELD
};

constexpr int kDeepest = 12;

}  // namespace

Reader::Reader(plan::Plan &plan)
    : FieldReader(*plan.model, plan.environment, kKindNames, kFieldNames), plan_(plan) {}

auto Reader::SpellingOf(Kind kind) -> llvm::StringRef {
  return kKindNames[static_cast<size_t>(kind)];
}
auto Reader::SpellingOf(Name name) -> llvm::StringRef {
  return kFieldNames[static_cast<size_t>(name)].name;
}
auto Reader::KindOf(Name name) -> Kind {
  return static_cast<Kind>(kFieldNames[static_cast<size_t>(name)].kind);
}

auto Reader::SymbolOf(EntityId id) const -> std::string {
  std::string symbol = model().FullName(id);
  for (char &c : symbol) {
    if (c == '.') c = '_';
  }
  return symbol;
}

auto Reader::FormerOf(EntityId id) const -> std::string {
  const plan::SymbolId was = model().entity(id).was;
  return IsSome(was) ? model().text(was).str() : std::string();
}

auto Reader::Read(EntityId id, Name name) -> Value { return FactOf(id, name).value; }

auto Reader::Text(EntityId id, Name name) -> std::optional<std::string> {
  const Value value = Read(id, name);
  if (value.tag != ValueTag::String) return std::nullopt;
  return value.string().str();
}

auto Reader::Flag(EntityId id, Name name) -> bool {
  const Value value = Read(id, name);
  return value.tag == ValueTag::Bool && value.boolean;
}

auto Reader::Count(EntityId id, Name name) -> std::optional<int64_t> {
  const Value value = Now(Read(id, name));
  if (value.tag != ValueTag::Number) return std::nullopt;
  return value.number.Ceil();
}

auto Reader::Amount(EntityId id, Name name, llvm::StringRef unit) -> std::optional<int64_t> {
  return InUnit(Read(id, name), unit);
}

auto Reader::InUnit(const Value &given, llvm::StringRef unit) const -> std::optional<int64_t> {
  const Value value = Now(given);
  if (value.tag != ValueTag::Number) return std::nullopt;
  const base::ParsedUnit parsed = model().units.Parse(unit);
  base::Check(static_cast<bool>(parsed), "a unit that groma itself writes is one");
  const auto amount = model().units.FromBase(value.number, parsed.id);
  return amount ? std::optional(amount->Ceil()) : std::nullopt;
}

auto Reader::Range(EntityId id, Name name) -> std::optional<base::Cidr> {
  const Value value = Read(id, name);
  return value.tag == ValueTag::Cidr ? std::optional(value.cidr) : std::nullopt;
}

auto Reader::Texts(EntityId id, Name name) -> std::vector<std::string> {
  const Value value = Read(id, name);
  std::vector<std::string> texts;
  if (value.tag != ValueTag::List) return texts;
  for (const Value &one : value.elements()) {
    if (one.tag == ValueTag::String) texts.push_back(one.string().str());
  }
  return texts;
}

auto Reader::Now(const Value &value) const -> Value {
  if (value.tag != ValueTag::Curve) return value;
  if (value.op == 1) return value.map().front().value;
  for (const plan::MapEntry &entry : value.map()) {
    const bool is_nothing = entry.value.tag == ValueTag::Number && entry.value.number.is_zero();
    if (!is_nothing) return entry.value;
  }
  return value.map().empty() ? Value::None() : value.map().front().value;
}

void Reader::Collect(plan::OriginId id, Spans &spans, int depth) const {
  if (!IsSome(id) || depth > kDeepest || spans.size() > 8) return;
  const Origin origin = plan_.environment.origins.origin(id);
  const bool is_written = origin.kind == OriginKind::Stated || origin.kind == OriginKind::Overridden ||
                          origin.kind == OriginKind::Pinned;
  if (is_written && !llvm::is_contained(spans, origin.span)) spans.push_back(origin.span);
  for (const plan::OriginId premise : origin.premises) Collect(premise, spans, depth + 1);
}

auto Reader::Because(EntityId id, Name name) -> Spans {
  Spans spans;
  const plan::Entity &entity = model().entity(id);
  const Slot slot = SlotOf(id, name);
  for (const plan::Written &written : entity.written) {
    if (written.slot == slot && !entity.is_library) spans.push_back(written.span);
  }
  if (spans.empty()) Collect(FactOf(id, name).origin, spans, 0);
  if (spans.empty()) spans.push_back(entity.span);
  return spans;
}

auto operator+(Spans a, const Spans &b) -> Spans {
  for (const source::Span &span : b) {
    if (!llvm::is_contained(a, span)) a.push_back(span);
  }
  return a;
}

}  // namespace groma::lower::azure
