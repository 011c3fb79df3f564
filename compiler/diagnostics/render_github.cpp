// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/render_github.h"

#include "groma/diagnostics/region.h"
#include "groma/diagnostics/scalars.h"

namespace groma::diagnostics {
namespace {

enum class Part : uint8_t { Data, Property };

// The runner undoes exactly these; a property also ends at a colon or a comma.
auto Escape(llvm::StringRef text, Part part) -> std::string {
  std::string out;
  for (const char c : ToUtf8(text)) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else if (c == ':' && part == Part::Property) {
      out += "%3A";
    } else if (c == ',' && part == Part::Property) {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

auto Command(Severity severity) -> llvm::StringRef {
  return severity == Severity::Note ? "notice" : Word(severity);
}

void WritePlace(const Region &region, llvm::raw_ostream &out) {
  out << "file=" << Escape(region.file->name, Part::Property) << ",line=" << region.first.line
      << ",endLine=" << region.after.line;
  // The runner drops columns of an annotation that spans several lines, with a complaint.
  if (region.first.line == region.after.line) {
    out << ",col=" << region.first.column << ",endColumn=" << region.after.column;
  }
}

}  // namespace

void RenderGithub(const source::Set &sources, llvm::ArrayRef<Diagnostic> diagnostics,
                  llvm::raw_ostream &out) {
  for (const Diagnostic &diagnostic : diagnostics) {
    out << "::" << Command(diagnostic.row.severity) << ' ';
    const auto region = RegionOf(sources, diagnostic.primary());
    if (region) {
      WritePlace(*region, out);
      out << ',';
    }
    out << "title=" << Escape(std::string(diagnostic.row.code), Part::Property)
        << "::" << Escape(Prose(diagnostic), Part::Data) << '\n';
  }
}

}  // namespace groma::diagnostics
