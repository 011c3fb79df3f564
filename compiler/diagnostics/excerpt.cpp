// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/excerpt.h"

#include <algorithm>

#include "groma/diagnostics/scalars.h"

namespace groma::diagnostics {
namespace {

constexpr llvm::StringLiteral kCut = "...";

// What a scalar takes from the budget of a window. A combining mark costs too, lest a line of
// nothing else be shown whole.
auto Cost(llvm::StringRef line, size_t at, const Scalar &scalar) -> uint32_t {
  return std::max(1u, Show(line, at, scalar).columns);
}

// The furthest byte from `at` that the budget pays for; what is left stays in `budget`.
auto WalkRight(llvm::StringRef line, size_t at, uint32_t &budget) -> size_t {
  while (at < line.size()) {
    const Scalar scalar = DecodeScalar(line, at);
    const uint32_t cost = Cost(line, at, scalar);
    if (cost > budget) break;
    budget -= cost;
    at += scalar.bytes;
  }
  return at;
}

auto WalkLeft(llvm::StringRef line, size_t at, uint32_t &budget) -> size_t {
  while (at > 0) {
    const size_t previous = PreviousScalar(line, at);
    const uint32_t cost = Cost(line, previous, DecodeScalar(line, previous));
    if (cost > budget) break;
    budget -= cost;
    at = previous;
  }
  return at;
}

auto IsContinuation(char c) -> bool { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The beginning of the scalar that holds byte `at`.
auto ScalarStart(llvm::StringRef line, size_t at) -> size_t {
  if (at >= line.size()) return line.size();
  for (size_t start = at; at - start < 4; --start) {
    if (start + DecodeScalar(line, start).bytes > at && !IsContinuation(line[start])) return start;
    if (start == 0) break;
  }
  return at;
}

}  // namespace

Excerpt::Excerpt(llvm::StringRef line, size_t begin, size_t end, uint32_t width) : line_(line) {
  uint32_t budget = width;
  end_ = WalkRight(line, 0, budget);
  if (end_ < line.size()) {
    begin = ScalarStart(line, std::min(begin, line.size()));
    end = std::clamp(end, begin, line.size());
    // Of a span that is too long its beginning is shown.
    budget = width - std::min(width, width / 4);
    const size_t wanted = WalkRight(line.substr(0, end), begin, budget);
    budget += width / 4;
    uint32_t left = budget / 2;
    budget -= left;
    begin_ = WalkLeft(line, begin, left);
    budget += left;
    end_ = WalkRight(line, wanted, budget);
    begin_ = WalkLeft(line, begin_, budget);
  }
  size_t column = begin_ > 0 ? kCut.size() : 0;
  for (size_t at = begin_; at < end_;) {
    steps_.push_back({at, column});
    const Scalar scalar = DecodeScalar(line, at);
    column += Show(line, at, scalar).columns;
    at += scalar.bytes;
  }
  steps_.push_back({end_, column});
}

auto Excerpt::Holds(size_t begin, size_t end) const -> bool {
  return begin >= begin_ && end <= end_;
}

auto Excerpt::ColumnOf(size_t byte) const -> size_t {
  const auto after = std::upper_bound(steps_.begin(), steps_.end(), byte,
                                      [](size_t b, const Step &step) { return b < step.byte; });
  return after == steps_.begin() ? steps_.front().column : std::prev(after)->column;
}

auto Excerpt::ColumnAfter(size_t byte) const -> size_t {
  const auto at = std::lower_bound(steps_.begin(), steps_.end(), byte,
                                   [](const Step &step, size_t b) { return step.byte < b; });
  return at == steps_.end() ? steps_.back().column : at->column;
}

void Excerpt::Put(Canvas &canvas, size_t row, size_t column, Style style) const {
  if (begin_ > 0) column = canvas.Put(row, column, kCut, style);
  column = canvas.Put(row, column, line_.slice(begin_, end_), style);
  if (end_ < line_.size()) canvas.Put(row, column, kCut, style);
}

}  // namespace groma::diagnostics
