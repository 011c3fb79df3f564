// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/span.h"

#include <algorithm>
#include <utility>

namespace groma::timing {
namespace {

void Append(Spans &spans, Span span) {
  if (span.begin >= span.end || span.rate <= 0) return;
  if (!spans.empty() && spans.back().end == span.begin && spans.back().rate == span.rate) {
    spans.back().end = span.end;
  } else {
    spans.push_back(span);
  }
}

}  // namespace

auto Sum(llvm::ArrayRef<Span> spans) -> Spans {
  std::vector<std::pair<Moment, int64_t>> edges;
  for (const Span &span : spans) {
    if (span.begin >= span.end) continue;
    edges.emplace_back(span.begin, span.rate);
    edges.emplace_back(span.end, -span.rate);
  }
  std::ranges::sort(edges);
  Spans sum;
  int64_t rate = 0;
  for (size_t i = 0; i < edges.size(); ++i) {
    rate += edges[i].second;
    if (i + 1 < edges.size()) Append(sum, {edges[i].first, edges[i + 1].first, rate});
  }
  return sum;
}

auto Union(llvm::ArrayRef<Spans> lists) -> Spans {
  std::vector<Span> all;
  for (const Spans &spans : lists) all.insert(all.end(), spans.begin(), spans.end());
  Spans either;
  for (Span span : Sum(all)) {
    span.rate = 1;
    Append(either, span);
  }
  return either;
}

auto Highest(llvm::ArrayRef<Spans> lists) -> Spans {
  std::vector<Moment> edges;
  for (const Spans &spans : lists) {
    for (const Span &span : spans) edges.insert(edges.end(), {span.begin, span.end});
  }
  std::ranges::sort(edges);
  std::vector<size_t> next(lists.size());
  Spans highest;
  for (size_t i = 0; i + 1 < edges.size(); ++i) {
    Span span = {edges[i], edges[i + 1], 0};
    for (size_t list = 0; list < lists.size(); ++list) {
      const Spans &spans = lists[list];
      while (next[list] < spans.size() && spans[next[list]].end <= span.begin) ++next[list];
      if (next[list] < spans.size() && spans[next[list]].begin <= span.begin) {
        span.rate = std::max(span.rate, spans[next[list]].rate);
      }
    }
    Append(highest, span);
  }
  return highest;
}

auto Intersection(const Spans &left, const Spans &right) -> Spans {
  Spans both;
  for (auto l = left.begin(), r = right.begin(); l != left.end() && r != right.end();) {
    Append(both, {std::max(l->begin, r->begin), std::min(l->end, r->end), l->rate});
    if (l->end < r->end) {
      ++l;
    } else {
      ++r;
    }
  }
  return both;
}

auto Without(const Spans &spans, const Spans &holes) -> Spans {
  Spans rest;
  auto hole = holes.begin();
  for (Span span : spans) {
    while (hole != holes.end() && hole->end <= span.begin) ++hole;
    for (auto next = hole; next != holes.end() && next->begin < span.end; ++next) {
      Append(rest, {span.begin, next->begin, span.rate});
      span.begin = std::max(span.begin, next->end);
    }
    Append(rest, span);
  }
  return rest;
}

auto Times(const Spans &spans, llvm::ArrayRef<Step> steps) -> Spans {
  Spans product;
  size_t next = 0;
  for (Span span : spans) {
    while (next < steps.size() && steps[next].at <= span.begin) ++next;
    for (size_t step = next; span.begin < span.end; ++step) {
      const int64_t value = step == 0 ? 0 : steps[step - 1].value;
      const Moment end = step < steps.size() ? std::min(steps[step].at, span.end) : span.end;
      Append(product, {span.begin, end, span.rate * value});
      span.begin = end;
    }
  }
  return product;
}

}  // namespace groma::timing
