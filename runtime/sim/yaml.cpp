// SPDX-License-Identifier: Apache-2.0
#include "sim/yaml.h"

#include <algorithm>

namespace groma::runtime {
namespace {

auto Trim(const std::string &text) -> std::string {
  const size_t first = text.find_first_not_of(" \r");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \r") - first + 1);
}

auto IsKey(const std::string &text) -> bool {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

}  // namespace

auto ReadYaml(const std::string &text) -> std::variant<std::vector<YamlLine>, YamlError> {
  std::vector<YamlLine> lines;
  int number = 0;
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    const auto fail = [&](const std::string &says) { return YamlError{number, says}; };
    if (line.find('\t') != std::string::npos) return fail("a tab is no space in YAML");
    // A comment starts a line or stands behind a space.
    for (size_t hash = line.find('#'); hash != std::string::npos; hash = line.find('#', hash + 1)) {
      if (hash == 0 || line[hash - 1] == ' ') {
        line.resize(hash);
        break;
      }
    }
    if (Trim(line).empty()) continue;
    if (line.front() == ' ') return fail("values of values are not read here");
    const size_t colon = line.find(':');
    if (colon == std::string::npos) return fail("'" + Trim(line) + "' is no 'key: value'");
    const std::string key = Trim(line.substr(0, colon));
    const std::string value = Trim(line.substr(colon + 1));
    if (!IsKey(key)) return fail("'" + key + "' is no key");
    if (value.empty()) return fail("'" + key + "' has no value");
    if (colon + 1 < line.size() && line[colon + 1] != ' ')
      return fail("a space is missing after ':'");
    if (std::string("[{&*!|>'\"%@`-").find(value.front()) != std::string::npos) {
      return fail("the value of '" + key + "' must be a plain word or number");
    }
    const bool is_twice = std::any_of(lines.begin(), lines.end(),
                                      [&](const YamlLine &other) { return other.key == key; });
    if (is_twice) return fail("'" + key + "' is there twice");
    lines.push_back({key, value, number});
  }
  return lines;
}

}  // namespace groma::runtime
