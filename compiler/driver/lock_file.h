// SPDX-License-Identifier: Apache-2.0
// `groma.lock` on disk, beside the plan.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "groma/diagnostics/sink.h"
#include "groma/plan/lock.h"
#include "groma/source/set.h"

namespace groma::driver {

using diagnostics::Sink;

struct LockFile {
  std::string path;
  std::string text;  // empty if there is no such file
  plan::Lock lock;
};

// The lock of a plan, whether it is there or not.
auto FindLock(llvm::StringRef plan_path) -> LockFile;
// Reads it, and reports what is wrong with it. False if something is.
auto ReadLockFile(LockFile &file, source::Set &sources, Sink &sink) -> bool;

// The lines of what was decided; those of other environments as they were if `keeps_others`.
auto NewPins(const LockFile &file, const std::vector<plan::Plan> &plans, bool keeps_others)
    -> std::vector<plan::Pin>;

// What of the lock differs from `pins`, for people: `prod train.nodes = 9 nodes, was 8 nodes`.
struct LockChange {
  std::string text;
  source::Span span;  // the line before, if there was one
};
auto ChangesOf(const LockFile &file, const std::vector<plan::Pin> &pins) -> std::vector<LockChange>;

// Writes the lock if it changes. What was done, for people: empty if nothing was.
auto UpdateLockFile(const LockFile &file, std::vector<plan::Pin> pins, Sink &sink) -> std::string;

}  // namespace groma::driver
