// SPDX-License-Identifier: Apache-2.0
// Each usual mistake gets one diagnostic; its fix, applied, leaves none.
#include <gtest/gtest.h>

#include "parsed.h"

namespace groma::parse {
namespace {

struct Mistaken {
  const char *name;
  const char *text;
  const char *code;
  // After the fix; null if there is none.
  const char *fixed;
};

class Mistake : public testing::TestWithParam<Mistaken> {};

TEST_P(Mistake, IsReportedOnceAndItsFixIsClean) {
  const Mistaken &m = GetParam();
  const Parsed parsed = ParseText(m.text);
  ASSERT_EQ(parsed.codes(), std::vector<std::string>{m.code})
      << (parsed.sink.diagnostics().empty() ? "" : parsed.sink.diagnostics()[0].message);
  EXPECT_TRUE(parsed.tree.has_errors());
  if (m.fixed == nullptr) {
    EXPECT_TRUE(parsed.sink.diagnostics()[0].fixes.empty());
    return;
  }
  EXPECT_EQ(Fixed(parsed), m.fixed);
  EXPECT_EQ(ParseText(m.fixed).codes(), std::vector<std::string>{});
}

constexpr Mistaken kMistakes[] = {
    {"unit", "let a = 8GiB", "GR0117", "let a = 8 GiB"},
    {"percent", "let a = 80%", "GR0117", "let a = 80 %"},
    {"minus", "let a = 2048-1024", "GR0118", "let a = 2048 - 1024"},
    {"slash", "let a = a.b/c.d", "GR0119", "let a = a.b / c.d"},
    {"date", "let a = 2027-6-1", "GR0120", "let a = 2027-06-01"},
    {"month", "let a = 2027-6", "GR0120", "let a = 2027-06"},
    {"quarter", "let a = 2027-q3", "GR0120", "let a = 2027-Q3"},
    {"day", "let a = 2027-02-29", "GR0121", nullptr},
    {"address", "let a = 10.300.0.0/16", "GR0122", nullptr},
    {"condition", "policy p { require a.b = 3 }", "GR0123", "policy p { require a.b == 3 }"},
    {"filter", "let a = xs where b = 3", "GR0123", "let a = xs where b == 3"},
    {"semicolon", "site a { b = 1; }", "GR0124", "site a { b = 1 }"},
    {"semicolons", "site a { b = 1; c = 2 }", "GR0124", "site a { b = 1, c = 2 }"},
    {"single_quotes", "let a = 'b'", "GR0125", "let a = \"b\""},
    {"curly_quotes", "let a = “b”", "GR0125", "let a = \"b\""},
    {"hash", "let a = 1 # b", "GR0126", "let a = 1 // b"},
    {"block_comment", "let a = 1 /* b */", "GR0126", "let a = 1 // b"},
    {"and", "let a = b && c", "GR0127", "let a = b and c"},
    {"or", "let a = b || c", "GR0127", "let a = b or c"},
    {"not", "let a = !b", "GR0127", "let a = not b"},
    {"colon", "site a { b: 1.5 }", "GR0128", "site a { b = 1.5 }"},
    {"colon_name", "site a { b: c }", "GR0128", "site a { b = c }"},
    {"colon_string_key", "let a = { \"b\": 1 }", "GR0128", "let a = { \"b\" = 1 }"},
    {"terraform", "resource \"a\" \"b\" { c = 1 }", "GR0129", "resource b : a { c = 1 }"},
    {"quoted_name", "site \"a\" : b { c = 1 }", "GR0129", "site a : b { c = 1 }"},
    {"brace_below", "site a\n{\n  b = 1\n}\n", "GR0130", "site a {\n  b = 1\n}\n"},
    {"escape", "let a = \"C:\\dir\"", "GR0131", "let a = \"C:\\\\dir\""},
    {"digit_name", "site 3rd { b = 1 }", "GR0132", "site _3rd { b = 1 }"},
    {"tag_field", "site a { b }", "GR0133", nullptr},
    {"missing_assign", "site a { b { c = 1 } }", "GR0133", "site a { b = { c = 1 } }"},
    {"decl_in_record", "let a = { site b { c = 1 } }", "GR0134", nullptr},
    {"top_field", "a = 1", "GR0135", "let a = 1"},
    {"dotted", "site a.b { c = 1 }", "GR0136", nullptr},
    {"range", "let a = 1 .. 2 .. 3 .. 4", "GR0137", nullptr},
    {"choose", "let a = choose [b, c]", "GR0138", "let a = choose from [b, c]"},
    {"base", "site a onprem.datacenter { b = 1 }", "GR0139",
     "site a : onprem.datacenter { b = 1 }"},
    {"point", "let a = .5", "GR0140", "let a = 0.5"},
    {"space", "let a =\u00a01", "GR0141", "let a = 1"},
    {"nameless", "site { b = 1 }", "GR0142", nullptr},
    {"hyphen", "site my-own-site { b = 1 }", "GR0143", "site my_own_site { b = 1 }"},
    {"hyphen_field", "site a { my-field = 1 }", "GR0143", "site a { my_field = 1 }"},
    {"comma_in_list", "let a = [b c]", "GR0114", "let a = [b, c]"},
    {"comma_in_call", "let a = f(b c)", "GR0114", "let a = f(b, c)"},
    {"separator", "site a { b = 1 c = 2 }", "GR0113", "site a { b = 1, c = 2 }"},
    {"separator_name", "site a { b = x c = 2 }", "GR0113", "site a { b = x, c = 2 }"},
    {"no_value", "site a {\n  b =\n  c = 2\n}\n", "GR0110", nullptr},
    {"no_operand", "site a {\n  b = 1 +\n  c = 2\n}\n", "GR0110", nullptr},
    {"no_interpolation", "let a = \"b ${} c\"", "GR0110", nullptr},
    {"no_member", "let a = b.", "GR0111", nullptr},
    {"no_type", "let a: = 3", "GR0112", nullptr},
    {"no_body", "site a", "GR0115", "site a {}"},
    {"no_colon", "policy p { require all a in as a.b > 1 }", "GR0116", nullptr},
    {"no_then", "let a = if b c else d", "GR0116", nullptr},
    {"formal", "fn f(x) = 3", "GR0116", nullptr},
    {"operator_first", "let a = b\n  + c", "GR0144", nullptr},
    {"letter", "let é = 1", "GR0101", nullptr},
    {"backticks", "let a = `b`", "GR0125", "let a = \"b\""},
    {"bytes", "let a = 1 // \xff\xfe", "GR0102", nullptr},
    {"bell", "let a = \"\a\"", "GR0103", "let a = \"\""},
    {"string", "let a = \"b", "GR0104", "let a = \"b\""},
    {"string_in_body", "site a { b = \"c }", "GR0104", "site a { b = \"c\" }"},
    {"unmatched", "site a { b = 1 }\n}\n", "GR0106", "site a { b = 1 }\n\n"},
    {"unmatched_value", "site a { b = ), c = 2 }", "GR0106", nullptr},
    {"unclosed_paren", "site a {\n  b = f(1, 2\n  c = 3\n}\n", "GR0105",
     "site a {\n  b = f(1, 2)\n  c = 3\n}\n"},
    {"unclosed_brace", "site a {\n  b = 1\nsite c { d = 2 }\n", "GR0105",
     "site a {\n  b = 1\n}\nsite c { d = 2 }\n"},
};

INSTANTIATE_TEST_SUITE_P(All, Mistake, testing::ValuesIn(kMistakes),
                         [](const auto &info) { return std::string(info.param.name); });

}  // namespace
}  // namespace groma::parse
