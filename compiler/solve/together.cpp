// SPDX-License-Identifier: Apache-2.0
// Environments that share sites: one program for all of them, so that their use adds up.
#include <numeric>

#include "groma/base/check.h"
#include "llvm/ADT/StringExtras.h"
#include "alternative.h"
#include "diagnostics.h"
#include "solver.h"

namespace groma::solve {

using plan::IsSome;

namespace {

using ByEnvironment = std::vector<std::vector<EntityId>>;

// Those that at least two of them share.
auto SitesOfSeveral(const ByEnvironment &shares) -> std::vector<EntityId> {
  std::vector<EntityId> sites;
  for (size_t i = 0; i < shares.size(); ++i) {
    for (const EntityId site : shares[i]) {
      const bool has_other = llvm::any_of(llvm::ArrayRef(shares).drop_front(i + 1),
                                          [&](const auto &other) { return llvm::is_contained(other, site); });
      if (has_other && !llvm::is_contained(sites, site)) sites.push_back(site);
    }
  }
  return sites;
}

// Nothing if they have no plan together, or none was found.
auto TryTogether(plan::Model &model, llvm::ArrayRef<plan::Environment *> environments,
                 llvm::ArrayRef<const FromSchedule *> dates, const ByEnvironment &shares, const Options &options, Sink &sink, Verdict &verdict,
                 std::vector<source::Span> &forcing) -> std::vector<Result> {
  Builder builder;
  std::vector<std::unique_ptr<Solver>> solvers;
  verdict = Verdict::Failed;
  for (size_t i = 0; i < environments.size(); ++i) {
    solvers.push_back(std::make_unique<Solver>(model, *environments[i], *dates[i], options, builder, sink));
    if (const auto impossible = solvers.back()->Prepare()) return {};
  }
  for (const EntityId site : SitesOfSeveral(shares)) {
    std::vector<Instance *> instances;
    for (size_t i = 0; i < solvers.size(); ++i) {
      if (llvm::is_contained(shares[i], site)) instances.push_back(&solvers[i]->instance());
    }
    AddSharedLimits(instances, site);
  }
  if (!solvers[0]->FitsAll()) return {};
  for (const auto &solver : solvers) {
    if (!solver->RulesOut()) return {};
  }
  reason::Answer answer;
  auto results = Decide(solvers, builder, options, answer);
  verdict = Verdict::Solved;
  if (results.empty()) {
    const bool is_infeasible = answer.verdict == reason::Verdict::Infeasible;
    verdict = is_infeasible ? Verdict::Infeasible : Verdict::Undecided;
    if (is_infeasible && options.ruled_out) {
      reason::Effort effort = WholeEffort(options, builder.program);
      forcing = LinesThatForce(solvers[0]->instance(), options.prover, effort);
    }
  }
  return results;
}

void ReportTooLittle(plan::Model &model, llvm::ArrayRef<plan::Environment *> environments,
                     const ByEnvironment &shares, Sink &sink) {
  std::vector<std::string> names, sites;
  for (const plan::Environment *environment : environments) {
    names.push_back("`" + model.text(environment->name).str() + "`");
  }
  const auto several = SitesOfSeveral(shares);
  for (const EntityId site : several) sites.push_back("`" + model.FullName(site) + "`");
  auto report = sink.Report(diag::SharedTooLittle, model.entity(environments[0]->entity).span,
                            llvm::join(names, ", "), llvm::join(sites, ", "));
  for (const plan::Environment *environment : environments.drop_front()) {
    report.Label(model.entity(environment->entity).span, "this shares it too");
  }
  for (const EntityId site : several) {
    report.Label(model.entity(site).span, "what they use of this adds up");
  }
  report.Note("each of them has a plan if it has the sites for itself");
  report.Help("give these sites more power, cooling, racks or quota, or let one environment ask for less");
}

// Where there are several, its messages say which it is.
auto SolveAlone(plan::Model &model, plan::Environment &environment, const FromSchedule &dates,
                const Options &options, Sink &sink) -> Result {
  Sink own;
  Result result = Solve(model, environment, dates, options, own);
  if (model.environments.size() > 1) {
    own.NoteErrors("this is so in the environment `" + model.text(environment.name).str() + "`");
  }
  sink.Append(std::move(own));
  return result;
}

}  // namespace

auto SharedSites(plan::Model &model, plan::Environment &environment) -> std::vector<EntityId> {
  std::vector<EntityId> sites;
  if (!IsSome(environment.entity)) return sites;
  Reader reader(model, environment);
  const Value shares = reader.Get(environment.entity, KnownMember::EnvironmentShares);
  if (shares.tag != ValueTag::List) return sites;
  for (const Value &site : shares.elements()) {
    if (site.tag == ValueTag::Entity) sites.push_back(site.entity);
  }
  return sites;
}

auto SolveTogether(plan::Model &model, llvm::ArrayRef<plan::Environment *> environments,
                   llvm::ArrayRef<FromSchedule> dates, size_t asked, const Options &options, Sink &sink)
    -> std::vector<Result> {
  if (environments.size() == 1) {
    std::vector<Result> one;
    one.push_back(SolveAlone(model, *environments[0], dates[0], options, sink));
    return one;
  }
  // In the order of the plan's lines, whatever their names are.
  std::vector<size_t> order(environments.size());
  std::iota(order.begin(), order.end(), size_t{0});
  llvm::stable_sort(order, [&](size_t a, size_t b) {
    return model.entity(environments[a]->entity).span.begin <
           model.entity(environments[b]->entity).span.begin;
  });
  std::vector<Result> results(environments.size());
  std::vector<source::Span> forcing;
  const auto attempt = [&](const std::vector<size_t> &members) {
    std::vector<plan::Environment *> those;
    std::vector<const FromSchedule *> known;
    ByEnvironment shares;
    for (const size_t i : members) {
      known.push_back(&dates[i]);
      those.push_back(environments[i]);
      shares.push_back(SharedSites(model, *environments[i]));
    }
    Sink said;
    Verdict verdict{};
    auto found = TryTogether(model, those, known, shares, options, said, verdict, forcing);
    if (verdict == Verdict::Solved) sink.Append(std::move(said));
    for (size_t i = 0; i < found.size(); ++i) results[members[i]] = std::move(found[i]);
    return verdict;
  };
  if (attempt(order) == Verdict::Solved) return results;
  // One that has no plan alone says why, and the others are decided without it.
  std::vector<size_t> left;
  for (const size_t i : order) {
    Sink unasked;
    results[i] = SolveAlone(model, *environments[i], dates[i], options, i < asked ? sink : unasked);
    if (results[i].verdict == Verdict::Solved) left.push_back(i);
  }
  if (left.size() < 2) return results;
  const Verdict verdict = attempt(left);
  if (verdict == Verdict::Solved) return results;
  for (const size_t i : left) results[i] = {verdict, {}, forcing};
  if (verdict != Verdict::Infeasible) {
    ReportOutOfEffort(sink).Help("try `--effort` with a larger number");
    return results;
  }
  std::vector<plan::Environment *> those;
  ByEnvironment shares;
  for (const size_t i : left) {
    those.push_back(environments[i]);
    shares.push_back(SharedSites(model, *environments[i]));
  }
  ReportTooLittle(model, those, shares, sink);
  return results;
}

}  // namespace groma::solve
