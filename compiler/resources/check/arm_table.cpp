// SPDX-License-Identifier: Apache-2.0
#include "groma/base/suggest.h"
#include "llvm/ADT/STLExtras.h"
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
      members[name.str()] = {{pair[0].getAsString().value_or("").str()},
                             pair[1].getAsInteger().value_or(0)};
    }
  }
  if (const json::Object *cases = Kind(type) == "d" ? type.getObject("e") : nullptr) {
    for (const auto &[word, id] : *cases) {
      const json::Object *one = TypeOf(id.getAsString().value_or(""));
      if (one == nullptr) continue;
      for (auto &[name, member] : Members(*one)) {
        // What only some cases ask for is not asked of all.
        Member &known = members[name];
        known.flags = (known.types.empty() ? member.flags : known.flags | member.flags) & ~kIsRequired;
        known.types.insert(known.types.end(), member.types.begin(), member.types.end());
      }
    }
  }
  return members;
}

// What the step leads to from any of the types.
void ArmTable::AddSteps(const std::vector<const json::Object *> &types, llvm::StringRef step,
                        std::vector<const json::Object *> &found, int64_t &flags) const {
  for (const json::Object *type : types) {
    const auto members = Members(*type);
    const auto member = members.find(step.str());
    if (member == members.end()) continue;
    flags |= member->second.flags;
    for (const std::string &id : member->second.types) {
      if (const json::Object *one = TypeOf(id)) found.push_back(one);
    }
  }
}

auto ArmTable::Find(llvm::StringRef type, llvm::StringRef path) const -> Property {
  Property found;
  std::vector<const json::Object *> at;
  if (const json::Object *body = TypeOf(resources_.at(type.lower())->getString("body").value_or(""))) {
    at.push_back(body);
  }
  for (llvm::StringRef rest = path; !rest.empty();) {
    auto [step, after] = rest.split('.');
    rest = after;
    const bool wants_list = step.consume_back("[]");
    bool is_open = false;
    std::set<std::string> names;
    for (const json::Object *one : at) {
      is_open |= one->get("ap") != nullptr;
      for (const auto &[name, unused] : Members(*one)) names.insert(name);
    }
    const bool has_step = names.contains(step.str());
    if (!has_step) {
      base::Suggestion suggestion(step);
      for (const std::string &name : names) suggestion.Consider(name);
      found.is_there = is_open && rest.empty();
      if (const auto best = suggestion.best()) found.nearest = best->str();
      return found;
    }
    std::vector<const json::Object *> next;
    int64_t flags = 0;
    AddSteps(at, step, next, flags);
    found.is_read_only |= (flags & kIsReadOnly) != 0;
    found.is_list = !next.empty() && Kind(*next.front()) == "a";
    if (wants_list && !found.is_list) return found;
    at.clear();
    for (const json::Object *one : next) {
      const json::Object *inner =
          Kind(*one) == "a" ? TypeOf(one->getString("i").value_or("")) : one;
      if (inner != nullptr) at.push_back(inner);
    }
  }
  found.is_there = true;
  for (const json::Object *one : at) {
    const std::vector<std::string> words = WordsOf(*one);
    found.words.insert(found.words.end(), words.begin(), words.end());
  }
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
      for (const std::string &id : member.types) {
        const json::Object *inner = TypeOf(id);
        const bool is_list = inner != nullptr && Kind(*inner) == "a";
        if (is_list) inner = TypeOf(inner->getString("i").value_or(""));
        const std::string start = path + (is_list ? "[]." : ".");
        const bool is_entered = llvm::any_of(
            paths, [&](const std::string &one) { return llvm::StringRef(one).starts_with(start); });
        if (is_entered) open.emplace_back(start, inner);
      }
    }
  }
  return {required.begin(), required.end()};
}

}  // namespace groma::resources::check
