// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/arm/json.h"

#include "llvm/ADT/StringExtras.h"

namespace groma::emit::arm {

using output::Lines;
using output::Reason;
using resources::Value;

namespace {

auto Quoted(llvm::StringRef text) -> std::string {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          const std::string hex = llvm::utohexstr(static_cast<unsigned char>(c), true);
          out += "\\u" + std::string(4 - hex.size(), '0') + hex;
        } else {
          out += c;
        }
    }
  }
  return out + "\"";
}

void Write(Lines &lines, int indent, const std::string &start, const Value &value, const char *end) {
  const Reason reason(lines, value.because);
  switch (value.tag) {
    case Value::Tag::Bool: return lines.Add(indent, start + (value.boolean ? "true" : "false") + end);
    case Value::Tag::Int: return lines.Add(indent, start + std::to_string(value.integer) + end);
    case Value::Tag::Text: return lines.Add(indent, start + Quoted(value.text) + end);
    case Value::Tag::List:
      if (value.items.empty()) return lines.Add(indent, start + "[]" + end);
      lines.Add(indent, start + "[");
      for (size_t i = 0; i < value.items.size(); ++i) {
        Write(lines, indent + 1, "", value.items[i], i + 1 < value.items.size() ? "," : "");
      }
      return lines.Add(indent, std::string("]") + end);
    case Value::Tag::Object:
    case Value::Tag::Map:
      if (value.members.empty()) return lines.Add(indent, start + "{}" + end);
      lines.Add(indent, start + "{");
      for (size_t i = 0; i < value.members.size(); ++i) {
        Write(lines, indent + 1, Quoted(value.members[i].name) + ": ", value.members[i].value,
              i + 1 < value.members.size() ? "," : "");
      }
      return lines.Add(indent, std::string("}") + end);
    default: return lines.Add(indent, start + "null" + end);
  }
}

}  // namespace

void WriteJson(Lines &lines, const Value &value) { Write(lines, 0, "", value, ""); }

}  // namespace groma::emit::arm
