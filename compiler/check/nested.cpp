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
    const unsigned inner = CountNested(member.nested, path);
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

auto Checker::NestsWithoutEnd(KindId id) -> bool {
  const Earnest earnest(*this);
  std::vector<KindId> path;
  return CountNested(id, path) == kEndless;
}

// One of the entities that the kind of `id` promises, as the kind writes it.
auto Checker::CreatePromised(EntityId id, Slot slot) -> EntityId {
  const KindId kind = model_.entity(id).kind;
  const plan::Member &member = model_.kind(kind).members.list[slot];
  const auto nested = static_cast<EntityId>(model_.entities.size());
  plan::Entity entity;
  entity.name = member.name;
  entity.qualified = Intern(text(model_.entity(id).qualified).str() + "." + text(member.name).str());
  entity.kind = member.nested;
  entity.parent = id;
  entity.module = model_.entity(id).module;
  entity.span = member.span;
  entity.whole = member.span;
  entity.nested_slot = slot;
  entity.is_library = true;
  model_.entities.push_back(std::move(entity));
  const auto source = kind_nested_.find({plan::Index(kind), slot});
  if (source != kind_nested_.end()) {
    pending_.push_back({source->second.first, nested, source->second.second});
  }
  return nested;
}

// Where the plan writes a promised entity itself, it starts from what the kind says of it.
void Checker::WritePromised(EntityId id, EntityId written, Slot slot) {
  const KindId kind = model_.entity(id).kind;
  const plan::Member &member = model_.kind(kind).members.list[slot];
  plan::Entity &own = model_.entities[plan::Index(written)];
  if (!model_.IsA(own.kind, member.nested)) {
    sink_->Report(diag::OtherKindNested, own.span, text(own.name).str(),
                  text(model_.kind(member.nested).name).str(), text(model_.kind(own.kind).name).str())
        .Label(member.span, "promised here")
        .Help("write `" + text(model_.kind(member.nested).name).str() + " " + text(own.name).str() +
              " { ... }`, or give it another name");
    return;
  }
  own.nested_slot = slot;
  const auto source = kind_nested_.find({plan::Index(kind), slot});
  if (IsSome(own.base) || source == kind_nested_.end()) return;
  const auto &[tree, decl] = source->second;
  if (tree->children(tree->child(decl, 5)).empty()) return;
  const EntityId base = CreatePromised(id, slot);
  overwritten_.insert(plan::Index(base));
  model_.entities[plan::Index(written)].base = base;
}

void Checker::CreateNested(EntityId id) {
  const KindId kind = model_.entity(id).kind;
  const size_t slots = ShapeOf(kind).members.list.size();
  for (Slot slot = 0; slot < slots; ++slot) {
    const plan::Member &member = model_.kind(kind).members.list[slot];
    if (member.form != plan::MemberForm::Nested || model_.entity(id).is_template) continue;
    const auto [place, is_new] =
        nested_.try_emplace({plan::Index(id), plan::Index(member.name)}, EntityId{});
    if (!is_new) {
      WritePromised(id, place->second, slot);
      continue;
    }
    const EntityId nested = place->second = CreatePromised(id, slot);
    if (!NestsWithoutEnd(kind)) CreateNested(nested);
  }
}

}  // namespace groma::check
