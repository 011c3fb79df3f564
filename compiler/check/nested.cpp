// SPDX-License-Identifier: Apache-2.0
// What a kind promises for each of its entities: `milestone accepted {}` in a kind is an entity of its
// own in every entity of that kind, and may hold others in its turn.
#include "groma/check/checker.h"

namespace groma::check {
namespace {

constexpr unsigned kEndless = ~0U;
constexpr unsigned kVisiting = ~0U - 1;
constexpr unsigned kMostNested = 1000;
constexpr size_t kDeepestNested = 50;

}  // namespace

// How many entities stand in each entity of a kind; kEndless, and told, if there is no end to them.
auto Checker::CountNested(KindId id, std::vector<KindId> &path) -> unsigned {
  if (!IsSome(id)) return 0;
  const auto known = nested_counts_.find(plan::Index(id));
  if (known != nested_counts_.end() && known->second != kVisiting) return known->second;
  const bool is_round = known != nested_counts_.end();
  const auto told = [&](KindId at, const std::string &what) {
    const plan::Kind &kind = model_.kind(at);
    auto report = sink_->Report(diag::EndlessNesting, kind.span, text(kind.name).str(), what);
    std::string field = "other: " + text(kind.name).str();
    if (is_round) {
      for (auto by = llvm::find(path, id); by != path.end(); ++by) {
        const KindId next = by + 1 == path.end() ? id : by[1];
        for (const plan::Member &member : model_.kind(*by).members.list) {
          if (member.form != plan::MemberForm::Nested || member.nested != next) continue;
          if (*by == id) field = text(member.name).str() + ": " + text(model_.kind(next).name).str();
          report.Label(member.span, "one more `" + text(model_.kind(next).name).str() + "` in each `" +
                                        text(model_.kind(*by).name).str() + "`");
        }
      }
    }
    report.Help("a field points to another one where there is one: `" + field + "?`");
    return kEndless;
  };
  if (is_round) return told(id, "itself, without end");
  if (path.size() >= kDeepestNested) {
    return told(path.front(), "others more than " + std::to_string(kDeepestNested) + " deep");
  }
  nested_counts_[plan::Index(id)] = kVisiting;
  path.push_back(id);
  const size_t slots = ShapeOf(id).members.list.size();
  unsigned count = 0;
  bool is_endless = false;
  for (Slot slot = 0; slot < slots && !is_endless; ++slot) {
    const plan::Member &member = model_.kind(id).members.list[slot];
    if (member.form != plan::MemberForm::Nested) continue;
    const auto [tree, decl] = kind_nested_.lookup({plan::Index(id), slot});
    const auto module = static_cast<ModuleIndex>(model_.kind(member.declared_in).module);
    const unsigned inner = tree == nullptr ? CountNested(member.nested, path)
                                           : CountPromised({tree, decl, module}, path);
    is_endless = inner == kEndless;
    if (!is_endless) count += 1 + inner;
  }
  path.pop_back();
  if (!is_endless && count > kMostNested) {
    is_endless = true;
    (void)told(id, "more than " + std::to_string(kMostNested) + " others");
  }
  return nested_counts_[plan::Index(id)] = is_endless ? kEndless : count;
}

// The same for one promise: what its kind nests, and what stands inside the promise.
auto Checker::CountPromised(const Promise &promise, std::vector<KindId> &path) -> unsigned {
  unsigned count = CountNested(KindOfPromise(promise), path);
  for (const Promise &inner : InnerPromises(promise)) {
    if (count == kEndless) break;
    const unsigned more = CountPromised(inner, path);
    count = more == kEndless ? kEndless : count + 1 + more;
  }
  return count;
}

auto Checker::NestsWithoutEnd(KindId id) -> bool {
  const Earnest earnest(*this);
  std::vector<KindId> path;
  return CountNested(id, path) == kEndless;
}

// The kind of what a promise makes: its word's, or the variant after its colon.
auto Checker::KindOfPromise(const Promise &promise) -> KindId {
  const Tree &tree = *promise.tree;
  const llvm::StringRef word = tree.text(tree.child(promise.decl, 0));
  const Declared *found = FindType(promise.module, word);
  if (found == nullptr || found->form != DeclaredForm::Kind) return {};
  if (const NodeId base = tree.child(promise.decl, 3); base != syntax::kNoNode) {
    Declared *variant = FindType(promise.module, word.str() + "." + tree.text(base).str());
    if (variant != nullptr && variant->form == DeclaredForm::Kind) return ResolveKind(*variant);
  }
  return ResolveKind(*FindType(promise.module, word));
}

// What stands inside a promise has a name, and each name once.
void Checker::CheckPromise(const Tree &tree, NodeId decl) {
  std::vector<NodeId> names;
  for (const NodeId item : tree.children(tree.child(decl, 5))) {
    if (tree.kind(item) != NodeKind::Decl) continue;
    const NodeId name = tree.child(item, 1);
    if (name == syntax::kNoNode) {
      sink_->Report(diag::MisplacedItem, tree.span(item), "a declaration without a name",
                    "what a kind promises");
      continue;
    }
    const auto first =
        llvm::find_if(names, [&](NodeId other) { return tree.text(other) == tree.text(name); });
    if (first != names.end()) {
      sink_->Report(diag::DeclaredTwice, tree.span(name), tree.text(name).str())
          .Here("again here")
          .Label(tree.span(*first), "first here");
    }
    names.push_back(name);
    CheckPromise(tree, item);
  }
}

// The promises that stand inside another one.
auto Checker::InnerPromises(const Promise &promise) -> std::vector<Promise> {
  std::vector<Promise> inner;
  const Tree &tree = *promise.tree;
  for (const NodeId item : tree.children(tree.child(promise.decl, 5))) {
    if (tree.kind(item) != NodeKind::Decl || tree.child(item, 1) == syntax::kNoNode) continue;
    inner.push_back({&tree, item, promise.module, promise.is_of_playbook});
  }
  return inner;
}

auto Checker::PromiseName(const Promise &promise) -> SymbolId {
  return Intern(promise.tree->text(promise.tree->child(promise.decl, 1)));
}

// What kinds say of the entity of this name in `parent`, the nearest word first: what stands inside the
// promise of `parent` itself, then what the kind of `parent` promises.
auto Checker::PromisesOf(EntityId parent, SymbolId name) -> std::vector<Promise> {
  std::vector<Promise> promises;
  for (const Promise &outer : promises_.lookup(plan::Index(parent))) {
    for (const Promise &inner : InnerPromises(outer)) {
      if (PromiseName(inner) == name) promises.push_back(inner);
    }
  }
  const KindId kind = model_.entity(parent).kind;
  if (const Playbook *playbook = PlaybookOf(kind)) {
    for (const Promise &inner : InnerPromises(playbook->text)) {
      if (PromiseName(inner) == name) promises.push_back(inner);
    }
  }
  const Slot slot = ShapeOf(kind).members.Find(name);
  if (slot == plan::kNoSlot) return promises;
  const auto source = kind_nested_.find({plan::Index(kind), slot});
  if (source == kind_nested_.end()) return promises;
  const KindId from = model_.kind(kind).members.list[slot].declared_in;
  promises.push_back({source->second.first, source->second.second,
                      static_cast<ModuleIndex>(model_.kind(from).module), false});
  return promises;
}

// The slot of a promise of the kind of `parent`; none if only a promise inside one says so.
auto Checker::PromisedSlot(EntityId parent, SymbolId name) -> Slot {
  const KindId kind = model_.entity(parent).kind;
  const Slot slot = ShapeOf(kind).members.Find(name);
  return slot != plan::kNoSlot && kind_nested_.contains({plan::Index(kind), slot}) ? slot
                                                                                    : plan::kNoSlot;
}

// A promised entity as the promises say it, each starting from the next.
auto Checker::CreatePromised(EntityId parent, llvm::ArrayRef<Promise> promises, bool is_base)
    -> EntityId {
  const Promise &promise = promises.front();
  const Tree &tree = *promise.tree;
  plan::Entity entity;
  entity.kind = KindOfWord(tree, promise.module, promise.decl);
  if (!IsSome(entity.kind)) return {};
  const auto id = static_cast<EntityId>(model_.entities.size());
  entity.name = PromiseName(promise);
  entity.qualified =
      Intern(text(model_.entity(parent).qualified).str() + "." + text(entity.name).str());
  entity.parent = parent;
  entity.module = model_.entity(parent).module;
  entity.span = entity.whole = tree.span(tree.child(promise.decl, 1));
  entity.nested_slot = PromisedSlot(parent, entity.name);
  entity.is_library = true;
  model_.entities.push_back(std::move(entity));
  // Its text stands in the kind that promises it, or in a playbook.
  text_modules_[plan::Index(id)] = promise.module;
  if (promise.is_of_playbook) owners_[plan::Index(id)] = OwnerIn(parent);
  // What the plan writes itself may name the variant that the kind leaves out.
  if (!is_base || tree.child(promise.decl, 3) != syntax::kNoNode) EntityBase(tree, id, promise.decl);
  // What it starts from is read first, so that it is known what that says.
  StartFromPromises(id, promises.drop_front());
  pending_.push_back({&tree, id, promise.decl});
  return id;
}

// What stands in something of a playbook is about the same entity.
auto Checker::OwnerIn(EntityId parent) const -> EntityId {
  const auto outer = owners_.find(plan::Index(parent));
  return outer == owners_.end() ? parent : outer->second;
}

// Lets an entity start from what is promised of it, unless it says itself from what it starts.
void Checker::StartFromPromises(EntityId id, llvm::ArrayRef<Promise> promises) {
  while (!promises.empty() &&
         promises.front().tree->children(promises.front().tree->child(promises.front().decl, 5)).empty()) {
    promises = promises.drop_front();
  }
  if (promises.empty() || IsSome(model_.entity(id).base)) return;
  const EntityId base = CreatePromised(model_.entity(id).parent, promises, true);
  if (!IsSome(base)) return;
  overwritten_.insert(plan::Index(base));
  model_.entities[plan::Index(id)].base = base;
}

// Notes what kinds promise of an entity that the plan writes itself.
void Checker::NotePromises(EntityId id) {
  const EntityId parent = model_.entity(id).parent;
  const SymbolId name = model_.entity(id).name;
  if (!IsSome(parent) || !IsSome(name) || model_.entity(parent).is_template) return;
  std::vector<Promise> promises = PromisesOf(parent, name);
  const plan::Entity &own = model_.entity(id);
  for (const Promise &promise : promises) {
    const KindId promised = KindOfPromise(promise);
    if (!IsSome(promised)) return;  // was reported with the kind
    const KindId word = KindOfWord(*promise.tree, promise.module, promise.decl);
    if (model_.IsA(own.kind, word)) continue;
    sink_->Report(diag::OtherKindNested, own.span, text(own.name).str(),
                  text(model_.kind(word).name).str(), text(model_.kind(own.kind).name).str())
        .Label(promise.tree->span(promise.tree->child(promise.decl, 1)), "promised here")
        .Help("write `" + text(model_.kind(word).name).str() + " " + text(own.name).str() +
              " { ... }`, or give it another name");
    return;
  }
  if (promises.empty()) return;
  model_.entities[plan::Index(id)].nested_slot = PromisedSlot(parent, name);
  if (promises.front().is_of_playbook) owners_[plan::Index(id)] = OwnerIn(parent);
  StartFromPromises(id, promises);
  promises_[plan::Index(id)] = std::move(promises);
}

// Makes what is promised inside an entity and not written there.
void Checker::CreateNested(EntityId id) {
  if (model_.entity(id).is_template) return;
  std::vector<SymbolId> names;
  for (const Promise &outer : promises_.lookup(plan::Index(id))) {
    for (const Promise &inner : InnerPromises(outer)) names.push_back(PromiseName(inner));
  }
  const KindId kind = model_.entity(id).kind;
  for (const plan::Member &member : ShapeOf(kind).members.list) {
    if (member.form == plan::MemberForm::Nested) names.push_back(member.name);
  }
  if (const Playbook *playbook = PlaybookOf(kind)) {
    for (const Promise &inner : InnerPromises(playbook->text)) names.push_back(PromiseName(inner));
  }
  for (const SymbolId name : names) {
    const auto place = std::pair(plan::Index(id), plan::Index(name));
    if (nested_.contains(place)) continue;
    std::vector<Promise> promises = PromisesOf(id, name);
    const EntityId nested = promises.empty() ? EntityId{} : CreatePromised(id, promises, false);
    nested_[place] = nested;
    if (!IsSome(nested)) continue;
    promises_[plan::Index(nested)] = std::move(promises);
    if (!NestsWithoutEnd(kind)) CreateNested(nested);
  }
}

}  // namespace groma::check
