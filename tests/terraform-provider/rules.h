// SPDX-License-Identifier: Apache-2.0
// What a provider refuses beyond types: words that are not on a list, numbers out of range,
// attributes that exclude each other.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "schema.h"

namespace stub {

// Names of attributes and places in lists, from the resource inwards.
using Path = std::vector<std::variant<std::string, long>>;

struct Fault {
  Path path;
  std::string text;
};

// What is wrong with a configuration that its types allow. What is not known yet is not judged.
auto Check(const Resource& resource, const Json& config) -> std::vector<Fault>;

// Whether a text is of a kind that tools/schema_rules.py names: "cidr", "uuid", ...
auto IsOfKind(const std::string& kind, const std::string& text) -> bool;

}  // namespace stub
