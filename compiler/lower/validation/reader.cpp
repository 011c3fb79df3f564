// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/validation/reader.h"

#include <set>

#include "llvm/ADT/STLExtras.h"

namespace groma::lower::validation {

using plan::IsSome;
using plan::Slot;
using plan::ValueTag;

namespace {

constexpr const char *kKindNames[] = {
#define GROMA_VALIDATION_KIND(Name, spelling) spelling,
#define GROMA_VALIDATION_FIELD(Name, Of, spelling)
#include "groma/lower/validation/names.def"
#undef GROMA_VALIDATION_KIND
#undef GROMA_VALIDATION_FIELD
};

constexpr evaluate::FieldName kFieldNames[] = {
#define GROMA_VALIDATION_KIND(Name, spelling)
#define GROMA_VALIDATION_FIELD(Name, Of, spelling) {static_cast<size_t>(Kind::Of), spelling},
#include "groma/lower/validation/names.def"
#undef GROMA_VALIDATION_KIND
#undef GROMA_VALIDATION_FIELD
};

constexpr llvm::StringRef kFigures = "gpu_figures";
constexpr llvm::StringRef kLineFigures = "link_figures";

}  // namespace

Reader::Reader(plan::Plan &plan, const source::Set &sources)
    : FieldReader(*plan.model, plan.environment, kKindNames, kFieldNames),
      plan_(plan),
      sources_(sources) {
  for (uint32_t i = 1; i < model().entities.size(); ++i) {
    if (Is(EntityId{i}, Kind::Entry)) entries_.push_back(EntityId{i});
  }
  llvm::sort(entries_, [&](EntityId a, EntityId b) {
    return model().entity(a).whole.begin < model().entity(b).whole.begin;
  });
}

auto Reader::Text(EntityId id, Name name) -> std::string {
  const Value value = Read(id, name).value;
  return value.tag == ValueTag::String ? value.string().str() : std::string();
}

auto Reader::Words(EntityId id, Name name) -> std::vector<std::string> {
  const Value value = Read(id, name).value;
  std::vector<std::string> words;
  if (value.tag != ValueTag::List) return words;
  for (const Value &one : value.elements()) words.push_back(WordOf(one));
  return words;
}

auto Reader::Amount(const Value &given, llvm::StringRef unit) const -> std::optional<Rational> {
  Value value = given;
  if (value.tag == ValueTag::Curve) {
    // As many as there are in the month in which there are most.
    if (value.map().empty()) return std::nullopt;
    value = value.map().front().value;
    for (const plan::MapEntry &entry : given.map()) {
      const bool is_more = entry.value.tag == ValueTag::Number && value.tag == ValueTag::Number &&
                           value.number < entry.value.number;
      if (is_more) value = entry.value;
    }
  }
  if (value.tag != ValueTag::Number) return std::nullopt;
  if (unit.empty()) return value.number;
  const base::ParsedUnit parsed = model().units.Parse(unit);
  base::Check(static_cast<bool>(parsed), "a unit that groma itself writes is one");
  return model().units.FromBase(value.number, parsed.id);
}

auto Reader::Count(EntityId id, Name name) -> std::optional<int64_t> {
  const auto amount = Amount(Read(id, name).value, "");
  return amount ? std::optional(amount->Ceil()) : std::nullopt;
}

auto Reader::Figure(EntityId pool, Name record, llvm::StringRef figure) -> Fact {
  const Slot slot = SlotOf(pool, record);
  const llvm::StringRef record_name = Is(pool, Kind::Link) ? kLineFigures : kFigures;
  for (const plan::RecordDecl &decl : model().records) {
    if (model().text(decl.name) != record_name) continue;
    const plan::SymbolId name = model().symbols.Find(figure);
    const Slot part = IsSome(name) ? decl.members.Find(name) : plan::kNoSlot;
    if (part != plan::kNoSlot) return evaluator().ReadPart(pool, slot, part);
  }
  return {Value::None(), {}};
}

auto Reader::Figures() const -> std::vector<std::string> {
  std::vector<std::string> names;
  for (const plan::RecordDecl &decl : model().records) {
    if (model().text(decl.name) != kFigures) continue;
    for (const plan::Member &member : decl.members.list) {
      names.push_back(model().text(member.name).str());
    }
  }
  return names;
}

auto Reader::EntriesOf(plan::OriginId origin) -> std::vector<EntityId> {
  std::vector<EntityId> found;
  std::set<uint32_t> seen;
  std::vector<plan::OriginId> left = {origin};
  while (!left.empty()) {
    const plan::OriginId id = left.back();
    left.pop_back();
    if (!IsSome(id) || !seen.insert(Index(id)).second) continue;
    const plan::Origin at = plan_.environment.origins.origin(id);
    left.insert(left.end(), at.premises.begin(), at.premises.end());
    const auto after = llvm::upper_bound(entries_, at.span.begin, [&](uint32_t place, EntityId e) {
      return place < model().entity(e).whole.begin;
    });
    if (after == entries_.begin()) continue;
    const EntityId entry = *std::prev(after);
    const bool is_in = at.span.end <= model().entity(entry).whole.end;
    if (is_in && !llvm::is_contained(found, entry)) found.push_back(entry);
  }
  llvm::sort(found, [&](EntityId a, EntityId b) { return NameOf(a) < NameOf(b); });
  return found;
}

auto Reader::Because(plan::OriginId origin) const -> Spans {
  Spans spans;
  std::set<uint32_t> seen;
  std::vector<plan::OriginId> left = {origin};
  while (!left.empty() && spans.size() < 8) {
    const plan::OriginId id = left.back();
    left.pop_back();
    if (!IsSome(id) || !seen.insert(Index(id)).second) continue;
    const plan::Origin at = plan_.environment.origins.origin(id);
    const bool is_written = at.kind == plan::OriginKind::Stated ||
                            at.kind == plan::OriginKind::Overridden ||
                            at.kind == plan::OriginKind::Pinned;
    const source::File *file = sources_.FileAt(at.span.begin);
    const bool is_plan = file != nullptr && !file->is_library;
    if (is_written && is_plan && !llvm::is_contained(spans, at.span)) spans.push_back(at.span);
    left.insert(left.end(), at.premises.begin(), at.premises.end());
  }
  llvm::sort(spans, [](const source::Span &a, const source::Span &b) { return a.begin < b.begin; });
  return spans;
}

auto Reader::PlaceOf(source::Span span) const -> std::string {
  const source::Place place = sources_.PlaceOf(span.begin);
  if (place.file == nullptr) return {};
  return place.file->name + ":" + std::to_string(place.line);
}

}  // namespace groma::lower::validation
