// SPDX-License-Identifier: Apache-2.0
// Files on disk: the only code that reads or writes them. What the world refuses is reported.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "groma/diagnostics/sink.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"

namespace groma::driver {

using diagnostics::Sink;

inline constexpr uint64_t kMaxFileSize = 1'000'000'000;

enum class PathKind : uint8_t { Missing, File, Folder, Other };
auto KindOf(llvm::StringRef path) -> PathKind;

// The absolute path without links, `.` and `..`; nothing if it leads nowhere.
auto RealPath(llvm::StringRef path) -> std::optional<std::string>;

// True if `path` is `folder` or lies in it. Both are real paths.
auto IsInside(llvm::StringRef path, llvm::StringRef folder) -> bool;

// An absolute path as people in the current folder would write it: relative, unless only the root
// of the disk is common to both.
auto DisplayPath(llvm::StringRef absolute) -> std::string;

// How to get from one absolute folder to a path, with `/`.
auto RelativePath(llvm::StringRef path, llvm::StringRef folder) -> std::string;

// The names of what lies in the folder and ends in `suffix`, sorted; hidden ones are left out.
auto ListFolder(llvm::StringRef folder, llvm::StringRef suffix, diagnostics::Span at, Sink &sink)
    -> std::optional<std::vector<std::string>>;

// The whole text of a file. `name` is how messages call it, `at` is what asked for it, if anything.
auto ReadFile(llvm::StringRef path, const std::string &name, diagnostics::Span at, Sink &sink)
    -> std::optional<std::string>;
auto ReadStandardInput(Sink &sink) -> std::optional<std::string>;

// Replaces the file as a whole or not at all, and keeps its permissions. A link stays one: what it
// leads to is replaced.
auto WriteFile(llvm::StringRef path, llvm::StringRef text, Sink &sink) -> bool;

// Writes to a descriptor that is open; the error's text if it cannot take everything.
auto WriteDescriptor(int descriptor, llvm::StringRef text) -> std::optional<std::string>;

}  // namespace groma::driver
