// SPDX-License-Identifier: Apache-2.0
// A region is a span as readers of a report want it: in one file, with lines and columns.
#pragma once

#include <optional>
#include <string>

#include "groma/diagnostics/diagnostic.h"
#include "groma/source/set.h"

namespace groma::diagnostics {

struct Region {
  const source::File *file = nullptr;
  // Byte offsets in the file, half open.
  uint32_t begin = 0;
  uint32_t end = 0;
  source::Place first;
  // The place of `end`, so that its columns are exclusive.
  source::Place after;
};

// Nothing for a span without a place. A span that leaves its file is cut at the file's end.
auto RegionOf(const source::Set &sources, Span span) -> std::optional<Region>;

// `plan.groma:3:14`.
auto Spell(const source::Place &place) -> std::string;

// The words of a diagnostic without its places: the message, then a line for each note, each help
// and the title of each fix.
auto Prose(const Diagnostic &diagnostic) -> std::string;

// `error`, `warning` or `note`.
auto Word(Severity severity) -> llvm::StringRef;

// True if a tool may offer the fix: each edit has a place, and none is in the standard library.
auto IsOffered(const source::Set &sources, const Fix &fix) -> bool;

}  // namespace groma::diagnostics
