// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/region.h"

#include <algorithm>

namespace groma::diagnostics {

auto RegionOf(const source::Set &sources, Span span) -> std::optional<Region> {
  if (!span.is_valid()) return std::nullopt;
  const source::File *file = sources.FileAt(span.begin);
  if (file == nullptr) return std::nullopt;
  const auto size = static_cast<uint32_t>(file->text.size());
  Region region;
  region.file = file;
  region.begin = std::min(span.begin - file->base, size);
  region.end = region.begin;
  if (span.end > span.begin) region.end = std::min(span.end - file->base, size);
  region.first = sources.PlaceOf(file->base + region.begin);
  region.after =
      region.end == region.begin ? region.first : sources.PlaceOf(file->base + region.end);
  return region;
}

auto Spell(const source::Place &place) -> std::string {
  return place.file->name + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

auto Prose(const Diagnostic &diagnostic) -> std::string {
  std::string out = diagnostic.message;
  for (const std::string &note : diagnostic.notes) out += "\nnote: " + note;
  for (const std::string &help : diagnostic.helps) out += "\nhelp: " + help;
  for (const Fix &fix : diagnostic.fixes) out += "\nhelp: " + fix.title;
  return out;
}

auto Word(Severity severity) -> llvm::StringRef {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Note:
      return "note";
  }
  return "note";
}

auto IsOffered(const source::Set &sources, const Fix &fix) -> bool {
  return !fix.edits.empty() &&
         std::all_of(fix.edits.begin(), fix.edits.end(), [&](const Edit &edit) {
           const source::File *file =
               edit.span.is_valid() ? sources.FileAt(edit.span.begin) : nullptr;
           return file != nullptr && !file->is_library;
         });
}

}  // namespace groma::diagnostics
