// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/plan_json/facts.h"

#include "groma/plan/known.h"
#include "groma/plan/print.h"
#include "groma/syntax/tree.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::emit {

using plan::EntityId;
using plan::Index;
using plan::IsSome;
using plan::Slot;
using plan::Value;
using plan::ValueTag;
using Json = Facts::Json;

Facts::Facts(plan::Plan &plan, const source::Set &sources)
    : model_(*plan.model),
      environment_(plan.environment),
      sources_(sources),
      evaluator_(model_, environment_, ignored_) {}

auto Facts::Text(const Value &value) -> std::string {
  Mention(value);
  return plan::Print(model_, value, &environment_);
}

auto Facts::PlaceOf(source::Span span) const -> std::string {
  if (!span.is_valid()) return "";
  const source::Place place = sources_.PlaceOf(span.begin);
  return place.file->name + ":" + std::to_string(place.line);
}

void Facts::Mention(const Value &value) {
  switch (value.tag) {
    case ValueTag::Entity:
      MentionEntity(value.entity);
      break;
    case ValueTag::Enum:
      enums.insert(Index(value.enumeration));
      break;
    case ValueTag::Map:
    case ValueTag::Curve:
      for (const plan::MapEntry &entry : value.map()) {
        if (value.op != 1) Mention(entry.key);
        Mention(entry.value);
      }
      break;
    case ValueTag::List:
    case ValueTag::Record:
    case ValueTag::Union:
    case ValueTag::Range:
    case ValueTag::Spread:
    case ValueTag::Bound:
      for (const Value &element : value.elements()) Mention(element);
      break;
    default:
      break;
  }
}

void Facts::MentionEntity(EntityId id) {
  // Nested declarations are not carried.
  if (!model_.entity(id).is_library || IsSome(model_.entity(id).parent)) return;
  if (mentioned_.insert(Index(id)).second) open_.push_back(id);
}

auto Facts::TakeMentioned() -> EntityId {
  if (open_.empty()) return {};
  const EntityId id = open_.back();
  open_.pop_back();
  return id;
}

auto Facts::IsCarried(EntityId id) const -> bool {
  return !model_.entity(id).is_library || mentioned_.contains(Index(id));
}

// At least one of its references, and each of them, leads to what the file has.
auto Facts::LeadsHere(EntityId entry) -> bool {
  const plan::Members &members = model_.kind(model_.entity(entry).kind).members;
  size_t references = 0;
  for (Slot slot = 0; slot < members.list.size(); ++slot) {
    const plan::TypeId type = model_.types.Unwrap(members.list[slot].type);
    if (members.list[slot].form != plan::MemberForm::Field) continue;
    if (model_.types.kind(type) != plan::TypeKind::Entity) continue;
    const Value value = ValueAt(entry, slot);
    if (value.tag != ValueTag::Entity) continue;
    if (!IsCarried(value.entity)) return false;
    ++references;
  }
  return references > 0;
}

// A promise about a kind of which the plan has something.
auto Facts::IsPromisedHere(EntityId entry, Slot of) -> bool {
  if (of == plan::kNoSlot) return false;
  const Value kind = ValueAt(entry, of);
  return kind.tag == ValueTag::String &&
         llvm::any_of(model_.plan_entities, [&](EntityId thing) {
           for (plan::KindId id = model_.entity(thing).kind; IsSome(id); id = model_.kind(id).base) {
             if (model_.text(model_.kind(id).name) == kind.string()) return true;
           }
           return false;
         });
}

void Facts::MentionLists() {
  using plan::KnownKind;
  using plan::KnownMember;
  const plan::Known known(model_);
  const auto is_a = [&](const plan::Catalogue &catalogue, KnownKind kind) {
    const plan::KindId id = known.kind(kind);
    return IsSome(id) && IsSome(catalogue.kind) && model_.IsA(catalogue.kind, id);
  };
  for (const plan::Catalogue &catalogue : model_.catalogues) {
    // What joins servers is chosen by its figures, not by name.
    if (is_a(catalogue, KnownKind::FabricGear)) {
      for (const EntityId entry : catalogue.entries) MentionEntity(entry);
    }
    if (is_a(catalogue, KnownKind::SlaEntry)) {
      for (const EntityId entry : catalogue.entries) {
        if (IsPromisedHere(entry, known.slot(KnownMember::SlaEntryOf))) MentionEntity(entry);
      }
      continue;
    }
    const KnownKind lists[] = {KnownKind::ListPrice, KnownKind::Commitment, KnownKind::Latency};
    if (llvm::none_of(lists, [&](KnownKind kind) { return is_a(catalogue, kind); })) continue;
    for (const EntityId entry : catalogue.entries) {
      if (LeadsHere(entry)) MentionEntity(entry);
    }
  }
  // Where people of a part of the world are.
  const plan::KindId hub = known.kind(KnownKind::GeographyHub);
  for (uint32_t i = 1; IsSome(hub) && i < model_.entities.size(); ++i) {
    if (model_.IsA(model_.entities[i].kind, hub)) MentionEntity(EntityId{i});
  }
}

auto Facts::IsDecided(const Value &value) const -> bool {
  if (value.is_error() || value.is_residual()) return false;
  switch (value.tag) {
    case ValueTag::Map:
    case ValueTag::Curve:
      return llvm::all_of(value.map(), [&](const auto &entry) { return IsDecided(entry.value); });
    case ValueTag::List:
    case ValueTag::Record:
    case ValueTag::Union:
    case ValueTag::Range:
    case ValueTag::Spread:
    case ValueTag::Bound:
      return llvm::all_of(value.elements(), [&](const Value &v) { return IsDecided(v); });
    default:
      return true;
  }
}

auto Facts::ValueAt(EntityId id, Slot slot) -> Value { return evaluator_.Read(id, slot).value; }

auto Facts::EntityOf(EntityId id) -> Json {
  const plan::Entity &entity = model_.entity(id);
  Json fields = Json::object();
  const plan::Members &members = model_.kind(entity.kind).members;
  for (Slot slot = 0; slot < members.list.size(); ++slot) {
    if (members.list[slot].form != plan::MemberForm::Field) continue;
    const Value value = ValueAt(id, slot);
    // Dates wait for the schedule, and so does what contains one.
    if (value.is_none() || !IsDecided(value)) continue;
    // Lists of a catalogue, such as the regions that have a size, would lead to all of it.
    const bool is_list = entity.is_library && value.tag == ValueTag::List;
    fields[model_.text(members.list[slot].name).str()] =
        is_list ? plan::Print(model_, value, &environment_) : Text(value);
  }
  Json json = Json::object();
  // An entry of a catalogue has its own name, whatever it lies in.
  json["name"] = IsSome(entity.module_name) ? model_.FullName(id) : model_.text(entity.name).str();
  json["kind"] = model_.text(model_.kind(entity.kind).name).str();
  if (!entity.title.empty()) json["title"] = entity.title.str();
  json["fields"] = fields;
  const Json parts = PartsOf(id);
  if (!parts.empty()) json["parts"] = parts;
  for (EntityId base = entity.base; IsSome(base); base = model_.entity(base).base) {
    MentionEntity(base);
  }
  return json;
}

// Steps that stand in it: what a later plan is compared with.
auto Facts::PartsOf(EntityId id) -> Json {
  Json parts = Json::array();
  const plan::KindId step = plan::Known(model_).kind(plan::KnownKind::Step);
  if (!IsSome(step) || model_.entity(id).is_library) return parts;
  if (children_.empty()) {
    for (const EntityId one : model_.Collection(step)) {
      const EntityId parent = model_.entity(one).parent;
      if (IsSome(parent)) children_[Index(parent)].push_back(one);
    }
  }
  const auto found = children_.find(Index(id));
  if (found == children_.end()) return parts;
  for (const EntityId one : found->second) {
    Json part = EntityOf(one);
    // What is not needed has no days.
    if (part["fields"].contains("finish")) parts.push_back(std::move(part));
  }
  return parts;
}

auto Facts::OriginsOf(EntityId id) const -> Json {
  static constexpr const char *kKinds[] = {"stated",     "imported", "pinned",
                                           "overridden", "derived",  "chosen"};
  const plan::Entity &entity = model_.entity(id);
  Json json = Json::object();
  json["name"] = IsSome(entity.module_name) ? model_.FullName(id) : model_.text(entity.name).str();
  json["at"] = PlaceOf(entity.span);
  Json bases = Json::array();
  for (EntityId base = entity.base; IsSome(base); base = model_.entity(base).base) {
    bases.push_back(model_.text(model_.entity(base).name).str());
  }
  if (!bases.empty()) json["bases"] = bases;
  Json origins = Json::object();
  const plan::Members &members = model_.kind(entity.kind).members;
  const auto &facts = environment_.facts_of[Index(id)];
  for (Slot slot = 0; slot < members.list.size(); ++slot) {
    if (members.list[slot].form != plan::MemberForm::Field) continue;
    if (facts == nullptr || facts[slot] == 0) continue;
    const plan::Fact &fact = environment_.facts[facts[slot]];
    if (fact.value.is_none() || !IsDecided(fact.value) || !IsSome(fact.origin)) continue;
    const plan::Origin origin = environment_.origins.origin(fact.origin);
    origins[model_.text(members.list[slot].name).str()] =
        Json::array({kKinds[static_cast<size_t>(origin.kind)], PlaceOf(origin.span)});
  }
  json["fields"] = origins;
  return json;
}

auto Facts::IsRewritten(EntityId id, Slot slot) const -> bool {
  const auto is_it = [&](const plan::Rewrite &rewrite) {
    if (rewrite.slot != slot) return false;
    for (EntityId at = id; IsSome(at); at = model_.entity(at).base) {
      if (rewrite.entity == at) return true;
    }
    return false;
  };
  return llvm::any_of(environment_.rewrites, [&](const auto *r) { return is_it(*r); }) ||
         llvm::any_of(model_.settings, is_it);
}

auto Facts::FormulaOf(EntityId id, Slot slot) const -> plan::ExprId {
  const auto &facts = environment_.facts_of[Index(id)];
  if (facts == nullptr || facts[slot] == 0 || IsRewritten(id, slot)) return plan::kNoExpr;
  const plan::Fact &fact = environment_.facts[facts[slot]];
  if (fact.value.is_none() || !IsDecided(fact.value) || !IsSome(fact.origin)) return plan::kNoExpr;
  if (environment_.origins.origin(fact.origin).kind != plan::OriginKind::Derived) {
    return plan::kNoExpr;
  }
  for (EntityId at = id; IsSome(at); at = model_.entity(at).base) {
    for (const plan::Written &written : model_.entity(at).written) {
      if (written.slot != slot) continue;
      return static_cast<syntax::AssignOp>(written.op) == syntax::AssignOp::Set ? written.value
                                                                                : plan::kNoExpr;
    }
  }
  return model_.kind(model_.entity(id).kind).members.list[slot].value;
}

}  // namespace groma::emit
