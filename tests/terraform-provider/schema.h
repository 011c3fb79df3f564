// SPDX-License-Identifier: Apache-2.0
// A table of compiler/resources/schema: what a provider takes, and the rules of its values.
#pragma once

#include <istream>
#include <map>
#include <string>
#include <vector>

#include "protocol.pb.h"
#include "value.h"

namespace stub {

struct Attribute {
  std::string name;
  // As Terraform writes types; empty for an attribute of nested ones.
  Json type{};
  bool is_required = false;
  bool is_optional = false;
  bool is_computed = false;
  bool is_write_only = false;
  // What a nested attribute consists of, and how often: "single", "list", ...
  std::vector<Attribute> nested{};
  std::string nesting{};
};

struct NestedBlock;

struct Block {
  std::vector<Attribute> attributes;
  std::vector<NestedBlock> blocks;
};

struct NestedBlock {
  std::string name;
  std::string nesting;
  int least = 0;
  int most = 0;
  Block block{};
};

struct Resource {
  std::string name;
  Block block;
  // By path: what tools/schema_rules.py writes.
  Json rules;
};

struct Table {
  Block provider;
  std::map<std::string, Resource> resources;
  std::map<std::string, Resource> data;
};

// Throws if a line is no JSON, or not of this form.
auto ReadTable(std::istream& in) -> Table;

// Whether a block that nobody wrote is filled in by the cloud. No schema says so; one of which
// every attribute is computed is.
auto is_filled_in(const NestedBlock& block) -> bool;

void Describe(const Table& table, tfplugin6::GetProviderSchema::Response& out);

}  // namespace stub
