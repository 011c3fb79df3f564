// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/render_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "plans.h"

namespace groma::diagnostics {
namespace {

auto Json(const Plan &plan, llvm::ArrayRef<Diagnostic> diagnostics) -> std::string {
  std::string text;
  llvm::raw_string_ostream out(text);
  RenderJson(plan.sources(), diagnostics, out);
  return text;
}

TEST(RenderJson, WholeDiagnostic) {
  Plan plan("// \xF0\x9F\x98\x80\nlet a = \"\xF0\x9F\x98\x80\" + bad\n");
  plan.AddLibrary("stdlib/prelude.groma", "kind site {}\n");
  auto d =
      Say(kUnknownName, "no `bad` here", {{plan.Of("bad"), "this"}, {plan.Of("site", 1, 1), ""}});
  d.notes = {"so"};
  d.helps = {"read on"};
  d.fixes.push_back({"write `a`", {{plan.Of("bad"), "a"}}, Applicability::Unsafe});
  d.fixes.push_back({"not yours", {{plan.Of("site", 1, 1), "a"}}, Applicability::Safe});
  EXPECT_EQ(Json(plan, d), R"({
  "version": 1,
  "diagnostics": [
    {
      "code": "GR0203",
      "name": "UnknownName",
      "severity": "error",
      "message": "no `bad` here",
      "labels": [
        {
          "file": "plan.groma",
          "library": false,
          "start": {
            "offset": 25,
            "line": 2,
            "column": 15,
            "utf16_column": 16
          },
          "end": {
            "offset": 28,
            "line": 2,
            "column": 18,
            "utf16_column": 19
          },
          "primary": true,
          "text": "this"
        },
        {
          "file": "stdlib/prelude.groma",
          "library": true,
          "start": {
            "offset": 5,
            "line": 1,
            "column": 6,
            "utf16_column": 6
          },
          "end": {
            "offset": 9,
            "line": 1,
            "column": 10,
            "utf16_column": 10
          },
          "primary": false,
          "text": ""
        }
      ],
      "notes": [
        "so"
      ],
      "helps": [
        "read on"
      ],
      "fixes": [
        {
          "title": "write `a`",
          "applicability": "unsafe",
          "edits": [
            {
              "file": "plan.groma",
              "library": false,
              "start": {
                "offset": 25,
                "line": 2,
                "column": 15,
                "utf16_column": 16
              },
              "end": {
                "offset": 28,
                "line": 2,
                "column": 18,
                "utf16_column": 19
              },
              "replacement": "a"
            }
          ]
        }
      ]
    }
  ]
}
)");
}

TEST(RenderJson, NoDiagnostics) {
  EXPECT_EQ(Json(Plan(), {}), R"({
  "version": 1,
  "diagnostics": []
}
)");
}

TEST(RenderJson, TextThatIsNotUtf8IsReplaced) {
  const Plan plan("let a = \xFF\xFE\n");
  auto d = Say(kUnknownName, "bytes \xC3( here", {{plan.Of("\xFF"), "\xED\xA0\x80"}});
  d.fixes.push_back({"\xFF", {{plan.Of("\xFF"), "\xFF"}}, Applicability::Safe});
  const auto json = nlohmann::json::parse(Json(plan, d), nullptr, false);
  ASSERT_FALSE(json.is_discarded());
  EXPECT_EQ(json["diagnostics"][0]["message"], "bytes \xEF\xBF\xBD( here");
}

TEST(RenderJson, SpanThatLeavesItsFileIsCut) {
  const Plan plan("let a\n");
  const auto d = Say(kUnknownName, "", {{{plan.Of("a").begin, 4000}, ""}, {{4000, 3}, ""}});
  const auto json = nlohmann::json::parse(Json(plan, d));
  EXPECT_EQ(json["diagnostics"][0]["labels"][0]["end"]["offset"], 6);
  EXPECT_EQ(json["diagnostics"][0]["labels"][1]["start"]["offset"], 6);
}

}  // namespace
}  // namespace groma::diagnostics
