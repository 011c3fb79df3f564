// SPDX-License-Identifier: Apache-2.0
#include "context.h"

namespace groma::lower::azure {
namespace {

auto NameOfPlan(plan::Plan &plan) -> std::string {
  const plan::EntityId id = plan.model->plan;
  std::string name = IsSome(id) ? plan.model->text(plan.model->entity(id).name).str() : "plan";
  for (char &c : name) {
    if (c == '_') c = '-';
  }
  return name;
}

}  // namespace

Context::Context(plan::Plan &plan, diagnostics::Sink &given)
    : reader(plan),
      sink(given),
      namer(NameOfPlan(plan), plan.model->text(plan.environment.name).str(), given),
      joined(reader) {
  graph.plan = NameOfPlan(plan);
  graph.environment = plan.model->text(plan.environment.name).str();
  if (IsSome(plan.model->plan)) graph.because = {reader.SpanOf(plan.model->plan)};
}

auto Context::Start(const resources::Type &type, EntityId of, llvm::StringRef role) -> Resource {
  Resource resource;
  resource.type = &type;
  resource.because = reader.Because(of);
  const auto with_role = [&](const std::string &symbol) {
    return role.empty() ? symbol : symbol + "_" + role.str();
  };
  resource.symbol = with_role(reader.SymbolOf(of));
  if (const std::string former = reader.FormerOf(of); !former.empty()) {
    resource.former = with_role(former);
  }
  return resource;
}

auto Context::PlaceOf(EntityId site) -> Place * {
  for (Place &place : places) {
    if (place.site == site) return &place;
  }
  return nullptr;
}

auto Context::Central() -> Place & {
  for (Place &place : places) {
    if (reader.Flag(place.site, Name::SiteAzureCentral)) return place;
  }
  return places.front();
}

// Those of the plan are a parameter; an entity with others has them written out.
auto Context::TagsOf(EntityId entity) -> Value {
  const plan::Value own = reader.Read(entity, Name::AssetTags);
  std::vector<resources::Member> tags;
  if (own.tag == plan::ValueTag::Map) {
    for (const plan::MapEntry &entry : own.map()) {
      if (entry.key.tag != plan::ValueTag::String || entry.value.tag != plan::ValueTag::String) continue;
      tags.push_back({entry.key.string().str(), Value::Text(entry.value.string())});
    }
  }
  if (!graph.environment.empty()) tags.push_back({"environment", Value::Text(graph.environment)});
  Value made = Value::Map(std::move(tags), reader.Because(entity, Name::AssetTags));
  if (IsSame(made, graph[this->tags].value)) return Value::Given(this->tags, made.because);
  return made;
}

}  // namespace groma::lower::azure
