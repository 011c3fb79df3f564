// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/fix_preview.h"

#include <algorithm>

#include "groma/diagnostics/excerpt.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

namespace groma::diagnostics {
namespace {

// A larger fix is named by its title only.
constexpr size_t kMaxLines = 8;

struct Change {
  Region region;
  llvm::StringRef replacement;
};

// In order of place. Nothing if they overlap or leave the file.
auto ChangesOf(const source::Set &sources, const Fix &fix) -> std::optional<std::vector<Change>> {
  if (!IsOffered(sources, fix)) return std::nullopt;
  std::vector<Change> changes;
  for (const Edit &edit : fix.edits) {
    changes.push_back({*RegionOf(sources, edit.span), edit.replacement});
  }
  std::stable_sort(changes.begin(), changes.end(), [](const Change &a, const Change &b) {
    return a.region.begin < b.region.begin;
  });
  for (size_t i = 1; i < changes.size(); ++i) {
    if (changes[i].region.file != changes[0].region.file) return std::nullopt;
    if (changes[i].region.begin < changes[i - 1].region.end) return std::nullopt;
  }
  return changes;
}

auto StaysOnLine(const Change &change) -> bool {
  return change.region.first.line == change.region.after.line && !change.replacement.empty() &&
         !change.replacement.contains('\n');
}

// Each changed line once, with a mark below each replacement.
auto MarkLines(const source::Set &sources, const std::vector<Change> &changes)
    -> std::vector<PreviewLine> {
  std::vector<PreviewLine> lines;
  const source::File &file = *changes.front().region.file;
  for (size_t i = 0; i < changes.size();) {
    const uint32_t number = changes[i].region.first.line;
    const auto [text, start] = sources.Line(file, number);
    PreviewLine line{number, '|', "", {}};
    size_t done = 0;
    for (; i < changes.size() && changes[i].region.first.line == number; ++i) {
      const Change &change = changes[i];
      line.text += text.slice(done, file.base + change.region.begin - start);
      const size_t at = line.text.size();
      line.text += change.replacement;
      line.marks.push_back(
          {at, line.text.size(), change.region.begin == change.region.end ? '+' : '~'});
      done = file.base + change.region.end - start;
    }
    line.text += text.substr(done);
    lines.push_back(std::move(line));
  }
  return lines;
}

auto SplitLines(llvm::StringRef text) -> llvm::SmallVector<llvm::StringRef> {
  llvm::SmallVector<llvm::StringRef> lines;
  text.split(lines, '\n');
  // What follows the last newline is a line only if there is something.
  if (lines.back().empty()) lines.pop_back();
  for (llvm::StringRef &line : lines) line = line.rtrim('\r');
  return lines;
}

// The old lines and the new, less those that stay the same at either end.
auto ReplaceLines(const source::Set &sources, const std::vector<Change> &changes)
    -> std::vector<PreviewLine> {
  const source::File &file = *changes.front().region.file;
  const uint32_t first = changes.front().region.first.line;
  const uint32_t start = sources.Line(file, first).second - file.base;
  size_t end = file.text.find('\n', changes.back().region.end);
  end = end == llvm::StringRef::npos ? file.text.size() : end + 1;

  std::string changed;
  size_t done = start;
  for (const Change &change : changes) {
    changed += file.text.slice(done, change.region.begin);
    changed += change.replacement;
    done = change.region.end;
  }
  changed += file.text.slice(done, end);

  const auto before_lines = SplitLines(file.text.slice(start, end));
  const auto after_lines = SplitLines(changed);
  llvm::ArrayRef<llvm::StringRef> before = before_lines;
  llvm::ArrayRef<llvm::StringRef> after = after_lines;
  uint32_t number = first;
  while (!before.empty() && !after.empty() && before.front() == after.front()) {
    before = before.drop_front();
    after = after.drop_front();
    ++number;
  }
  while (!before.empty() && !after.empty() && before.back() == after.back()) {
    before = before.drop_back();
    after = after.drop_back();
  }
  std::vector<PreviewLine> lines;
  if (before.size() > kMaxLines || after.size() > kMaxLines) return lines;
  for (size_t i = 0; i < before.size(); ++i) {
    lines.push_back({number + static_cast<uint32_t>(i), '-', before[i].str(), {}});
  }
  for (size_t i = 0; i < after.size(); ++i) {
    lines.push_back({number + static_cast<uint32_t>(i), '+', after[i].str(), {}});
  }
  return lines;
}

// Where the texts of two lines part; both are cut around it.
auto DifferenceOf(const std::vector<PreviewLine> &lines) -> size_t {
  const PreviewLine &first = lines.front();
  const PreviewLine &last = lines.back();
  if (lines.size() != 2 || first.sign == last.sign) return 0;
  const auto [a, b] =
      std::mismatch(first.text.begin(), first.text.end(), last.text.begin(), last.text.end());
  return static_cast<size_t>(a - first.text.begin());
}

}  // namespace

auto FixPreview::largest_line() const -> uint32_t {
  uint32_t largest = 0;
  for (const PreviewLine &line : lines) largest = std::max(largest, line.number);
  return largest;
}

auto PreviewFix(const source::Set &sources, const Fix &fix) -> std::optional<FixPreview> {
  const auto changes = ChangesOf(sources, fix);
  if (!changes) return std::nullopt;
  FixPreview preview;
  preview.place = changes->front().region.first;
  const bool stay = std::all_of(changes->begin(), changes->end(), StaysOnLine);
  const bool near = changes->back().region.after.line - preview.place.line < kMaxLines;
  if (stay) {
    preview.lines = MarkLines(sources, *changes);
  } else if (near) {
    preview.lines = ReplaceLines(sources, *changes);
  }
  if (preview.lines.empty() || preview.lines.size() > 2 * kMaxLines) return std::nullopt;
  return preview;
}

void WritePreview(const FixPreview &preview, const SnippetOptions &options,
                  llvm::raw_ostream &out) {
  Canvas canvas;
  canvas.Put(0, options.gutter + 1, "|", Style::Gutter);
  const size_t code = options.gutter + 3;
  const size_t difference = DifferenceOf(preview.lines);
  for (const PreviewLine &line : preview.lines) {
    const size_t row = canvas.row_count();
    const size_t begin = line.marks.empty() ? difference : line.marks.front().begin;
    const size_t end = line.marks.empty() ? difference : line.marks.back().end;
    const Excerpt excerpt(line.text, begin, end, options.width);
    const Style style = line.sign == '-' ? Style::Error : Style::Added;
    canvas.Put(row, 0, std::to_string(line.number), Style::Gutter);
    canvas.Put(row, options.gutter + 1, llvm::StringRef(&line.sign, 1),
               line.sign == '|' ? Style::Gutter : style);
    excerpt.Put(canvas, row, code, line.sign == '|' ? Style::Plain : style);
    if (line.marks.empty()) continue;
    canvas.Put(row + 1, options.gutter + 1, "|", Style::Gutter);
    for (const PreviewMark &mark : line.marks) {
      const size_t column = excerpt.ColumnOf(mark.begin);
      const size_t after = std::max(column + 1, excerpt.ColumnAfter(mark.end));
      canvas.Put(row + 1, code + column, std::string(after - column, mark.sign), style);
    }
  }
  canvas.Write(out, options.color);
}

}  // namespace groma::diagnostics
