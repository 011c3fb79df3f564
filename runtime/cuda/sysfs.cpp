// SPDX-License-Identifier: Apache-2.0
#include "cuda/sysfs.h"

#include <dirent.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <fstream>

namespace groma::runtime::cuda {
namespace {

auto IsDigit(char c) -> bool { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// Compares runs of digits as numbers.
auto IsBefore(const std::string &a, const std::string &b) -> bool {
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (IsDigit(a[i]) && IsDigit(b[j])) {
      char *end_a = nullptr;
      char *end_b = nullptr;
      const auto x = std::strtoull(a.c_str() + i, &end_a, 10);
      const auto y = std::strtoull(b.c_str() + j, &end_b, 10);
      if (x != y) return x < y;
      i = static_cast<size_t>(end_a - a.c_str());
      j = static_cast<size_t>(end_b - b.c_str());
    } else {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i;
      ++j;
    }
  }
  return a.size() - i < b.size() - j;
}

}  // namespace

auto ReadLine(const std::string &path) -> Maybe<std::string> {
  std::ifstream file(path);
  std::string line;
  if (!file || !std::getline(file, line)) return Missing{"cannot read " + path};
  while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())) != 0)
    line.pop_back();
  return line;
}

auto ParseCount(const std::string &text) -> Maybe<int64_t> {
  const Missing missing{"'" + text + "' is no whole number"};
  if (text.empty() || !(IsDigit(text[0]) || (text[0] == '-' && text.size() > 1))) return missing;
  errno = 0;
  char *end = nullptr;
  const int64_t number = std::strtoll(text.c_str(), &end, 10);
  if (errno != 0 || *end != '\0') return missing;
  return number;
}

auto ReadCount(const std::string &path) -> Maybe<int64_t> {
  const auto line = ReadLine(path);
  if (const auto *missing = std::get_if<Missing>(&line)) return *missing;
  auto count = ParseCount(std::get<std::string>(line));
  if (auto *missing = std::get_if<Missing>(&count)) missing->reason += " (" + path + ")";
  return count;
}

auto List(const std::string &folder) -> std::vector<std::string> {
  std::vector<std::string> names;
  DIR *stream = opendir(folder.c_str());
  if (stream == nullptr) return names;
  while (const dirent *entry = readdir(stream))
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  closedir(stream);
  std::sort(names.begin(), names.end(), IsBefore);
  return names;
}

}  // namespace groma::runtime::cuda
