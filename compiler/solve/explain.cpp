// SPDX-License-Identifier: Apache-2.0
#include "explain.h"

#include "diagnostics.h"
#include "eligible.h"
#include "groma/plan/print.h"
#include "groma/reason/booleans.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "repair.h"

namespace groma::solve {
namespace {

using plan::Index;
using plan::IsSome;

// Limits go first, what workloads need goes last: a reader changes a few limits more easily.
auto RankOf(const CauseInfo &info) -> uint32_t {
  switch (info.of) {
    case CauseInfo::Of::Field:
    case CauseInfo::Of::Shape:
      return 0;
    case CauseInfo::Of::Rule:
      return 1;
    case CauseInfo::Of::Demand:
      return 2;
  }
  return 0;
}

class Teller {
 public:
  Teller(Instance &instance, diagnostics::Sink &sink)
      : instance_(instance), reader_(instance.reader), sink_(sink) {}

  void Tell(const std::vector<Cause> &core, bool is_minimal, const std::vector<Repair> &repairs) {
    if (core.empty()) return;
    std::vector<std::string> names;
    for (const Cause cause : core) names.push_back(NameOf(cause));
    const bool is_many = names.size() > kMostNamed;
    if (is_many) names.resize(kMostNamed);
    std::string list = names.size() == 1 ? names[0] + " and what the plan fixes" : "";
    if (names.size() > 1) {
      const std::string last =
          is_many ? std::to_string(core.size() - names.size()) + " more" : names.back();
      if (!is_many) names.pop_back();
      list = llvm::join(names, ", ") + " and " + last;
    }
    const auto budget = llvm::find_if(core, [&](Cause cause) { return IsBudget(cause); });
    auto report = budget == core.end()
                      ? sink_.Report(diag::Contradiction, PlaceOf(core[0]), list)
                      : sink_.Report(diag::OverBudget, PlaceOf(*budget),
                                     reader_.NameOf(Info(*budget).entity), Short(core.size() - 1));
    for (const Cause cause : core) report.Label(PlaceOf(cause), WordsOf(cause));
    if (!is_minimal) {
      report.Note("a smaller set may do: this one was not proved to be the smallest");
    }
    for (const Repair &repair : repairs) report.Help(repair.text);
    if (core.size() > 1) {
      report.Note("without any one of them the others can hold together");
    }
  }

 private:
  static constexpr size_t kMostNamed = 4;

  auto Info(Cause cause) const -> const CauseInfo & { return instance_.builder.causes[cause]; }

  auto IsBudget(Cause cause) const -> bool {
    return reader_.IsA(Info(cause).entity, KnownKind::Budget);
  }
  static auto Short(size_t others) -> std::string {
    if (others == 0) return "what the plan fixes costs more";
    return others == 1 ? "what one other line asks for costs more"
                       : "what " + std::to_string(others) + " other lines ask for costs more";
  }

  auto PlaceOf(Cause cause) -> source::Span {
    const CauseInfo &info = Info(cause);
    if (info.of == CauseInfo::Of::Rule) return info.span;
    return PlaceOfField(reader_, info.entity, info.slot);
  }

  auto NameOf(Cause cause) -> std::string {
    const CauseInfo &info = Info(cause);
    if (info.of == CauseInfo::Of::Rule) {
      const std::string subject =
          IsSome(info.subject) ? " on `" + reader_.NameOf(info.subject) + "`" : "";
      return "`" + reader_.NameOf(info.entity) + "`" + subject;
    }
    const plan::Kind &kind = reader_.model.kind(reader_.model.entity(info.entity).kind);
    return "`" + reader_.NameOf(info.entity) + "." +
           reader_.model.text(kind.members.list[info.slot].name).str() + "`";
  }

  auto WordsOf(Cause cause) -> std::string {
    const CauseInfo &info = Info(cause);
    if (info.of == CauseInfo::Of::Rule) return "this must hold";
    const Value value = reader_.Read(info.entity, info.slot);
    const std::string text = plan::Print(reader_.model, value, &reader_.environment);
    switch (info.of) {
      case CauseInfo::Of::Demand:
        return "this needs " + text;
      case CauseInfo::Of::Shape:
        return WordsOfShape(info, value, text);
      case CauseInfo::Of::Field:
      case CauseInfo::Of::Rule:
        break;
    }
    return value.is_residual() ? "no more than this may be chosen" : "this gives " + text;
  }

  // What a component says of others is a rule; a list that is to be chosen from is an end.
  auto WordsOfShape(const CauseInfo &info, const Value &value, const std::string &text)
      -> std::string {
    const bool is_list = value.tag == ValueTag::List;
    if (value.is_residual() || (is_list && reader_.IsA(info.entity, KnownKind::Machines))) {
      return "nothing else may be chosen";
    }
    if (is_list || value.tag == ValueTag::Bool) return "this must hold";
    const bool is_unknown = value.tag == ValueTag::Entity &&
                            (!reader_.Number(value.entity, KnownMember::SkuVcpus) ||
                             !reader_.Number(value.entity, KnownMember::SkuMemory));
    return "this gives " + text + (is_unknown ? ", which does not say how much it holds" : "");
  }

  Instance &instance_;
  Reader &reader_;
  diagnostics::Sink &sink_;
};

}  // namespace

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

void Explain(Instance &instance, reason::MakeProver prover, reason::Effort &effort,
             StillContradicts still, diagnostics::Sink &sink) {
  std::vector<uint32_t> ranks;
  for (const CauseInfo &info : instance.builder.causes) ranks.push_back(RankOf(info));
  reason::Booleans booleans(instance.builder.program, prover);
  const auto cores = booleans.Cores(3, ranks, effort);
  Teller teller(instance, sink);
  if (cores.empty()) {
    sink.Report(diag::Contradiction, {}, "the requirements of the plan")
        .Note("the smallest set that contradicts itself was not found within the effort");
    return;
  }
  const auto sort = [&](std::vector<Cause> &causes) {
    llvm::stable_sort(causes, [&](Cause a, Cause b) {
      return RankOf(instance.builder.causes[a]) < RankOf(instance.builder.causes[b]);
    });
  };
  for (const reason::Answer &found : cores) {
    std::vector<Cause> sorted = found.core;
    sort(sorted);
    const auto repairs = FindRepairs(instance, sorted, prover, effort);
    llvm::append_range(sorted, FindShapes(instance, found.core, still));
    sort(sorted);
    teller.Tell(sorted, found.is_core_minimal, repairs);
  }
}

}  // namespace groma::solve
