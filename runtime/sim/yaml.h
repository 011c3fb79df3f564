// SPDX-License-Identifier: Apache-2.0
// The little of YAML that a file of one fault needs: `key: value` lines and comments. Anything else
// is an error with its line.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace groma::runtime {

struct YamlLine {
  std::string key, value;
  int line = 0;
};
struct YamlError {
  int line = 0;
  std::string says;
};

auto ReadYaml(const std::string &text) -> std::variant<std::vector<YamlLine>, YamlError>;

}  // namespace groma::runtime
