// SPDX-License-Identifier: Apache-2.0
// The set of source files of one run: it owns their text and maps offsets to places.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "groma/source/span.h"
#include "llvm/ADT/StringRef.h"

namespace groma::source {

enum class FileId : uint32_t {};

struct File {
  // As shown to people: relative to the plan, or `stdlib/...`.
  std::string name;
  llvm::StringRef text;
  // Global offset of the first byte.
  uint32_t base = 0;
  // Part of the standard library: not the user's to edit.
  bool is_library = false;
  // Byte offset at which each line begins; filled on first use.
  mutable std::vector<uint32_t> line_starts;
  // Keeps `text` alive unless it is borrowed from the executable.
  std::unique_ptr<std::string> owned;
};

// A place as people count it: from 1. `column` counts Unicode scalars, `utf16` UTF-16 units.
struct Place {
  const File *file = nullptr;
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t utf16 = 0;
};

class Set {
 public:
  // Takes the text. Returns a file whose offsets follow those of the last one. The total is limited
  // to 4 GB, which `Fits` asks beforehand.
  auto Add(std::string name, std::string text) -> FileId;
  // Borrows text that outlives the set.
  auto AddBorrowed(std::string name, llvm::StringRef text, bool is_library) -> FileId;
  auto Fits(size_t bytes) const -> bool;

  auto file(FileId id) const -> const File & { return *files_[static_cast<uint32_t>(id)]; }
  auto size() const -> size_t { return files_.size(); }

  // The file that holds a global offset; null for an offset of no file.
  auto FileAt(uint32_t offset) const -> const File *;
  auto PlaceOf(uint32_t offset) const -> Place;
  // The text of a span; empty for a span without a place.
  auto Text(Span span) const -> llvm::StringRef;
  // The text of one line without its end, and the global offset at which it begins.
  auto Line(const File &file, uint32_t line) const -> std::pair<llvm::StringRef, uint32_t>;

 private:
  auto Push(std::unique_ptr<File> file) -> FileId;

  std::vector<std::unique_ptr<File>> files_;
  uint32_t next_base_ = 1;
};

}  // namespace groma::source
