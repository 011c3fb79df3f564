// SPDX-License-Identifier: Apache-2.0
// Workloads without a place and flows without a route: no choice could help them.
#include "diagnostics.h"
#include "eligible.h"
#include "explain.h"
#include "llvm/ADT/StringExtras.h"
#include "repair.h"

namespace groma::solve {

using plan::IsSome;

auto PlaceOfField(Reader &reader, EntityId entity, plan::Slot slot) -> source::Span {
  for (EntityId at = entity; IsSome(at); at = reader.model.entity(at).base) {
    for (const plan::Written &written : reader.model.entity(at).written) {
      if (written.slot == slot) return written.span;
    }
  }
  return reader.model.entity(entity).span;
}

void ReportNoPlace(Instance &instance, const Workload &workload, size_t sites,
                   diagnostics::Sink &sink) {
  Reader &reader = instance.reader;
  const plan::Entity &entity = reader.model.entity(workload.id);
  auto report = sink.Report(diag::NoPlace, entity.span, reader.NameOf(workload.id));
  if (workload.pick > 1) {
    report.Note("it must be spread over " + std::to_string(workload.pick) + " sites, and " +
                std::to_string(sites) + (sites == 1 ? " has" : " have") + " a pool for it");
  }
  Eligibility eligibility(instance);
  size_t told = 0;
  std::vector<std::string> reasons;
  for (const Pool &pool : instance.pools) {
    std::optional<Cause> forbidden;
    bool is_possible = false;
    for (const PoolOffer &offer : pool.by_offer) {
      const auto by = eligibility.WhatForbids(workload, pool, offer);
      is_possible |= !by;
      if (by && !forbidden) forbidden = by;
    }
    if (is_possible || !forbidden) continue;
    const CauseInfo &info = instance.builder.causes[*forbidden];
    const plan::Kind &kind = reader.model.kind(reader.model.entity(info.entity).kind);
    const std::string field = reader.NameOf(info.entity) + "." +
                              reader.model.text(kind.members.list[info.slot].name).str();
    if (told++ < 6) {
      reasons.push_back("`" + reader.NameOf(pool.id) + "` by `" + field + "`");
      report.Label(PlaceOfField(reader, info.entity, info.slot),
                   "rules out `" + reader.NameOf(pool.id) + "`");
    }
  }
  if (!reasons.empty()) report.Note("ruled out: " + llvm::join(reasons, ", "));
  report.Help("loosen what it asks, or add a pool that gives it");
}

void ReportNoRoute(Instance &instance, EntityId flow, diagnostics::Sink &sink) {
  Reader &reader = instance.reader;
  const EntityId from = reader.EntityIn(flow, KnownMember::FlowFrom);
  const EntityId to = reader.EntityIn(flow, KnownMember::FlowTo);
  sink.Report(diag::NoRoute, reader.model.entity(flow).span, reader.NameOf(from), reader.NameOf(to),
              reader.NameOf(flow))
      .Help("join the two by links that pass on traffic; peerings do not, a virtual WAN does");
}

}  // namespace groma::solve
