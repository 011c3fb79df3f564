// SPDX-License-Identifier: Apache-2.0
// What emitters make: files in memory, with the plan lines behind each of their lines.
#pragma once

#include <string>
#include <vector>

#include "groma/source/span.h"

namespace groma::output {

// A line of the file, from 1, and the places in the plan because of which it is as it is.
struct TraceEntry {
  size_t line = 0;
  std::vector<source::Span> because;
};

struct File {
  std::string path;  // below the output folder, with `/`
  std::string text;
  std::vector<TraceEntry> trace;
};

}  // namespace groma::output
