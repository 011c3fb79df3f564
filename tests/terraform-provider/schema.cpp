// SPDX-License-Identifier: Apache-2.0
#include "schema.h"

#include <algorithm>

namespace stub {
namespace {

auto AttributeOf(const std::string& name, const Json& given) -> Attribute {
  Attribute out{.name = name};
  auto flags = given.at(1).get<std::string>();
  out.is_required = flags.find('r') != std::string::npos;
  out.is_optional = flags.find('o') != std::string::npos;
  out.is_computed = flags.find('c') != std::string::npos;
  out.is_write_only = flags.find('w') != std::string::npos;
  const auto& type = given.at(0);
  if (type.is_array() && type.at(0) == "nested") {
    out.nesting = type.at(1).get<std::string>();
    for (const auto& [field, inner] : type.at(2).items())
      out.nested.push_back(AttributeOf(field, inner));
  } else {
    out.type = type;
  }
  return out;
}

auto BlockOf(const Json& given) -> Block {
  Block out;
  for (const auto& [name, attribute] : given.at("a").items())
    out.attributes.push_back(AttributeOf(name, attribute));
  for (const auto& [name, nested] : given.at("b").items()) {
    out.blocks.push_back({.name = name,
                          .nesting = nested.at(0).get<std::string>(),
                          .least = nested.at(1).get<int>(),
                          .most = nested.at(2).get<int>(),
                          .block = BlockOf(nested.at(3))});
  }
  return out;
}

// Every resource may say how long to wait; the tables leave that out.
auto Timeouts(std::initializer_list<const char*> names) -> NestedBlock {
  NestedBlock out{.name = "timeouts", .nesting = "single"};
  for (const auto* name : names)
    out.block.attributes.push_back({.name = name, .type = "string", .is_optional = true});
  return out;
}

auto NestingOf(const std::string& word) -> tfplugin6::Schema::Nesting {
  if (word == "single") return tfplugin6::Schema::SINGLE;
  if (word == "set") return tfplugin6::Schema::SET;
  return word == "map" ? tfplugin6::Schema::MAP : tfplugin6::Schema::LIST;
}

void Describe(const Attribute& attribute, bool is_sensitive, tfplugin6::Schema::Attribute& out) {
  out.set_name(attribute.name);
  out.set_required(attribute.is_required);
  out.set_optional(attribute.is_optional);
  out.set_computed(attribute.is_computed);
  out.set_write_only(attribute.is_write_only);
  out.set_sensitive(is_sensitive);
  if (attribute.nested.empty()) {
    out.set_type(attribute.type.dump());
    return;
  }
  out.mutable_nested_type()->set_nesting(NestingOf(attribute.nesting));
  for (const auto& inner : attribute.nested)
    Describe(inner, false, *out.mutable_nested_type()->add_attributes());
}

void Describe(const Block& block, const Json& rules, const std::string& path,
              tfplugin6::Schema::Block& out) {
  for (const auto& attribute : block.attributes) {
    auto rule = rules.find(path + attribute.name);
    Describe(attribute, rule != rules.end() && rule->contains("sensitive"), *out.add_attributes());
  }
  for (const auto& nested : block.blocks) {
    auto& made = *out.add_block_types();
    made.set_type_name(nested.name);
    made.set_nesting(NestingOf(nested.nesting));
    made.set_min_items(nested.least);
    made.set_max_items(nested.most);
    Describe(nested.block, rules, path + nested.name + ".", *made.mutable_block());
  }
}

}  // namespace

auto ReadTable(std::istream& in) -> Table {
  Table out;
  for (std::string line; std::getline(in, line);) {
    auto given = Json::parse(line);
    if (given.contains("provider")) {
      out.provider = BlockOf(given);
    } else if (given.contains("type") || given.contains("data")) {
      bool is_data = given.contains("data");
      Resource made{given.at(is_data ? "data" : "type").get<std::string>(), BlockOf(given),
                    given.value("rules", Json::object())};
      made.block.blocks.push_back(is_data ? Timeouts({"read"})
                                          : Timeouts({"create", "delete", "read", "update"}));
      auto& group = is_data ? out.data : out.resources;
      group.emplace(made.name, std::move(made));
    }
  }
  return out;
}

auto is_filled_in(const NestedBlock& nested) -> bool {
  const auto& attributes = nested.block.attributes;
  return nested.nesting == "list" && nested.least == 0 && nested.block.blocks.empty() &&
         !attributes.empty() &&
         std::all_of(attributes.begin(), attributes.end(),
                     [](const Attribute& one) { return one.is_computed; });
}

void Describe(const Table& table, tfplugin6::GetProviderSchema::Response& out) {
  Describe(table.provider, Json::object(), "", *out.mutable_provider()->mutable_block());
  for (const auto& [name, resource] : table.resources) {
    Describe(resource.block, resource.rules, "",
             *(*out.mutable_resource_schemas())[name].mutable_block());
  }
  for (const auto& [name, source] : table.data) {
    Describe(source.block, source.rules, "",
             *(*out.mutable_data_source_schemas())[name].mutable_block());
  }
}

}  // namespace stub
