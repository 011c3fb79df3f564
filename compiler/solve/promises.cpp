// SPDX-License-Identifier: Apache-2.0
#include "promises.h"

#include "groma/plan/print.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {

using plan::Index;
using plan::IsSome;

auto RoundedDown(std::optional<Rational> share) -> Rational {
  constexpr int64_t kParts = 1'000'000'000;
  const auto parts = share ? base::Mul(*share, kParts) : std::nullopt;
  return parts ? base::Div(parts->Floor(), kParts).value_or(0) : Rational(0);
}

auto Promises::Of(EntityId thing) -> Promise {
  const auto [at, is_new] = known_.try_emplace(Index(thing));
  if (!is_new) return at->second;
  const Value stated = reader_.Get(thing, KnownMember::AssetAvailability);
  at->second = stated.tag == ValueTag::Number ? Promise{stated.number, {}, false} : Listed(thing);
  return at->second;
}

// What holds under a condition goes before what always holds; of several, the least.
auto Promises::Listed(EntityId thing) -> Promise {
  if (!has_entries_) {
    has_entries_ = true;
    const plan::KindId kind = reader_.known.kind(KnownKind::SlaEntry);
    for (const plan::Catalogue &catalogue : reader_.model.catalogues) {
      if (!IsSome(kind) || !IsSome(catalogue.kind)) continue;
      if (reader_.model.IsA(catalogue.kind, kind)) llvm::append_range(entries_, catalogue.entries);
    }
    llvm::append_range(entries_, reader_.All(KnownKind::SlaEntry));
    // Where two say the same, the one of the earlier name is told.
    llvm::stable_sort(
        entries_, [&](EntityId a, EntityId b) { return reader_.NameOf(a) < reader_.NameOf(b); });
  }
  Promise best;
  bool has_condition = false;
  for (const EntityId entry : entries_) {
    const auto up = reader_.Number(entry, KnownMember::SlaEntryAvailability);
    if (!HoldsFor(entry, thing)) continue;
    if (!up) return {};  // it says that nothing is promised
    const bool is_special = !reader_.Get(entry, KnownMember::SlaEntryField).is_none();
    if (has_condition && !is_special) continue;
    if (is_special == has_condition && IsSome(best.by) && *up >= best.up) continue;
    const Value shared = reader_.Get(entry, KnownMember::SlaEntryShared);
    best = {*up, entry, shared.tag == ValueTag::Bool && shared.boolean};
    has_condition = is_special;
  }
  return best;
}

auto Promises::HoldsFor(EntityId entry, EntityId thing) -> bool {
  const Value of = reader_.Get(entry, KnownMember::SlaEntryOf);
  const Value at = reader_.Get(entry, KnownMember::SlaEntryAt);
  if (of.tag != ValueTag::String || !IsCalled(thing, of.string())) return false;
  if (at.tag == ValueTag::String && !StandsAt(thing, at.string())) return false;
  const Value field = reader_.Get(entry, KnownMember::SlaEntryField);
  if (field.tag != ValueTag::String) return true;
  const Value value = FieldOf(thing, field.string());
  const auto least = reader_.Number(entry, KnownMember::SlaEntryLeast);
  if (least) return value.tag == ValueTag::Number && value.number >= *least;
  const Value wanted = reader_.Get(entry, KnownMember::SlaEntryValue);
  if (wanted.tag != ValueTag::String || value.is_none()) return false;
  if (value.tag == ValueTag::String) return value.string() == wanted.string();
  return plan::Print(reader_.model, value) == wanted.string();
}

auto Promises::IsCalled(EntityId entity, llvm::StringRef kind) const -> bool {
  const plan::Model &model = reader_.model;
  for (plan::KindId id = model.entity(entity).kind; IsSome(id); id = model.kind(id).base) {
    if (model.text(model.kind(id).name) == kind) return true;
  }
  return false;
}

// All of its sites, or one end of a line.
auto Promises::StandsAt(EntityId thing, llvm::StringRef kind) -> bool {
  const auto is_there = [&](const Value &value) {
    return value.tag == ValueTag::Entity && IsCalled(value.entity, kind);
  };
  const Value between = FieldOf(thing, "between");
  if (between.tag == ValueTag::List) {
    return llvm::any_of(between.elements(), [&](const Value &end) {
      return is_there(end) ||
             (end.tag == ValueTag::Entity && is_there(FieldOf(end.entity, "site")));
    });
  }
  const Value sites = FieldOf(thing, "sites");
  if (sites.tag == ValueTag::List) return llvm::all_of(sites.elements(), is_there);
  return is_there(FieldOf(thing, "site"));
}

auto Promises::FieldOf(EntityId thing, llvm::StringRef name) -> Value {
  const plan::Members &members = reader_.model.kind(reader_.model.entity(thing).kind).members;
  const plan::Slot slot = members.Find(reader_.model.symbols.Find(name));
  if (slot == plan::kNoSlot) return Value::None();
  const Value value = reader_.Read(thing, slot);
  return value.is_error() ? Value::None() : value;
}

}  // namespace groma::solve
