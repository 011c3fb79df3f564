// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/render_sarif.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "plans.h"

namespace groma::diagnostics {
namespace {

using Json = nlohmann::json;

constexpr char kPage[] = "# GR0203: a name nobody declared\n\nIt is not there.\n";

auto OnlyPage(llvm::StringRef code) -> std::optional<llvm::StringRef> {
  if (code == "GR0203") return kPage;
  return std::nullopt;
}

auto Sarif(const Plan &plan, llvm::ArrayRef<Diagnostic> diagnostics) -> Json {
  std::string text;
  llvm::raw_string_ostream out(text);
  RenderSarif(plan.sources(), diagnostics, {.version = "1.2.3", .find_page = OnlyPage}, out);
  return Json::parse(text, nullptr, false);
}

// What the schema of SARIF 2.1.0 requires of the objects that are written here.
void ExpectLocation(const Json &location) {
  const Json &physical = location.at("physicalLocation");
  EXPECT_TRUE(physical.at("artifactLocation").at("uri").is_string());
  const Json &region = physical.at("region");
  for (const char *key : {"startLine", "startColumn", "endLine", "endColumn"}) {
    EXPECT_GE(region.at(key).get<int>(), 1) << key;
  }
  if (location.contains("message")) EXPECT_TRUE(location["message"].at("text").is_string());
}

void ExpectSarif(const Json &log) {
  ASSERT_FALSE(log.is_discarded());
  EXPECT_EQ(log.at("version"), "2.1.0");
  ASSERT_EQ(log.at("runs").size(), 1u);
  const Json &run = log["runs"][0];
  const Json &driver = run.at("tool").at("driver");
  EXPECT_EQ(driver.at("name"), "groma");
  std::set<std::string> ids;
  for (const Json &rule : driver.at("rules")) {
    EXPECT_TRUE(ids.insert(rule.at("id")).second) << "each rule once";
  }
  for (const Json &result : run.at("results")) {
    EXPECT_TRUE(result.at("message").at("text").is_string());
    EXPECT_EQ(driver["rules"].at(result.at("ruleIndex").get<size_t>()).at("id"),
              result.at("ruleId"));
    const std::string level = result.at("level");
    EXPECT_TRUE(level == "error" || level == "warning" || level == "note") << level;
    for (const Json &location : result.value("locations", Json::array())) ExpectLocation(location);
    for (const Json &location : result.value("relatedLocations", Json::array())) {
      ExpectLocation(location);
      EXPECT_TRUE(location.at("id").is_number_unsigned());
    }
    for (const Json &fix : result.value("fixes", Json::array())) {
      EXPECT_FALSE(fix.at("artifactChanges").empty());
      for (const Json &change : fix["artifactChanges"]) {
        EXPECT_TRUE(change.at("artifactLocation").at("uri").is_string());
        EXPECT_FALSE(change.at("replacements").empty());
        for (const Json &replacement : change["replacements"]) {
          EXPECT_TRUE(replacement.contains("deletedRegion"));
        }
      }
    }
  }
}

TEST(RenderSarif, RegionsCountUtf16Units) {
  const Plan plan("let a = \"\xF0\x9F\x98\x80\xC3\xA9\" + bad\n");
  const Json log = Sarif(plan, Say(kUnknownName, "no `bad` here", {{plan.Of("bad"), "this"}}));
  ExpectSarif(log);
  const Json &run = log["runs"][0];
  EXPECT_EQ(run["columnKind"], "utf16CodeUnits");
  const Json &location = run["results"][0]["locations"][0];
  EXPECT_EQ(location["physicalLocation"]["region"],
            (Json{{"startLine", 1}, {"startColumn", 17}, {"endLine", 1}, {"endColumn", 20}}));
  EXPECT_EQ(location["message"]["text"], "this");
}

TEST(RenderSarif, RulesComeFromPagesAndRows) {
  const Plan plan("let a = b\n");
  const Json log =
      Sarif(plan, {Say(kUnused, "one"), Say(kUnknownName, "two"), Say(kUnused, "three")});
  ExpectSarif(log);
  const Json &driver = log["runs"][0]["tool"]["driver"];
  EXPECT_EQ(driver["version"], "1.2.3");
  ASSERT_EQ(driver["rules"].size(), 2u);
  EXPECT_EQ(driver["rules"][0], (Json{{"id", "GR0150"},
                                      {"name", "Unused"},
                                      {"shortDescription", {{"text", "`{0}` is not used"}}},
                                      {"defaultConfiguration", {{"level", "warning"}}}}));
  EXPECT_EQ(driver["rules"][1], (Json{{"id", "GR0203"},
                                      {"name", "UnknownName"},
                                      {"shortDescription", {{"text", "a name nobody declared"}}},
                                      {"fullDescription", {{"text", "It is not there."}}},
                                      {"help", {{"text", kPage}, {"markdown", kPage}}},
                                      {"defaultConfiguration", {{"level", "error"}}}}));
  const Json &results = log["runs"][0]["results"];
  EXPECT_EQ(results[2]["ruleIndex"], 0);
  EXPECT_FALSE(results[0].contains("locations")) << "without a place";
}

TEST(RenderSarif, RelatedLocationsNotesAndFixes) {
  Plan plan("let a = b\n\nlet c = 1\n");
  plan.Add("my plans/100%/a:b.groma", "let d = 1\n");
  plan.AddLibrary("stdlib/prelude.groma", "kind site {}\n");
  auto d = Say(kUnknownName, "no `b` here",
               {{plan.Of("b"), ""},
                {plan.Of("d", 1, 1), "perhaps this"},
                {plan.Of("site", 1, 2), "a kind"}});
  d.notes = {"so"};
  d.helps = {"look"};
  d.fixes.push_back({"rename both",
                     {{plan.Of("b"), "d"},
                      {Plan::Before(plan.Of("d", 1, 1)), "x"},
                      {plan.Of("\nlet c = 1\n"), ""}},
                     Applicability::Unsafe});
  d.fixes.push_back({"not yours", {{plan.Of("site", 1, 2), "a"}}, Applicability::Safe});
  const Json log = Sarif(plan, d);
  ExpectSarif(log);
  const Json &result = log["runs"][0]["results"][0];
  EXPECT_EQ(result["message"]["text"],
            "no `b` here\nnote: so\nhelp: look\nhelp: rename both\nhelp: not yours");
  EXPECT_FALSE(result["locations"][0].contains("message"));
  ASSERT_EQ(result["relatedLocations"].size(), 2u);
  const Json &related = result["relatedLocations"][0];
  EXPECT_EQ(related["id"], 1);
  EXPECT_EQ(related["message"]["text"], "perhaps this");
  EXPECT_EQ(related["physicalLocation"]["artifactLocation"]["uri"],
            "my%20plans/100%25/a%3Ab.groma");

  ASSERT_EQ(result["fixes"].size(), 1u) << "none for the standard library";
  const Json &fix = result["fixes"][0];
  EXPECT_EQ(fix["description"]["text"], "rename both");
  EXPECT_EQ(fix["properties"]["applicability"], "unsafe");
  ASSERT_EQ(fix["artifactChanges"].size(), 2u);
  const Json &here = fix["artifactChanges"][0]["replacements"];
  EXPECT_EQ(here[0]["insertedContent"]["text"], "d");
  EXPECT_EQ(here[1]["deletedRegion"],
            (Json{{"startLine", 2}, {"startColumn", 1}, {"endLine", 4}, {"endColumn", 1}}));
  EXPECT_EQ(here[1]["insertedContent"]["text"], "");
  const Json &there = fix["artifactChanges"][1];
  EXPECT_EQ(there["replacements"][0]["deletedRegion"],
            (Json{{"startLine", 1}, {"startColumn", 5}, {"endLine", 1}, {"endColumn", 5}}));
}

TEST(RenderSarif, NoDiagnosticsAndBadBytes) {
  ExpectSarif(Sarif(Plan(), {}));
  Plan plan;
  plan.Add("\xFF.groma", "let \xFF\n");
  const Json log = Sarif(plan, Say(kUnknownName, "\xFF", {{plan.Of("\xFF"), "\xFF"}}));
  ExpectSarif(log);
  EXPECT_EQ(
      log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
      "%FF.groma");
}

}  // namespace
}  // namespace groma::diagnostics
