// SPDX-License-Identifier: Apache-2.0
// Entities: their names, kinds, bases and nested declarations. Names first, contents later, so that
// everything may refer to everything.
#include <algorithm>

#include "groma/check/checker.h"

namespace groma::check {

void Checker::DeclareEntities(ModuleIndex module) {
  for (const Tree &tree : store_.module(module).trees) {
    for (const NodeId item : tree.children(tree.root())) {
      if (tree.kind(item) != NodeKind::Decl) continue;
      const llvm::StringRef word = tree.text(tree.child(item, 0));
      static constexpr llvm::StringLiteral kBuiltIn[] = {"kind", "record", "enum",
                                                         "union", "unit", "catalogue"};
      if (llvm::is_contained(kBuiltIn, word)) continue;
      const NodeId name = tree.child(item, word == "emit" ? 2 : 1);
      if (name == syntax::kNoNode) {
        (void)CreateEntity(tree, module, item, {});
        continue;
      }
      const auto found = scope(module).values.find(plan::Index(Intern(tree.text(name))));
      // A second declaration of the name was reported; it is not looked at any further.
      if (found != scope(module).values.end() && found->second->node == item) {
        (void)ResolveEntity(*found->second);
      }
    }
  }
}

auto Checker::ResolveEntity(Declared &declared) -> EntityId {
  if (declared.state == Declared::State::Untouched) {
    const Earnest earnest(*this);
    ResolveNeeds(declared);
  }
  if (declared.state == Declared::State::Untouched) {
    const Earnest earnest(*this);
    declared.state = Declared::State::Done;
    declared.id =
        plan::Index(CreateEntity(*declared.tree, declared.module, declared.node, {}, &declared));
  }
  return static_cast<EntityId>(declared.id);
}

auto Checker::KindOfWord(const Tree &tree, ModuleIndex module, NodeId decl) -> KindId {
  const NodeId word = tree.child(decl, 0);
  std::string name = tree.text(word).str();
  NodeId place = word;
  if (name == "emit") {
    place = tree.child(decl, 1);
    name += "." + tree.text(place).str();
  }
  Declared *found = FindType(module, name);
  if (found != nullptr && found->form == DeclaredForm::Kind) return ResolveKind(*found);
  if (found != nullptr) {
    sink_->Report(diag::NotAnEntityWord, tree.span(place), name).Here("this is a type, not a kind");
    return {};
  }
  auto report = sink_->Report(diag::UnknownKind, tree.span(place), name);
  std::string meant = SuggestType(module, name, true);
  if (name != tree.text(place) && meant.starts_with("emit.")) meant = meant.substr(5);
  if (!meant.empty()) report.Fix(tree.span(place), "write `" + meant + "`", meant);
  return {};
}

auto Checker::CreateEntity(const Tree &tree, ModuleIndex module, NodeId decl, EntityId parent,
                           Declared *declared) -> EntityId {
  KindId kind = KindOfWord(tree, module, decl);
  if (!IsSome(kind)) return {};
  const bool is_emit = tree.text(tree.child(decl, 0)) == "emit";
  const NodeId name = tree.child(decl, is_emit ? 2 : 1);
  const NodeId title = tree.child(decl, 4);

  const auto id = static_cast<EntityId>(model_.entities.size());
  if (declared != nullptr) declared->id = plan::Index(id);
  plan::Entity &entity = model_.entities.emplace_back();
  entity.kind = kind;
  entity.parent = parent;
  entity.module = static_cast<plan::ModuleId>(module);
  entity.is_library = store_.module(module).is_library;
  entity.whole = tree.span(decl);
  entity.span = tree.span(name != syntax::kNoNode ? name : tree.child(decl, is_emit ? 1 : 0));
  if (title != syntax::kNoNode) {
    Frame frame;
    frame.tree = &tree;
    entity.title = Unescape(title, frame);
  }
  if (name != syntax::kNoNode) {
    entity.name = Intern(tree.text(name));
    entity.qualified = entity.name;
    if (IsSome(parent)) {
      const plan::Entity &outer = model_.entity(parent);
      entity.qualified = Intern(text(outer.qualified).str() + "." + text(entity.name).str());
      entity.is_template = outer.is_template || model_.IsA(outer.kind, KnownKind("playbook"));
      const auto [slot, is_new] =
          nested_.try_emplace({plan::Index(parent), plan::Index(entity.name)}, id);
      if (!is_new) {
        sink_->Report(diag::DeclaredTwice, entity.span, text(entity.name).str())
            .Here("again here")
            .Label(model_.entity(slot->second).span, "first here");
      }
    }
  }
  EntityBase(tree, id, decl);
  if (!model_.entity(id).is_library) NotePromises(id);
  pending_.push_back({&tree, id, decl});
  for (const NodeId item : tree.children(tree.child(decl, 5))) {
    if (tree.kind(item) == NodeKind::Decl) (void)CreateEntity(tree, module, item, id);
  }
  if (!model_.entity(id).is_library) CreateNested(id);
  return id;
}

// What stands after the colon: a variant of the kind, or an entity to start from.
void Checker::EntityBase(const Tree &tree, EntityId id, NodeId decl) {
  plan::Entity &entity = model_.entities[plan::Index(id)];
  const auto promised = text_modules_.find(plan::Index(id));
  const auto module = promised != text_modules_.end() ? promised->second
                                                      : static_cast<ModuleIndex>(entity.module);
  const NodeId base = tree.child(decl, 3);
  const plan::Kind &kind = model_.kind(entity.kind);
  if (base == syntax::kNoNode) {
    if (kind.is_abstract || IsAbstract(entity.kind)) {
      baseless_.insert(plan::Index(id));
      auto report = sink_->Report(diag::AbstractKind, entity.span, text(kind.name).str());
      if (const std::string variants = VariantsOf(module, entity.kind); !variants.empty()) {
        report.Help("its variants are " + variants);
      }
    }
    return;
  }
  const llvm::StringRef path = tree.text(base);
  for (KindId at = entity.kind; IsSome(at); at = model_.kind(at).base) {
    Declared *variant = FindType(module, text(model_.kind(at).name).str() + "." + path.str());
    if (variant == nullptr || variant->form != DeclaredForm::Kind) continue;
    const KindId found = ResolveKind(*variant);
    if (!model_.IsA(found, entity.kind)) continue;
    entity.kind = found;
    if (IsAbstract(found)) {
      baseless_.insert(plan::Index(id));
      auto report = sink_->Report(diag::AbstractKind, tree.span(base), path.str());
      if (const std::string variants = VariantsOf(module, found); !variants.empty()) {
        report.Help("its variants are " + variants);
      }
    }
    return;
  }
  Frame frame;
  frame.tree = &tree;
  frame.module = module;
  frame.enclosing = entity.parent;
  const Step step(*this, tree.span(base), kStepOfDeclaration);
  if (step.is_too_deep()) {
    baseless_.insert(plan::Index(id));
    return;
  }
  const EntityId found = EntityAt(base, frame);
  if (IsSome(found) && model_.IsA(model_.entity(found).kind, entity.kind)) {
    for (EntityId at = found; IsSome(at); at = model_.entity(at).base) {
      if (at != id) continue;
      baseless_.insert(plan::Index(id));
      auto report = sink_->Report(diag::BaseCycle, tree.span(base), model_.FullName(id));
      for (EntityId by = found; by != id; by = model_.entity(by).base) {
        baseless_.insert(plan::Index(by));
        report.Label(model_.entity(by).span, "by way of this one");
      }
      return;
    }
    entity.kind = model_.entity(found).kind;
    if (AddBase(bases_of_entities_, plan::Index(id), plan::Index(found), model_.FullName(id),
                tree.span(base))) {
      entity.base = found;
    } else {
      baseless_.insert(plan::Index(id));
    }
    return;
  }
  baseless_.insert(plan::Index(id));
  // The kind itself may have been written again before its variant.
  llvm::StringRef short_path = path;
  const bool is_repeated = short_path.consume_front(text(kind.name)) && short_path.consume_front(".");
  const Declared *variant = is_repeated ? FindType(module, path) : nullptr;
  base::Suggestion suggestion(is_repeated ? short_path : path);
  const std::string variants = VariantsOf(module, entity.kind, &suggestion);
  std::vector<Declared *> others;
  for (const auto &[symbol, declared] : scope(module).values) {
    if (declared->form == DeclaredForm::Entity && declared->id != plan::Index(id)) {
      others.push_back(declared);
    }
  }
  for (Declared *other : others) {
    const EntityId at = ResolveEntity(*other);
    if (IsSome(at) && model_.IsA(model_.entity(at).kind, entity.kind)) {
      suggestion.Consider(text(other->name));
    }
  }
  const auto [head, tail] = path.rsplit('.');
  std::string behind_module = tail.empty() ? "" : SuggestMember(module, head, tail);
  if (!behind_module.empty()) behind_module = head.str() + "." + behind_module;
  auto report =
      sink_->Report(diag::UnknownBase, tree.span(base), path.str(), text(kind.name).str());
  if (IsSome(found)) {
    report.Label(model_.entity(found).span,
                 "this is a `" + text(model_.kind(model_.entity(found).kind).name).str() + "`");
  } else if (variant != nullptr || suggestion.best() || !behind_module.empty()) {
    const std::string meant = variant != nullptr  ? short_path.str()
                              : suggestion.best() ? suggestion.best()->str()
                                                  : behind_module;
    report.Fix(tree.span(base), "write `" + meant + "`", meant);
  } else if (!variants.empty()) {
    report.Help("the variants of `" + text(kind.name).str() + "` are " + variants);
  }
}

auto Checker::IsAbstract(KindId id) -> bool {
  (void)ShapeOf(id);
  return model_.kind(id).is_abstract;
}

auto Checker::VariantsOf(ModuleIndex module, KindId kind, base::Suggestion *suggestion)
    -> std::string {
  std::vector<llvm::StringRef> names;
  const std::string prefix = text(model_.kind(kind).name).str() + ".";
  ForEachVisible(module, [&](Scope &visible) {
    for (const auto &[symbol, declared] : visible.types) {
      if (declared->form == DeclaredForm::Kind && text(declared->name).starts_with(prefix)) {
        names.push_back(text(declared->name).drop_front(prefix.size()));
      }
    }
  });
  std::sort(names.begin(), names.end());
  std::string list;
  for (const llvm::StringRef name : names) {
    if (suggestion != nullptr) suggestion->Consider(name);
    list += (list.empty() ? "`" : ", `") + name.str() + "`";
  }
  return list;
}

void Checker::CheckEntity(const Tree &tree, EntityId id, NodeId decl) {
  plan::Entity &entity = model_.entities[plan::Index(id)];
  (void)ShapeOf(entity.kind);
  const plan::Kind &kind = model_.kind(entity.kind);
  if (!kind.deprecated.empty()) {
    sink_->Report(diag::Deprecated, tree.span(tree.child(decl, 0)), text(kind.name).str(),
                  kind.deprecated);
  }
  Frame frame;
  frame.tree = &tree;
  frame.module = static_cast<ModuleIndex>(entity.module);
  if (const auto text = text_modules_.find(plan::Index(id)); text != text_modules_.end()) {
    frame.module = text->second;
    frame.owner = owners_.lookup(plan::Index(id));
  }
  frame.enclosing = id;
  frame.self = entity.is_template ? TemplateSelf(id) : EntityType(entity.kind);
  frame.has_wrong_self = entity.is_template && !IsSome(frame.self);
  EntityItems(tree, id, tree.child(decl, 5), frame);
  std::stable_sort(entity.written.begin(), entity.written.end(),
                   [](const auto &a, const auto &b) { return a.slot < b.slot; });
  RequiredFields(id);
}

// In a playbook `self` is an entity of the kind that the playbook is for.
auto Checker::TemplateSelf(EntityId id) -> TypeId {
  EntityId playbook = id;
  while (IsSome(model_.entity(playbook).parent)) playbook = model_.entity(playbook).parent;
  const Slot of = model_.kind(model_.entity(playbook).kind).members.Find(Intern("of"));
  for (const plan::Written &written : model_.entity(playbook).written) {
    if (written.slot != of) continue;
    if (model_.exprs.expr(written.value).kind != ExprKind::Literal) break;
    const plan::Value &value = model_.exprs.literal(written.value);
    if (value.tag == plan::ValueTag::KindName) return EntityType(value.kind);
  }
  return plan::kErrorType;
}

// The order in which every engine sees the plan.
void Checker::NamePlanEntities() {
  for (uint32_t i = 1; i < model_.entities.size(); ++i) {
    const plan::Entity &entity = model_.entities[i];
    const bool is_here = static_cast<ModuleIndex>(entity.module) == store_.plan ||
                         IsSome(entity.module_name);
    if (is_here && IsSome(entity.kind) && !overwritten_.contains(i)) {
      model_.plan_entities.push_back(static_cast<EntityId>(i));
    }
  }
  const auto key = [&](EntityId id) {
    const plan::Entity &e = model_.entity(id);
    return std::make_tuple(text(e.module_name), text(e.qualified), e.title, e.span.begin);
  };
  std::stable_sort(model_.plan_entities.begin(), model_.plan_entities.end(),
                   [&](EntityId a, EntityId b) { return key(a) < key(b); });
  const KindId plan_kind = KnownKind("plan");
  for (const EntityId id : model_.plan_entities) {
    if (!model_.IsA(model_.entity(id).kind, plan_kind)) continue;
    if (IsSome(model_.plan)) {
      sink_->Report(diag::PlanTwice, model_.entity(id).span)
          .Here("again here")
          .Label(model_.entity(model_.plan).span, "first here");
    } else {
      model_.plan = id;
    }
  }
}

}  // namespace groma::check
