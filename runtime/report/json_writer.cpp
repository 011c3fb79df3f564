// SPDX-License-Identifier: Apache-2.0
#include "report/json_writer.h"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace groma::runtime {
namespace {

// The length of the UTF-8 sequence at `at`; 0 if there is none.
auto SequenceLength(const std::string &text, size_t at) -> size_t {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return 1;
  size_t length = 0;
  uint32_t code = 0;
  if (first >= 0xc2 && first <= 0xdf) {
    length = 2;
    code = first & 0x1fU;
  } else if (first >= 0xe0 && first <= 0xef) {
    length = 3;
    code = first & 0x0fU;
  } else if (first >= 0xf0 && first <= 0xf4) {
    length = 4;
    code = first & 0x07U;
  } else {
    return 0;
  }
  if (at + length > text.size()) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xc0U) != 0x80) return 0;
    code = code << 6 | (byte(at + i) & 0x3fU);
  }
  const bool is_overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool is_surrogate = code >= 0xd800 && code <= 0xdfff;
  return is_overlong || is_surrogate || code > 0x10ffff || code == 0xfffe || code == 0xffff
             ? 0
             : length;
}

}  // namespace

auto NumberText(double value) -> std::string {
  char text[64];
  const auto [end, error] = std::to_chars(text, text + sizeof text, value);
  return error == std::errc() ? std::string(text, end) : "0";
}

auto CleanText(const std::string &text) -> std::string {
  std::string clean;
  for (size_t at = 0; at < text.size();) {
    const size_t length = SequenceLength(text, at);
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool is_control =
        length == 1 && ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f);
    if (length == 0 || is_control) {
      clean += "\xef\xbf\xbd";
      ++at;
      continue;
    }
    clean.append(text, at, length);
    at += length;
  }
  return clean;
}

void JsonWriter::NewLine() {
  text_ += '\n';
  text_.append(2 * depth_, ' ');
}

void JsonWriter::Begin() {
  if (has_key_) {
    has_key_ = false;
    return;
  }
  if (!is_first_) text_ += ',';
  if (depth_ > 0) NewLine();
  is_first_ = false;
}

auto JsonWriter::Open(char bracket) -> JsonWriter & {
  Begin();
  text_ += bracket;
  ++depth_;
  is_first_ = true;
  return *this;
}

auto JsonWriter::Close(char bracket) -> JsonWriter & {
  --depth_;
  if (!is_first_) NewLine();
  text_ += bracket;
  is_first_ = false;
  return *this;
}

auto JsonWriter::Key(const std::string &name) -> JsonWriter & {
  Text(name);
  text_ += ": ";
  has_key_ = true;
  return *this;
}

auto JsonWriter::Text(const std::string &text) -> JsonWriter & {
  Begin();
  text_ += '"';
  for (const char c : CleanText(text)) {
    switch (c) {
      case '"':
      case '\\':
        text_ += '\\';
        text_ += c;
        break;
      case '\n':
        text_ += "\\n";
        break;
      case '\t':
        text_ += "\\t";
        break;
      default:
        text_ += c;
    }
  }
  text_ += '"';
  return *this;
}

auto JsonWriter::Number(double value) -> JsonWriter & {
  Begin();
  text_ += std::isfinite(value) ? NumberText(value) : "null";
  return *this;
}

auto JsonWriter::Whole(int64_t value) -> JsonWriter & {
  Begin();
  text_ += std::to_string(value);
  return *this;
}

auto JsonWriter::Raw(const std::string &json) -> JsonWriter & {
  Begin();
  text_ += json;
  return *this;
}

auto JsonWriter::Take() -> std::string { return std::move(text_) + "\n"; }

}  // namespace groma::runtime
