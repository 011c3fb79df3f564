// SPDX-License-Identifier: Apache-2.0
// Steps as a tree of work items.
#pragma once

#include <string>
#include <vector>

#include "groma/plan/plan.h"

namespace groma::emit::boards {

struct Item {
  std::string title, name;  // the name that the plan has for it
  std::string text;         // what it is about
  const plan::Timeline::Step *step = nullptr;
  std::vector<Item> parts;
  source::Span span;
};

// Epics with features with stories; without features, things take the place of epics.
auto ItemsOf(const plan::Plan &plan, bool has_features) -> std::vector<Item>;

// Of an item with parts: the days over which all of them reach.
auto FirstDay(const Item &item) -> base::Date;
auto LastDay(const Item &item) -> base::Date;
auto CountOf(const Item &item) -> size_t;

// What a step waits for, in words; empty if it waits for nothing.
auto WaitsText(const plan::Plan &plan, const plan::Timeline::Step &step) -> std::string;

}  // namespace groma::emit::boards
