// SPDX-License-Identifier: Apache-2.0
// `groma why FILE:LINE`: a line of a file, and not a name.
#pragma once

#include "session.h"

namespace groma::driver {

struct LineOfFile {
  std::string path;
  uint32_t line = 0;

  auto is_plan() const -> bool { return llvm::StringRef(path).ends_with(".groma"); }
};

// Nothing if the operand is none: no file of that name is there, or no number follows.
auto ParseLine(const std::string &operand) -> std::optional<LineOfFile>;

// Of a file that groma wrote: the plan lines because of which the line is there, from the trace beside it. Nothing, after
// a report, if no trace knows the file.
auto TellWritten(const LineOfFile &line, Sink &sink) -> std::optional<std::string>;

// Of a line of the plan: the dotted names of what is written there, `train.nodes`.
auto NamesAt(const LineOfFile &line, const plan::Model &model, const source::Set &sources)
    -> std::vector<std::string>;

}  // namespace groma::driver
