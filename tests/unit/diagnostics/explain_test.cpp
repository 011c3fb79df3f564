// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "groma/diagnostics/pages.h"

namespace groma::diagnostics {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kPage[] = R"(# GR0203: a name: nobody declared it

A name is looked up; this one
is not there.

Declare it.

## Erroneous plan

```groma error=GR0203 args="--env prod --set 'growth=30 %'"
let a = b

let c = 1
```

## Corrected plan

```groma ok workspace
// --- hub/plan.groma
let b = 1
// --- spoke/plan.groma
import plan "../hub"
```

## See also

- `groma docs`

```text
not an example
```
)";

TEST(ParsePage, ReadsAllOfIt) {
  const Page page = ParsePage(kPage);
  EXPECT_THAT(page.problems, IsEmpty());
  EXPECT_EQ(page.code, "GR0203");
  EXPECT_EQ(page.title, "a name: nobody declared it");
  EXPECT_EQ(page.summary, "A name is looked up; this one\nis not there.\n\nDeclare it.");
  ASSERT_EQ(page.sections.size(), 3u);
  EXPECT_EQ(page.sections[0].heading, "Erroneous plan");
  EXPECT_EQ(page.sections[2].heading, "See also");
  EXPECT_EQ(page.sections[2].body, "- `groma docs`\n\n```text\nnot an example\n```");

  ASSERT_EQ(page.examples.size(), 2u);
  const Example &wrong = page.examples[0];
  EXPECT_EQ(wrong.expected_code, "GR0203");
  EXPECT_THAT(wrong.args, ElementsAre("--env", "prod", "--set", "growth=30 %"));
  EXPECT_FALSE(wrong.is_workspace);
  ASSERT_EQ(wrong.files.size(), 1u);
  EXPECT_EQ(wrong.files[0].name, "plan.groma");
  EXPECT_EQ(wrong.files[0].text, "let a = b\n\nlet c = 1\n");
  const Example &right = page.examples[1];
  EXPECT_EQ(right.expected_code, "");
  EXPECT_THAT(right.args, IsEmpty());
  EXPECT_TRUE(right.is_workspace);
  ASSERT_EQ(right.files.size(), 2u);
  EXPECT_EQ(right.files[0].name, "hub/plan.groma");
  EXPECT_EQ(right.files[0].text, "let b = 1\n");
  EXPECT_EQ(right.files[1].text, "import plan \"../hub\"\n");
}

TEST(ParsePage, TextBeforeTheFirstFileIsThePlan) {
  const Page page =
      ParsePage("# GR0001: t\n\np\n\n```groma ok\nlet a = 1\n// --- b.groma\nx\n```\n");
  ASSERT_EQ(page.examples.size(), 1u);
  ASSERT_EQ(page.examples[0].files.size(), 2u);
  EXPECT_EQ(page.examples[0].files[0].name, "plan.groma");
  EXPECT_EQ(page.examples[0].files[1].name, "b.groma");
}

TEST(ParsePage, TellsWhatIsMissing) {
  EXPECT_THAT(
      ParsePage("").problems,
      ElementsAre("1: a page begins with `# GR0000: title`", "1: no paragraph below the title",
                  "1: no section `## Erroneous plan`", "1: no section `## Corrected plan`",
                  "1: no example with `error=`", "1: no example with `ok`"));
  EXPECT_THAT(ParsePage("# GR02: t\n").problems,
              testing::Contains("1: a page begins with `# GR0000: title`"));
  const Page page = ParsePage(
      "# GR0203: t\n\np\n\n## Erroneous plan\n\n```groma error=GR0204\nx\n```\n\n"
      "## Corrected plan\n\n```groma okay\n```\n\n```groma ok\nlet a = 1\n");
  EXPECT_THAT(page.problems,
              ElementsAre("13: unknown option `okay`", "13: an example says `ok` or `error=CODE`",
                          "14: the example is empty", "16: the fence is not closed",
                          "1: no example with `error=GR0203`"));
}

TEST(RenderPage, Plain) {
  std::string text;
  llvm::raw_string_ostream out(text);
  RenderPage(ParsePage(kPage), {}, out);
  EXPECT_EQ(text, R"(GR0203: a name: nobody declared it

A name is looked up; this one
is not there.

Declare it.

Erroneous plan

    let a = b

    let c = 1

Corrected plan

    // --- hub/plan.groma
    let b = 1
    // --- spoke/plan.groma
    import plan "../hub"

See also

- `groma docs`

    not an example
)");
}

TEST(RenderPage, HeadingsAreBold) {
  std::string text;
  llvm::raw_string_ostream out(text);
  RenderPage(ParsePage(kPage), {.color = true}, out);
  EXPECT_EQ(text.find("\x1b[1mGR0203: a name: nobody declared it\x1b[0m\n\n"), 0u);
  EXPECT_NE(text.find("\n\n\x1b[1mSee also\x1b[0m\n\n"), std::string::npos);
}

TEST(Pages, AreSortedFoundAndWellFormed) {
  std::string previous;
  for (const EmbeddedPage &page : AllPages()) {
    EXPECT_LT(previous, page.code.str());
    previous = page.code.str();
    EXPECT_EQ(FindPage(page.code.lower()), page.text);
    const Page parsed = ParsePage(page.text);
    EXPECT_EQ(parsed.code, page.code.str());
    EXPECT_THAT(parsed.problems, IsEmpty()) << page.code.str();
  }
  EXPECT_EQ(FindPage("GR9999"), std::nullopt);
  EXPECT_EQ(FindPage(""), std::nullopt);
}

}  // namespace
}  // namespace groma::diagnostics
