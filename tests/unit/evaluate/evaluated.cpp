// SPDX-License-Identifier: Apache-2.0
#include "evaluated.h"

namespace groma::evaluate {
namespace {

// As small as the tests allow; the names are those that the engine asks for.
constexpr char kPrelude[] = R"(
enum severity { note, warning, error }
enum size { small, medium, large }
unit sites { symbol = "sites" }
kind plan {
  plural = plans
  currency: currency
  as_of: date?
}
kind environment { plural = environments }
kind rate { plural = rates, from: currency, to: currency, value: decimal, as_of: date }
kind policy { plural = policies, standard: string?, severity: severity = error }
kind waiver { plural = waivers, of: policy, on: [entity], until: period }
kind site { plural = sites, zones: int = 1, power: quantity[kW]?, region: string = "eu", skus: [sku] = [] }
kind sku {
  plural = skus
  gpus: int
  power: quantity[kW/node] = 10 kW/node
  price: quantity[money/node]?
  weight: int?
  fast: bool = false
  size: size = small
  memory: bound[quantity[GB]]?
}
kind pool {
  plural = pools
  site: site?
  sku: sku?
  nodes: quantity[node] >= 0 node = 1
  spare: int in 0 .. 100 = 0
  lead: spread[duration] = 1 week
  demand: curve[quantity[gpu]] = 0 gpu
  tags: map[string, string] = {}
  friends: [pool] = []
  start: date?
  twice: quantity[node] = self.nodes * 2
  let cards: decimal? = self.sku.gpus * self.spare
  let used: quantity[gpu]
  let ready: bool
  let spent: money
  fn reachable(failures: int) -> bool
  let done: moment
  milestone accepted {}
  require self.spare != 13 because "thirteen spares bring no luck"
}
kind milestone { plural = milestones, let finish: moment }
)";

auto Load(modules::Store &store, source::Set &sources, Sink &sink, std::string name,
          std::string text, bool is_library) -> modules::ModuleIndex {
  const auto index = static_cast<modules::ModuleIndex>(store.modules.size());
  modules::Module &module = store.modules.emplace_back();
  module.path = is_library ? "prelude" : "";
  module.is_library = is_library;
  module.trees.push_back(parse::Parse(sources.file(sources.Add(name, std::move(text))), sink));
  return index;
}

}  // namespace

Evaluated::Evaluated(std::string text) {
  store_.prelude = Load(store_, sources_, sink_, "stdlib/prelude.groma", kPrelude, true);
  store_.plan = Load(store_, sources_, sink_, "plan.groma", std::move(text), false);
  model_ = check::Check(store_, {}, sink_);
  EvaluateAll(*model_, model_->environments.front(), sink_);
  sink_.Sort();
}

auto Evaluated::Find(llvm::StringRef name) -> plan::Fact {
  Evaluator evaluator(*model_, environment(), sink_);
  const auto [head, member] = name.split('.');
  for (uint32_t i = 1; i < model_->globals.size() && member.empty(); ++i) {
    if (model_->text(model_->globals[i].name) == head) {
      return evaluator.ReadGlobal(static_cast<plan::GlobalId>(i));
    }
  }
  for (uint32_t i = 1; i < model_->entities.size(); ++i) {
    const plan::Entity &entity = model_->entities[i];
    if (model_->text(entity.qualified) != head) continue;
    const plan::Slot slot = model_->kind(entity.kind).members.Find(model_->symbols.Find(member));
    if (slot != plan::kNoSlot) return evaluator.Read(static_cast<plan::EntityId>(i), slot);
  }
  return {plan::Value::String("there is no such name"), {}};
}

auto Evaluated::Of(llvm::StringRef name) -> plan::Value { return Find(name).value; }

auto Evaluated::Text(llvm::StringRef name) -> std::string {
  return plan::Print(*model_, Of(name), &environment());
}

auto Evaluated::OriginOf(llvm::StringRef name) -> plan::Origin {
  return environment().origins.origin(Find(name).origin);
}

auto Evaluated::codes() const -> std::vector<std::string> {
  std::vector<std::string> codes;
  for (const auto &d : sink_.diagnostics()) codes.emplace_back(d.row.code);
  return codes;
}

auto Evaluated::messages() const -> std::vector<std::string> {
  std::vector<std::string> messages;
  for (const auto &d : sink_.diagnostics()) messages.push_back(d.message);
  return messages;
}

auto Evaluated::Demands() -> std::vector<std::string> {
  std::vector<std::string> demands;
  for (const plan::Demand &demand : environment().demands) {
    std::string text = model_->FullName(demand.owner);
    if (plan::IsSome(demand.subject)) text += " on " + model_->FullName(demand.subject);
    text += ": " + plan::Print(*model_, *demand.formula, &environment());
    demands.push_back(text);
  }
  return demands;
}

}  // namespace groma::evaluate
