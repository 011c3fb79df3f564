// SPDX-License-Identifier: Apache-2.0
// "Did you mean" for every kind of name.
#include "groma/base/suggest.h"
#include "groma/check/checker.h"

namespace groma::check {
namespace {

auto Best(const base::Suggestion &suggestion) -> std::string {
  return suggestion.best() ? suggestion.best()->str() : "";
}

}  // namespace

auto Checker::SuggestValue(const Frame &frame, llvm::StringRef name, TypeId expected)
    -> std::string {
  if (trials_ > 0) return {};
  base::Suggestion suggestion(name);
  for (const Local &local : frame.locals) suggestion.Consider(text(local.name));
  for (EntityId at = frame.enclosing; IsSome(at); at = model_.entity(at).parent) {
    for (const auto &[key, entity] : nested_) {
      if (key.first == plan::Index(at)) suggestion.Consider(text(model_.entity(entity).name));
    }
  }
  for (const ModuleIndex module : {frame.module, store_.prelude}) {
    for (const auto &[symbol, declared] : scope(module).values) {
      suggestion.Consider(text(declared->name));
    }
  }
  const TypeId wanted = model_.types.Unwrap(expected);
  const plan::Type &type = model_.types.type(wanted);
  if (type.kind == TypeKind::Enum) {
    for (const SymbolId tag : model_.enums[type.decl].tags) suggestion.Consider(text(tag));
  } else if (type.kind == TypeKind::Union) {
    for (const auto &tag : model_.unions[type.decl].tags) suggestion.Consider(text(tag.name));
  } else if (type.kind == TypeKind::Entity) {
    ForEachVisible(frame.module, [&](Scope &visible) {
      for (Declared *catalogue : visible.catalogues) {
        (void)ResolveCatalogue(*catalogue);
        if (catalogue->table == nullptr) continue;
        for (size_t row = 0; row < catalogue->table->row_count(); ++row) {
          suggestion.Consider(catalogue->table->RowName(row));
        }
      }
    });
  }
  return Best(suggestion);
}

auto Checker::SuggestType(ModuleIndex from, llvm::StringRef name, bool kinds_only) -> std::string {
  if (trials_ > 0) return {};
  base::Suggestion suggestion(name);
  ForEachVisible(from, [&](Scope &visible) {
    for (const auto &[symbol, declared] : visible.types) {
      if (!kinds_only || declared->form == DeclaredForm::Kind) {
        suggestion.Consider(text(declared->name));
      }
    }
  });
  static constexpr llvm::StringLiteral kBuiltIn[] = {
      "bool",  "int",      "decimal", "string",   "date",   "month",  "quarter", "year",
      "period", "moment",  "timezone", "duration", "effort", "ratio", "cidr",    "money",
      "currency", "secret", "entity", "subject",  "kind",   "any",    "quantity", "list",
      "map",   "curve",    "range",   "spread",   "bound"};
  static constexpr llvm::StringLiteral kWords[] = {"kind", "record", "enum",
                                                   "union", "type", "unit", "catalogue"};
  if (kinds_only) {
    for (const llvm::StringRef word : kWords) suggestion.Consider(word);
  } else {
    for (const llvm::StringRef word : kBuiltIn) suggestion.Consider(word);
  }
  return Best(suggestion);
}

auto Checker::SuggestMember(const plan::Members &members, llvm::StringRef name) -> std::string {
  if (trials_ > 0) return {};
  base::Suggestion suggestion(name);
  for (const plan::Member &member : members.list) suggestion.Consider(text(member.name));
  return Best(suggestion);
}

}  // namespace groma::check
