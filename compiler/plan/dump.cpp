// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/dump.h"

#include "groma/plan/print.h"

namespace groma::plan {
namespace {

auto Domain(const Model &model, const Environment &environment, const Unknown &unknown)
    -> std::string {
  if (!unknown.is_count) {
    std::string list;
    for (const Value &choice : unknown.choices) {
      list += (list.empty() ? "" : ", ") + Print(model, choice, &environment);
    }
    return "choose from [" + list + "]";
  }
  static constexpr llvm::StringLiteral kEach[] = {"", " each month", " each quarter", " each year"};
  return "choose " + Print(model, unknown.low) + " .. " + Print(model, unknown.high) + " step " +
         Print(model, unknown.step) + kEach[static_cast<size_t>(unknown.period)].str() +
         (unknown.is_rising ? " rising" : "");
}

// The unknown that a field is, if it is left open as a whole.
auto UnknownOf(const Environment &environment, EntityId entity, Slot slot) -> const Unknown * {
  for (const Unknown &unknown : environment.unknowns) {
    if (IsSome(unknown.entity) && unknown.entity == entity && unknown.slot == slot) return &unknown;
  }
  return nullptr;
}

auto FactAt(const Environment &environment, EntityId entity, Slot slot) -> const Fact * {
  const auto &slots = environment.facts_of[Index(entity)];
  if (slots == nullptr || slots[slot] == 0) return nullptr;
  return &environment.facts[slots[slot]];
}

void DumpEntity(const Model &model, const Environment &environment, EntityId id, std::string &out) {
  const Entity &entity = model.entity(id);
  const Kind &kind = model.kind(entity.kind);
  out += model.text(kind.name).str() + " " + model.FullName(id);
  if (IsSome(entity.base)) out += " : " + model.FullName(entity.base);
  if (IsSome(entity.qualified) && !entity.title.empty()) out += " \"" + entity.title.str() + "\"";
  out += entity.is_template ? "  (template)\n" : "\n";
  for (Slot slot = 0; slot < kind.members.list.size() && !entity.is_template; ++slot) {
    bool is_written = false;
    for (EntityId at = id; IsSome(at); at = model.entity(at).base) {
      for (const Written &written : model.entity(at).written) is_written |= written.slot == slot;
    }
    const Fact *fact = FactAt(environment, id, slot);
    if (fact == nullptr) continue;
    const bool is_overridden = environment.origins.origin(fact->origin).kind == OriginKind::Overridden;
    if (!is_written && !is_overridden) continue;
    out += "  " + model.text(kind.members.list[slot].name).str() + " = ";
    const Unknown *unknown = UnknownOf(environment, id, slot);
    out += unknown != nullptr ? Domain(model, environment, *unknown)
                              : Print(model, fact->value, &environment);
    out += "\n";
  }
}

}  // namespace

auto Dump(const Model &model, const Environment &environment) -> std::string {
  std::string out =
      IsSome(environment.name) ? "environment " + model.text(environment.name).str() + "\n" : "plan\n";
  for (uint32_t i = 1; i < model.globals.size(); ++i) {
    if (model.globals[i].is_library) continue;
    out += (model.globals[i].is_param ? "param " : "let ") + model.text(model.globals[i].name).str() +
           " = " + Print(model, environment.globals[i].value, &environment) + "\n";
  }
  for (const EntityId id : model.plan_entities) {
    const Entity &entity = model.entity(id);
    if (entity.nested_slot != kNoSlot && entity.is_library) continue;
    DumpEntity(model, environment, id, out);
  }
  for (const Demand &demand : environment.demands) {
    out += demand.is_preference ? "prefer" : "demand";
    out += " " + model.FullName(demand.owner);
    if (IsSome(demand.subject) && demand.subject != demand.owner) {
      out += " on " + model.FullName(demand.subject);
    }
    if (demand.is_preference) out += " weight " + demand.weight.ToString();
    out += ": " + Print(model, *demand.formula, &environment) + "\n";
  }
  for (const Aim &aim : environment.aims) {
    out += (aim.is_maximize ? "maximize " : "minimize ") + Print(model, aim.value, &environment) + "\n";
  }
  return out;
}

}  // namespace groma::plan
