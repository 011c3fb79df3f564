// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/boards/items.h"

#include <algorithm>
#include <map>

namespace groma::emit::boards {

using plan::EntityId;
using plan::IsSome;
using plan::Timeline;

namespace {

auto TitleOf(const plan::Model &model, EntityId id) -> std::string {
  const plan::Entity &entity = model.entity(id);
  return entity.title.empty() ? model.text(entity.name).str() : entity.title.str();
}

// What all things of its kind are called: `pools`.
auto GroupOf(const plan::Model &model, EntityId id) -> std::string {
  plan::KindId kind = model.entity(id).kind;
  while (IsSome(model.kind(kind).base) && !IsSome(model.kind(kind).plural))
    kind = model.kind(kind).base;
  const plan::Kind &found = model.kind(kind);
  return model.text(IsSome(found.plural) ? found.plural : found.name).str();
}

}  // namespace

auto ItemsOf(const plan::Plan &plan, bool has_features) -> std::vector<Item> {
  const plan::Model &model = *plan.model;
  std::vector<Item> epics;
  std::map<std::string, size_t> groups;
  std::map<EntityId, std::pair<size_t, size_t>> things;
  const auto group = [&](const std::string &name, source::Span span) -> size_t {
    const auto [at, is_new] = groups.try_emplace(name, epics.size());
    if (is_new) epics.push_back({name, "", "", nullptr, {}, span});
    return at->second;
  };
  for (const Timeline::Step &step : plan.decisions->timeline.steps) {
    EntityId root = step.id;
    while (IsSome(model.entity(root).parent)) root = model.entity(root).parent;
    Item item{TitleOf(model, step.id), model.FullName(step.id), "", &step, {}, step.span};
    const bool is_root = root == step.id;
    if (is_root && step.sort != Timeline::Sort::Stream) {
      epics[group(GroupOf(model, root), step.span)].parts.push_back(std::move(item));
      continue;
    }
    if (things.find(root) == things.end()) {
      Item thing{TitleOf(model, root),   model.FullName(root), "", nullptr, {},
                 model.entity(root).span};
      std::vector<Item> *into = &epics;
      size_t epic = 0;
      if (has_features) {
        epic = group(GroupOf(model, root), thing.span);
        into = &epics[epic].parts;
      }
      things[root] = {epic, into->size()};
      into->push_back(std::move(thing));
    }
    const auto [epic, at] = things[root];
    Item &thing = has_features ? epics[epic].parts[at] : epics[at];
    if (is_root) {
      thing.step = &step;
    } else {
      thing.parts.push_back(std::move(item));
    }
  }
  return epics;
}

auto FirstDay(const Item &item) -> base::Date {
  if (item.step != nullptr) return item.step->first_day;
  base::Date day = base::Date::Last();
  for (const Item &part : item.parts) day = std::min(day, FirstDay(part));
  return day;
}

auto LastDay(const Item &item) -> base::Date {
  if (item.step != nullptr) return item.step->last_day;
  base::Date day = base::Date::First();
  for (const Item &part : item.parts) day = std::max(day, LastDay(part));
  return day;
}

auto CountOf(const Item &item) -> size_t {
  size_t count = 1;
  for (const Item &part : item.parts) count += CountOf(part);
  return count;
}

auto WaitsText(const plan::Plan &plan, const Timeline::Step &step) -> std::string {
  const Timeline &line = plan.decisions->timeline;
  std::string text;
  for (const Timeline::Wait &wait : step.waits) {
    text += text.empty() ? "" : ", ";
    if (wait.step == Timeline::kNoStep) {
      text += base::Date::FromDays((line.LocalAt(wait.at) - 1) / (24 * 60)).ToString();
    } else {
      text += plan.model->FullName(line.steps[wait.step].id) + (wait.is_start ? ".start" : "");
    }
  }
  return text;
}

}  // namespace groma::emit::boards
