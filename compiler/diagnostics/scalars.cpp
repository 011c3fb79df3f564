// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/scalars.h"

#include <algorithm>

#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Unicode.h"

namespace groma::diagnostics {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";
constexpr uint32_t kReplacementValue = 0xFFFD;
constexpr uint32_t kTabColumns = 4;

auto IsContinuation(char c) -> bool { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

auto DecodeScalar(llvm::StringRef text, size_t at) -> Scalar {
  const auto *bytes = text.bytes_begin() + at;
  if (*bytes < 0x80) return {*bytes, 1, true};
  const unsigned count = llvm::getNumBytesForUTF8(*bytes);
  if (count < 2 || count > text.size() - at || !llvm::isLegalUTF8Sequence(bytes, bytes + count)) {
    return {kReplacementValue, 1, false};
  }
  uint32_t value = *bytes & (0xFFu >> (count + 1));
  for (unsigned i = 1; i < count; ++i) value = value << 6 | (bytes[i] & 0x3Fu);
  return {value, count, true};
}

auto PreviousScalar(llvm::StringRef text, size_t at) -> size_t {
  size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && IsContinuation(text[begin])) --begin;
  return DecodeScalar(text, begin).bytes == at - begin ? begin : at - 1;
}

auto Show(llvm::StringRef text, size_t at, const Scalar &scalar) -> Shown {
  const uint32_t value = scalar.value;
  if (value >= 0x20 && value < 0x7F) return {std::string(1, static_cast<char>(value)), 1};
  if (value == '\t') return {std::string(kTabColumns, ' '), kTabColumns};
  if (value < 0x20 || value == 0x7F) {
    // U+2400 and what follows are pictures of the control characters.
    const uint32_t picture = value == 0x7F ? 0x21 : value;
    return {std::string("\xE2\x90") + static_cast<char>(0x80 + picture), 1};
  }
  if (!scalar.is_valid) return {kReplacement, 1};
  const llvm::StringRef spelled = text.substr(at, scalar.bytes);
  const int columns = llvm::sys::unicode::columnWidthUTF8(spelled);
  // Among what LLVM calls unprintable are the marks that reorder or end a line: a plan that holds
  // them must not look like another plan.
  if (columns < 0) return {kReplacement, 1};
  return {spelled.str(), static_cast<uint32_t>(columns)};
}

auto ShowText(llvm::StringRef text) -> std::string {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const Scalar scalar = DecodeScalar(text, at);
    if (scalar.value == '\n') {
      out += '\n';
    } else {
      out += Show(text, at, scalar).text;
    }
    at += scalar.bytes;
  }
  return out;
}

auto ToUtf8(llvm::StringRef text) -> std::string {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const Scalar scalar = DecodeScalar(text, at);
    if (scalar.is_valid) {
      out += text.substr(at, scalar.bytes);
    } else {
      out += kReplacement;
    }
    at += scalar.bytes;
  }
  return out;
}

}  // namespace groma::diagnostics
