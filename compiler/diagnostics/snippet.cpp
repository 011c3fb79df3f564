// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/snippet.h"

#include <algorithm>
#include <map>

#include "groma/diagnostics/excerpt.h"

namespace groma::diagnostics {
namespace {

// Part of a pointer on one line, as bytes of that line.
struct Mark {
  enum class Kind : uint8_t { Whole, Opens, Closes };

  Kind kind = Kind::Whole;
  size_t begin = 0;
  size_t end = 0;
  const Pointer *pointer = nullptr;
  size_t lane = 0;
};

// Spans of several lines run in lanes left of the code, the outermost in lane 0.
struct Lanes {
  std::vector<const Pointer *> open;

  auto width() const -> size_t { return 2 * open.size(); }
};

class Writer {
 public:
  Writer(const source::Set &sources, const SnippetOptions &options, llvm::raw_ostream &out)
      : sources_(sources), options_(options), out_(out) {}

  void Write(const std::vector<Pointer> &pointers) {
    file_ = pointers.front().region.file;
    for (const Pointer &pointer : pointers) AddMarks(pointer);
    AssignLanes();
    uint32_t previous = 0;
    for (const auto &[line, marks] : lines_) {
      if (previous != 0 && line == previous + 2) WriteLine(previous + 1, {});
      if (previous != 0 && line > previous + 2) WriteGap();
      for (const std::vector<Mark> &group : GroupByWindow(line, marks)) WriteLine(line, group);
      previous = line;
    }
  }

 private:
  void AddMarks(const Pointer &pointer);
  void AssignLanes();
  auto GroupByWindow(uint32_t line, std::vector<Mark> marks) const
      -> std::vector<std::vector<Mark>>;
  void WriteLine(uint32_t line, const std::vector<Mark> &marks);
  void WriteGap();
  void PaintWhole(Canvas &canvas, const Excerpt &excerpt, std::vector<Mark> marks) const;
  void PaintEdge(Canvas &canvas, const Excerpt &excerpt, const Mark &mark);
  void PaintLanes(Canvas &canvas, size_t row) const;

  auto StyleOf(const Pointer &pointer) const -> Style {
    return pointer.is_primary ? options_.primary : Style::Secondary;
  }
  auto lanes_column() const -> size_t { return options_.gutter + 3; }
  auto code_column() const -> size_t { return lanes_column() + lanes_.width(); }

  const source::Set &sources_;
  const SnippetOptions &options_;
  llvm::raw_ostream &out_;
  const source::File *file_ = nullptr;
  std::map<uint32_t, std::vector<Mark>> lines_;
  Lanes lanes_;
};

void Writer::AddMarks(const Pointer &pointer) {
  const Region &region = pointer.region;
  const uint32_t last = LastLine(region);
  const auto [first_text, first_start] = sources_.Line(*file_, region.first.line);
  const size_t begin =
      std::min<size_t>(file_->base + region.begin - first_start, first_text.size());
  const auto [last_text, last_start] = sources_.Line(*file_, last);
  const size_t end = std::min<size_t>(file_->base + region.end - last_start, last_text.size());
  if (last == region.first.line) {
    lines_[last].push_back({Mark::Kind::Whole, begin, end, &pointer, 0});
  } else {
    lines_[region.first.line].push_back({Mark::Kind::Opens, begin, begin, &pointer, 0});
    lines_[last].push_back({Mark::Kind::Closes, end, end, &pointer, 0});
  }
}

// A lane is free again on the line behind the one that closes it.
void Writer::AssignLanes() {
  std::map<const Pointer *, size_t> lane_of;
  std::vector<uint32_t> busy_until;
  for (auto &[line, marks] : lines_) {
    // The longest span takes the outermost lane.
    std::stable_sort(marks.begin(), marks.end(), [](const Mark &a, const Mark &b) {
      return a.pointer->region.end > b.pointer->region.end;
    });
    for (Mark &mark : marks) {
      if (mark.kind == Mark::Kind::Opens) {
        size_t lane = 0;
        while (lane < busy_until.size() && busy_until[lane] >= line) ++lane;
        if (lane == busy_until.size()) busy_until.push_back(0);
        busy_until[lane] = LastLine(mark.pointer->region);
        lane_of[mark.pointer] = lane;
      }
      if (mark.kind != Mark::Kind::Whole) mark.lane = lane_of[mark.pointer];
    }
  }
  lanes_.open.resize(busy_until.size());
}

// Marks of a line that is too long are parted so that each group fits a window of its own.
auto Writer::GroupByWindow(uint32_t line, std::vector<Mark> marks) const
    -> std::vector<std::vector<Mark>> {
  const llvm::StringRef text = sources_.Line(*file_, line).first;
  std::vector<std::vector<Mark>> groups;
  std::stable_sort(marks.begin(), marks.end(),
                   [](const Mark &a, const Mark &b) { return a.begin < b.begin; });
  if (Excerpt(text, 0, 0, options_.width).Holds(0, text.size())) return {std::move(marks)};
  for (Mark &mark : marks) {
    const bool fits =
        !groups.empty() && Excerpt(text, groups.back().front().begin, mark.end, options_.width)
                               .Holds(groups.back().front().begin, mark.end);
    if (!fits) groups.emplace_back();
    groups.back().push_back(mark);
  }
  return groups;
}

void Writer::PaintLanes(Canvas &canvas, size_t row) const {
  canvas.Put(row, options_.gutter + 1, "|", Style::Gutter);
  for (size_t lane = 0; lane < lanes_.open.size(); ++lane) {
    if (lanes_.open[lane] == nullptr) continue;
    canvas.Put(row, lanes_column() + 2 * lane, "|", StyleOf(*lanes_.open[lane]));
  }
}

void Writer::WriteLine(uint32_t line, const std::vector<Mark> &marks) {
  const llvm::StringRef text = sources_.Line(*file_, line).first;
  size_t end = 0;
  for (const Mark &mark : marks) end = std::max(end, mark.end);
  const Excerpt excerpt(text, marks.empty() ? 0 : marks.front().begin, end, options_.width);

  Canvas canvas;
  PaintLanes(canvas, 0);
  canvas.Put(0, 0, std::to_string(line), Style::Gutter);
  excerpt.Put(canvas, 0, code_column(), Style::Plain);

  std::vector<Mark> whole;
  std::copy_if(marks.begin(), marks.end(), std::back_inserter(whole),
               [](const Mark &mark) { return mark.kind == Mark::Kind::Whole; });
  if (!whole.empty()) PaintWhole(canvas, excerpt, std::move(whole));
  for (const Mark &mark : marks) {
    if (mark.kind == Mark::Kind::Closes) PaintEdge(canvas, excerpt, mark);
  }
  for (const Mark &mark : marks) {
    if (mark.kind == Mark::Kind::Opens) PaintEdge(canvas, excerpt, mark);
  }
  canvas.Write(out_, options_.color);
}

void Writer::WriteGap() {
  Canvas canvas;
  PaintLanes(canvas, 0);
  canvas.Put(0, options_.gutter + 1, " ", Style::Plain);
  canvas.Put(0, 0, "...", Style::Gutter);
  canvas.Write(out_, options_.color);
}

// The underlines, then the texts: the rightmost beside its underline where nothing is in its way,
// the others below, hung on a bar, the leftmost lowest so that no text crosses a bar.
void Writer::PaintWhole(Canvas &canvas, const Excerpt &excerpt, std::vector<Mark> marks) const {
  const size_t code = code_column();
  const auto start = [&](const Mark &mark) { return code + excerpt.ColumnOf(mark.begin); };
  const auto stop = [&](const Mark &mark) {
    return std::max(start(mark) + 1, code + excerpt.ColumnAfter(mark.end));
  };
  PaintLanes(canvas, 1);
  // Primary carets are painted last and win.
  std::stable_sort(marks.begin(), marks.end(), [](const Mark &a, const Mark &b) {
    return a.pointer->is_primary < b.pointer->is_primary;
  });
  for (const Mark &mark : marks) {
    const char sign = mark.pointer->is_primary ? '^' : '-';
    canvas.Put(1, start(mark), std::string(stop(mark) - start(mark), sign), StyleOf(*mark.pointer));
  }

  std::vector<const Mark *> hung;
  for (const Mark &mark : marks) {
    if (!mark.pointer->text.empty()) hung.push_back(&mark);
  }
  std::stable_sort(hung.begin(), hung.end(),
                   [&](const Mark *a, const Mark *b) { return start(*a) > start(*b); });
  if (!hung.empty()) {
    const Mark &right = *hung.front();
    const bool is_free = std::all_of(marks.begin(), marks.end(), [&](const Mark &other) {
      return &other == &right || stop(other) <= start(right);
    });
    if (is_free) {
      canvas.Put(1, stop(right) + 1, right.pointer->text, StyleOf(*right.pointer));
      hung.erase(hung.begin());
    }
  }
  for (size_t i = 0; i < hung.size(); ++i) {
    for (size_t row = 2; row < 3 + i; ++row) {
      canvas.Put(row, start(*hung[i]), "|", StyleOf(*hung[i]->pointer));
    }
  }
  for (size_t i = 0; i < hung.size(); ++i) {
    canvas.Put(3 + i, start(*hung[i]), hung[i]->pointer->text, StyleOf(*hung[i]->pointer));
  }
  for (size_t row = 2; row < canvas.row_count(); ++row) PaintLanes(canvas, row);
}

// A row of its own for each end of a span of several lines: `______^` and `|_____^ text`.
void Writer::PaintEdge(Canvas &canvas, const Excerpt &excerpt, const Mark &mark) {
  const Pointer &pointer = *mark.pointer;
  const bool closes = mark.kind == Mark::Kind::Closes;
  const size_t row = canvas.row_count();
  // The caret of an end stands under the last scalar, not behind it.
  size_t column = code_column() + excerpt.ColumnOf(mark.begin);
  if (closes)
    column = std::max(code_column() + 1, code_column() + excerpt.ColumnAfter(mark.end)) - 1;
  const size_t from = lanes_column() + 2 * mark.lane + 1;
  PaintLanes(canvas, row);
  canvas.PutBelow(row, from, std::string(column - from, '_'), StyleOf(pointer));
  canvas.Put(row, column, pointer.is_primary ? "^" : "-", StyleOf(pointer));
  if (closes) canvas.Put(row, column + 2, pointer.text, StyleOf(pointer));
  lanes_.open[mark.lane] = closes ? nullptr : &pointer;
}

}  // namespace

auto LastLine(const Region &region) -> uint32_t {
  if (region.end == region.begin) return region.first.line;
  const bool ends_line = region.file->text[region.end - 1] == '\n';
  return ends_line ? region.after.line - 1 : region.after.line;
}

void WriteSnippet(const source::Set &sources, const std::vector<Pointer> &pointers,
                  const SnippetOptions &options, llvm::raw_ostream &out) {
  if (!pointers.empty()) Writer(sources, options, out).Write(pointers);
}

}  // namespace groma::diagnostics
