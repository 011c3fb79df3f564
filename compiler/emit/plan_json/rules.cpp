// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/plan_json/rules.h"

#include "groma/plan/print.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::emit {

using plan::EntityId;
using plan::Index;
using plan::IsSome;
using plan::Value;
using plan::ValueTag;
using Json = Rules::Json;
using Item = Rules::Item;

auto Rules::FormulasOf(EntityId id) -> Json {
  Json formulas = Json::object();
  const plan::Members &members = model_.kind(model_.entity(id).kind).members;
  for (plan::Slot slot = 0; slot < members.list.size(); ++slot) {
    if (members.list[slot].form != plan::MemberForm::Field) continue;
    const plan::ExprId formula = facts_.FormulaOf(id, slot);
    if (formula == plan::kNoExpr) continue;
    formulas[model_.text(members.list[slot].name).str()] = expressions_.Of(formula);
  }
  return formulas;
}

auto Rules::RequirementOf(const plan::Requirement &requirement, EntityId self) -> Json {
  Json json = Json::object();
  json["at"] = facts_.PlaceOf(requirement.span);
  if (IsSome(requirement.because)) {
    const Value because = facts_.Evaluate(requirement.because, self);
    if (because.tag == ValueTag::String) json["because"] = because.string().str();
  }
  json["holds"] = expressions_.Of(requirement.condition);
  return json;
}

// One for each requirement of each policy of the plan, and of the policies that it imports.
auto Rules::Requirements() -> std::vector<Item> {
  std::vector<Item> items;
  for (const EntityId id : model_.plan_entities) {
    const plan::Entity &entity = model_.entity(id);
    if (entity.is_template || entity.requirements.empty()) continue;
    const plan::Slot slot = model_.kind(entity.kind).members.Find(model_.symbols.Find("severity"));
    std::string severity = "error";
    if (slot != plan::kNoSlot) {
      const Value value = facts_.Read(id, slot).value;
      if (value.tag == ValueTag::Enum) severity = facts_.Text(value);
    }
    for (const plan::Requirement &requirement : entity.requirements) {
      Json json = {{"of", model_.FullName(id)}, {"severity", severity}};
      json.update(RequirementOf(requirement, id));
      items.push_back({json, {requirement.span}});
    }
  }
  return items;
}

// What a kind has beyond its base.
void Rules::MembersOf(plan::KindId id, Json &json) {
  const plan::Kind &kind = model_.kind(id);
  Json formulas = Json::object(), bounds = Json::object();
  for (const plan::Member &member : kind.members.list) {
    if (member.declared_in != id) continue;
    const std::string name = model_.text(member.name).str();
    if (member.form == plan::MemberForm::Computed && member.value != plan::kNoExpr) {
      formulas[name] = expressions_.Of(member.value);
    }
    if (member.form != plan::MemberForm::Field) continue;
    for (const plan::MemberBound &bound : member.bounds) {
      bounds[name].push_back(
          Json::array({Expressions::BoundSign(bound.op), expressions_.Of(bound.value),
                       facts_.PlaceOf(bound.span)}));
    }
  }
  if (!formulas.empty()) json["formulas"] = formulas;
  if (!bounds.empty()) json["bounds"] = bounds;
}

auto Rules::Kinds(const std::set<uint32_t> &used) -> std::vector<Item> {
  std::map<std::string, Item> sorted;
  for (const uint32_t index : used) {
    const plan::Kind &kind = model_.kinds[index];
    Json json = Json::object();
    json["name"] = model_.text(kind.name).str();
    Json bases = Json::array();
    for (plan::KindId at = kind.base; IsSome(at); at = model_.kind(at).base) {
      bases.push_back(model_.text(model_.kind(at).name).str());
    }
    json["bases"] = bases;
    if (kind.is_taggable) json["taggable"] = true;
    if (kind.ordered_by != plan::kNoSlot) {
      json["ordered_by"] = model_.text(kind.members.list[kind.ordered_by].name).str();
    }
    MembersOf(plan::KindId{index}, json);
    Json requirements = Json::array();
    const size_t inherited = IsSome(kind.base) ? model_.kind(kind.base).requirements.size() : 0;
    for (const auto &requirement : llvm::ArrayRef(kind.requirements).drop_front(inherited)) {
      requirements.push_back(RequirementOf(requirement, {}));
    }
    if (!requirements.empty()) json["requires"] = requirements;
    sorted[json["name"]] = {json, {kind.span}};
  }
  std::vector<Item> items;
  for (auto &[name, item] : sorted) items.push_back(std::move(item));
  return items;
}

auto Rules::AimAt(source::Span span) -> Json {
  for (const plan::Goal &goal : model_.goals) {
    if (goal.span.begin == span.begin) return expressions_.Of(goal.value);
  }
  return Json::array({"unknown"});
}

// A function may call others: until nothing new is met.
auto Rules::Functions() -> std::vector<Item> {
  std::map<uint32_t, Item> done;
  for (bool is_new = true; is_new;) {
    is_new = false;
    const std::set<uint32_t> met = expressions_.functions;
    for (const uint32_t index : met) {
      if (done.contains(index)) continue;
      is_new = true;
      const plan::Function &function = model_.functions[index];
      Json json = Json::object();
      json["name"] = model_.text(function.name).str();
      json["parameters"] = function.parameters.size();
      json["is"] = expressions_.Of(function.body);
      done[index] = {json, {function.span}};
    }
  }
  std::vector<Item> items;
  for (auto &[index, item] : done) items.push_back(std::move(item));
  return items;
}

auto Rules::Parameters() -> std::vector<Item> {
  std::vector<Item> items;
  for (const uint32_t index : expressions_.globals) {
    const plan::Global &global = model_.globals[index];
    const plan::Fact &fact = plan_.environment.globals[index];
    if (fact.value.is_error() || fact.value.is_residual()) continue;
    const plan::Origin origin = plan_.environment.origins.origin(fact.origin);
    Json json = Json::object();
    json["name"] = model_.text(global.name).str();
    json["value"] = facts_.Text(fact.value);
    json["at"] = facts_.PlaceOf(origin.span);
    items.push_back({json, {origin.span}});
  }
  return items;
}

auto Rules::Enums() -> std::vector<Item> {
  std::map<std::string, Item> sorted;
  for (const uint32_t index : facts_.enums) {
    const plan::EnumDecl &decl = model_.enums[index];
    Json json = Json::object();
    json["name"] = model_.text(decl.name).str();
    Json tags = Json::array();
    for (const plan::SymbolId tag : decl.tags) tags.push_back(model_.text(tag).str());
    json["tags"] = tags;
    sorted[json["name"]] = {json, {decl.span}};
  }
  std::vector<Item> items;
  for (auto &[name, item] : sorted) items.push_back(std::move(item));
  return items;
}

auto Rules::DomainOf(EntityId entity, plan::Slot slot) -> Json {
  static constexpr const char *kEach[] = {"", "month", "quarter", "half_year", "year"};
  for (const plan::Unknown &unknown : plan_.unknowns) {
    if (unknown.entity != entity || unknown.slot != slot) continue;
    Json json = Json::object();
    if (!unknown.is_count) {
      Json choices = Json::array();
      for (const Value &choice : unknown.choices) {
        choices.push_back(plan::Print(model_, choice, &plan_.environment));
      }
      json["choices"] = choices;
      return json;
    }
    json["low"] = facts_.Text(unknown.low);
    json["high"] = facts_.Text(unknown.high);
    json["step"] = facts_.Text(unknown.step);
    if (unknown.period != plan::ChoosePeriod::Once) {
      json["each"] = kEach[static_cast<size_t>(unknown.period)];
    }
    if (unknown.is_rising) json["rising"] = true;
    return json;
  }
  return Json();
}

}  // namespace groma::emit
