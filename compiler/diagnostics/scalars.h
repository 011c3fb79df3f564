// SPDX-License-Identifier: Apache-2.0
// Unicode scalars as a terminal shows them: how wide they are, and what stands in for unsafe ones.
#pragma once

#include <cstdint>
#include <string>

#include "llvm/ADT/StringRef.h"

namespace groma::diagnostics {

struct Scalar {
  // Code point; U+FFFD for a byte that begins no UTF-8 sequence.
  uint32_t value = 0;
  // Bytes taken from the text; at least 1.
  uint32_t bytes = 1;
  bool is_valid = true;
};

// Decodes the scalar at `at`, which must lie in the text. Bytes that are not UTF-8 count one by
// one.
auto DecodeScalar(llvm::StringRef text, size_t at) -> Scalar;

// The beginning of the scalar that ends at `at`, which must not be 0.
auto PreviousScalar(llvm::StringRef text, size_t at) -> size_t;

struct Shown {
  // What the terminal gets: a tab becomes spaces; control characters, which could move the cursor
  // or turn the text around, become visible pictures.
  std::string text;
  // 0 for a combining mark, 2 for a wide scalar, 4 for a tab.
  uint32_t columns = 1;
};

auto Show(llvm::StringRef text, size_t at, const Scalar &scalar) -> Shown;

// A whole text made safe for a terminal; newlines stay.
auto ShowText(llvm::StringRef text) -> std::string;

// The text with U+FFFD for each byte that is not UTF-8.
auto ToUtf8(llvm::StringRef text) -> std::string;

}  // namespace groma::diagnostics
