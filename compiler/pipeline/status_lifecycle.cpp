// SPDX-License-Identifier: Apache-2.0
// How far environments, and pools that are given back, are in their life.
#include "status_tables.h"

namespace groma::pipeline {

using plan::IsSome;

auto StatusMaker::StateOf(const Life &life) const -> std::string {
  if (life.retired && *life.retired <= day_) return "retired";
  if (life.last && *life.last < day_) return "being retired";
  if (!life.in_use) return "in use";
  if (*life.in_use <= day_) return "in use";
  return life.build && day_ < *life.build ? "planned" : "being built";
}

void StatusMaker::AddLifecycle() {
  StatusTable &table = Table("lifecycle", "life of environments, and of what is given back",
                             {"thing", "state", "build", "in use", "until", "retired"});
  const auto add = [&](EntityId thing, const Life &life) {
    table.rows.push_back({Name(thing), Text(StateOf(life)), DateCell(life.build),
                          DateCell(life.in_use), DateCell(life.last), DateCell(life.retired)});
  };
  const auto finish = [&](EntityId thing, KnownMember milestone) {
    return FinishOf(source_.EntityIn(thing, milestone));
  };
  if (const EntityId id = plan_.environment.entity; IsSome(id)) {
    add(id, {source_.FirstDay(id, KnownMember::EnvironmentBuild),
             finish(id, KnownMember::EnvironmentLive),
             source_.LastDay(id, KnownMember::EnvironmentRetire),
             finish(id, KnownMember::EnvironmentRetired)});
  }
  for (const EntityId pool : source_.All(KnownKind::Pool)) {
    // It is used no more from the first day of `retire` on.
    const auto from = source_.FirstDay(pool, KnownMember::PoolRetire);
    if (!from) continue;
    add(pool, {std::nullopt, finish(pool, KnownMember::PoolAccepted), from->AddDays(-1),
               finish(pool, KnownMember::PoolRetired)});
  }
}

}  // namespace groma::pipeline
