// SPDX-License-Identifier: Apache-2.0
#include "folder.h"

namespace groma::driver {
namespace {

auto Facts(const std::string &entities) -> std::string {
  return R"({"schema": "groma.plan/1", "plan": "hub", "entities": [)" + entities + "]}";
}

// What was reported for a hub with this `plan.json`, and the text that it became.
struct Import {
  std::string codes;
  std::string message;
  std::string text;

  explicit Import(const std::string &json, const std::string &name = "hub/plan.json") {
    const Folder folder;
    folder.Write("groma.workspace", "spoke\nhub\n");
    folder.Write("spoke/a.groma", "import plan \"../hub\"\n");
    folder.Write(name, json);
    const Loaded loaded(folder, "spoke");
    codes = loaded.codes();
    message = loaded.message();
    if (loaded.plan().imports.empty()) return;
    const auto &module = loaded.program.store.module(loaded.plan().imports[0].target);
    EXPECT_TRUE(module.is_facts);
    EXPECT_EQ(module.path, "../hub");
    EXPECT_EQ(loaded.plan().imports[0].path, "hub");
    text = module.trees[0].text().str();
  }
};

TEST(Facts, BecomeDeclarations) {
  const std::string json = Facts(
      R"json({"name": "ams", "kind": "site.onprem.datacenter", "title": "A \"1\" ${x}",
          "fields": {"it_power": "480 kW", "quota": "{ a = 1 vcpu }", "terms": "reserved(1 year)"}},
         {"name": "core", "kind": "network", "fields": {}})json");
  const Import import(json);
  EXPECT_EQ(import.codes, "") << import.message;
  EXPECT_EQ(import.text,
            "site ams : onprem.datacenter \"A \\\"1\\\" \\u{24}{x}\" {\n"
            "  it_power = 480 kW\n"
            "  quota = { a = 1 vcpu }\n"
            "  terms = reserved(1 year)\n"
            "}\n"
            "network core {\n}\n");
  EXPECT_EQ(Import(json, "hub/out/plan.json").codes, "");
}

TEST(Facts, HoldLiteralsOnly) {
  for (const std::string value : {"1 + 2", "1 }\\nsite x {", "1 // x", "choose 1 .. 2", "", "1\\n",
                                  "\\\"${x}\\\"", "[e for e in es]"}) {
    const Import import(
        Facts(R"({"name": "a", "kind": "site", "fields": {"f": ")" + value + "\"}}"));
    EXPECT_EQ(import.codes, "GR0172") << value;
    EXPECT_NE(import.message.find("/entities/0/fields/f"), std::string::npos) << import.message;
  }
}

TEST(Facts, FollowTheirSchema) {
  EXPECT_EQ(Import("{").codes, "GR0171");
  EXPECT_EQ(Import("[]").codes, "GR0172");
  EXPECT_EQ(Import(R"({"schema": "groma.plan/2"})").codes, "GR0173");
  EXPECT_EQ(Import(R"({"schema": "groma.plan/1"})").codes, "GR0172 GR0172");
  EXPECT_EQ(Import(Facts("1")).codes, "GR0172");
  EXPECT_EQ(Import(Facts(R"({"name": "a b", "kind": "site", "fields": {}})")).codes, "GR0172");
  EXPECT_EQ(Import(Facts(R"({"name": "a", "kind": "si te", "fields": {}})")).codes, "GR0172");
  EXPECT_EQ(Import(Facts(R"({"name": "a", "kind": "site"})")).codes, "GR0172");
  EXPECT_EQ(Import(Facts(R"({"name": "a", "kind": "site", "fields": {"f": 1}})")).codes, "GR0172");
  EXPECT_EQ(Import(Facts(R"({"name": "a", "kind": "site", "fields": {}, "x~/": 1})")).codes,
            "GR0172");
  EXPECT_NE(Import(Facts(R"({"name": "a", "kind": "site", "fields": {}, "x~/": 1})"))
                .message.find("/entities/0/x~0~1"),
            std::string::npos);
}

TEST(Facts, MustBeThere) { EXPECT_EQ(Import("", "hub/other.json").codes, "GR0170"); }

}  // namespace
}  // namespace groma::driver
