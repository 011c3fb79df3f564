// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/validation/text.h"

#include "groma/output/table.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::emit::validation {

using acceptance::Confidence;
using acceptance::Unit;

auto Number(const base::Rational &number) -> std::string {
  std::string text = output::Decimal(number, 6);
  if (text.find('.') == std::string::npos) return text;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

auto Quoted(llvm::StringRef text) -> std::string {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += ' ';
    } else if (c == '?') {
      out += "?";  // no trigraphs in C++17
    } else {
      out += c;
    }
  }
  return out + "\"";
}

auto Size(uint64_t bytes) -> std::string {
  if (bytes % 1'000'000'000 == 0) return std::to_string(bytes / 1'000'000'000) + "_GB";
  constexpr const char *kUnits[] = {"B", "KiB", "MiB", "GiB"};
  size_t unit = 0;
  while (unit < 3 && bytes >= 1024 && bytes % 1024 == 0) {
    bytes /= 1024;
    ++unit;
  }
  return std::to_string(bytes) + "_" + kUnits[unit];
}

auto Comment(llvm::StringRef text) -> std::string {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  while (!out.empty() && (out.back() == '\\' || out.back() == ' ')) out.pop_back();
  return out;
}

auto Cell(llvm::StringRef text) -> std::string {
  std::string out;
  for (const char c : text) {
    if (llvm::StringRef("|\\`*<[]&").contains(c)) out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out;
}

auto Camel(llvm::StringRef name) -> std::string {
  std::string out;
  bool starts = true;
  for (const char c : name) {
    if (c == '_') {
      starts = true;
      continue;
    }
    out += starts ? llvm::toUpper(c) : c;
    starts = false;
  }
  return out;
}

auto UnitName(Unit unit) -> std::string {
  switch (unit) {
    case Unit::GigabytesPerSecond: return "GB/s";
    case Unit::GigabitsPerSecond: return "Gb/s";
    case Unit::TeraOperations: return "TOPS";
    case Unit::Microseconds: return "us";
  }
  return "";
}

auto UnitType(Unit unit) -> std::string {
  switch (unit) {
    case Unit::GigabytesPerSecond: return "GigabytesPerSecond";
    case Unit::GigabitsPerSecond: return "GigabitsPerSecond";
    case Unit::TeraOperations: return "TeraOperations";
    case Unit::Microseconds: return "Microseconds";
  }
  return "";
}

auto ConfidenceName(Confidence confidence) -> std::string {
  switch (confidence) {
    case Confidence::Low: return "low";
    case Confidence::Medium: return "medium";
    case Confidence::High: return "high";
  }
  return "";
}

auto Plain(llvm::StringRef name) -> std::string {
  std::string out;
  for (const char c : name) out += llvm::isAlnum(c) || c == '_' ? c : '_';
  return out;
}

auto FolderOf(const acceptance::Shape &shape) -> std::string {
  return Plain(shape.site) + "/" + Plain(shape.pool);
}

}  // namespace groma::emit::validation
