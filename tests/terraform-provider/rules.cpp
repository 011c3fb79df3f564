// SPDX-License-Identifier: Apache-2.0
#include "rules.h"

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

namespace stub {
namespace {

struct Found {
  Path path;
  const Json* value;
};

auto Split(const std::string& path) -> std::vector<std::string> {
  std::vector<std::string> out;
  std::istringstream in(path);
  for (std::string word; std::getline(in, word, '.');) out.push_back(word);
  return out;
}

// Every place of the configuration that a path without indices means; null values count where their
// block is there.
void Find(const std::vector<std::string>& words, size_t at, const Json& object, Path path,
          std::vector<Found>& out) {
  auto field = object.is_object() ? object.find(words[at]) : object.end();
  if (!object.is_object() || field == object.end()) return;
  path.emplace_back(words[at]);
  if (at + 1 == words.size()) {
    out.push_back({path, &*field});
  } else if (field->is_array()) {
    for (size_t i = 0; i < field->size(); ++i) {
      auto inner = path;
      inner.emplace_back(static_cast<long>(i));
      Find(words, at + 1, (*field)[i], inner, out);
    }
  } else {
    Find(words, at + 1, *field, path, out);
  }
}

// What one path with indices means, or nullptr.
auto At(const Json& config, const std::string& path) -> const Json* {
  const auto* at = &config;
  for (const auto& word : Split(path)) {
    bool is_index = word.find_first_not_of("0123456789") == std::string::npos;
    if (is_index && at->is_array() && std::stoul(word) < at->size()) {
      at = &(*at)[std::stoul(word)];
    } else if (!is_index && at->is_object() && at->contains(word)) {
      at = &(*at)[word];
    } else {
      return nullptr;
    }
  }
  return at;
}

auto Shown(const Json& value) -> std::string {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

auto Joined(const Json& words) -> std::string {
  std::string out;
  for (const auto& word : words)
    out += (out.empty() ? "" : ", ") + (word.is_string() ? word.get<std::string>() : word.dump());
  return out;
}

auto Length(const std::string& text) -> long {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

auto IsInRange(const Json& range, const Json& value) -> bool {
  if (!value.is_number()) return true;
  auto number = value.get<double>();
  return (range[0].is_null() || number >= range[0].get<double>()) &&
         (range[1].is_null() || number <= range[1].get<double>());
}

// What is wrong with one known value, empty if nothing is. Enum, range, pattern and kind are joined
// by "or".
auto Refusal(const Json& rule, const Json& value) -> std::string {
  std::vector<std::string> missed;
  bool is_met = false;
  auto judge = [&](bool is_good, const std::string& text) {
    is_met = is_met || is_good;
    missed.push_back(text);
  };
  if (rule.contains("enum")) {
    const auto& words = rule["enum"];
    judge(std::find(words.begin(), words.end(), value) != words.end(),
          "is none of " + Joined(words));
  }
  if (rule.contains("range") && value.is_number()) {
    const auto& range = rule["range"];
    auto text = range[1].is_null()
                    ? "is less than " + range[0].dump()
                    : "is not between " + range[0].dump() + " and " + range[1].dump();
    judge(IsInRange(range, value), text);
  }
  if (rule.contains("pattern") && value.is_string()) {
    auto pattern = rule["pattern"].get<std::string>();
    judge(std::regex_search(value.get<std::string>(), std::regex(pattern)),
          "does not match " + pattern);
  }
  if (rule.contains("is") && value.is_string()) {
    auto kind = rule["is"].get<std::string>();
    judge(IsOfKind(kind, value.get<std::string>()), "is no " + kind);
  }
  if (!is_met && !missed.empty()) {
    std::string out;
    for (const auto& text : missed) out += (out.empty() ? "" : ", ") + text;
    return Shown(value) + " " + out;
  }
  if (rule.contains("length") && value.is_string()) {
    auto length = Length(value.get<std::string>());
    if (length < rule["length"][0].get<long>() || length > rule["length"][1].get<long>()) {
      return Shown(value) + " has " + std::to_string(length) + " characters, not " +
             rule["length"][0].dump() + " to " + rule["length"][1].dump();
    }
  }
  return "";
}

class Checker {
 public:
  Checker(const Json& config) : config_(config) {}

  void CheckRule(const std::string& name, const Json& rule) {
    std::vector<Found> places;
    Find(Split(name), 0, config_, {}, places);
    for (const auto& place : places) {
      CheckValue(rule, *place.value, place.path);
      CheckOthers(name, rule, place);
    }
  }

  auto faults() && -> std::vector<Fault> { return std::move(faults_); }

 private:
  void Add(const Path& path, const std::string& text) {
    if (said_.insert(text).second) faults_.push_back({path, text});
  }

  void CheckValue(const Json& rule, const Json& value, const Path& path) {
    if (value.is_null() || is_unknown(value)) return;
    if (value.is_array() || value.is_object()) {
      if (!rule.contains("elem") || value.is_object()) return;
      for (size_t i = 0; i < value.size(); ++i) {
        auto inner = path;
        inner.emplace_back(static_cast<long>(i));
        CheckValue(rule["elem"], value[i], inner);
      }
      return;
    }
    if (auto text = Refusal(rule, value); !text.empty()) Add(path, text);
  }

  // How many of these are given, and whether what is unknown may be.
  auto Count(const Json& names) -> std::pair<int, bool> {
    int count = 0;
    bool is_open = false;
    for (const auto& name : names) {
      const auto* value = At(config_, name.get<std::string>());
      if (value == nullptr) continue;
      if (is_unknown(*value)) {
        is_open = true;
      } else if (is_set(*value)) {
        ++count;
      }
    }
    return {count, is_open};
  }

  void CheckOthers(const std::string& name, const Json& rule, const Found& place) {
    bool is_given = is_set(*place.value);
    if (is_given && !is_unknown(*place.value)) {
      for (const auto& other : rule.value("conflicts_with", Json::array())) {
        if (Count(Json::array({other})).first > 0)
          Add(place.path, name + " and " + other.get<std::string>() + " exclude each other");
      }
    }
    for (const auto& other :
         is_given ? rule.value("required_with", Json::array()) : Json::array()) {
      auto [count, is_open] = Count(Json::array({other}));
      if (count == 0 && !is_open) Add(place.path, name + " needs " + other.get<std::string>());
    }
    if (auto names = rule.value("exactly_one_of", Json::array()); !names.empty()) {
      auto [count, is_open] = Count(names);
      if (count > 1 || (count == 0 && !is_open))
        Add(place.path,
            "needs exactly one of " + Joined(names) + ", and has " + std::to_string(count));
    }
    if (auto names = rule.value("at_least_one_of", Json::array()); !names.empty()) {
      auto [count, is_open] = Count(names);
      if (count == 0 && !is_open) Add(place.path, "needs one of " + Joined(names));
    }
  }

  const Json& config_;
  std::vector<Fault> faults_;
  std::set<std::string> said_;
};

}  // namespace

auto Check(const Resource& resource, const Json& config) -> std::vector<Fault> {
  Checker checker(config);
  for (const auto& [name, rule] : resource.rules.items()) checker.CheckRule(name, rule);
  return std::move(checker).faults();
}

}  // namespace stub
