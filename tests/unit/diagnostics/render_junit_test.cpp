// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/render_junit.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "plans.h"

namespace groma::diagnostics {
namespace {

auto Junit(const Plan &plan, llvm::ArrayRef<Diagnostic> diagnostics) -> std::string {
  std::string text;
  llvm::raw_string_ostream out(text);
  RenderJunit(plan.sources(), diagnostics, out);
  return text;
}

TEST(RenderJunit, OneCaseForEachFile) {
  Plan plan("let a = b < 3\nlet c = d\n");
  plan.Add("clean.groma", "");
  plan.Add("warned.groma", "let e = 1\n");
  plan.AddLibrary("stdlib/prelude.groma", "kind site {}\n");
  EXPECT_EQ(Junit(plan, {Say(kUnknownName, "no lock"),
                         Say(kUnknownName, "no `b` & \"c\"", {{plan.Of("b"), "this"}}),
                         Say(kUnknownName, "no `d` here", {{plan.Of("d"), ""}}),
                         Say(kUnused, "`e` is not used", {{plan.Of("e =", 1, 2), ""}})}),
            R"text(<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="2" errors="0" skipped="0">
  <testsuite name="groma" tests="4" failures="2" errors="0" skipped="0">
    <testcase classname="groma" name="groma">
      <failure type="GR0203" message="GR0203: no lock">error[GR0203]: no lock</failure>
    </testcase>
    <testcase classname="groma" name="plan.groma">
      <failure type="GR0203" message="GR0203: no `b` &amp; &quot;c&quot; (and 1 more)">error[GR0203]: no `b` &amp; "c"
 --&gt; plan.groma:1:9
  |
1 | let a = b &lt; 3
  |         ^ this

error[GR0203]: no `d` here
 --&gt; plan.groma:2:9
  |
2 | let c = d
  |         ^</failure>
    </testcase>
    <testcase classname="groma" name="clean.groma"/>
    <testcase classname="groma" name="warned.groma">
      <system-out>warning[GR0150]: `e` is not used
 --&gt; warned.groma:1:5
  |
1 | let e = 1
  |     ^^^</system-out>
    </testcase>
  </testsuite>
</testsuites>
)text");
}

TEST(RenderJunit, NoFiles) {
  EXPECT_EQ(Junit(Plan(), {}), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="0" failures="0" errors="0" skipped="0">
  <testsuite name="groma" tests="0" failures="0" errors="0" skipped="0">
  </testsuite>
</testsuites>
)");
}

TEST(RenderJunit, IsWellFormedWhateverTheTextHolds) {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  all += "\xEF\xBF\xBE\xEF\xBF\xBF\xED\xA0\x80]]>";
  Plan plan(all);
  plan.Add(all, "x");
  const std::string xml = Junit(plan, {Say(kUnknownName, all, {{plan.Of("a"), all}}),
                                       Say(kUnused, all, {{plan.Of("x", 1, 1), all}})});
  EXPECT_EQ(xml.find('\0'), std::string::npos);
  EXPECT_EQ(xml.find('\x1b'), std::string::npos);
  if (std::system("command -v xmllint >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "xmllint is not installed: not checked to be well formed";
  }
  const std::string path = testing::TempDir() + "groma_junit_test.xml";
  std::ofstream(path, std::ios::binary) << xml;
  EXPECT_EQ(std::system(("xmllint --noout '" + path + "'").c_str()), 0);
}

}  // namespace
}  // namespace groma::diagnostics
