// SPDX-License-Identifier: Apache-2.0
#include "groma/pipeline/compile.h"

#include <utility>

#include "groma/base/suggest.h"
#include "groma/evaluate/evaluate.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "messages.h"

namespace groma::pipeline {
namespace {

void ReportUnknown(const plan::Model &model, const std::string &name, Sink &sink) {
  base::Suggestion suggestion(name);
  std::vector<std::string> names;
  for (const plan::Environment &environment : model.environments) {
    if (!plan::IsSome(environment.name)) continue;
    suggestion.Consider(model.text(environment.name));
    names.push_back('`' + model.text(environment.name).str() + '`');
  }
  if (names.empty()) {
    sink.Report(message::NoEnvironments, {}, name);
    return;
  }
  auto report = sink.Report(message::UnknownEnvironment, {}, name);
  if (const auto best = suggestion.best()) report.Help("did you mean `" + best->str() + "`?");
  report.Note("its environments are " + llvm::join(names, ", "));
}

void Restrict(Result &result, const std::vector<std::string> &wanted, Sink &sink) {
  if (wanted.empty()) return;
  plan::Model &model = *result.model;
  const auto is_named = [&](const plan::Environment &environment, const std::string &name) {
    return plan::IsSome(environment.name) && model.text(environment.name) == name;
  };
  for (const std::string &name : wanted) {
    if (llvm::none_of(model.environments, [&](const auto &e) { return is_named(e, name); })) {
      ReportUnknown(model, name, sink);
    }
  }
  std::vector<plan::Environment> kept;
  for (plan::Environment &environment : model.environments) {
    if (llvm::any_of(wanted,
                     [&](const std::string &name) { return is_named(environment, name); })) {
      kept.push_back(std::move(environment));
    } else {
      result.left_out.push_back(std::move(environment));
    }
  }
  model.environments = std::move(kept);
}

// Every environment with the rewrites of a scenario behind its own.
void Play(Result &result, const std::string &name, Sink &sink) {
  plan::Model &model = *result.model;
  base::Suggestion suggestion(name);
  for (const plan::EntityId id : model.plan_entities) {
    const plan::Entity &entity = model.entity(id);
    if (model.text(model.kind(entity.kind).name) != "scenario") continue;
    suggestion.Consider(model.text(entity.name));
    if (model.text(entity.name) != name) continue;
    for (std::vector<plan::Environment> *some : {&model.environments, &result.left_out}) {
      for (plan::Environment &environment : *some) {
        for (const plan::Rewrite &by : entity.rewrites) environment.rewrites.push_back(&by);
      }
    }
    return;
  }
  auto report = sink.Report(message::UnknownScenario, {}, name);
  if (const auto best = suggestion.best()) report.Help("did you mean `" + best->str() + "`?");
}

}  // namespace

auto CheckPlan(const modules::Store &store, Options options, Sink &sink) -> Result {
  Result result;
  if (options.will_solve) {
    options.check.whole_catalogues = {"list_price", "commitment", "latency", "fabric_gear",
                                      "geography_hub", "sla_entry", "expressroute_size",
                                      "expressroute_gateway_sku", "vpn_gateway_sku"};
  }
  result.model = check::Check(store, options.check, sink);
  Restrict(result, options.environments, sink);
  for (const std::string &scenario : options.scenarios) Play(result, scenario, sink);
  for (plan::Environment &environment : result.model->environments) {
    evaluate::EvaluateAll(*result.model, environment, sink);
  }
  return result;
}

}  // namespace groma::pipeline
