// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/plan_json/plan_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "groma/plan/print.h"
#include "llvm/ADT/DenseSet.h"

namespace groma::emit {
namespace {

using Json = nlohmann::ordered_json;
using plan::EntityId;
using plan::Index;
using plan::IsSome;
using plan::Value;
using plan::ValueTag;

class Writer {
 public:
  Writer(const plan::Plan &plan, const source::Set &sources)
      : plan_(plan), model_(*plan.model), environment_(plan.environment), sources_(sources) {}

  auto Write(const Maker &maker) -> output::File {
    Line("{");
    Pair("schema", "groma.plan/1");
    Pair("plan", IsSome(model_.plan) ? model_.text(model_.entity(model_.plan).name).str() : "");
    if (IsSome(environment_.name)) Pair("environment", model_.text(environment_.name).str());
    Pair("groma", maker.version);
    Pair("engine", maker.engine);
    WriteEntities();
    WriteCatalogue();
    WriteDecisions();
    WritePlacements();
    WriteResults();
    WriteCosts();
    WriteAims();
    Line("}");
    file_.path = "plan.json";
    return std::move(file_);
  }

 private:
  void Line(const std::string &text) {
    file_.text += text;
    file_.text += '\n';
    ++line_;
  }
  void Pair(llvm::StringRef key, const std::string &value) {
    Line("  " + Json(key.str()).dump() + ": " + Json(value).dump() + ",");
  }

  struct Item {
    Json json;
    std::vector<source::Span> because;
  };
  void Array(llvm::StringRef key, const std::vector<Item> &items, bool is_last = false) {
    Line("  " + Json(key.str()).dump() + ": [");
    for (size_t i = 0; i < items.size(); ++i) {
      if (!items[i].because.empty()) file_.trace.push_back({line_ + 1, items[i].because});
      Line("    " + items[i].json.dump() + (i + 1 < items.size() ? "," : ""));
    }
    Line(is_last ? "  ]" : "  ],");
  }

  auto Text(const Value &value) -> std::string {
    Mention(value);
    return plan::Print(model_, value, &environment_);
  }

  // Entries of catalogues that something in the plan leads to.
  void Mention(const Value &value) {
    switch (value.tag) {
      case ValueTag::Entity:
        if (model_.entity(value.entity).is_library &&
            mentioned_.insert(Index(value.entity)).second) {
          open_.push_back(value.entity);
        }
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

  // Every field that was written, or that a default gives and somebody has read.
  auto Fields(EntityId id) -> Json {
    Json fields = Json::object();
    const auto &facts = environment_.facts_of[Index(id)];
    const plan::Members &members = model_.kind(model_.entity(id).kind).members;
    for (plan::Slot slot = 0; slot < members.list.size(); ++slot) {
      const plan::Member &member = members.list[slot];
      if (member.form != plan::MemberForm::Field || facts == nullptr || facts[slot] == 0) continue;
      const Value &value = environment_.facts[facts[slot]].value;
      if (value.is_error() || value.is_none() || value.is_residual()) continue;
      fields[model_.text(member.name).str()] = Text(value);
    }
    return fields;
  }

  auto EntityJson(EntityId id) -> Json {
    const plan::Entity &entity = model_.entity(id);
    Json json = Json::object();
    json["name"] = model_.text(entity.name).str();
    json["kind"] = model_.text(model_.kind(entity.kind).name).str();
    if (!entity.title.empty()) json["title"] = entity.title.str();
    json["fields"] = Fields(id);
    return json;
  }

  void WriteEntities() {
    std::vector<Item> items;
    for (const EntityId id : model_.plan_entities) {
      const plan::Entity &entity = model_.entity(id);
      // Nested declarations and what has no name are not carried.
      if (!IsSome(entity.name) || IsSome(entity.parent) || entity.is_template) continue;
      if (entity.is_library || IsSome(entity.module_name)) continue;
      items.push_back({EntityJson(id), {entity.span}});
    }
    Array("entities", items);
  }

  // What the plan takes from catalogues, so that a reader needs nothing else.
  void WriteCatalogue() {
    std::map<std::string, Item> sorted;
    while (!open_.empty()) {
      const EntityId id = open_.back();
      open_.pop_back();
      sorted[model_.FullName(id)] = {EntityJson(id), {model_.entity(id).span}};
    }
    std::vector<Item> items;
    for (auto &[name, item] : sorted) items.push_back(std::move(item));
    Array("catalogue", items);
  }

  auto NameOf(EntityId entity, plan::Slot slot, llvm::ArrayRef<Value> arguments = {})
      -> std::string {
    const plan::Kind &kind = model_.kind(model_.entity(entity).kind);
    std::string name =
        model_.FullName(entity) + "." + model_.text(kind.members.list[slot].name).str();
    for (size_t i = 0; i < arguments.size(); ++i)
      name += (i == 0 ? "(" : ", ") + Text(arguments[i]);
    return arguments.empty() ? name : name + ")";
  }

  auto PlaceOf(source::Span span) const -> std::string {
    const source::Place place = sources_.PlaceOf(span.begin);
    return place.file->name + ":" + std::to_string(place.line);
  }

  auto Places(const std::vector<plan::Binding> &binding)
      -> std::pair<Json, std::vector<source::Span>> {
    Json places = Json::array();
    std::vector<source::Span> spans;
    for (const plan::Binding &one : binding) {
      source::Span span = one.span;
      if (one.slot != plan::kNoSlot) {
        for (EntityId at = one.entity; IsSome(at); at = model_.entity(at).base) {
          for (const plan::Written &written : model_.entity(at).written) {
            if (written.slot == one.slot) span = written.span;
          }
        }
      }
      if (!span.is_valid()) continue;
      spans.push_back(span);
      places.push_back(PlaceOf(span));
    }
    return {places, spans};
  }

  void WriteDecisions() {
    std::vector<std::pair<std::string, Item>> named;
    for (const plan::Decisions::Choice &choice : plan_.decisions->choices) {
      Json json = Json::object();
      const std::string name = NameOf(choice.entity, choice.slot);
      json["name"] = name;
      json["value"] = Text(choice.value);
      auto [places, spans] = Places(choice.binding);
      json["because"] = places;
      named.emplace_back(name, Item{json, spans});
    }
    Sorted("decisions", std::move(named));
  }

  void Sorted(llvm::StringRef key, std::vector<std::pair<std::string, Item>> named) {
    std::stable_sort(named.begin(), named.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    std::vector<Item> items;
    for (auto &[name, item] : named) items.push_back(std::move(item));
    Array(key, items);
  }

  void WritePlacements() {
    std::vector<Item> items;
    for (const plan::Placement &placement : plan_.placements) {
      Json json = Json::object();
      json["workload"] = model_.FullName(placement.workload);
      json["pool"] = model_.FullName(placement.pool);
      json["gpus"] = Text(placement.gpus);
      items.push_back({json, {model_.entity(placement.workload).span}});
    }
    Array("placements", items);
  }

  void WriteResults() {
    std::vector<std::pair<std::string, Item>> named;
    for (const plan::Decisions::Result &result : plan_.decisions->results) {
      Json json = Json::object();
      const std::string name = NameOf(result.entity, result.slot, result.arguments);
      json["name"] = name;
      json["value"] = Text(result.value);
      named.emplace_back(name, Item{json, {model_.entity(result.entity).span}});
    }
    Sorted("results", std::move(named));
  }

  void WriteCosts() {
    std::vector<Item> items;
    for (const plan::CostEntry &cost : plan_.costs) {
      Json json = Json::object();
      json["of"] = model_.FullName(cost.of);
      json["line"] = cost.line;
      json["month"] = cost.month.ToString();
      json["amount"] = cost.amount.ToString();
      items.push_back({json, {model_.entity(cost.of).span}});
    }
    Array("costs", items);
  }

  void WriteAims() {
    std::vector<Item> items;
    for (const plan::AimResult &aim : plan_.aims) {
      Json json = Json::object();
      json["at"] = PlaceOf(aim.span);
      json["is"] = aim.is_maximize ? "maximize" : "minimize";
      json["value"] = aim.value.ToString();
      json["bound"] = aim.bound.ToString();
      json["proved"] = aim.is_proved;
      items.push_back({json, {aim.span}});
    }
    Array("aims", items, true);
  }

  const plan::Plan &plan_;
  const plan::Model &model_;
  const plan::Environment &environment_;
  const source::Set &sources_;
  output::File file_;
  size_t line_ = 0;
  llvm::DenseSet<uint32_t> mentioned_;
  std::vector<EntityId> open_;
};

}  // namespace

auto PlanJson(const plan::Plan &plan, const source::Set &sources, const Maker &maker)
    -> output::File {
  return Writer(plan, sources).Write(maker);
}

}  // namespace groma::emit
