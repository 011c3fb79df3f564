// SPDX-License-Identifier: Apache-2.0
#include "groma/base/text.h"

#include <cstdint>

namespace groma::base {
namespace {

auto IsContinuation(char byte) -> bool { return (static_cast<std::uint8_t>(byte) & 0xC0) == 0x80; }

// The length of the sequence that `lead` starts, and the range of its second byte; zero for no
// lead.
struct Sequence {
  std::size_t length = 0;
  std::uint8_t low = 0x80;
  std::uint8_t high = 0xBF;
};

auto SequenceOf(std::uint8_t lead) -> Sequence {
  if (lead < 0x80) {
    return {1};
  }
  if (lead >= 0xC2 && lead <= 0xDF) {
    return {2};
  }
  if (lead >= 0xE0 && lead <= 0xEF) {
    // Below A0 after E0 is overlong; above 9F after ED is a surrogate.
    return {3, static_cast<std::uint8_t>(lead == 0xE0 ? 0xA0 : 0x80),
            static_cast<std::uint8_t>(lead == 0xED ? 0x9F : 0xBF)};
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    // Below 90 after F0 is overlong; above 8F after F4 is beyond U+10FFFF.
    return {4, static_cast<std::uint8_t>(lead == 0xF0 ? 0x90 : 0x80),
            static_cast<std::uint8_t>(lead == 0xF4 ? 0x8F : 0xBF)};
  }
  return {};
}

auto IsWellFormed(llvm::StringRef text, const Sequence &sequence) -> bool {
  if (sequence.length == 0 || sequence.length > text.size()) {
    return false;
  }
  for (std::size_t i = 1; i < sequence.length; ++i) {
    const auto byte = static_cast<std::uint8_t>(text[i]);
    const bool fits =
        i == 1 ? byte >= sequence.low && byte <= sequence.high : IsContinuation(text[i]);
    if (!fits) {
      return false;
    }
  }
  return true;
}

auto Utf16Units(char byte) -> std::size_t {
  // Only sequences of four bytes lie beyond the first plane.
  return IsContinuation(byte) ? 0 : (static_cast<std::uint8_t>(byte) >= 0xF0 ? 2 : 1);
}

}  // namespace

auto FindInvalidUtf8(llvm::StringRef text) -> std::optional<std::size_t> {
  std::size_t i = 0;
  while (i < text.size()) {
    const Sequence sequence = SequenceOf(static_cast<std::uint8_t>(text[i]));
    if (sequence.length != 1 && !IsWellFormed(text.drop_front(i), sequence)) {
      return i;
    }
    i += sequence.length;
  }
  return std::nullopt;
}

auto CountScalars(llvm::StringRef text) -> std::size_t {
  std::size_t count = 0;
  for (const char byte : text) {
    count += IsContinuation(byte) ? 0 : 1;
  }
  return count;
}

auto CountUtf16(llvm::StringRef text) -> std::size_t {
  std::size_t count = 0;
  for (const char byte : text) {
    count += Utf16Units(byte);
  }
  return count;
}

auto OffsetOfUtf16(llvm::StringRef text, std::size_t units) -> std::size_t {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    // Bytes that continue add nothing, so the check falls on the starts of scalars alone.
    if (!IsContinuation(text[i]) && count + Utf16Units(text[i]) > units) {
      return i;
    }
    count += Utf16Units(text[i]);
  }
  return text.size();
}

}  // namespace groma::base
