// SPDX-License-Identifier: Apache-2.0
// Workloads without a place and flows without a route: no choice could help them.
#include "diagnostics.h"
#include "eligible.h"
#include "explain.h"
#include "groma/plan/print.h"
#include "llvm/ADT/STLExtras.h"
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

void ReportOutside(Reader &reader, EntityId workload, diagnostics::Sink &sink) {
  const Value demand = reader.Get(workload, KnownMember::WorkloadDemand);
  const auto is_some = [](const Value &value) {
    return value.tag == ValueTag::Number && value.number.sign() > 0;
  };
  const bool asks = demand.tag == ValueTag::Curve
                        ? llvm::any_of(demand.map(), [&](const plan::MapEntry &step) {
                            return is_some(step.value);
                          })
                        : is_some(demand);
  // An environment that is given back early leaves out what comes later, and means to.
  const EntityId environment = reader.environment.entity;
  const bool ends_early =
      IsSome(environment) && !reader.Get(environment, KnownMember::EnvironmentRetire).is_none();
  if (!asks || ends_early || !reader.HasHorizon()) return;
  const Value during = reader.Get(workload, KnownMember::WorkloadDuring);
  const KnownMember member =
      during.is_none() ? KnownMember::WorkloadDemand : KnownMember::WorkloadDuring;
  const Months &months = reader.months();
  sink.Report(diag::OutsideHorizon, PlaceOfField(reader, workload, reader.known.slot(member)),
              reader.NameOf(workload))
      .Label(reader.model.entity(reader.model.plan).span,
             "its months are " + months.month(0).ToString() + " to " +
                 months.month(months.count - 1).ToString())
      .Note("nothing is planned for it")
      .Help("move it into these months, or let the plan's `horizon` go on until it is needed");
}

void ReportNoRoute(Instance &instance, const Network &network, EntityId flow,
                   diagnostics::Sink &sink) {
  Reader &reader = instance.reader;
  const EntityId from = reader.EntityIn(flow, KnownMember::FlowFrom);
  const EntityId to = reader.EntityIn(flow, KnownMember::FlowTo);
  auto report = sink.Report(diag::NoRoute, reader.model.entity(flow).span, reader.NameOf(from),
                            reader.NameOf(to), reader.NameOf(flow));
  const auto obstacles = network.ObstaclesOf(flow);
  if (obstacles.empty()) {
    report.Help(
        "join the two by links that pass on traffic; peerings do not, a virtual WAN does");
    return;
  }
  std::vector<std::string> reasons;
  for (const Network::Obstacle &obstacle : llvm::ArrayRef(obstacles).take_front(6)) {
    const std::string link = reader.NameOf(obstacle.link);
    const llvm::StringRef field = plan::Known::SpellingOf(obstacle.field);
    reasons.push_back("`" + link + "` by `" + link + "." + field.str() + "`");
    report.Label(PlaceOfField(reader, obstacle.link, reader.known.slot(obstacle.field)),
                 "rules out `" + link + "`");
  }
  const std::pair<KnownMember, KnownMember> asked[] = {
      {KnownMember::FlowEncryption, KnownMember::LinkEncryption},
      {KnownMember::FlowLatency, KnownMember::LinkLatency}};
  for (const auto &[of_flow, of_link] : asked) {
    const bool is_it = llvm::any_of(
        obstacles, [&](const Network::Obstacle &one) { return one.field == of_link; });
    if (!is_it) continue;
    const plan::Slot slot = reader.known.slot(of_flow);
    report.Label(PlaceOfField(reader, flow, slot),
                 "this asks for " + plan::Print(reader.model, reader.Get(flow, of_flow)));
  }
  report.Note("ruled out: " + llvm::join(reasons, ", "));
  report.Help("loosen what the flow asks, or change these links or add another");
}

}  // namespace groma::solve
