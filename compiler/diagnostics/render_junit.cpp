// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/render_junit.h"

#include <algorithm>
#include <map>
#include <vector>

#include "groma/diagnostics/region.h"
#include "groma/diagnostics/render_text.h"
#include "groma/diagnostics/scalars.h"

namespace groma::diagnostics {
namespace {

enum class Part : uint8_t { Text, Attribute };

// XML 1.0 has no way to write most control characters, not even as references.
auto IsXml(uint32_t value) -> bool {
  return value == '\t' || value == '\n' || value == '\r' ||
         (value >= 0x20 && value != 0xFFFE && value != 0xFFFF);
}

auto Escape(llvm::StringRef text, Part part) -> std::string {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const Scalar scalar = DecodeScalar(text, at);
    const llvm::StringRef bytes = text.substr(at, scalar.bytes);
    at += scalar.bytes;
    if (!scalar.is_valid || !IsXml(scalar.value)) {
      out += "\xEF\xBF\xBD";
    } else if (bytes == "&") {
      out += "&amp;";
    } else if (bytes == "<") {
      out += "&lt;";
    } else if (bytes == ">") {
      out += "&gt;";
    } else if (bytes == "\"" && part == Part::Attribute) {
      out += "&quot;";
    } else if (bytes == "\r" || (part == Part::Attribute && (bytes == "\n" || bytes == "\t"))) {
      // A reader would turn these into others if they stood plain.
      out += "&#" + std::to_string(scalar.value) + ";";
    } else {
      out += bytes;
    }
  }
  return out;
}

struct Case {
  std::string name;
  std::vector<Diagnostic> errors;
  std::vector<Diagnostic> others;
};

auto CasesOf(const source::Set &sources, llvm::ArrayRef<Diagnostic> diagnostics)
    -> std::vector<Case> {
  std::map<const source::File *, Case> by_file;
  for (const Diagnostic &diagnostic : diagnostics) {
    const auto region = RegionOf(sources, diagnostic.primary());
    Case &test = by_file[region ? region->file : nullptr];
    const bool is_error = diagnostic.row.severity == Severity::Error;
    (is_error ? test.errors : test.others).push_back(diagnostic);
  }
  std::vector<Case> cases;
  if (const auto nowhere = by_file.find(nullptr); nowhere != by_file.end()) {
    nowhere->second.name = "groma";
    cases.push_back(std::move(nowhere->second));
  }
  for (size_t i = 0; i < sources.size(); ++i) {
    const source::File &file = sources.file(static_cast<source::FileId>(i));
    const auto found = by_file.find(&file);
    if (found == by_file.end() && file.is_library) continue;
    cases.push_back(found == by_file.end() ? Case{} : std::move(found->second));
    cases.back().name = file.name;
  }
  return cases;
}

auto TextOf(const source::Set &sources, llvm::ArrayRef<Diagnostic> diagnostics) -> std::string {
  std::string text;
  llvm::raw_string_ostream out(text);
  RenderText(sources, diagnostics, {}, out);
  return Escape(llvm::StringRef(text).rtrim('\n'), Part::Text);
}

void WriteCase(const source::Set &sources, const Case &test, llvm::raw_ostream &out) {
  out << "    <testcase classname=\"groma\" name=\"" << Escape(test.name, Part::Attribute) << "\"";
  if (test.errors.empty() && test.others.empty()) {
    out << "/>\n";
    return;
  }
  out << ">\n";
  if (!test.errors.empty()) {
    const Diagnostic &first = test.errors.front();
    std::string message = std::string(first.row.code) + ": " + first.message;
    if (test.errors.size() > 1) {
      message += " (and " + std::to_string(test.errors.size() - 1) + " more)";
    }
    out << "      <failure type=\"" << Escape(std::string(first.row.code), Part::Attribute)
        << "\" message=\"" << Escape(message, Part::Attribute) << "\">"
        << TextOf(sources, test.errors) << "</failure>\n";
  }
  if (!test.others.empty()) {
    out << "      <system-out>" << TextOf(sources, test.others) << "</system-out>\n";
  }
  out << "    </testcase>\n";
}

}  // namespace

void RenderJunit(const source::Set &sources, llvm::ArrayRef<Diagnostic> diagnostics,
                 llvm::raw_ostream &out) {
  const std::vector<Case> cases = CasesOf(sources, diagnostics);
  const auto failures = std::count_if(cases.begin(), cases.end(),
                                      [](const Case &test) { return !test.errors.empty(); });
  const std::string counts = " tests=\"" + std::to_string(cases.size()) + "\" failures=\"" +
                             std::to_string(failures) + "\" errors=\"0\" skipped=\"0\"";
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      << "<testsuites" << counts << ">\n"
      << "  <testsuite name=\"groma\"" << counts << ">\n";
  for (const Case &test : cases) WriteCase(sources, test, out);
  out << "  </testsuite>\n</testsuites>\n";
}

}  // namespace groma::diagnostics
