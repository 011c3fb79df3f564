// SPDX-License-Identifier: Apache-2.0
// In which order declarations are resolved. What a declaration needs comes first, by a walk that keeps
// its place in a list and not on the stack: a chain of ten thousand `let`s is no deeper than one.
// What the walk does not foresee, above all rounds, is resolved as it is met, and counted.
#include "groma/check/checker.h"

namespace groma::check {
namespace {

// One expression has at most 1000 words, each of which takes up to two steps. A step takes up to 500
// bytes of the stack in a release build, so that a sanitized one fits six times over.
constexpr unsigned kMostSteps = 2400;
// Each heir has a copy of what its bases have, and each reading of a field goes along them.
constexpr unsigned kMostBases = 200;

}  // namespace

Checker::Step::Step(Checker &checker, Span at, unsigned size) : checker_(checker), size_(size) {
  checker_.steps_ += size_;
  if (checker_.steps_ < kMostSteps) return;
  is_too_deep_ = true;
  checker_.sink_->Report(diag::TooManySteps, at, static_cast<int64_t>(kMostSteps))
      .Help("state a type half way, such as `let x: int = ...`: what has one is not searched any further");
}

// The declarations that resolving `declared` asks for; more than these do no harm.
void Checker::NeedsOf(const Declared &declared, std::vector<Declared *> &needs) {
  const Tree &tree = *declared.tree;
  const auto need = [&](Declared *found) {
    if (found != nullptr && found->state == Declared::State::Untouched) needs.push_back(found);
  };
  std::vector<NodeId> nodes = {declared.node};
  switch (declared.form) {
    case DeclaredForm::Kind:
      if (const NodeId base = tree.child(declared.node, 3); base != syntax::kNoNode) {
        need(FindType(declared.module, tree.text(base)));
      }
      return;
    case DeclaredForm::Entity:
      // Its own base, and those of what is declared inside.
      while (!nodes.empty()) {
        const NodeId decl = nodes.back();
        nodes.pop_back();
        if (const NodeId base = tree.child(decl, 3); base != syntax::kNoNode) {
          const auto found = scope(declared.module)
                                 .values.find(plan::Index(Intern(tree.text(base).split('.').first)));
          const bool is_known = found != scope(declared.module).values.end();
          if (is_known && found->second->form == DeclaredForm::Entity) need(found->second);
        }
        for (const NodeId item : tree.children(tree.child(decl, 5))) {
          if (tree.kind(item) == NodeKind::Decl) nodes.push_back(item);
        }
      }
      return;
    case DeclaredForm::Param:
      return;
    case DeclaredForm::Let:
      if (tree.child(declared.node, 1) != syntax::kNoNode) return;
      break;
    case DeclaredForm::Function:
    case DeclaredForm::Alias: break;
    default: return;
  }
  while (!nodes.empty()) {
    const NodeId node = nodes.back();
    nodes.pop_back();
    for (const NodeId child : tree.children(node)) {
      if (child != syntax::kNoNode) nodes.push_back(child);
    }
    if (tree.kind(node) == NodeKind::TypeName && declared.form == DeclaredForm::Alias) {
      Declared *found = FindType(declared.module, tree.text(tree.child(node, 0)));
      if (found != nullptr && found->form == DeclaredForm::Alias) need(found);
    }
    if (tree.kind(node) != NodeKind::Name || declared.form == DeclaredForm::Alias) continue;
    const SymbolId name = model_.symbols.Find(tree.text(node));
    if (!IsSome(name)) continue;
    ForEachVisible(declared.module, [&](Scope &visible) {
      const auto found = visible.values.find(plan::Index(name));
      if (found == visible.values.end()) return;
      const DeclaredForm form = found->second->form;
      if (form == DeclaredForm::Let || form == DeclaredForm::Function) need(found->second);
    });
  }
}

// Notes that `heir` starts from `base`; false if the chain of bases is too long. That is told once, and
// the rest of the chain counts from there.
auto Checker::AddBase(llvm::DenseMap<uint32_t, unsigned> &bases, uint32_t heir, uint32_t base,
                      llvm::StringRef name, Span at) -> bool {
  const unsigned count = bases.lookup(base) + 1;
  bases[heir] = count;
  if (count <= kMostBases) return true;
  bases[heir] = 0;
  if (!std::exchange(has_too_many_bases_, true)) {
    sink_->Report(diag::TooManyBases, at, name.str(), static_cast<int64_t>(kMostBases))
        .Help("write here what the chain says up to this place, and start from nothing");
  }
  return false;
}

void Checker::Resolve(Declared &declared) {
  switch (declared.form) {
    case DeclaredForm::Entity: (void)ResolveEntity(declared); break;
    case DeclaredForm::Param:
    case DeclaredForm::Let: (void)ResolveGlobal(declared); break;
    case DeclaredForm::Function: (void)ResolveFunction(declared); break;
    case DeclaredForm::Catalogue: (void)CatalogueEntries(declared); break;
    case DeclaredForm::Kind:
    case DeclaredForm::Record:
    case DeclaredForm::Enum:
    case DeclaredForm::Union:
    case DeclaredForm::Alias: (void)DeclaredType(declared); break;
    case DeclaredForm::Row:
    case DeclaredForm::Plural: break;
  }
}

// Resolves what `root` needs, the deepest first. Members of a round are left to the one that it begins
// with, which reports the round.
void Checker::ResolveNeeds(Declared &root) {
  struct Visit {
    Declared *declared;
    std::vector<Declared *> needs;
    size_t next = 0;
    // The first visit that this one leads back to; itself if it leads back to none.
    size_t back = 0;
  };
  std::vector<Visit> visits;
  llvm::DenseMap<const Declared *, size_t> places;
  const auto enter = [&](Declared &declared) {
    const size_t place = visits.size();
    places[&declared] = place;
    visits.push_back({&declared, {}, 0, place});
    NeedsOf(declared, visits.back().needs);
  };
  enter(root);
  while (!visits.empty()) {
    Visit &visit = visits.back();
    if (visit.next < visit.needs.size()) {
      Declared *need = visit.needs[visit.next++];
      if (need->state != Declared::State::Untouched) continue;
      const auto known = places.find(need);
      if (known == places.end()) {
        enter(*need);
      } else if (known->second < visits.size() && visits[known->second].declared == need) {
        visit.back = std::min(visit.back, known->second);
      }
      continue;
    }
    Declared *declared = visit.declared;
    const size_t back = visit.back;
    visits.pop_back();
    if (visits.empty()) return;
    if (back < visits.size()) {
      visits.back().back = std::min(visits.back().back, back);
    } else {
      Resolve(*declared);
    }
  }
}

}  // namespace groma::check
