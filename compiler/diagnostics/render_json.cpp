// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/render_json.h"

#include <nlohmann/json.hpp>

#include "groma/diagnostics/region.h"

namespace groma::diagnostics {
namespace {

// Ordered, so that the output reads in the order in which it is documented.
using Json = nlohmann::ordered_json;

// Raised whenever a reader of the old form could misread the new one.
constexpr int kVersion = 1;

auto FromPlace(uint32_t offset, const source::Place &place) -> Json {
  return {{"offset", offset},
          {"line", place.line},
          {"column", place.column},
          {"utf16_column", place.utf16}};
}

auto FromRegion(const Region &region) -> Json {
  return {{"file", region.file->name},
          {"library", region.file->is_library},
          {"start", FromPlace(region.begin, region.first)},
          {"end", FromPlace(region.end, region.after)}};
}

auto FromLabels(const source::Set &sources, const Diagnostic &diagnostic) -> Json {
  Json labels = Json::array();
  for (size_t i = 0; i < diagnostic.labels.size(); ++i) {
    const auto region = RegionOf(sources, diagnostic.labels[i].span);
    if (!region) continue;
    Json label = FromRegion(*region);
    label["primary"] = i == 0;
    label["text"] = diagnostic.labels[i].text;
    labels.push_back(std::move(label));
  }
  return labels;
}

auto FromFix(const source::Set &sources, const Fix &fix) -> Json {
  Json edits = Json::array();
  for (const Edit &edit : fix.edits) {
    const auto region = RegionOf(sources, edit.span);
    if (!region) continue;
    Json change = FromRegion(*region);
    change["replacement"] = edit.replacement;
    edits.push_back(std::move(change));
  }
  return {{"title", fix.title},
          {"applicability", fix.applicability == Applicability::Safe ? "safe" : "unsafe"},
          {"edits", std::move(edits)}};
}

auto FromDiagnostic(const source::Set &sources, const Diagnostic &diagnostic) -> Json {
  Json fixes = Json::array();
  for (const Fix &fix : diagnostic.fixes) {
    if (IsOffered(sources, fix)) fixes.push_back(FromFix(sources, fix));
  }
  return {{"code", std::string(diagnostic.row.code)},
          {"name", std::string(diagnostic.row.name)},
          {"severity", Word(diagnostic.row.severity).str()},
          {"message", diagnostic.message},
          {"labels", FromLabels(sources, diagnostic)},
          {"notes", diagnostic.notes},
          {"helps", diagnostic.helps},
          {"fixes", std::move(fixes)}};
}

}  // namespace

void RenderJson(const source::Set &sources, llvm::ArrayRef<Diagnostic> diagnostics,
                llvm::raw_ostream &out) {
  Json list = Json::array();
  for (const Diagnostic &diagnostic : diagnostics) {
    list.push_back(FromDiagnostic(sources, diagnostic));
  }
  Json root;
  root["version"] = kVersion;
  root["diagnostics"] = std::move(list);
  out << root.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace groma::diagnostics
