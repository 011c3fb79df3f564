// SPDX-License-Identifier: Apache-2.0
// A small tree of HCL, and its one printer, which writes as `terraform fmt` does.
#pragma once

#include <string>
#include <vector>

#include "groma/output/lines.h"
#include "groma/resources/value.h"

namespace groma::emit::terraform {

using resources::Spans;

// A value as HCL writes it: one line of text, or a list or an object over several lines.
struct Expression {
  enum class Sort : uint8_t { Text, List, Object };
  Sort sort = Sort::Text;
  std::string text;
  std::vector<Expression> items;
  std::vector<std::string> names;  // Object: of the items
  Spans because;

  void Add(std::string name, Expression item) {
    names.push_back(std::move(name));
    items.push_back(std::move(item));
  }
};

struct Block;

// An attribute or a block inside a block.
struct Entry {
  std::string name;  // of an attribute
  Expression value;
  std::vector<Block> block;  // one, or none
};

struct Block {
  std::string type;
  std::vector<std::string> labels;
  std::vector<Entry> entries;
  std::string comment;
  Spans because;

  void Set(std::string name, Expression value) {
    entries.push_back({std::move(name), std::move(value), {}});
  }
  void Set(std::string name, std::string text, Spans spans = {}) {
    Expression value;
    value.text = std::move(text);
    value.because = std::move(spans);
    Set(std::move(name), std::move(value));
  }
  void Add(Block inner) { entries.push_back({{}, {}, {std::move(inner)}}); }
};

// In quotes; whatever stands in it is data.
auto Quoted(llvm::StringRef text) -> std::string;
// What stands between the quotes.
auto Escaped(llvm::StringRef text) -> std::string;
// A key of an object, in quotes if it is no name.
auto Key(llvm::StringRef name) -> std::string;

void Write(output::Lines &lines, const Block &block);
// Attributes outside of any block, as in a file of values.
void Write(output::Lines &lines, const std::vector<Entry> &entries);

}  // namespace groma::emit::terraform
