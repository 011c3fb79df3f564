// SPDX-License-Identifier: Apache-2.0
#include "report/xml.h"

#include "report/json_writer.h"

namespace groma::runtime {

auto EscapeXml(const std::string &text) -> std::string {
  std::string escaped;
  for (const char c : CleanText(text)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace groma::runtime
