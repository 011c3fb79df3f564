// SPDX-License-Identifier: Apache-2.0
// Playbooks: what it takes to deliver an entity of a kind. Each entity gets the tasks and milestones of
// the playbook that is nearest to it, as if its kind had promised them.
#include "groma/check/checker.h"

namespace groma::check {

void Checker::FindPlaybooks() {
  FindPlaybooksOf(store_.plan);
  for (const modules::Import &import : store_.module(store_.plan).imports) {
    if (import.target != store_.prelude) FindPlaybooksOf(import.target);
  }
  FindPlaybooksOf(store_.prelude);
}

void Checker::FindPlaybooksOf(ModuleIndex module) {
  const size_t first = playbooks_.size();
  for (const Tree &tree : store_.module(module).trees) {
    for (const NodeId item : tree.children(tree.root())) {
      if (tree.kind(item) != NodeKind::Decl || tree.text(tree.child(item, 0)) != "playbook") continue;
      const KindId of = KindOfPlaybook(tree, module, item);
      if (!IsSome(of)) continue;  // is reported where the playbook is checked
      const Playbook own{{&tree, item, module, true}, of};
      const auto other = std::find_if(playbooks_.begin() + static_cast<std::ptrdiff_t>(first),
                                      playbooks_.end(),
                                      [&](const Playbook &known) { return known.of == of; });
      if (other != playbooks_.end()) {
        const Tree &theirs = *other->text.tree;
        sink_->Report(diag::PlaybookTwice, tree.span(item), text(model_.kind(of).name).str())
            .Label(theirs.span(theirs.child(other->text.decl, 1)), "this is one already")
            .Help("write all of it in one, or give each variant of the kind its own");
        continue;
      }
      CheckPlaybook(own);
      playbooks_.push_back(own);
    }
  }
}

auto Checker::KindOfPlaybook(const Tree &tree, ModuleIndex module, NodeId decl) -> KindId {
  for (const NodeId item : tree.children(tree.child(decl, 5))) {
    if (tree.kind(item) != NodeKind::Field || tree.text(tree.child(item, 0)) != "of") continue;
    Declared *found = FindType(module, tree.text(tree.child(item, 1)));
    return found != nullptr && found->form == DeclaredForm::Kind ? ResolveKind(*found) : KindId{};
  }
  return {};
}

// What the kind promises already keeps its sort.
void Checker::CheckPlaybook(const Playbook &playbook) {
  CheckPromise(*playbook.text.tree, playbook.text.decl);
  const plan::Members &members = ShapeOf(playbook.of).members;
  for (const Promise &inner : InnerPromises(playbook.text)) {
    const Slot slot = members.Find(PromiseName(inner));
    if (slot == plan::kNoSlot) continue;
    const Span span = inner.tree->span(inner.tree->child(inner.decl, 1));
    const plan::Member &member = members.list[slot];
    const std::string name = text(member.name).str();
    if (member.form != plan::MemberForm::Nested) {
      sink_->Report(diag::DeclaredTwice, span, name)
          .Label(member.span, "this is a field of the kind")
          .Help("give it another name");
      continue;
    }
    const KindId kind = KindOfPromise(inner);
    if (!IsSome(kind) || model_.IsA(kind, member.nested)) continue;
    sink_->Report(diag::OtherKindNested, span, name, text(model_.kind(member.nested).name).str(),
                  text(model_.kind(kind).name).str())
        .Label(member.span, "promised here");
  }
}

auto Checker::PlaybookOf(KindId kind) -> const Playbook * {
  const auto [at, is_new] = playbook_of_.try_emplace(plan::Index(kind), nullptr);
  if (!is_new) return at->second;
  const Playbook *nearest = nullptr;
  for (KindId k = kind; IsSome(k) && nearest == nullptr; k = model_.kind(k).base) {
    const auto found = llvm::find_if(playbooks_, [&](const Playbook &one) { return one.of == k; });
    if (found != playbooks_.end()) nearest = &*found;
  }
  return playbook_of_[plan::Index(kind)] = nearest;
}

}  // namespace groma::check
