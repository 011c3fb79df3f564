// SPDX-License-Identifier: Apache-2.0
// What emitters make: files in memory, with the plan lines behind each of their lines.
#pragma once

#include <string>
#include <vector>

#include "groma/source/span.h"
#include "llvm/ADT/ArrayRef.h"

namespace groma::output {

// A stretch of a file's `places`. Most lines have the same reason as the line before: they share it.
struct Because {
  uint32_t first = 0, count = 0;

  auto operator==(const Because &) const -> bool = default;
};

// A line of the file, from 1, and the places in the plan because of which it is as it is.
struct TraceEntry {
  size_t line = 0;
  Because because;
};

struct File {
  std::string path;  // below the output folder, with `/`
  std::string text;
  std::vector<TraceEntry> trace;
  std::vector<source::Span> places;  // of all its lines

  void Trace(size_t line, llvm::ArrayRef<source::Span> because);
  auto PlacesOf(Because because) const -> llvm::ArrayRef<source::Span> {
    return llvm::ArrayRef(places).slice(because.first, because.count);
  }
};

// Where `because` is among the places, added to them unless it is what stands there last.
auto AddPlaces(std::vector<source::Span> &places, llvm::ArrayRef<source::Span> because) -> Because;

}  // namespace groma::output
