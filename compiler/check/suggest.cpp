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

// Whether a value of this type could stand where the name does; what is not known yet could.
auto Checker::MayStand(TypeId actual, TypeId expected, bool lists_fit) -> bool {
  const TypeId wanted = model_.types.Unwrap(expected);
  const TypeId present = model_.types.Unwrap(actual);
  const TypeKind shape = kind(wanted);
  if (shape == TypeKind::Error || shape == TypeKind::Any || shape == TypeKind::Subject) return true;
  if (kind(present) == TypeKind::List && lists_fit) {
    return MayStand(model_.types.argument(present), wanted, false);
  }
  return Fits(present, wanted) || CanConvert(present, wanted);
}

// Whether what is declared could; what is not resolved yet has no type to judge by.
auto Checker::MayStand(Declared &declared, TypeId expected, bool lists_fit) -> bool {
  const bool is_open = kind(model_.types.Unwrap(expected)) == TypeKind::Error;
  switch (declared.form) {
    case DeclaredForm::Entity:
    case DeclaredForm::Row: {
      if (is_open) return true;
      if (declared.form == DeclaredForm::Entity && declared.state != Declared::State::Done) {
        return false;
      }
      const EntityId id =
          declared.form == DeclaredForm::Row ? ResolveRow(declared) : static_cast<EntityId>(declared.id);
      return IsSome(id) && MayStand(EntityType(model_.entity(id).kind), expected, lists_fit);
    }
    case DeclaredForm::Param:
    case DeclaredForm::Let: {
      if (declared.state != Declared::State::Done) return is_open;
      const TypeId type = model_.globals[declared.id].type;
      return type != plan::kErrorType && MayStand(type, expected, lists_fit);
    }
    case DeclaredForm::Plural: {
      const TypeId element = EntityType(ResolveKind(*declared.owner));
      return MayStand(model_.types.Of(TypeKind::List, element), expected, lists_fit);
    }
    case DeclaredForm::Catalogue: {
      const TypeId element = EntityType(model_.catalogues[ResolveCatalogue(declared)].kind);
      return MayStand(model_.types.Of(TypeKind::List, element), expected, lists_fit);
    }
    default: return false;
  }
}

void Checker::ConsiderRows(Declared &catalogue, base::Suggestion &suggestion) {
  (void)ResolveCatalogue(catalogue);
  if (catalogue.table == nullptr) return;
  for (size_t row = 0; row < catalogue.table->row_count(); ++row) {
    suggestion.Consider(catalogue.table->RowName(row));
  }
}

// The nearest name of what could stand there. `lists_fit` where the elements of a list would do.
auto Checker::SuggestValue(const Frame &frame, llvm::StringRef name, TypeId expected, bool lists_fit)
    -> std::string {
  if (trials_ > 0) return {};
  base::Suggestion suggestion(name);
  const TypeId wanted = model_.types.Unwrap(expected);
  const plan::Type type = model_.types.type(wanted);
  if (head_ != NodeId{}) {
    for (const modules::Import &import : store_.module(frame.module).imports) {
      const llvm::StringRef path = import.path;
      suggestion.Consider(path.split('.').first);
      if (path.contains('.')) suggestion.Consider(path.rsplit('.').second);
    }
  }
  for (const Local &local : frame.locals) {
    if (MayStand(local.type, expected, lists_fit)) suggestion.Consider(text(local.name));
    const plan::Members *members = local.is_it ? MembersOf(local.type) : nullptr;
    if (members == nullptr) continue;
    for (const plan::Member &member : members->list) {
      if (MayStand(member.type, expected, lists_fit)) suggestion.Consider(text(member.name));
    }
  }
  for (EntityId at = frame.enclosing; IsSome(at); at = model_.entity(at).parent) {
    for (const auto &[key, entity] : nested_) {
      if (key.first != plan::Index(at) || !IsSome(entity)) continue;
      if (!MayStand(EntityType(model_.entity(entity).kind), expected, lists_fit)) continue;
      suggestion.Consider(text(model_.entity(entity).name));
    }
  }
  for (const ModuleIndex module : {frame.module, store_.prelude}) {
    // Judging one may declare rows, so the names are taken first.
    std::vector<Declared *> all;
    for (const auto &[symbol, declared] : scope(module).values) all.push_back(declared);
    for (Declared *declared : all) {
      const bool is_entry = module == store_.prelude && module != frame.module && IsEntry(*declared);
      if (is_entry && type.kind != TypeKind::Entity) continue;
      if (MayStand(*declared, expected, lists_fit)) suggestion.Consider(text(declared->name));
    }
  }
  if (type.kind == TypeKind::Bool) {
    for (const llvm::StringRef truth : {"true", "false"}) suggestion.Consider(truth);
  } else if (type.kind == TypeKind::Enum) {
    for (const SymbolId tag : model_.enums[type.decl].tags) suggestion.Consider(text(tag));
  } else if (type.kind == TypeKind::Union) {
    for (const auto &tag : model_.unions[type.decl].tags) suggestion.Consider(text(tag.name));
  } else if (type.kind == TypeKind::Entity) {
    ForEachVisible(frame.module, [&](Scope &visible) {
      for (Declared *catalogue : visible.catalogues) {
        const KindId kind = model_.catalogues[ResolveCatalogue(*catalogue)].kind;
        if (Fits(EntityType(kind), wanted)) ConsiderRows(*catalogue, suggestion);
      }
    });
  }
  return suggestion.best() ? Best(suggestion) : SuggestPath(frame, name, expected, lists_fit);
}

// `module.name` and `outer.name`: where something of this very name stands elsewhere.
auto Checker::SuggestPath(const Frame &frame, llvm::StringRef name, TypeId expected, bool lists_fit)
    -> std::string {
  const SymbolId symbol = Intern(name);
  for (const modules::Import &import : store_.module(frame.module).imports) {
    Declared *found = FindPublicValue(import.target, symbol);
    if (found == nullptr || !MayStand(*found, expected, lists_fit)) continue;
    const llvm::StringRef path = import.path;
    return (path.contains('.') ? path.rsplit('.').second : path).str() + "." + name.str();
  }
  std::string only;
  for (const EntityId id : llvm::map_range(nested_, [](const auto &entry) { return entry.second; })) {
    if (!IsSome(id) || model_.entity(id).name != symbol || model_.entity(id).is_library) continue;
    if (!MayStand(EntityType(model_.entity(id).kind), expected, lists_fit)) continue;
    if (!only.empty()) return {};
    only = model_.FullName(id);
  }
  return only;
}

// What may be rewritten: parameters, and where `path` is dotted, the fields of what it begins with.
auto Checker::SuggestTarget(NodeId path, Frame &frame) -> std::string {
  const Tree &tree = *frame.tree;
  const auto names = tree.children(path);
  if (names.size() > 1) {
    size_t used = 0;
    const EntityId entity = EntityAtNames(names, frame, used);
    if (!IsSome(entity) || used + 1 != names.size()) return {};
    base::Suggestion suggestion(tree.text(names.back()));
    for (const plan::Member &member : ShapeOf(model_.entity(entity).kind).members.list) {
      if (member.form == plan::MemberForm::Field) suggestion.Consider(text(member.name));
    }
    if (!suggestion.best()) return {};
    const size_t head = tree.text(path).size() - tree.text(names.back()).size();
    return tree.text(path).take_front(head).str() + Best(suggestion);
  }
  base::Suggestion suggestion(tree.text(path));
  for (const auto &[symbol, declared] : scope(frame.module).values) {
    if (declared->form == DeclaredForm::Param) suggestion.Consider(text(declared->name));
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

// The nearest public name of the modules that are called `module`.
auto Checker::SuggestMember(ModuleIndex from, llvm::StringRef module, llvm::StringRef name)
    -> std::string {
  if (trials_ > 0) return {};
  base::Suggestion suggestion(name);
  for (const modules::Import &import : store_.module(from).imports) {
    const llvm::StringRef path = import.path;
    if (path != module && path.rsplit('.').second != module && path.split('.').first != module) {
      continue;
    }
    for (const auto &table : {scope(import.target).values, scope(import.target).types}) {
      for (const auto &[symbol, declared] : table) {
        const bool is_name = declared->form != DeclaredForm::Kind &&
                             declared->form != DeclaredForm::Record &&
                             declared->form != DeclaredForm::Union;
        if (is_name && !text(declared->name).starts_with("_")) suggestion.Consider(text(declared->name));
      }
    }
    for (Declared *catalogue : scope(import.target).catalogues) ConsiderRows(*catalogue, suggestion);
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
