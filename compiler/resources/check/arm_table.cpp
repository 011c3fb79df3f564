// SPDX-License-Identifier: Apache-2.0
#include "groma/base/suggest.h"
#include "tables.h"

namespace groma::resources::check {

namespace json = llvm::json;

namespace {

constexpr int64_t kIsRequired = 1, kIsReadOnly = 2;

auto Kind(const json::Object &type) -> llvm::StringRef {
  return type.getString("t").value_or("");
}

auto WordsOf(const json::Object &type) -> std::vector<std::string> {
  std::vector<std::string> words;
  const json::Array *values = Kind(type) == "e" ? type.getArray("v") : nullptr;
  if (values == nullptr) return words;
  for (const json::Value &one : *values) {
    if (const auto word = one.getAsString()) words.push_back(word->str());
  }
  return words;
}

}  // namespace

ArmTable::ArmTable(const std::string &text) : lines_(ReadLines(text)) {
  for (const json::Value &line : lines_) {
    const json::Object &object = *line.getAsObject();
    if (const auto id = object.getString("id")) types_[id->str()] = &object;
    if (const auto type = object.getString("type")) resources_[type->lower()] = &object;
  }
}

auto ArmTable::Has(llvm::StringRef type) const -> bool { return resources_.count(type.lower()) > 0; }

auto ArmTable::ApiOf(llvm::StringRef type) const -> std::string {
  const auto found = resources_.find(type.lower());
  return found == resources_.end() ? "" : found->second->getString("api").value_or("").str();
}

auto ArmTable::TypeOf(llvm::StringRef id) const -> const json::Object * {
  const auto found = types_.find(id.str());
  return found == types_.end() ? nullptr : found->second;
}

// Of an object, and of all cases of one that has several.
auto ArmTable::Members(const json::Object &type) const -> std::map<std::string, Member> {
  std::map<std::string, Member> members;
  if (const json::Object *properties = type.getObject("p")) {
    for (const auto &[name, value] : *properties) {
      const json::Array &pair = *value.getAsArray();
      members[name.str()] = {pair[0].getAsString().value_or("").str(),
                                   pair[1].getAsInteger().value_or(0)};
    }
  }
  if (const json::Object *cases = Kind(type) == "d" ? type.getObject("e") : nullptr) {
    for (const auto &[word, id] : *cases) {
      const json::Object *one = TypeOf(id.getAsString().value_or(""));
      if (one == nullptr) continue;
      for (auto &[name, member] : Members(*one)) {
        // What only some cases ask for is not asked of all.
        member.flags &= ~kIsRequired;
        members.try_emplace(name, member);
      }
    }
  }
  return members;
}

auto ArmTable::Find(llvm::StringRef type, llvm::StringRef path) const -> Property {
  Property found;
  const json::Object *at = TypeOf(resources_.at(type.lower())->getString("body").value_or(""));
  while (!path.empty()) {
    auto [step, rest] = path.split('.');
    const bool wants_list = step.consume_back("[]");
    if (at == nullptr) return found;
    const auto members = Members(*at);
    const auto member = members.find(step.str());
    if (member == members.end()) {
      if (at->get("ap") != nullptr && rest.empty()) {
        found.is_there = true;
        return found;
      }
      base::Suggestion suggestion(step);
      for (const auto &[name, unused] : members) suggestion.Consider(name);
      if (const auto best = suggestion.best()) found.nearest = best->str();
      return found;
    }
    found.is_read_only |= (member->second.flags & kIsReadOnly) != 0;
    at = TypeOf(member->second.type);
    found.is_list = at != nullptr && Kind(*at) == "a";
    if (wants_list) {
      if (!found.is_list) return found;
      at = TypeOf(at->getString("i").value_or(""));
      found.is_list = false;
    }
    path = rest;
  }
  found.is_there = true;
  if (at != nullptr && Kind(*at) == "a") at = TypeOf(at->getString("i").value_or(""));
  if (at != nullptr) found.words = WordsOf(*at);
  return found;
}

auto ArmTable::RequiredOf(llvm::StringRef type, const std::vector<std::string> &paths) const
    -> std::vector<std::string> {
  std::set<std::string> required;
  std::vector<std::pair<std::string, const json::Object *>> open = {
      {"", TypeOf(resources_.at(type.lower())->getString("body").value_or(""))}};
  while (!open.empty()) {
    const auto [prefix, at] = open.back();
    open.pop_back();
    if (at == nullptr) continue;
    for (const auto &[name, member] : Members(*at)) {
      if ((member.flags & kIsReadOnly) != 0) continue;
      const std::string path = prefix + name;
      if ((member.flags & kIsRequired) != 0) required.insert(path);
      const json::Object *inner = TypeOf(member.type);
      const bool is_list = inner != nullptr && Kind(*inner) == "a";
      if (is_list) inner = TypeOf(inner->getString("i").value_or(""));
      const std::string start = path + (is_list ? "[]." : ".");
      for (const std::string &one : paths) {
        if (!llvm::StringRef(one).starts_with(start)) continue;
        open.emplace_back(start, inner);
        break;
      }
    }
  }
  return {required.begin(), required.end()};
}

}  // namespace groma::resources::check
