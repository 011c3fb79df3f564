// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/validation/validation.h"

#include "groma/evaluate/plan_source.h"
#include "groma/lower/validation/expects.h"
#include "groma/lower/validation/gates.h"
#include "groma/lower/validation/line_gates.h"
#include "groma/lower/validation/lines.h"
#include "groma/lower/validation/messages.h"
#include "groma/lower/validation/promises.h"
#include "groma/lower/validation/reader.h"
#include "groma/lower/validation/shape.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::lower {
namespace {

using acceptance::Suite;
using plan::EntityId;
using validation::Kind;
using validation::Name;
using validation::Reader;

// What starts programs on the servers of a pool starts the suite of that pool, or of a link at its site, unless the plan says otherwise.
auto LaunchersOf(Reader &reader, EntityId pool, EntityId of, EntityId emit) -> std::vector<std::string> {
  std::vector<std::string> launchers;
  for (const EntityId suite : reader.All(Kind::Suite)) {
    if (reader.Entity(suite, Name::SuiteOf) != of) continue;
    for (const std::string &word : reader.Words(suite, Name::SuiteLaunchers)) {
      launchers.push_back(word);
    }
  }
  if (launchers.empty()) launchers = reader.Words(emit, Name::ValidationLaunchers);
  if (launchers.empty()) {
    const std::string runs_on = reader.Word(pool, Name::PoolRunsOn);
    const bool is_cluster = llvm::is_contained({"aks", "eks", "gke", "arc_kubernetes", "kubernetes"}, runs_on);
    launchers = {runs_on == "slurm" ? "slurm" : is_cluster ? "kubernetes" : "ssh"};
  }
  llvm::sort(launchers);
  launchers.erase(std::unique(launchers.begin(), launchers.end()), launchers.end());
  return launchers;
}

void AddConcessions(Reader &reader, EntityId pool, Suite &suite) {
  for (const EntityId id : reader.All(Kind::Concession)) {
    if (reader.Entity(id, Name::ConcessionOf) != pool) continue;
    const plan::Value until = reader.Read(id, Name::ConcessionUntil).value;
    acceptance::Waiver waiver;
    waiver.gate = reader.Word(id, Name::ConcessionFigure);
    if (const auto last = evaluate::LastDayOf(until)) waiver.until = last->ToString();
    waiver.why = reader.Text(id, Name::ConcessionBecause);
    waiver.place = reader.PlaceOf(reader.SpanOf(id));
    waiver.because = {reader.SpanOf(id)};
    suite.waivers.push_back(std::move(waiver));
  }
}

// Entries of catalogues that others contradict, told once for each.
void TellDisputes(Reader &reader, EntityId pool, diagnostics::Sink &sink,
                  std::vector<EntityId> &told) {
  const EntityId sku = reader.Entity(pool, Name::PoolSku);
  for (const EntityId entry : {sku, reader.Entity(sku, Name::SkuGpu)}) {
    const std::string other = reader.Text(entry, Name::EntryContradicts);
    if (other.empty() || llvm::is_contained(told, entry)) continue;
    told.push_back(entry);
    sink.Report(validation::message::EntryDisputed, reader.SpanOf(pool), reader.NameOf(entry), other)
        .Help("state the right figure in a model of the plan if you know it");
  }
}

void AddLines(Reader &reader, EntityId emit, std::vector<validation::TestedPool> pools,
              acceptance::Acceptance &acceptance, diagnostics::Sink &sink) {
  for (const EntityId link : reader.All(Kind::Link)) {
    for (validation::TestedPool &pool : pools) pool.launchers = LaunchersOf(reader, pool.id, link, emit);
    auto line = validation::LineOf(reader, link, pools);
    if (const auto *why = std::get_if<std::string>(&line)) {
      const source::Span at = reader.SpanOf(link);
      acceptance.untested.push_back({reader.NameOf(link), *why, reader.PlaceOf(at), {at}});
      continue;
    }
    Suite suite;
    suite.shape = std::move(std::get<acceptance::Shape>(line));
    suite.because = {reader.SpanOf(link)};
    suite.gates = validation::LineGatesOf(reader, link, *suite.shape.line, sink);
    validation::ApplyExpects(reader, link, suite, sink);
    AddConcessions(reader, link, suite);
    validation::AddLinePromises(reader, link, suite);
    acceptance.suites.push_back(std::move(suite));
  }
}

}  // namespace

auto LowerValidation(plan::Plan &plan, EntityId emit, const source::Set &sources,
                     diagnostics::Sink &sink) -> acceptance::Acceptance {
  Reader reader(plan, sources);
  acceptance::Acceptance acceptance;
  std::vector<Suite> &suites = acceptance.suites;
  std::vector<validation::TestedPool> pools;
  std::vector<EntityId> told;
  const size_t errors = sink.error_count();
  for (const EntityId pool : reader.All(Kind::Pool)) {
    auto shape = validation::ShapeOf(reader, pool, sink);
    if (!shape) continue;
    Suite suite;
    suite.shape = std::move(*shape);
    suite.because = {reader.SpanOf(pool)};
    TellDisputes(reader, pool, sink, told);
    suite.gates = validation::GatesOf(reader, pool, sink);
    validation::ApplyExpects(reader, pool, suite, sink);
    suite.launchers = LaunchersOf(reader, pool, pool, emit);
    AddConcessions(reader, pool, suite);
    validation::AddPromises(reader, plan, pool, suite);
    pools.push_back({pool, suite.shape, {}});
    suites.push_back(std::move(suite));
  }
  if (suites.empty() && sink.error_count() == errors) {
    sink.Report(validation::message::NoPools, reader.SpanOf(emit))
        .Help("pools with nodes and GPUs are tested; take the `emit` out where there are none");
  }
  AddLines(reader, emit, std::move(pools), acceptance, sink);
  return acceptance;
}

}  // namespace groma::lower
