// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/render_sarif.h"

#include <map>
#include <nlohmann/json.hpp>

#include "groma/diagnostics/explain.h"
#include "groma/diagnostics/region.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::diagnostics {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kSchema[] =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

// Paths of plans are relative, and so are the URIs; a path from the root becomes a file URI.
auto ToUri(llvm::StringRef path) -> std::string {
  std::string uri = path.starts_with("/") ? "file://" : "";
  for (const char c : path) {
    if (llvm::isAlnum(c) || llvm::StringRef("-._~/").contains(c)) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri += '%';
      uri += llvm::hexdigit(byte >> 4);
      uri += llvm::hexdigit(byte & 15);
    }
  }
  return uri;
}

auto FromRegion(const Region &region) -> Json {
  return {{"startLine", region.first.line},
          {"startColumn", region.first.utf16},
          {"endLine", region.after.line},
          {"endColumn", region.after.utf16}};
}

auto FromFile(const source::File &file) -> Json { return {{"uri", ToUri(file.name)}}; }

auto FromLabel(const Region &region, const std::string &text) -> Json {
  Json location;
  location["physicalLocation"] = {{"artifactLocation", FromFile(*region.file)},
                                  {"region", FromRegion(region)}};
  if (!text.empty()) location["message"] = {{"text", text}};
  return location;
}

auto FromFix(const source::Set &sources, const Fix &fix) -> Json {
  // By file, in the order of the edits; a viewer applies them all or none.
  std::vector<std::pair<const source::File *, Json>> files;
  for (const Edit &edit : fix.edits) {
    const auto region = RegionOf(sources, edit.span);
    if (!region) continue;
    auto file = std::find_if(files.begin(), files.end(),
                             [&](const auto &entry) { return entry.first == region->file; });
    if (file == files.end()) {
      file = files.insert(files.end(), {region->file, Json::array()});
    }
    file->second.push_back({{"deletedRegion", FromRegion(*region)},
                            {"insertedContent", {{"text", edit.replacement}}}});
  }
  Json changes = Json::array();
  for (auto &[file, replacements] : files) {
    changes.push_back(
        {{"artifactLocation", FromFile(*file)}, {"replacements", std::move(replacements)}});
  }
  return {{"description", {{"text", fix.title}}},
          {"artifactChanges", std::move(changes)},
          {"properties",
           {{"applicability", fix.applicability == Applicability::Safe ? "safe" : "unsafe"}}}};
}

auto FromRow(const Row &row, const SarifOptions &options) -> Json {
  Json rule = {{"id", std::string(row.code)}};
  if (!row.name.empty()) rule["name"] = std::string(row.name);
  if (const auto markdown = options.find_page(row.code)) {
    const Page page = ParsePage(*markdown);
    rule["shortDescription"] = {{"text", page.title}};
    if (!page.summary.empty()) rule["fullDescription"] = {{"text", page.summary}};
    rule["help"] = {{"text", markdown->str()}, {"markdown", markdown->str()}};
  } else {
    rule["shortDescription"] = {{"text", std::string(row.text)}};
  }
  rule["defaultConfiguration"] = {{"level", Word(row.severity).str()}};
  return rule;
}

auto FromDiagnostic(const source::Set &sources, const Diagnostic &diagnostic, size_t rule) -> Json {
  Json result = {{"ruleId", std::string(diagnostic.row.code)},
                 {"ruleIndex", rule},
                 {"level", Word(diagnostic.row.severity).str()},
                 {"message", {{"text", Prose(diagnostic)}}}};
  Json related = Json::array();
  for (size_t i = 0; i < diagnostic.labels.size(); ++i) {
    const auto region = RegionOf(sources, diagnostic.labels[i].span);
    if (!region) continue;
    Json location = FromLabel(*region, diagnostic.labels[i].text);
    if (i == 0) {
      result["locations"] = Json::array({std::move(location)});
    } else {
      location["id"] = related.size() + 1;
      related.push_back(std::move(location));
    }
  }
  if (!related.empty()) result["relatedLocations"] = std::move(related);
  Json fixes = Json::array();
  for (const Fix &fix : diagnostic.fixes) {
    if (IsOffered(sources, fix)) fixes.push_back(FromFix(sources, fix));
  }
  if (!fixes.empty()) result["fixes"] = std::move(fixes);
  return result;
}

}  // namespace

void RenderSarif(const source::Set &sources, llvm::ArrayRef<Diagnostic> diagnostics,
                 const SarifOptions &options, llvm::raw_ostream &out) {
  Json rules = Json::array();
  Json results = Json::array();
  std::map<std::string_view, size_t> rule_of;
  for (const Diagnostic &diagnostic : diagnostics) {
    const auto [at, is_new] = rule_of.emplace(diagnostic.row.code, rules.size());
    if (is_new) rules.push_back(FromRow(diagnostic.row, options));
    results.push_back(FromDiagnostic(sources, diagnostic, at->second));
  }
  Json driver = {{"name", "groma"}};
  if (!options.version.empty()) driver["version"] = options.version;
  driver["rules"] = std::move(rules);
  Json run;
  run["tool"] = {{"driver", std::move(driver)}};
  run["columnKind"] = "utf16CodeUnits";
  run["results"] = std::move(results);
  Json root;
  root["$schema"] = kSchema;
  root["version"] = "2.1.0";
  root["runs"] = Json::array({std::move(run)});
  out << root.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace groma::diagnostics
