// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/apply_fixes.h"

#include <algorithm>
#include <set>

namespace groma::diagnostics {
namespace {

// Text is taken from between two edits, so edits may touch; but two insertions at one place have no
// order, and an insertion into what another edit replaces has no meaning.
auto Meets(Span a, Span b) -> bool {
  if (a.begin == a.end && b.begin == b.end) return a.begin == b.begin;
  return a.begin < b.end && b.begin < a.end;
}

struct ByPlace {
  auto operator()(Span a, Span b) const -> bool {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  }
};

// Spans of which no two meet, so that only the neighbours of a new one can meet it.
using Taken = std::set<Span, ByPlace>;

auto MeetsAny(const Taken &taken, Span span) -> bool {
  const auto after = taken.lower_bound(span);
  if (after != taken.end() && Meets(*after, span)) return true;
  return after != taken.begin() && Meets(*std::prev(after), span);
}

// Takes all edits of the fix, or none.
auto Take(Taken &taken, const Fix &fix) -> bool {
  for (size_t i = 0; i < fix.edits.size(); ++i) {
    const Span span = fix.edits[i].span;
    if (span.is_valid() && span.begin <= span.end && !MeetsAny(taken, span)) {
      taken.insert(span);
      continue;
    }
    for (size_t j = 0; j < i; ++j) taken.erase(fix.edits[j].span);
    return false;
  }
  return true;
}

auto FirstPlace(const Fix &fix) -> uint32_t {
  uint32_t first = fix.edits.front().span.begin;
  for (const Edit &edit : fix.edits) first = std::min(first, edit.span.begin);
  return first;
}

}  // namespace

auto ChooseFixes(llvm::ArrayRef<Diagnostic> diagnostics, Applicability up_to)
    -> std::vector<const Fix *> {
  std::vector<const Fix *> offered;
  for (const Diagnostic &diagnostic : diagnostics) {
    if (diagnostic.fixes.empty()) continue;
    const Fix &fix = diagnostic.fixes.front();
    if (!fix.edits.empty() && fix.applicability <= up_to) offered.push_back(&fix);
  }
  std::stable_sort(offered.begin(), offered.end(),
                   [](const Fix *a, const Fix *b) { return FirstPlace(*a) < FirstPlace(*b); });
  Taken taken;
  std::vector<const Fix *> chosen;
  for (const Fix *fix : offered) {
    if (Take(taken, *fix)) chosen.push_back(fix);
  }
  return chosen;
}

auto ApplyFixes(const source::File &file, llvm::ArrayRef<Diagnostic> diagnostics,
                Applicability up_to) -> std::optional<std::string> {
  if (file.is_library) return std::nullopt;
  const uint32_t file_end = file.base + static_cast<uint32_t>(file.text.size());
  std::vector<const Edit *> edits;
  for (const Fix *fix : ChooseFixes(diagnostics, up_to)) {
    for (const Edit &edit : fix->edits) {
      if (edit.span.begin >= file.base && edit.span.end <= file_end) edits.push_back(&edit);
    }
  }
  std::sort(edits.begin(), edits.end(),
            [](const Edit *a, const Edit *b) { return ByPlace()(a->span, b->span); });
  std::string out;
  size_t done = 0;
  for (const Edit *edit : edits) {
    out += file.text.slice(done, edit->span.begin - file.base);
    out += edit->replacement;
    done = edit->span.end - file.base;
  }
  out += file.text.substr(done);
  if (llvm::StringRef(out) == file.text) return std::nullopt;
  return out;
}

}  // namespace groma::diagnostics
