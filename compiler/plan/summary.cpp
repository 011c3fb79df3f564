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

}  // namespace

auto Summary(const Plan &plan) -> std::string {
  const Model &model = *plan.model;
  std::vector<std::pair<std::string, std::string>> lines;
  for (const Decisions::Choice &choice : plan.decisions->choices) {
    lines.emplace_back(NameOfField(model, choice.entity, choice.slot), Print(model, choice.value));
  }
  for (const Placement &placement : plan.placements) {
    lines.emplace_back(model.FullName(placement.workload) + " on " + model.FullName(placement.pool),
                       Print(model, placement.gpus));
  }
  size_t width = 0;
  for (const auto &[name, value] : lines) width = std::max(width, name.size());
  std::string out;
  const llvm::StringRef environment = model.text(plan.environment.name);
  if (!environment.empty()) out += "environment " + environment.str() + "\n";
  for (const auto &[name, value] : lines) {
    out += "  " + name + std::string(width - name.size(), ' ') + " = " + value + "\n";
  }
  return out;
}

}  // namespace groma::plan
