// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/plan_json/plan_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "groma/emit/plan_json/rules.h"
#include "groma/plan/scenarios.h"

namespace groma::emit {
namespace {

using Json = nlohmann::ordered_json;
using plan::EntityId;
using plan::Index;
using plan::IsSome;
using plan::Value;

class Writer {
 public:
  Writer(plan::Plan &plan, const source::Set &sources)
      : plan_(plan),
        model_(*plan.model),
        environment_(plan.environment),
        facts_(plan, sources),
        rules_(plan, facts_) {}

  auto Write(const Maker &maker) -> output::File {
    Line("{");
    Pair("schema", "groma.plan/1");
    Pair("plan", IsSome(model_.plan) ? model_.text(model_.entity(model_.plan).name).str() : "");
    if (IsSome(environment_.name)) Pair("environment", model_.text(environment_.name).str());
    Pair("groma", maker.version);
    Pair("engine", maker.engine);
    WriteEntities();
    WriteImported();
    // First, since entries of catalogues may be named in rules alone.
    requirements_ = rules_.Requirements();
    for (const plan::AimResult &aim : plan_.aims) aims_.push_back(rules_.AimAt(aim.span));
    WriteCatalogue();
    WriteRules();
    WriteDecisions();
    WritePlacements();
    WriteResults();
    WriteCosts();
    WriteScenarios();
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

  using Item = Rules::Item;
  void Array(llvm::StringRef key, const std::vector<Item> &items, bool is_last = false) {
    Line("  " + Json(key.str()).dump() + ": [");
    for (size_t i = 0; i < items.size(); ++i) {
      if (!items[i].because.empty()) file_.Trace(line_ + 1, items[i].because);
      Line("    " + items[i].json.dump() + (i + 1 < items.size() ? "," : ""));
    }
    Line(is_last ? "  ]" : "  ],");
  }

  auto Text(const Value &value) -> std::string { return facts_.Text(value); }

  void WriteEntities() {
    std::vector<Item> items;
    for (const EntityId id : model_.plan_entities) {
      const plan::Entity &entity = model_.entity(id);
      // Nested declarations and what has no name are not carried.
      if (!IsSome(entity.name) || IsSome(entity.parent) || entity.is_template) continue;
      if (entity.is_library || IsSome(entity.module_name)) continue;
      items.push_back({facts_.EntityOf(id), {entity.span}});
      Carry(id);
    }
    Array("entities", items);
  }

  // What holds here because a module says so: its policies.
  void WriteImported() {
    std::vector<Item> items;
    for (const EntityId id : model_.plan_entities) {
      const plan::Entity &entity = model_.entity(id);
      if (!IsSome(entity.name) || IsSome(entity.parent) || !IsSome(entity.module_name)) continue;
      items.push_back({facts_.EntityOf(id), {entity.span}});
      Carry(id);
    }
    Array("imported", items);
  }

  void Carry(EntityId id) {
    Json origins = facts_.OriginsOf(id);
    const Json formulas = rules_.FormulasOf(id);
    if (!formulas.empty()) origins["formulas"] = formulas;
    origins_.push_back({origins, {model_.entity(id).span}});
    for (plan::KindId kind = model_.entity(id).kind; IsSome(kind); kind = model_.kind(kind).base) {
      kinds_.insert(Index(kind));
    }
  }

  // What the plan takes from catalogues, so that a reader needs nothing else.
  void WriteCatalogue() {
    // Met in any order, they are written by name, and so are their origins.
    std::map<std::string, std::pair<Item, Item>> sorted;
    const auto take = [&] {
      for (EntityId id = facts_.TakeMentioned(); IsSome(id); id = facts_.TakeMentioned()) {
        Item item = {facts_.EntityOf(id), {model_.entity(id).span}};
        Carry(id);
        sorted[model_.FullName(id)] = {std::move(item), std::move(origins_.back())};
        origins_.pop_back();
      }
    };
    take();
    facts_.MentionLists();
    take();
    std::vector<Item> items;
    for (auto &[name, both] : sorted) {
      items.push_back(std::move(both.first));
      origins_.push_back(std::move(both.second));
    }
    Array("catalogue", items);
  }

  // What must hold, and what it is made of.
  void WriteRules() {
    const auto kinds = rules_.Kinds(kinds_);
    const auto functions = rules_.Functions();
    Array("origins", origins_);
    Array("parameters", rules_.Parameters());
    Array("enums", rules_.Enums());
    Array("functions", functions);
    Array("kinds", kinds);
    Array("requirements", requirements_);
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
      places.push_back(facts_.PlaceOf(span));
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
      const Json domain = rules_.DomainOf(choice.entity, choice.slot);
      if (!domain.is_null()) json["from"] = domain;
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
      if (result.value.is_none()) continue;
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

  // Beside each scenario, what differs; nothing is written where none was played.
  void WriteScenarios() {
    if (plan_.scenarios.empty()) return;
    std::vector<Item> items;
    for (const plan::Played &played : plan_.scenarios) {
      Json json = Json::object();
      json["name"] = model_.FullName(played.scenario);
      json["at"] = facts_.PlaceOf(model_.entity(played.scenario).span);
      json["outcome"] = plan::OutcomeText(played).str();
      if (!played.why.empty()) json["why"] = played.why;
      Json differences = Json::array();
      std::vector<source::Span> because = {model_.entity(played.scenario).span};
      for (const plan::Difference &one : plan::Compare(plan_, played)) {
        Json row = Json::object();
        row["area"] = one.area;
        row["name"] = one.name;
        row["measure"] = one.measure;
        if (!one.base.empty()) row["plan"] = one.base;
        if (!one.played.empty()) row["scenario"] = one.played;
        if (!one.change.empty()) row["change"] = one.change;
        differences.push_back(row);
      }
      json["differences"] = differences;
      for (const plan::Rewrite &rewrite : model_.entity(played.scenario).rewrites) because.push_back(rewrite.span);
      items.push_back({json, because});
    }
    Array("scenarios", items);
  }

  void WriteAims() {
    std::vector<Item> items;
    for (size_t i = 0; i < plan_.aims.size(); ++i) {
      const plan::AimResult &aim = plan_.aims[i];
      Json json = Json::object();
      json["at"] = facts_.PlaceOf(aim.span);
      json["is"] = aim.is_maximize ? "maximize" : "minimize";
      json["of"] = aims_[i];
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
  Facts facts_;
  Rules rules_;
  output::File file_;
  size_t line_ = 0;
  std::vector<Item> origins_;
  std::set<uint32_t> kinds_;
  std::vector<Item> requirements_;
  std::vector<Json> aims_;
};

}  // namespace

auto PlanJson(plan::Plan &plan, const source::Set &sources, const Maker &maker) -> output::File {
  return Writer(plan, sources).Write(maker);
}

}  // namespace groma::emit
