// SPDX-License-Identifier: Apache-2.0
// results.sarif: what did not pass, at the line of the plan that promises it.
#include <cstdlib>
#include <map>

#include "report/json_writer.h"
#include "report/report.h"

namespace groma::runtime {
namespace {

auto LevelOf(Verdict verdict) -> const char * {
  if (verdict == Verdict::kFail) return "error";
  return verdict == Verdict::kWaived ? "note" : "warning";
}

// Paths as URIs: all that is not plain is written as its bytes.
auto UriOf(const std::string &path) -> std::string {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '-' || c == '_';
    if (is_plain) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += kHex[byte >> 4];
    uri += kHex[byte & 15U];
  }
  return uri;
}

void WriteLocation(JsonWriter &json, const std::string &place, const std::string &component) {
  const size_t colon = place.rfind(':');
  const int line = colon == std::string::npos ? 0 : std::atoi(place.c_str() + colon + 1);
  json.Key("locations").BeginArray().BeginObject();
  json.Key("physicalLocation").BeginObject().Key("artifactLocation").BeginObject();
  json.Field("uri", UriOf(place.substr(0, colon))).EndObject();
  json.Key("region").BeginObject().Count("startLine", line > 0 ? line : 1).EndObject();
  json.EndObject();
  if (!component.empty()) {
    json.Key("logicalLocations").BeginArray().BeginObject();
    json.Field("fullyQualifiedName", component).Field("kind", "resource");
    json.EndObject().EndArray();
  }
  json.EndObject().EndArray();
}

}  // namespace

auto SarifJson(const RunRecord &record) -> std::string {
  std::map<std::string, std::string> rules;  // by name: why
  for (const CheckRecord &check : record.checks) {
    rules.emplace(check.name, check.why.empty() ? "A requirement of the plan." : check.why);
  }
  JsonWriter json;
  json.BeginObject().Field("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
  json.Field("version", "2.1.0").Key("runs").BeginArray().BeginObject();
  json.Key("tool").BeginObject().Key("driver").BeginObject().Field("name", "groma");
  json.Field("version", record.groma).Key("rules").BeginArray();
  for (const auto &[name, why] : rules) {
    json.BeginObject().Field("id", name).Key("shortDescription").BeginObject();
    json.Field("text", why).EndObject().EndObject();
  }
  json.EndArray().EndObject().EndObject();
  json.Key("results").BeginArray();
  for (const CheckRecord &check : record.checks) {
    for (const Finding &finding : check.findings) {
      if (finding.verdict == Verdict::kPass) continue;
      std::string text = finding.component.empty() ? "" : finding.component + ": ";
      text += finding.says;
      if (!finding.isolated.empty()) text += " (" + finding.isolated + ")";
      json.BeginObject().Field("ruleId", check.name).Field("level", LevelOf(finding.verdict));
      json.Key("message").BeginObject().Field("text", text).EndObject();
      WriteLocation(json, check.place, finding.component);
      json.Key("properties").BeginObject().Field("verdict", NameOf(finding.verdict));
      json.Field("test", check.test).Field("variant", check.variant).EndObject().EndObject();
    }
  }
  json.EndArray().EndObject().EndArray().EndObject();
  return json.Take();
}

}  // namespace groma::runtime
