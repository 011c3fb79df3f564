// SPDX-License-Identifier: Apache-2.0
#include "sites.h"

namespace groma::lower::azure {

using resources::Parameter;
using resources::azure::Lock;
using resources::azure::ResourceGroup;

namespace {

void AddTags(Context &context) {
  Parameter tags;
  tags.name = "tags";
  tags.sort = Parameter::Sort::Tags;
  tags.description = "Labels that every resource carries.";
  tags.because = context.graph.because;
  std::vector<resources::Member> given;
  const plan::Model &model = context.reader.model();
  if (IsSome(model.plan)) {
    const plan::Value own = context.reader.Read(model.plan, Name::PlanTags);
    if (own.tag == plan::ValueTag::Map) {
      for (const plan::MapEntry &entry : own.map()) {
        given.push_back({entry.key.string().str(), Value::Text(entry.value.string())});
      }
      tags.because = context.reader.Because(model.plan, Name::PlanTags);
    }
  }
  if (!context.graph.environment.empty()) {
    given.push_back({"environment", Value::Text(context.graph.environment)});
  }
  tags.value = Value::Map(std::move(given), tags.because);
  context.tags = context.graph.Add(std::move(tags));
}

void AddGroup(Context &context, Place &place) {
  Reader &reader = context.reader;
  Parameter location;
  location.name = place.symbol + "_location";
  location.description = "The region of the site `" + place.symbol + "`.";
  location.because = reader.Because(place.site, Name::SiteAzureRegion);
  location.value =
      Value::Text(reader.Text(place.site, Name::SiteAzureRegion).value_or(""), location.because);
  place.location = context.graph.Add(std::move(location));
  auto group = context.Make<ResourceGroup>(place.site, "", place, "");
  place.group = group.id();
  if (const auto name = reader.Text(place.site, Name::SiteAzureGroup)) {
    group.resource().name = Value::Text(*name, reader.Because(place.site, Name::SiteAzureGroup));
  }
  if (!reader.Flag(place.site, Name::SiteAzureLocked)) return;
  const Spans because = reader.Because(place.site, Name::SiteAzureLocked);
  auto lock = context.Make<Lock>(place.site, "", place, "governance");
  lock.Is<Lock::kLevel>("CanNotDelete", because);
  lock.Set<Lock::kNotes>(Value::Text("The plan keeps this site from being deleted.", because));
  lock.Set<Lock::kScope>(Value::IdOf(place.group, because));
}

}  // namespace

void LowerSites(Context &context) {
  AddTags(context);
  for (const EntityId site : context.reader.All(Kind::SiteAzure)) {
    Place place;
    place.site = site;
    place.symbol = context.reader.SymbolOf(site);
    AddGroup(context, place);
    context.places.push_back(std::move(place));
  }
}

}  // namespace groma::lower::azure
