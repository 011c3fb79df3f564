// SPDX-License-Identifier: Apache-2.0
#include "groma/base/suggest.h"
#include "tables.h"

namespace groma::resources::check {

namespace json = llvm::json;

namespace {

// Of `["set", ["object", {...}]]` the object; the provider shows some blocks as such attributes.
auto ObjectIn(const json::Value &type) -> const json::Object * {
  const json::Array *array = type.getAsArray();
  if (array == nullptr || array->size() != 2) return nullptr;
  if ((*array)[0].getAsString().value_or("") == "object") return (*array)[1].getAsObject();
  return ObjectIn((*array)[1]);
}

auto IsList(const json::Value &type) -> bool {
  const json::Array *array = type.getAsArray();
  if (array == nullptr) return false;
  const llvm::StringRef word = (*array)[0].getAsString().value_or("");
  return word == "list" || word == "set";
}

// A block, or an attribute that holds objects.
struct Place {
  const json::Object *block = nullptr;   // has `a` and `b`
  const json::Object *object = nullptr;  // names with their types
};

auto WordsOf(const json::Object &resource, llvm::StringRef path) -> std::vector<std::string> {
  std::vector<std::string> words;
  std::string plain;
  for (const char c : path) {
    if (c != '[' && c != ']') plain += c;
  }
  const json::Object *rules = resource.getObject("rules");
  const json::Object *rule = rules == nullptr ? nullptr : rules->getObject(plain);
  if (rule != nullptr && rule->getObject("elem") != nullptr) rule = rule->getObject("elem");
  const json::Array *values = rule == nullptr ? nullptr : rule->getArray("enum");
  if (values == nullptr) return words;
  for (const json::Value &one : *values) {
    if (const auto word = one.getAsString()) words.push_back(word->str());
  }
  return words;
}

}  // namespace

AzurermTable::AzurermTable(const std::string &text) : lines_(ReadLines(text)) {
  for (const json::Value &line : lines_) {
    const json::Object &object = *line.getAsObject();
    if (const auto type = object.getString("type")) resources_[type->str()] = &object;
  }
}

auto AzurermTable::Has(llvm::StringRef type) const -> bool {
  return resources_.count(type.str()) > 0;
}

auto AzurermTable::Find(llvm::StringRef type, llvm::StringRef path) const -> Property {
  const json::Object &resource = *resources_.at(type.str());
  Property found;
  Place place{&resource, nullptr};
  for (llvm::StringRef rest = path; !rest.empty();) {
    auto [step, after] = rest.split('.');
    step.consume_back("[]");  // a block that may stand once takes a list with one element
    rest = after;
    base::Suggestion suggestion(step);
    if (place.object != nullptr) {
      const json::Value *inner = place.object->get(step);
      if (inner == nullptr) {
        for (const auto &[name, unused] : *place.object) suggestion.Consider(name);
        if (const auto best = suggestion.best()) found.nearest = best->str();
        return found;
      }
      found.is_list = IsList(*inner);
      place = {nullptr, ObjectIn(*inner)};
      continue;
    }
    if (place.block == nullptr) return found;
    const json::Object &attributes = *place.block->getObject("a");
    const json::Object &blocks = *place.block->getObject("b");
    if (const json::Array *attribute = attributes.getArray(step)) {
      const llvm::StringRef flags = (*attribute)[1].getAsString().value_or("");
      found.is_read_only |= flags == "c";
      found.is_list = IsList((*attribute)[0]);
      place = {nullptr, ObjectIn((*attribute)[0])};
      if (rest.empty()) break;
      continue;
    }
    const json::Array *block = blocks.getArray(step);
    if (block == nullptr) {
      for (const auto &[name, unused] : attributes) suggestion.Consider(name);
      for (const auto &[name, unused] : blocks) suggestion.Consider(name);
      if (const auto best = suggestion.best()) found.nearest = best->str();
      return found;
    }
    place = {(*block)[3].getAsObject(), nullptr};
  }
  found.is_there = true;
  found.words = WordsOf(resource, path);
  return found;
}

auto AzurermTable::RequiredOf(llvm::StringRef type, const std::vector<std::string> &paths) const
    -> std::vector<std::string> {
  std::set<std::string> required;
  std::vector<std::pair<std::string, const json::Object *>> open = {{"", resources_.at(type.str())}};
  while (!open.empty()) {
    const auto [prefix, at] = open.back();
    open.pop_back();
    for (const auto &[name, value] : *at->getObject("a")) {
      const llvm::StringRef flags = (*value.getAsArray())[1].getAsString().value_or("");
      if (flags.contains('r')) required.insert(prefix + name.str());
    }
    for (const auto &[name, value] : *at->getObject("b")) {
      const json::Array &block = *value.getAsArray();
      const std::string path = prefix + name.str();
      if (block[1].getAsInteger().value_or(0) > 0) required.insert(path);
      for (const std::string &one : paths) {
        for (const char *end : {".", "[]."}) {
          if (!llvm::StringRef(one).starts_with(path + end)) continue;
          open.emplace_back(path + end, block[3].getAsObject());
          break;
        }
        if (!open.empty() && llvm::StringRef(open.back().first).starts_with(path)) break;
      }
    }
  }
  return {required.begin(), required.end()};
}

}  // namespace groma::resources::check
