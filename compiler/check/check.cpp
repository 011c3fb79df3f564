// SPDX-License-Identifier: Apache-2.0
#include "groma/check/check.h"

#include "groma/check/checker.h"

namespace groma::check {

Checker::Checker(const modules::Store &store, const Options &options, plan::Model &model, Sink &sink)
    : store_(store), options_(options), model_(model), sink_(&sink), earnest_sink_(&sink) {
  self_ = Intern("self");
  it_ = Intern("it");
  resources_ = Intern("resources");
  money_ = *model_.units.dimensions().FindCurrency("money");
}

void Checker::Run() {
  BuildScopes();
  DeclareUnits();
  FindPlaybooks();
  DeclareEntities(store_.plan);
  if (options_.whole_library) ResolveWholeLibrary();
  ReadWholeCatalogues();
  DeclarePolicies();
  NamePlanEntities();
  const Scope &own = scope(store_.plan);
  for (const auto &table : {&own.types, &own.values}) ResolveAll(*table);
  CheckPending();
  for (const Tree &tree : store_.module(store_.plan).trees) TopLevelItems(tree, store_.plan);
  CheckSettings();
  CheckPending();
  CheckRings();
  BuildEnvironments();
}

// Entities whose contents wait, and the values of kinds and records; each may bring new ones.
void Checker::CheckPending() {
  do {
    DrainWork();
    for (size_t i = 0; i < pending_.size(); ++i) {
      const Pending pending = pending_[i];
      CheckEntity(*pending.tree, pending.entity, pending.decl);
    }
    pending_.clear();
  } while (!work_.empty() || !pending_.empty());
}

// Resolves every declaration of a scope, so that what nobody uses is checked too.
void Checker::ResolveAll(const llvm::DenseMap<uint32_t, Declared *> &table) {
  std::vector<Declared *> sorted;
  for (const auto &[symbol, declared] : table) sorted.push_back(declared);
  std::sort(sorted.begin(), sorted.end(), [](const Declared *a, const Declared *b) {
    return a->tree->span(a->node).begin < b->tree->span(b->node).begin;
  });
  for (Declared *declared : sorted) Resolve(*declared);
}

// The policies of a module hold wherever it is imported, whether anybody names them or not.
void Checker::DeclarePolicies() {
  const KindId policy = KnownKind("policy");
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, bool> is_policy;  // by module and word
  for (const modules::Import &import : store_.module(store_.plan).imports) {
    const modules::Module &module = store_.module(import.target);
    if (module.is_facts) continue;
    for (const auto &[symbol, declared] : scope(import.target).values) {
      if (declared->form != DeclaredForm::Entity) continue;
      const SymbolId word = Intern(declared->tree->text(declared->tree->child(declared->node, 0)));
      const auto [known, is_new] =
          is_policy.try_emplace({static_cast<uint32_t>(import.target), plan::Index(word)}, false);
      if (is_new) {
        Declared *kind = FindType(import.target, text(word));
        known->second = kind != nullptr && kind->form == DeclaredForm::Kind &&
                        model_.IsA(ResolveKind(*kind), policy);
      }
      if (!known->second) continue;
      const EntityId id = ResolveEntity(*declared);
      if (!IsSome(id)) continue;
      const llvm::StringRef path = module.path;
      model_.entities[plan::Index(id)].module_name = Intern(path.substr(path.find_last_of("./") + 1));
    }
  }
}

void Checker::ReadWholeCatalogues() {
  if (options_.whole_catalogues.empty()) return;
  std::vector<ModuleIndex> modules{store_.plan, store_.prelude};
  for (const modules::Import &import : store_.module(store_.plan).imports) {
    modules.push_back(import.target);
  }
  for (const ModuleIndex module : modules) {
    for (Declared *catalogue : scope(module).catalogues) {
      const uint32_t id = ResolveCatalogue(*catalogue);
      const KindId kind = model_.catalogues[id].kind;
      if (!IsSome(kind)) continue;
      const llvm::StringRef name = model_.text(model_.kind(kind).name);
      if (llvm::is_contained(options_.whole_catalogues, name)) (void)CatalogueEntries(*catalogue);
    }
  }
}

void Checker::ResolveWholeLibrary() {
  for (uint32_t i = 0; i < scopes_.size(); ++i) {
    if (!store_.module(static_cast<ModuleIndex>(i)).is_library) continue;
    ResolveAll(scopes_[i].types);
    ResolveAll(scopes_[i].values);
    DrainWork();
  }
}

// Items that belong to no entity: goals, and requirements outside a policy.
void Checker::TopLevelItems(const Tree &tree, ModuleIndex module) {
  Frame frame;
  frame.tree = &tree;
  frame.module = module;
  for (const NodeId item : tree.children(tree.root())) {
    switch (tree.kind(item)) {
      case NodeKind::Goals:
        for (const NodeId goal : tree.children(item)) {
          plan::Goal result;
          result.is_maximize = tree.op<syntax::GoalOp>(goal) == syntax::GoalOp::Maximize;
          result.value = Infer(tree.child(goal, 0), frame);
          result.span = tree.span(goal);
          const TypeId type_id = model_.types.Unwrap(type(result.value));
          if (kind(type_id) != TypeKind::Number && kind(type_id) != TypeKind::Error) {
            sink_->Report(diag::TypeMismatch, result.span, "a number", Spell(type_id));
            continue;
          }
          model_.goals.push_back(result);
        }
        break;
      case NodeKind::Require:
      case NodeKind::Prefer: {
        const EntityId owner = LooseOwner(module, tree.span(item));
        if (!IsSome(owner)) break;
        if (tree.kind(item) == NodeKind::Require) {
          const plan::Requirement requirement = RequirementOf(item, frame);
          model_.entities[plan::Index(owner)].requirements.push_back(requirement);
        } else {
          PreferItem(owner, item, frame);
        }
        break;
      }
      case NodeKind::Field:
      case NodeKind::FieldDecl:
      case NodeKind::Given:
      case NodeKind::Expect:
      case NodeKind::Tag:
        sink_->Report(diag::MisplacedItem, tree.span(item), "this", "a file, outside every block")
            .Help("a declaration has a body: `site ams : onprem.datacenter { racks = 18 }`");
        break;
      default: break;
    }
  }
}

// Requirements that stand at the top of a file belong to the plan itself.
auto Checker::LooseOwner(ModuleIndex module, Span span) -> EntityId {
  if (IsSome(model_.plan)) return model_.plan;
  if (IsSome(loose_)) return loose_;
  const KindId policy = KnownKind("policy");
  if (!IsSome(policy)) return {};
  (void)ShapeOf(policy);
  loose_ = static_cast<EntityId>(model_.entities.size());
  plan::Entity entity;
  entity.kind = policy;
  entity.title = "the plan";
  entity.module = static_cast<plan::ModuleId>(module);
  entity.span = span;
  entity.whole = span;
  model_.entities.push_back(std::move(entity));
  model_.plan_entities.push_back(loose_);
  return loose_;
}

auto Check(const modules::Store &store, const Options &options, Sink &sink)
    -> std::unique_ptr<plan::Model> {
  auto model = std::make_unique<plan::Model>();
  Checker checker(store, options, *model, sink);
  checker.Run();
  return model;
}

}  // namespace groma::check
