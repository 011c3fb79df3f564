// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>

#include <map>
#include <regex>

#include "rules.h"

namespace stub {
namespace {

auto IsAddress(int family, const std::string& text) -> bool {
  unsigned char room[16];
  return inet_pton(family, text.c_str(), room) == 1;
}

auto IsRange(const std::string& text) -> bool {
  auto slash = text.find('/');
  if (slash == std::string::npos || text.size() - slash > 4) return false;
  auto address = text.substr(0, slash), bits = text.substr(slash + 1);
  if (bits.empty() || bits.find_first_not_of("0123456789") != std::string::npos) return false;
  return IsAddress(AF_INET, address) ? std::stoi(bits) <= 32
                                     : IsAddress(AF_INET6, address) && std::stoi(bits) <= 128;
}

// One address, a range of them in either form, or from one to another.
auto IsAddresses(const std::string& text) -> bool {
  auto dash = text.find('-');
  auto is_one = [](const std::string& one) {
    return IsAddress(AF_INET, one) || IsAddress(AF_INET6, one);
  };
  return is_one(text) || IsRange(text) ||
         (dash != std::string::npos && is_one(text.substr(0, dash)) &&
          is_one(text.substr(dash + 1)));
}

auto Matches(const std::string& text, const char* pattern) -> bool {
  return std::regex_search(text, std::regex(pattern));
}

}  // namespace

auto IsOfKind(const std::string& kind, const std::string& text) -> bool {
  if (kind == "cidr") return IsRange(text);
  if (kind == "ip_range") return IsRange(text) || IsAddress(AF_INET, text);
  if (kind == "addresses") return IsAddresses(text);
  if (kind == "ipv4") return IsAddress(AF_INET, text);
  if (kind == "ip") return IsAddress(AF_INET, text) || IsAddress(AF_INET6, text);
  if (kind == "json") return Json::accept(text);
  static const std::map<std::string, const char*> patterns = {
      {"uuid", "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"},
      {"id", "^(/[^/\\s]+/[^/]+)+$"},
      {"date", "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$"},
      {"period", "^P(?=.)(\\d+[YMWD])*(T(\\d+[HMS])+)?$"},
      {"duration", "^(\\d+(\\.\\d+)?(ns|us|ms|s|m|h))+$"},
      {"base64", "^[A-Za-z0-9+/]+={0,2}$"},
      {"url", "^[a-z][a-z0-9+.-]*://[^/\\s]+"},
  };
  auto found = patterns.find(kind);
  return found == patterns.end() || Matches(text, found->second);
}

}  // namespace stub
