// SPDX-License-Identifier: Apache-2.0
// A span is a stretch of source text, as byte offsets into the space that all files share.
#pragma once

#include <cstdint>

namespace groma::source {

// Half open. Offsets are global: `Set` maps them to a file, a line and a column. Offset 0 belongs to
// no file, so that a default span means "no place".
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  auto is_valid() const -> bool { return begin != 0; }
  auto operator==(const Span &) const -> bool = default;
};

// The smallest span that holds both; a span without a place adds nothing.
inline auto Join(Span a, Span b) -> Span {
  if (!a.is_valid()) return b;
  if (!b.is_valid()) return a;
  return {a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

}  // namespace groma::source
