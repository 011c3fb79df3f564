// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/known.h"

namespace groma::plan {
namespace {

constexpr const char *kKindNames[] = {
#define GROMA_KNOWN_KIND(Name, spelling) spelling,
#define GROMA_KNOWN_MEMBER(Name, Kind, spelling)
#include "groma/plan/known.def"
#undef GROMA_KNOWN_KIND
#undef GROMA_KNOWN_MEMBER
};

struct MemberName {
  KnownKind kind;
  const char *name;
};
constexpr MemberName kMemberNames[] = {
#define GROMA_KNOWN_KIND(Name, spelling)
#define GROMA_KNOWN_MEMBER(Name, Kind, spelling) {KnownKind::Kind, spelling},
#include "groma/plan/known.def"
#undef GROMA_KNOWN_KIND
#undef GROMA_KNOWN_MEMBER
};

}  // namespace

Known::Known(const Model &model) {
  slots_.fill(kNoSlot);
  llvm::DenseMap<uint32_t, KindId> by_name;
  for (uint32_t i = 1; i < model.kinds.size(); ++i) {
    // A plan's own kind may have the name of one in a module that was not imported.
    if (model.kinds[i].is_library) by_name.try_emplace(Index(model.kinds[i].name), KindId{i});
  }
  for (size_t i = 0; i < kinds_.size(); ++i) {
    const SymbolId name = model.symbols.Find(kKindNames[i]);
    if (IsSome(name)) kinds_[i] = by_name.lookup(Index(name));
  }
  for (size_t i = 0; i < slots_.size(); ++i) {
    const KindId kind = kinds_[static_cast<size_t>(kMemberNames[i].kind)];
    const SymbolId name = model.symbols.Find(kMemberNames[i].name);
    if (IsSome(kind) && IsSome(name)) slots_[i] = model.kind(kind).members.Find(name);
  }
}

auto Known::KindOf(KnownMember which) -> KnownKind {
  return kMemberNames[static_cast<size_t>(which)].kind;
}

auto Known::SpellingOf(KnownKind which) -> llvm::StringRef {
  return kKindNames[static_cast<size_t>(which)];
}

auto Known::SpellingOf(KnownMember which) -> llvm::StringRef {
  return kMemberNames[static_cast<size_t>(which)].name;
}

auto IsOfDates(const Model &model, const Outcome &outcome) -> bool {
  if (!IsSome(outcome.entity)) return false;
  const Known known(model);
  const auto is_a = [&](KnownKind kind) {
    return IsSome(known.kind(kind)) && model.IsA(model.entity(outcome.entity).kind, known.kind(kind));
  };
  // Work costs money, and that is not only about dates.
  const bool is_spend = outcome.slot == known.slot(KnownMember::TeamSpend) && is_a(KnownKind::Team);
  return (is_a(KnownKind::Step) && outcome.slot != known.slot(KnownMember::TaskSpend)) ||
         (is_a(KnownKind::Team) && !is_spend) || is_a(KnownKind::Timeline) || is_a(KnownKind::Risk) ||
         is_a(KnownKind::Vendor) ||
         (is_a(KnownKind::Ledger) && outcome.slot == known.slot(KnownMember::LedgerAtRisk));
}

}  // namespace groma::plan
