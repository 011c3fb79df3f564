// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/render_github.h"

#include <gtest/gtest.h>

#include "plans.h"

namespace groma::diagnostics {
namespace {

auto Github(const Plan &plan, llvm::ArrayRef<Diagnostic> diagnostics) -> std::string {
  std::string text;
  llvm::raw_string_ostream out(text);
  RenderGithub(plan.sources(), diagnostics, out);
  return text;
}

TEST(RenderGithub, OneLineForEachDiagnostic) {
  const Plan plan("let a = b\nlet c = (1 +\n  2)\n");
  EXPECT_EQ(Github(plan, {Say(kUnknownName, "no `b` here", {{plan.Of("b"), "this"}}),
                          Say(kUnused, "`c` is not used", {{plan.Of("(1 +\n  2)"), ""}}),
                          Say(kRemark, "nowhere")}),
            "::error file=plan.groma,line=1,endLine=1,col=9,endColumn=10,title=GR0203"
            "::no `b` here\n"
            "::warning file=plan.groma,line=2,endLine=3,title=GR0150::`c` is not used\n"
            "::notice title=GR0299::nowhere\n");
}

TEST(RenderGithub, EscapesDataAndProperties) {
  Plan plan;
  plan.Add("a,b:c%d.groma", "let x\n");
  auto d = Say(kUnknownName, "50 %: a, b\r\n::error::c\xFF", {{plan.Of("x"), ""}});
  d.notes = {"so"};
  EXPECT_EQ(Github(plan, d),
            "::error file=a%2Cb%3Ac%25d.groma,line=1,endLine=1,col=5,endColumn=6,title=GR0203"
            "::50 %25: a, b%0D%0A::error::c\xEF\xBF\xBD%0Anote: so\n");
}

}  // namespace
}  // namespace groma::diagnostics
