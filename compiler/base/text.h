// SPDX-License-Identifier: Apache-2.0
// UTF-8 text, and what its byte offsets are to people (scalars) and to editors (UTF-16 units).
#pragma once

#include <cstddef>
#include <optional>

#include "llvm/ADT/StringRef.h"

namespace groma::base {

// The offset of the first byte that starts no well-formed sequence (Unicode, table 3-7): overlong
// forms, surrogates and values above U+10FFFF are refused. Nothing if all is well.
[[nodiscard]] auto FindInvalidUtf8(llvm::StringRef text) -> std::optional<std::size_t>;

// For well-formed text; other bytes count as one unless they continue a sequence.
[[nodiscard]] auto CountScalars(llvm::StringRef text) -> std::size_t;
[[nodiscard]] auto CountUtf16(llvm::StringRef text) -> std::size_t;

// The byte offset at which `units` UTF-16 units have passed: the end of `text` if it has fewer, the
// start of a scalar if `units` falls inside it.
[[nodiscard]] auto OffsetOfUtf16(llvm::StringRef text, std::size_t units) -> std::size_t;

}  // namespace groma::base
