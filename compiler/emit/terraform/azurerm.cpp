// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/terraform/azurerm.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::emit::terraform {

using resources::Field;
using resources::Resource;
using resources::Rule;
using resources::Value;

namespace {

using Indices = llvm::SmallVector<size_t, 3>;

auto NameOf(const Field &field, int version) -> const char * {
  return version >= 5 && field.azurerm_5 != nullptr ? field.azurerm_5 : field.azurerm;
}

// Calls `visit` with each value at the path, and the indices of the lists on the way.
template <typename Visit>
void Find(const Value &value, llvm::StringRef path, Indices &indices, Visit visit) {
  if (path.empty()) return visit(value, indices);
  auto [step, rest] = path.split('.');
  const bool is_list = step.consume_back("[]");
  const Value *next = value.Find(step);
  if (next == nullptr || next->is_null()) return;
  if (!is_list) return Find(*next, rest, indices, visit);
  for (size_t i = 0; i < next->items.size(); ++i) {
    indices.push_back(i);
    Find(next->items[i], rest, indices, visit);
    indices.pop_back();
  }
}

auto InWords(const Field &field, llvm::StringRef word) -> std::string {
  llvm::StringRef rest = field.words;
  while (!rest.empty()) {
    auto [one, others] = rest.split('|');
    const auto [arm, azurerm] = one.split('=');
    if (arm == word) return azurerm.empty() ? arm.str() : azurerm.str();
    rest = others;
  }
  return word.str();
}

auto Converted(const Field &field, const Value &value) -> Value {
  Value made = value;
  switch (field.rule) {
    case Rule::Enabled:
      return Value::Bool(value.text == "Enabled", value.because);
    case Rule::Not:
      made.boolean = !value.boolean;
      return made;
    case Rule::Name:
      if (made.tag == Value::Tag::Reference) made.text = "name";
      return made;
    case Rule::Number: {
      int64_t number = 0;
      const bool is_number = !llvm::StringRef(value.text).getAsInteger(10, number);
      return is_number ? Value::Int(number, value.because) : made;
    }
    case Rule::First:
      return made.items.empty() ? Value() : Converted({.words = field.words}, made.items.front());
    case Rule::Block: return value.boolean ? Value::Object(value.because) : Value();
    case Rule::Gibibytes:
    case Rule::Tebibytes: {
      constexpr int64_t kGibibyte = int64_t{1} << 30;
      made.integer /= field.rule == Rule::Gibibytes ? kGibibyte : kGibibyte * 1024;
      return made;
    }
    case Rule::List:
    case Rule::Same:
    case Rule::Only:
    case Rule::Association:
    case Rule::Result: break;
  }
  if (field.words != nullptr && made.tag == Value::Tag::Text) {
    made.text = InWords(field, made.text);
  }
  if (made.tag == Value::Tag::Keys) made.tag = Value::Tag::List;
  if (field.rule == Rule::List) return Value::List({made}, made.because);
  return made;
}

auto ListsIn(llvm::StringRef path) -> size_t {
  size_t count = 0;
  while (path.contains("[]")) {
    path = path.substr(path.find("[]") + 2);
    ++count;
  }
  return count;
}

}  // namespace

auto Spell(const Resource &resource, int version) -> Spelled {
  Spelled spelled;
  spelled.body = Value::Object();
  for (const Field *field : resource.type->fields) {
    const char *name = NameOf(*field, version);
    if (name == nullptr || field->rule == Rule::Result) continue;
    if (field->arm == nullptr) {
      const Value *only = resource.body.Find(resources::kAzurermOnly);
      if (only == nullptr) continue;
      Indices indices;
      Find(*only, name, indices, [&](const Value &value, const Indices &at) {
        PlaceAt(spelled.body, name, at) = value;
      });
      continue;
    }
    const size_t lists = ListsIn(name);
    Indices indices;
    Find(resource.body, field->arm, indices, [&](const Value &value, const Indices &at) {
      if (field->rule == Rule::Association) {
        spelled.ties.push_back({field->tie, name, value});
        return;
      }
      Indices place(at.begin(), at.begin() + std::min(at.size(), lists));
      place.resize(lists);
      PlaceAt(spelled.body, name, place) = Converted(*field, value);
    });
  }
  return spelled;
}

// `links[1].id` is `links[].id`, and 1.
static auto WithoutIndices(llvm::StringRef path, llvm::SmallVector<llvm::StringRef> &indices)
    -> std::string {
  std::string plain;
  while (path.contains('[')) {
    auto [before, rest] = path.split('[');
    plain += before.str() + "[]";
    indices.push_back(rest.take_until([](char c) { return c == ']'; }));
    path = rest.drop_front(indices.back().size() + 1);
  }
  return plain + path.str();
}

auto PropertyOf(const Resource &resource, llvm::StringRef property, int version) -> std::string {
  if (property == "id" || property == "name") return property.str();
  llvm::SmallVector<llvm::StringRef> indices;
  const std::string plain = WithoutIndices(property, indices);
  for (const Field *field : resource.type->fields) {
    if (field->arm == nullptr || plain != field->arm) continue;
    llvm::StringRef path = NameOf(*field, version);
    std::string text;
    size_t lists = 0;
    while (path.contains('.')) {
      auto [step, rest] = path.split('.');
      // A block of azurerm is a list, also where there can only be one of it.
      const bool is_list = step.consume_back("[]") && lists < indices.size();
      text += step.str() + "[" + (is_list ? indices[lists++].str() : "0") + "].";
      path = rest;
    }
    return text + path.str();
  }
  base::Check(false, "a property that is referred to stands in the type's table");
  return {};
}

}  // namespace groma::emit::terraform
