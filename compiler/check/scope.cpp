// SPDX-License-Identifier: Apache-2.0
// What modules declare, and what a name means from where it stands.
#include "groma/check/checker.h"
#include "llvm/ADT/StringSwitch.h"

namespace groma::check {
namespace {

// The built-in words; every other word is a kind.
auto FormOfWord(llvm::StringRef word) -> DeclaredForm {
  return llvm::StringSwitch<DeclaredForm>(word)
      .Case("kind", DeclaredForm::Kind)
      .Case("record", DeclaredForm::Record)
      .Case("enum", DeclaredForm::Enum)
      .Case("union", DeclaredForm::Union)
      .Case("catalogue", DeclaredForm::Catalogue)
      .Default(DeclaredForm::Entity);
}

auto IsTypeForm(DeclaredForm form) -> bool {
  return form >= DeclaredForm::Kind && form <= DeclaredForm::Alias;
}

// The `plural = xs` of a kind's body; none if it has none.
auto PluralOf(const Tree &tree, NodeId decl) -> NodeId {
  const NodeId body = tree.child(decl, 5);
  for (const NodeId item : tree.children(body)) {
    if (tree.kind(item) == NodeKind::Field && tree.text(tree.child(item, 0)) == "plural") {
      return tree.child(item, 1);
    }
  }
  return syntax::kNoNode;
}

}  // namespace

void Checker::BuildScopes() {
  scopes_.resize(store_.modules.size());
  AddScope(store_.prelude);
  for (uint32_t i = 0; i < scopes_.size(); ++i) {
    if (static_cast<ModuleIndex>(i) != store_.prelude) AddScope(static_cast<ModuleIndex>(i));
  }
}

void Checker::AddScope(ModuleIndex index) {
  Scope &scope = scopes_[static_cast<uint32_t>(index)];
  scope.module = index;
  for (const Tree &tree : store_.module(index).trees) {
    for (const NodeId item : tree.children(tree.root())) AddToScope(scope, tree, item);
  }
}

void Checker::AddToScope(Scope &scope, const Tree &tree, NodeId item) {
  Declared declared;
  declared.module = scope.module;
  declared.tree = &tree;
  declared.node = item;
  NodeId name = syntax::kNoNode;
  switch (tree.kind(item)) {
    case NodeKind::Param: declared.form = DeclaredForm::Param; break;
    case NodeKind::Let: declared.form = DeclaredForm::Let; break;
    case NodeKind::TypeAlias: declared.form = DeclaredForm::Alias; break;
    case NodeKind::Fn: declared.form = DeclaredForm::Function; break;
    case NodeKind::Decl: {
      const llvm::StringRef word = tree.text(tree.child(item, 0));
      if (word == "unit") return;  // units have a namespace of their own
      declared.form = FormOfWord(word);
      name = tree.child(item, word == "emit" ? 2 : 1);
      break;
    }
    default: return;
  }
  if (tree.kind(item) != NodeKind::Decl) name = tree.child(item, 0);
  if (name == syntax::kNoNode || tree.kind(name) == NodeKind::Error) return;
  declared.name = Intern(tree.text(name));

  auto &table = IsTypeForm(declared.form) ? scope.types : scope.values;
  const auto [entry, is_new] = table.try_emplace(plan::Index(declared.name), nullptr);
  if (!is_new) {
    ReportTwice(*entry->second, tree, name, tree.text(name));
    return;
  }
  // The lists of the prelude's kinds keep their names in every plan.
  if (!IsTypeForm(declared.form) && scope.module != store_.prelude) {
    const auto &prelude = scopes_[static_cast<uint32_t>(store_.prelude)].values;
    const auto taken = prelude.find(plan::Index(declared.name));
    if (taken != prelude.end() && taken->second->form == DeclaredForm::Plural) {
      ReportTwice(*taken->second, tree, name, tree.text(name));
      table.erase(plan::Index(declared.name));
      return;
    }
  }
  declared_.push_back(declared);
  entry->second = &declared_.back();
  if (declared.form == DeclaredForm::Catalogue) scope.catalogues.push_back(&declared_.back());
  if (declared.form != DeclaredForm::Kind) return;

  const NodeId plural = PluralOf(tree, item);
  if (plural == syntax::kNoNode) return;
  Declared collection = declared;
  collection.form = DeclaredForm::Plural;
  collection.owner = entry->second;
  collection.name = Intern(tree.text(plural));
  const auto [slot, is_free] = scope.values.try_emplace(plan::Index(collection.name), nullptr);
  if (!is_free) {
    ReportTwice(*slot->second, tree, plural, tree.text(plural));
    return;
  }
  declared_.push_back(collection);
  slot->second = &declared_.back();
}

void Checker::ReportTwice(const Declared &first, const Tree &tree, NodeId name,
                          llvm::StringRef what) {
  const Tree &other = *first.tree;
  if (first.form == DeclaredForm::Plural) {
    sink_->Report(diag::NameIsCollection, tree.span(name), what.str(), text(first.owner->name).str())
        .Label(other.span(other.child(first.node, 1)), "its kind is declared here");
    return;
  }
  const bool is_decl = other.kind(first.node) == NodeKind::Decl;
  sink_->Report(diag::DeclaredTwice, tree.span(name), what.str())
      .Here("again here")
      .Label(other.span(other.child(first.node, is_decl ? 1 : 0)), "first here");
}

void Checker::ForEachVisible(ModuleIndex from, llvm::function_ref<void(Scope &)> visit) {
  visit(scope(from));
  for (const modules::Import &import : store_.module(from).imports) visit(scope(import.target));
  if (from != store_.prelude) visit(scope(store_.prelude));
}

// Entries of the prelude's catalogue kinds (`reader`, `personal`) are found only where their kind is
// expected: they are too many and too short to be names everywhere.
auto Checker::IsEntry(Declared &declared) -> bool {
  if (declared.form == DeclaredForm::Row) return true;
  if (declared.form != DeclaredForm::Entity) return false;
  const EntityId entity = ResolveEntity(declared);
  return IsSome(entity) && ShapeOf(model_.entity(entity).kind).is_catalogue;
}

auto Checker::FindValue(ModuleIndex from, SymbolId name) -> Declared * {
  if (Declared *found = FindOwnValue(from, name)) {
    if (from != store_.prelude || !IsEntry(*found)) return found;
  }
  Declared *found = FindPublicValue(store_.prelude, name);
  return found != nullptr && IsEntry(*found) ? nullptr : found;
}

auto Checker::FindPublicValue(ModuleIndex in, SymbolId name) -> Declared * {
  return text(name).starts_with("_") ? nullptr : FindOwnValue(in, name);
}

auto Checker::FindOwnValue(ModuleIndex in, SymbolId name) -> Declared * {
  const auto found = scope(in).values.find(plan::Index(name));
  if (found != scope(in).values.end()) return found->second;
  // A row of one of the module's tables.
  for (Declared *catalogue : scope(in).catalogues) {
    (void)ResolveCatalogue(*catalogue);
    if (catalogue->table == nullptr) continue;
    if (const auto row = catalogue->table->Find(text(name))) {
      Declared entry = *catalogue;
      entry.form = DeclaredForm::Row;
      entry.state = Declared::State::Untouched;
      entry.owner = catalogue;
      entry.name = name;
      entry.row = static_cast<uint32_t>(*row);
      declared_.push_back(entry);
      return scope(in).values[plan::Index(name)] = &declared_.back();
    }
  }
  return nullptr;
}

auto Checker::FindPublicType(ModuleIndex in, llvm::StringRef dotted) -> Declared * {
  const SymbolId name = model_.symbols.Find(dotted);
  if (!IsSome(name)) return nullptr;
  const auto found = scope(in).types.find(plan::Index(name));
  return found == scope(in).types.end() ? nullptr : found->second;
}

auto Checker::FindType(ModuleIndex from, llvm::StringRef dotted) -> Declared * {
  for (const ModuleIndex module : {from, store_.prelude}) {
    if (Declared *found = FindPublicType(module, dotted)) return found;
  }
  // A kind of an imported module is found by its bare name, and behind the module's name. Its
  // private ones are not.
  if (dotted.starts_with("_") || dotted.contains("._")) return nullptr;
  for (const modules::Import &import : store_.module(from).imports) {
    if (Declared *found = FindPublicType(import.target, dotted)) return found;
    const llvm::StringRef path = import.path;
    for (const llvm::StringRef prefix : {path, path.rsplit('.').second, path.split('.').first}) {
      llvm::StringRef rest = dotted;
      if (prefix.empty() || !rest.consume_front(prefix) || !rest.consume_front(".")) continue;
      if (Declared *found = FindPublicType(import.target, rest)) return found;
    }
  }
  return nullptr;
}

auto Checker::IsPackage(ModuleIndex from, llvm::StringRef head) -> bool {
  for (const modules::Import &import : store_.module(from).imports) {
    const llvm::StringRef path = import.path;
    if (path.split('.').first == head || path.rsplit('.').second == head) return true;
  }
  return false;
}

auto Checker::FindInPackages(ModuleIndex from, llvm::ArrayRef<llvm::StringRef> names, size_t &used)
    -> Declared * {
  std::string prefix;
  for (size_t count = 1; count < names.size(); ++count) {
    prefix += (count > 1 ? "." : "") + names[count - 1].str();
    const SymbolId name = Intern(names[count]);
    for (const modules::Import &import : store_.module(from).imports) {
      const llvm::StringRef path = import.path;
      const bool is_prefix =
          path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '.');
      if (!is_prefix && path.rsplit('.').second != prefix) continue;
      if (Declared *found = FindPublicValue(import.target, name)) {
        used = count + 1;
        return found;
      }
    }
  }
  return nullptr;
}

auto Checker::FindEntry(ModuleIndex from, KindId kind, SymbolId name) -> EntityId {
  EntityId found{};
  ForEachVisible(from, [&](Scope &visible) {
    if (IsSome(found)) return;
    Declared *declared = FindPublicValue(visible.module, name);
    if (declared == nullptr) return;
    if (declared->form != DeclaredForm::Entity && declared->form != DeclaredForm::Row) return;
    const EntityId entity = declared->form == DeclaredForm::Row ? ResolveRow(*declared)
                                                                : ResolveEntity(*declared);
    if (IsSome(entity) && model_.IsA(model_.entity(entity).kind, kind)) found = entity;
  });
  return found;
}

}  // namespace groma::check
