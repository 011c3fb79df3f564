// SPDX-License-Identifier: Apache-2.0
// What a solved plan says of pools and of what they must reach, each value with the places that say it.
#pragma once

#include "groma/acceptance/suite.h"
#include "groma/evaluate/field_reader.h"
#include "groma/plan/plan.h"
#include "groma/source/set.h"

namespace groma::lower::validation {

using acceptance::Spans;
using base::Rational;
using plan::EntityId;
using plan::Fact;
using plan::Value;

enum class Kind : uint16_t {
#define GROMA_VALIDATION_KIND(Name, spelling) Name,
#define GROMA_VALIDATION_FIELD(Name, Of, spelling)
#include "groma/lower/validation/names.def"
#undef GROMA_VALIDATION_KIND
#undef GROMA_VALIDATION_FIELD
};

enum class Name : uint16_t {
#define GROMA_VALIDATION_KIND(Name, spelling)
#define GROMA_VALIDATION_FIELD(Name, Of, spelling) Name,
#include "groma/lower/validation/names.def"
#undef GROMA_VALIDATION_KIND
#undef GROMA_VALIDATION_FIELD
};

class Reader : public evaluate::FieldReader<Kind, Name> {
 public:
  Reader(plan::Plan &plan, const source::Set &sources);

  auto NameOf(EntityId id) const -> std::string { return model().FullName(id); }

  auto Read(EntityId id, Name name) -> Fact { return FactOf(id, name); }
  auto Text(EntityId id, Name name) -> std::string;
  auto Words(EntityId id, Name name) -> std::vector<std::string>;
  // A number in this unit; none if there is none, or it changes over time and is nothing throughout.
  auto Amount(const Value &value, llvm::StringRef unit) const -> std::optional<Rational>;
  auto Count(EntityId id, Name name) -> std::optional<int64_t>;
  // A field of one of the records of figures of a pool or a link, with reasons of its own.
  auto Figure(EntityId pool, Name record, llvm::StringRef figure) -> Fact;
  // The names of all figures, in the order of the library.
  auto Figures() const -> std::vector<std::string>;

  // Entries of catalogues among the reasons of a fact.
  auto EntriesOf(plan::OriginId origin) -> std::vector<EntityId>;
  // Lines of the plan among them, not those of the library.
  auto Because(plan::OriginId origin) const -> Spans;
  auto PlaceOf(source::Span span) const -> std::string;  // "sites.groma:23"

 private:
  plan::Plan &plan_;
  const source::Set &sources_;
  std::vector<EntityId> entries_;  // of the library, by place
};

}  // namespace groma::lower::validation
