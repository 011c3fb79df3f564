// SPDX-License-Identifier: Apache-2.0
// What a solved plan says, read field by field, each with the places in the plan that say it.
#pragma once

#include "groma/evaluate/field_reader.h"
#include "groma/plan/plan.h"
#include "groma/resources/value.h"

namespace groma::lower::azure {

using plan::EntityId;
using resources::Spans;

enum class Kind : uint16_t {
#define GROMA_AZURE_KIND(Name, spelling) Name,
#define GROMA_AZURE_FIELD(Name, Of, spelling)
#include "groma/lower/azure/names.def"
#undef GROMA_AZURE_KIND
#undef GROMA_AZURE_FIELD
};

enum class Name : uint16_t {
#define GROMA_AZURE_KIND(Name, spelling)
#define GROMA_AZURE_FIELD(Name, Of, spelling) Name,
#include "groma/lower/azure/names.def"
#undef GROMA_AZURE_KIND
#undef GROMA_AZURE_FIELD
};

class Reader : public evaluate::FieldReader<Kind, Name> {
 public:
  explicit Reader(plan::Plan &plan);

  auto plan() const -> plan::Plan & { return plan_; }
  // `weu`, or `foundation_hardening` for what is nested.
  auto SymbolOf(EntityId id) const -> std::string;
  // The symbol that it had before it was renamed; may be empty.
  auto FormerOf(EntityId id) const -> std::string;

  auto Read(EntityId id, Name name) -> plan::Value;
  // What is not given, or is of another sort, is nothing.
  auto Text(EntityId id, Name name) -> std::optional<std::string>;
  auto Flag(EntityId id, Name name) -> bool;
  auto Count(EntityId id, Name name) -> std::optional<int64_t>;
  // In the unit that the field is stated in, such as Mbps, rounded up.
  auto Amount(EntityId id, Name name, llvm::StringRef unit) -> std::optional<int64_t>;
  auto InUnit(const plan::Value &value, llvm::StringRef unit) const -> std::optional<int64_t>;
  auto Range(EntityId id, Name name) -> std::optional<base::Cidr>;
  auto Texts(EntityId id, Name name) -> std::vector<std::string>;
  // Of a curve, what holds in the plan's month of today, or in the first month in which it is not nothing.
  auto Now(const plan::Value &value) const -> plan::Value;

  // Where the plan says what the field holds: the lines that were written, not those of the library. The entity itself
  // where no line says it.
  auto Because(EntityId id, Name name) -> Spans;
  auto Because(EntityId id) const -> Spans { return {SpanOf(id)}; }

  static auto SpellingOf(Kind kind) -> llvm::StringRef;
  static auto SpellingOf(Name name) -> llvm::StringRef;
  static auto KindOf(Name name) -> Kind;

 private:
  void Collect(plan::OriginId origin, Spans &spans, int depth) const;

  plan::Plan &plan_;
};

auto operator+(Spans a, const Spans &b) -> Spans;

}  // namespace groma::lower::azure
