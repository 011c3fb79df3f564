// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/summary.h"

#include <algorithm>

#include "groma/plan/print.h"

namespace groma::plan {
namespace {

auto NameOfField(const Model &model, EntityId entity, Slot slot) -> std::string {
  const Kind &kind = model.kind(model.entity(entity).kind);
  return model.FullName(entity) + "." + model.text(kind.members.list[slot].name).str();
}

// What was promised for a day, and when it is reached.
void AddPromises(const Plan &plan, std::vector<std::pair<std::string, std::string>> &lines) {
  const Model &model = *plan.model;
  const SymbolId by = model.symbols.Find("by"), finish = model.symbols.Find("finish");
  const SymbolId p80 = model.symbols.Find("p80");
  for (const Decisions::Result &result : plan.decisions->results) {
    const Members &members = model.kind(model.entity(result.entity).kind).members;
    if (result.value.tag != ValueTag::Date || members.list[result.slot].name != finish) continue;
    const Slot slot = members.Find(by);
    const auto *facts = plan.environment.facts_of[Index(result.entity)].get();
    if (slot == kNoSlot || facts == nullptr || facts[slot] == 0) continue;
    const Value &promised = plan.environment.facts[facts[slot]].value;
    if (promised.is_none() || promised.is_error()) continue;
    std::string text = Print(model, result.value) + ", by " + Print(model, promised);
    const Slot sure = members.Find(p80);
    const auto *kept = sure == kNoSlot ? nullptr : plan.decisions->FindResult(result.entity, sure, {});
    if (kept != nullptr && Compare(kept->value, result.value) != 0) {
      text += "; in 80 % of the runs by " + Print(model, kept->value);
    }
    lines.emplace_back(model.FullName(result.entity) + ".finish", std::move(text));
  }
}

}  // namespace

auto Summary(const Plan &plan, const source::Set &sources) -> std::string {
  const Model &model = *plan.model;
  std::vector<std::pair<std::string, std::string>> lines;
  for (const Decisions::Choice &choice : plan.decisions->choices) {
    lines.emplace_back(NameOfField(model, choice.entity, choice.slot), Print(model, choice.value));
  }
  for (const Placement &placement : plan.placements) {
    lines.emplace_back(model.FullName(placement.workload) + " on " + model.FullName(placement.pool),
                       Print(model, placement.gpus));
  }
  for (const PackedMachines &packed : plan.packings) {
    std::string copies;
    for (const PackedMachines::Copies &one : packed.copies) {
      copies += copies.empty() ? "" : ", ";
      copies += std::to_string(one.count) + " " + model.FullName(one.component);
    }
    lines.emplace_back(model.FullName(packed.group) + ": " + std::to_string(packed.nodes) + " " +
                           model.FullName(packed.sku),
                       copies.empty() ? "nothing" : copies);
  }
  AddPromises(plan, lines);
  size_t width = 0;
  for (const auto &[name, value] : lines) width = std::max(width, name.size());
  std::string out;
  const llvm::StringRef environment = model.text(plan.environment.name);
  if (!environment.empty()) out += "environment " + environment.str() + "\n";
  for (const auto &[name, value] : lines) {
    out += "  " + name + std::string(width - name.size(), ' ') + " = " + value + "\n";
  }
  for (const AimResult &aim : plan.aims) {
    const bool is_money = model.units.CurrencyOf(aim.shown.dimension).has_value();
    Value shown = aim.shown;
    // Cents are no help in a sum over a plan.
    if (is_money) shown.number = shown.number.Round();
    out += "  " + sources.Text(aim.span).str() + ": " + Print(model, shown);
    if (aim.is_proved) {
      out += aim.is_maximize ? ", no plan has more\n" : ", no plan has less\n";
    } else {
      Value bound = aim.shown;
      bound.number = is_money ? base::Rational(aim.bound.Round()) : aim.bound;
      out += aim.is_maximize ? ", no plan has more than " : ", no plan has less than ";
      out += Print(model, bound) + "\n";
    }
  }
  return out;
}

}  // namespace groma::plan
