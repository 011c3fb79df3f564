// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/dump.h"

#include "groma/plan/print.h"
#include "llvm/ADT/DenseMap.h"

namespace groma::plan {
namespace {

// Which unknown a field is, if it is left open as a whole.
using Fields = llvm::DenseMap<std::pair<uint32_t, Slot>, UnknownId>;

auto UnknownFields(const Environment &environment) -> Fields {
  Fields fields;
  for (uint32_t i = 1; i < environment.unknowns.size(); ++i) {
    const Unknown &unknown = environment.unknowns[i];
    fields.try_emplace({Index(unknown.entity), unknown.slot}, UnknownId{i});
  }
  return fields;
}

auto FactAt(const Environment &environment, EntityId entity, Slot slot) -> const Fact * {
  if (Index(entity) >= environment.facts_of.size()) return nullptr;
  const auto &slots = environment.facts_of[Index(entity)];
  if (slots == nullptr || slots[slot] == 0) return nullptr;
  return &environment.facts[slots[slot]];
}

void DumpEntity(const Model &model, const Environment &environment, const Fields &fields,
                EntityId id, std::string &out) {
  const Entity &entity = model.entity(id);
  const Kind &kind = model.kind(entity.kind);
  if (entity.is_template) {
    out += "template " + model.text(kind.name).str() + " " + model.text(entity.name).str();
    out += IsSome(entity.parent) ? " of " + model.FullName(entity.parent) + "\n" : "\n";
    return;
  }
  out += model.text(kind.name).str() + " " + model.FullName(id);
  if (IsSome(entity.base)) out += " : " + model.FullName(entity.base);
  if (IsSome(entity.qualified) && !entity.title.empty()) out += " \"" + entity.title.str() + "\"";
  out += "\n";
  for (Slot slot = 0; slot < kind.members.list.size(); ++slot) {
    bool is_written = false;
    for (EntityId at = id; IsSome(at); at = model.entity(at).base) {
      for (const Written &written : model.entity(at).written) is_written |= written.slot == slot;
    }
    const Fact *fact = FactAt(environment, id, slot);
    if (fact == nullptr) continue;
    const bool is_overridden =
        environment.origins.origin(fact->origin).kind == OriginKind::Overridden;
    if (!is_written && !is_overridden) continue;
    out += "  " + model.text(kind.members.list[slot].name).str() + " = ";
    Value value = fact->value;
    // The field's own domain says more than its name.
    if (const auto found = fields.find({Index(id), slot}); found != fields.end()) {
      value = Value::Of(ValueTag::Unknown);
      value.unknown = found->second;
    }
    out += Print(model, value, &environment);
    out += "\n";
  }
}

}  // namespace

auto Dump(const Model &model, const Environment &environment) -> std::string {
  std::string out = IsSome(environment.name)
                        ? "environment " + model.text(environment.name).str() + "\n"
                        : "plan\n";
  for (uint32_t i = 1; i < model.globals.size(); ++i) {
    if (model.globals[i].is_library || i >= environment.globals.size()) continue;
    out += (model.globals[i].is_param ? "param " : "let ") +
           model.text(model.globals[i].name).str() + " = " +
           Print(model, environment.globals[i].value, &environment) + "\n";
  }
  const Fields fields = UnknownFields(environment);
  for (const EntityId id : model.plan_entities) {
    const Entity &entity = model.entity(id);
    const bool is_unwritten = entity.is_library || entity.written.empty();
    if (entity.nested_slot != kNoSlot && is_unwritten && !entity.is_template) continue;
    DumpEntity(model, environment, fields, id, out);
  }
  for (const Demand &demand : environment.demands) {
    out += demand.is_preference ? "prefer" : "demand";
    out += " " + model.FullName(demand.owner);
    if (IsSome(demand.subject) && demand.subject != demand.owner) {
      out += " on " + model.FullName(demand.subject);
    }
    if (demand.is_preference) out += " weight " + demand.weight.ToString();
    const bool holds = demand.formula == nullptr;
    out += ": " + (holds ? "true" : Print(model, *demand.formula, &environment)) + "\n";
  }
  for (const Aim &aim : environment.aims) {
    out += (aim.is_maximize ? "maximize " : "minimize ") + Print(model, aim.value, &environment) +
           "\n";
  }
  size_t counts = 0;
  for (const Unknown &unknown : environment.unknowns) counts += unknown.is_count ? 1 : 0;
  if (const size_t all = environment.unknowns.size() - 1; all > 0) {
    out += "left open: " + std::to_string(counts) + (counts == 1 ? " count, " : " counts, ") +
           std::to_string(all - counts) + (all - counts == 1 ? " choice\n" : " choices\n");
  }
  return out;
}

}  // namespace groma::plan
