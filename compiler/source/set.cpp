// SPDX-License-Identifier: Apache-2.0
#include "groma/source/set.h"

#include <algorithm>
#include <limits>

namespace groma::source {
namespace {

void FillLineStarts(const File &file) {
  if (!file.line_starts.empty()) return;
  file.line_starts.push_back(0);
  for (size_t at = file.text.find('\n'); at != llvm::StringRef::npos;
       at = file.text.find('\n', at + 1)) {
    file.line_starts.push_back(static_cast<uint32_t>(at + 1));
  }
}

auto IsContinuation(char c) -> bool { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

auto Set::Fits(size_t bytes) const -> bool {
  // One offset between files, so that the end of one is not the beginning of the next.
  return bytes + next_base_ + 1 < std::numeric_limits<uint32_t>::max();
}

auto Set::Push(std::unique_ptr<File> file) -> FileId {
  file->base = next_base_;
  next_base_ += static_cast<uint32_t>(file->text.size()) + 1;
  files_.push_back(std::move(file));
  return static_cast<FileId>(files_.size() - 1);
}

auto Set::Add(std::string name, std::string text) -> FileId {
  auto file = std::make_unique<File>();
  file->name = std::move(name);
  file->owned = std::make_unique<std::string>(std::move(text));
  file->text = *file->owned;
  return Push(std::move(file));
}

auto Set::AddBorrowed(std::string name, llvm::StringRef text, bool is_library) -> FileId {
  auto file = std::make_unique<File>();
  file->name = std::move(name);
  file->text = text;
  file->is_library = is_library;
  return Push(std::move(file));
}

auto Set::FileAt(uint32_t offset) const -> const File * {
  auto after = std::upper_bound(
      files_.begin(), files_.end(), offset,
      [](uint32_t value, const std::unique_ptr<File> &file) { return value < file->base; });
  if (offset == 0 || after == files_.begin()) return nullptr;
  return std::prev(after)->get();
}

auto Set::PlaceOf(uint32_t offset) const -> Place {
  const File *file = FileAt(offset);
  if (file == nullptr) return {};
  FillLineStarts(*file);
  const uint32_t local = std::min<uint32_t>(offset - file->base, file->text.size());
  const auto after = std::upper_bound(file->line_starts.begin(), file->line_starts.end(), local);
  const uint32_t start = *std::prev(after);
  Place place{file, static_cast<uint32_t>(after - file->line_starts.begin()), 1, 1};
  for (uint32_t at = start; at < local; ++at) {
    const char c = file->text[at];
    if (IsContinuation(c)) continue;
    ++place.column;
    // A scalar outside the basic plane starts with 11110xxx and takes two UTF-16 units.
    place.utf16 += (static_cast<unsigned char>(c) & 0xF8) == 0xF0 ? 2 : 1;
  }
  return place;
}

auto Set::Text(Span span) const -> llvm::StringRef {
  const File *file = FileAt(span.begin);
  if (file == nullptr) return {};
  return file->text.slice(span.begin - file->base, span.end - file->base);
}

auto Set::Line(const File &file, uint32_t line) const -> std::pair<llvm::StringRef, uint32_t> {
  FillLineStarts(file);
  if (line == 0 || line > file.line_starts.size()) return {{}, 0};
  const uint32_t start = file.line_starts[line - 1];
  const size_t end =
      line < file.line_starts.size() ? file.line_starts[line] - 1 : file.text.size();
  llvm::StringRef text = file.text.slice(start, end);
  text.consume_back("\r");
  return {text, file.base + start};
}

}  // namespace groma::source
