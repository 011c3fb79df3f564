// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

#include <algorithm>
#include <functional>

#include "invent.h"

namespace stub {
namespace {

// Calls `visit` for each attribute of an object of this block, and of the blocks inside.
void Visit(const Block& block, Json& object,
           const std::function<void(const Attribute&, Json&)>& visit) {
  if (!object.is_object()) return;
  auto visit_nested = [&](const Attribute& attribute, Json& value) {
    Block inside{.attributes = attribute.nested, .blocks = {}};
    if (value.is_array()) {
      for (auto& one : value) Visit(inside, one, visit);
    } else {
      Visit(inside, value, visit);
    }
  };
  for (const auto& attribute : block.attributes) {
    visit(attribute, object[attribute.name]);
    if (!attribute.nested.empty()) visit_nested(attribute, object[attribute.name]);
  }
  for (const auto& nested : block.blocks) {
    auto& inside = object[nested.name];
    if (inside.is_array()) {
      for (auto& one : inside) Visit(nested.block, one, visit);
    } else {
      Visit(nested.block, inside, visit);
    }
  }
}

// An object in which nothing is set.
auto Empty(const Block& block) -> Json {
  Json out = Json::object();
  for (const auto& attribute : block.attributes) out[attribute.name] = nullptr;
  for (const auto& nested : block.blocks)
    out[nested.name] = nested.nesting == "single" ? Json() : Json::array();
  return out;
}

}  // namespace

auto Planned(const Resource& resource, const Json& prior, Json proposed) -> Json {
  Visit(resource.block, proposed, [&](const Attribute& attribute, Json& value) {
    if (attribute.is_write_only) {
      value = nullptr;
    } else if (prior.is_null() && attribute.is_computed && value.is_null()) {
      value = Unknown();
    }
  });
  for (const auto& nested : resource.block.blocks) {
    if (proposed.is_object() && is_filled_in(nested) && !is_set(proposed[nested.name])) {
      proposed[nested.name] = prior.is_null() ? Unknown() : prior.at(nested.name);
    }
  }
  return proposed;
}

auto fills_in_blocks(const Resource& resource) -> bool {
  return std::any_of(resource.block.blocks.begin(), resource.block.blocks.end(), is_filled_in);
}

auto Replacing(const Resource& resource, const Json& prior, const Json& planned)
    -> std::vector<std::string> {
  std::vector<std::string> out;
  if (!prior.is_object() || !planned.is_object()) return out;
  for (const auto& attribute : resource.block.attributes) {
    auto rule = resource.rules.find(attribute.name);
    // What was imported is not known in full, and need not be made anew for that.
    bool is_changed = !prior.at(attribute.name).is_null() &&
                      prior.at(attribute.name) != planned.at(attribute.name);
    if (rule != resource.rules.end() && rule->contains("force_new") && is_changed)
      out.push_back(attribute.name);
  }
  return out;
}

auto Applied(const Resource& resource, Json planned) -> Json {
  auto given = planned;
  for (const auto& nested : resource.block.blocks) {
    if (!planned.is_object() || !is_unknown(planned[nested.name])) continue;
    Json one = Json::object();
    for (const auto& attribute : nested.block.attributes) one[attribute.name] = Unknown();
    planned[nested.name] = Json::array({one});
  }
  Visit(resource.block, planned, [&](const Attribute& attribute, Json& value) {
    if (is_unknown(value)) value = Invented(resource, attribute, given);
  });
  return planned;
}

auto Read(const Resource& source, const Json& config) -> Json {
  return Applied(source, Planned(source, Json(), config));
}

auto Imported(const Resource& resource, const std::string& id) -> Json {
  auto out = Empty(resource.block);
  out["id"] = id;
  return out;
}

}  // namespace stub
