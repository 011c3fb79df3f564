// SPDX-License-Identifier: Apache-2.0
// Loading reads a plan, and everything that it imports, into memory.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "groma/diagnostics/sink.h"
#include "groma/modules/image.h"
#include "groma/modules/module.h"
#include "groma/source/set.h"
#include "llvm/ADT/StringRef.h"

namespace groma::driver {

using diagnostics::Sink;

// Text and trees of one run. Stays where it is: trees borrow the text.
struct Program {
  source::Set sources;
  modules::Store store;
  // Text that comes from no file, or not as it is; `sources` borrows it.
  std::deque<std::string> generated;
};

// Loads the folder or file `path`, the prelude, and the imports of both. False if the plan itself
// could not be read, so that there is nothing to check; all that was wrong was reported.
auto LoadPlan(llvm::StringRef path, const modules::Image &library, Program &program, Sink &sink)
    -> bool;

// Reads the sources of the standard library and makes an image of it; nothing if that failed. The
// places of what was reported are in `sources`.
auto BuildLibrary(llvm::StringRef folder, source::Set &sources, Sink &sink)
    -> std::optional<std::string>;

}  // namespace groma::driver
