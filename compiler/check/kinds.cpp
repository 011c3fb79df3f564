// SPDX-License-Identifier: Apache-2.0
// Kinds. Their shape (base, members and types) is found when first asked for; defaults, bounds and
// invariants follow when every shape that they may mention can be found.
#include "groma/check/checker.h"
#include "llvm/ADT/StringSwitch.h"

namespace groma::check {

auto Checker::ResolveKind(Declared &declared) -> KindId {
  if (declared.state == Declared::State::Untouched) {
    const Earnest earnest(*this);
    ResolveNeeds(declared);
  }
  if (declared.state == Declared::State::Untouched) {
    const Earnest earnest(*this);
    declared.state = Declared::State::Done;
    declared.id = static_cast<uint32_t>(model_.kinds.size());
    const Tree &tree = *declared.tree;
    plan::Kind &kind = model_.kinds.emplace_back();
    kind.name = declared.name;
    kind.span = tree.span(tree.child(declared.node, 1));
    kind.body = tree.span(declared.node);
    kind.is_library = store_.module(declared.module).is_library;
    kind.module = static_cast<plan::ModuleId>(declared.module);
    Shape shape;
    shape.declared = &declared;
    kind_shapes_.push_back(std::move(shape));
    // The base is needed at once: `is` and references ask for it.
    KindBase(declared, static_cast<KindId>(declared.id));
    work_.push_back([this, id = static_cast<KindId>(declared.id)] {
      (void)NestsWithoutEnd(id);
      KindValues(id);
    });
  }
  return static_cast<KindId>(declared.id);
}

auto Checker::KnownKind(llvm::StringRef name) -> KindId {
  Declared *declared = FindPublicType(store_.prelude, name);
  return declared != nullptr && declared->form == DeclaredForm::Kind ? ResolveKind(*declared)
                                                                     : KindId{};
}

void Checker::KindBase(Declared &declared, KindId id) {
  const Tree &tree = *declared.tree;
  const NodeId base = tree.child(declared.node, 3);
  if (base == syntax::kNoNode) {
    // Everything is an entity, if the library declares what they have in common.
    const KindId root = KnownKind("entity");
    if (root != id) model_.kinds[plan::Index(id)].base = root;
    return;
  }
  Declared *found = FindType(declared.module, tree.text(base));
  if (found == nullptr || found->form != DeclaredForm::Kind) {
    auto report = sink_->Report(diag::UnknownKind, tree.span(base), tree.text(base).str());
    const std::string meant = SuggestType(declared.module, tree.text(base), true);
    if (!meant.empty()) report.Fix(tree.span(base), "write `" + meant + "`", meant);
    return;
  }
  const Step step(*this, tree.span(base), kStepOfDeclaration);
  if (step.is_too_deep()) return;
  const KindId base_id = ResolveKind(*found);
  if (model_.IsA(base_id, id)) {
    auto report = sink_->Report(diag::BaseCycle, tree.span(base), text(declared.name).str());
    for (KindId at = base_id; at != id; at = model_.kind(at).base) {
      report.Label(model_.kind(at).span, "by way of this kind");
    }
    return;
  }
  if (AddBase(bases_of_kinds_, plan::Index(id), plan::Index(base_id), text(declared.name),
              tree.span(base))) {
    model_.kinds[plan::Index(id)].base = base_id;
  }
}

auto Checker::ShapeOf(KindId id) -> const plan::Kind & {
  plan::Kind &kind = model_.kinds[plan::Index(id)];
  if (!IsSome(id) || kind_shapes_[plan::Index(id)].shape != Declared::State::Untouched) return kind;
  const Earnest earnest(*this);
  kind_shapes_[plan::Index(id)].shape = Declared::State::Done;
  Declared &declared = *kind_shapes_[plan::Index(id)].declared;
  if (IsSome(kind.base)) {
    const plan::Kind &base = ShapeOf(kind.base);
    kind.members = base.members;
    kind.is_taggable = base.is_taggable;
    kind.is_catalogue = base.is_catalogue;
    kind.ordered_by = base.ordered_by;
    for (Slot slot = 0; slot < kind.members.list.size(); ++slot) {
      const auto nested = kind_nested_.find({plan::Index(kind.base), slot});
      if (nested != kind_nested_.end()) {
        const auto entry = nested->second;
        kind_nested_[{plan::Index(id), slot}] = entry;
      }
    }
  }
  const Tree &tree = *declared.tree;
  const auto items = tree.children(tree.child(declared.node, 5));
  for (const NodeId item : items) KindItem(declared, id, item);
  for (const NodeId item : items) {
    if (tree.kind(item) == NodeKind::Field) KindAttribute(declared, id, item);
  }
  CheckCatalogueKind(id);
  return kind;
}

void Checker::KindItem(Declared &declared, KindId id, NodeId item) {
  const Tree &tree = *declared.tree;
  plan::Kind &kind = model_.kinds[plan::Index(id)];
  switch (tree.kind(item)) {
    case NodeKind::FieldDecl:
    case NodeKind::Let:
    case NodeKind::Fn:
      if (const auto slot = AddMember(declared, item, kind.members, text(kind.name), id)) {
        kind.members.list[*slot].declared_in = id;
        kind_shapes_[plan::Index(id)].items.emplace_back(*slot, item);
      }
      return;
    case NodeKind::Decl: {
      const NodeId name = tree.child(item, 1);
      if (name == syntax::kNoNode) break;
      plan::Member member;
      member.name = Intern(tree.text(name));
      member.span = tree.span(name);
      member.form = plan::MemberForm::Nested;
      member.nested = KindOfWord(tree, declared.module, item);
      member.type = EntityType(member.nested);
      member.declared_in = id;
      if (!IsSome(member.nested)) return;
      const auto slot = static_cast<Slot>(kind.members.list.size());
      const Slot known = kind.members.Find(member.name);
      if (known != plan::kNoSlot) {
        sink_->Report(diag::MemberTwice, member.span, text(kind.name).str(),
                      text(member.name).str())
            .Label(kind.members.list[known].span, "declared here");
        return;
      }
      CheckPromise(tree, item);
      kind.members.by_name[plan::Index(member.name)] = slot;
      kind.members.list.push_back(std::move(member));
      kind_nested_[{plan::Index(id), slot}] = {&tree, item};
      return;
    }
    case NodeKind::Field:
    case NodeKind::Require:
    case NodeKind::Error: return;
    default: break;
  }
  sink_->Report(diag::MisplacedItem, tree.span(item), "this", "a kind")
      .Help("a kind has fields (`racks: int = 1`), `let`, `fn`, `require`, nested declarations and "
            "attributes");
}

void Checker::KindAttribute(Declared &declared, KindId id, NodeId field) {
  const Tree &tree = *declared.tree;
  plan::Kind &kind = model_.kinds[plan::Index(id)];
  const NodeId key = tree.child(field, 0);
  const NodeId value = tree.child(field, 1);
  const llvm::StringRef name = tree.text(key);
  const bool is_true = tree.kind(value) == NodeKind::True;
  const bool is_flag = is_true || tree.kind(value) == NodeKind::False;
  if (name == "plural" && tree.kind(value) == NodeKind::Name) {
    kind.plural = Intern(tree.text(value));
  } else if (name == "abstract" && is_flag) {
    kind.is_abstract = is_true;
  } else if (name == "taggable" && is_flag) {
    kind.is_taggable = is_true;
  } else if (name == "catalogue" && is_flag) {
    kind.is_catalogue = is_true;
  } else if (name == "deprecated" && tree.kind(value) == NodeKind::String) {
    kind.deprecated = tree.text(value).trim('"').str();
  } else if (name == "ordered_by" && tree.kind(value) == NodeKind::Name) {
    kind.ordered_by = kind.members.Find(Intern(tree.text(value)));
    if (kind.ordered_by == plan::kNoSlot) {
      sink_->Report(diag::UnknownField, tree.span(value), text(kind.name).str(),
                    tree.text(value).str());
    }
  } else {
    const llvm::StringRef takes = llvm::StringSwitch<llvm::StringRef>(name)
                                      .Cases("plural", "ordered_by", "a name")
                                      .Cases("abstract", "taggable", "catalogue", "`true` or `false`")
                                      .Case("deprecated", "a text")
                                      .Default("");
    if (!takes.empty()) {
      sink_->Report(diag::TypeMismatch, tree.span(value), takes.str(), "`" + tree.text(value).str() + "`");
      return;
    }
    // A new default for an inherited field.
    const Slot slot = kind.members.Find(Intern(name));
    if (slot == plan::kNoSlot || kind.members.list[slot].form != plan::MemberForm::Field) {
      auto report = sink_->Report(diag::UnknownAttribute, tree.span(key), name.str());
      report.Help("the attributes are plural, abstract, taggable, catalogue, ordered_by and "
                  "deprecated; a new field is declared with its type: `" + name.str() + ": int = 1`");
      return;
    }
    kind.members.list[slot].is_required_field = false;
    kind.members.list[slot].is_decided_by_default = false;
  }
}

// Defaults, bounds and requirements: those of the base first, then its own.
void Checker::KindValues(KindId id) {
  if (kind_shapes_[plan::Index(id)].values != Declared::State::Untouched) return;
  kind_shapes_[plan::Index(id)].values = Declared::State::Done;
  Declared &declared = *kind_shapes_[plan::Index(id)].declared;
  (void)ShapeOf(id);
  const Tree &tree = *declared.tree;
  plan::Kind &kind = model_.kinds[plan::Index(id)];
  if (IsSome(kind.base)) {
    KindValues(kind.base);
    const plan::Kind &base = model_.kind(kind.base);
    for (Slot slot = 0; slot < base.members.list.size(); ++slot) {
      kind.members.list[slot].value = base.members.list[slot].value;
      kind.members.list[slot].bounds = base.members.list[slot].bounds;
    }
    kind.requirements = base.requirements;
  }
  const auto items = kind_shapes_[plan::Index(id)].items;
  for (const auto &[slot, item] : items) {
    plan::Member member = model_.kinds[plan::Index(id)].members.list[slot];
    MemberValues(declared, item, member, EntityType(id));
    model_.kinds[plan::Index(id)].members.list[slot] = std::move(member);
  }
  for (const NodeId item : tree.children(tree.child(declared.node, 5))) {
    if (tree.kind(item) == NodeKind::Field) NewDefault(declared, id, item);
    if (tree.kind(item) != NodeKind::Require) continue;
    Frame frame;
    frame.tree = &tree;
    frame.module = declared.module;
    frame.self = EntityType(id);
    const plan::Requirement requirement = RequirementOf(item, frame);
    model_.kinds[plan::Index(id)].requirements.push_back(requirement);
  }
}

void Checker::NewDefault(Declared &declared, KindId id, NodeId field) {
  const Tree &tree = *declared.tree;
  const llvm::StringRef name = tree.text(tree.child(field, 0));
  static constexpr llvm::StringLiteral kAttributes[] = {"plural",    "abstract",   "taggable",
                                                        "catalogue", "deprecated", "ordered_by"};
  if (llvm::is_contained(kAttributes, name)) return;
  const plan::Kind &kind = model_.kind(id);
  const Slot slot = kind.members.Find(Intern(name));
  if (slot == plan::kNoSlot || kind.members.list[slot].form != plan::MemberForm::Field) return;
  Frame frame;
  frame.tree = &tree;
  frame.module = declared.module;
  frame.self = EntityType(id);
  const ExprId value = FieldValue(field, tree.child(field, 1), tree.op<syntax::AssignOp>(field),
                                  kind.members.list[slot].type, name, frame);
  model_.kinds[plan::Index(id)].members.list[slot].value = value;
}

void Checker::CheckCatalogueKind(KindId id) {
  const plan::Kind &kind = model_.kind(id);
  if (!kind.is_catalogue) return;
  std::string missing;
  for (const llvm::StringRef name : {"source", "as_of"}) {
    if (kind.members.Find(Intern(name)) != plan::kNoSlot) continue;
    missing += (missing.empty() ? "`" : " and no field `") + name.str() + "`";
  }
  if (missing.empty()) return;
  sink_->Report(diag::CatalogueNeedsSource, kind.span, text(kind.name).str(), missing)
      .Help("derive it from `entry`, which has `source`, `as_of` and `confidence`");
}

void Checker::DrainWork() {
  while (!work_.empty()) {
    const auto step = std::move(work_.front());
    work_.pop_front();
    step();
  }
}

}  // namespace groma::check
