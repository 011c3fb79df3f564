// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/scalars.h"

#include <gtest/gtest.h>

namespace groma::diagnostics {
namespace {

auto ShownOf(llvm::StringRef text) -> Shown { return Show(text, 0, DecodeScalar(text, 0)); }

TEST(Scalars, Decode) {
  EXPECT_EQ(DecodeScalar("a", 0).value, 0x61u);
  EXPECT_EQ(DecodeScalar("x\xC3\xA9", 1).value, 0xE9u);
  EXPECT_EQ(DecodeScalar("\xE6\x9D\xB1", 0).value, 0x6771u);
  EXPECT_EQ(DecodeScalar("\xF0\x9F\x98\x80", 0).value, 0x1F600u);
  EXPECT_EQ(DecodeScalar("\xF0\x9F\x98\x80", 0).bytes, 4u);
  for (const llvm::StringRef bad :
       {"\xFF", "\x80", "\xC3", "\xE6\x9D", "\xED\xA0\x80", "\xC0\x80"}) {
    EXPECT_EQ(DecodeScalar(bad, 0).bytes, 1u);
    EXPECT_FALSE(DecodeScalar(bad, 0).is_valid);
  }
}

TEST(Scalars, Previous) {
  const llvm::StringRef text = "a\xF0\x9F\x98\x80\x80\xC3";
  EXPECT_EQ(PreviousScalar(text, 7), 6u) << "a lead byte without the rest";
  EXPECT_EQ(PreviousScalar(text, 6), 5u) << "a continuation too many";
  EXPECT_EQ(PreviousScalar(text, 5), 1u);
  EXPECT_EQ(PreviousScalar(text, 1), 0u);
}

TEST(Scalars, Columns) {
  EXPECT_EQ(ShownOf("\t").columns, 4u);
  EXPECT_EQ(ShownOf("e").columns, 1u);
  EXPECT_EQ(ShownOf("\xCC\x81").columns, 0u) << "a combining accent";
  EXPECT_EQ(ShownOf("\xE6\x9D\xB1").columns, 2u);
  EXPECT_EQ(ShownOf("\xF0\x9F\x98\x80").columns, 2u);
}

TEST(Scalars, UnsafeOnesAreReplaced) {
  EXPECT_EQ(ShownOf("\x1b").text, "\xE2\x90\x9B");
  EXPECT_EQ(ShownOf("\x7f").text, "\xE2\x90\xA1");
  for (const llvm::StringRef unsafe :
       {"\xC2\x85", "\xC2\x9B", "\xD8\x9C", "\xE2\x80\x8B", "\xE2\x80\x8F", "\xE2\x80\xA8",
        "\xE2\x80\xAA", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x81\xA9"}) {
    EXPECT_EQ(ShownOf(unsafe).text, "\xEF\xBF\xBD") << "reorders, hides or ends a line";
  }
  EXPECT_EQ(ShowText("a\n\r\xFF"), "a\n\xE2\x90\x8D\xEF\xBF\xBD");
  EXPECT_EQ(ToUtf8("a\xFF\x1b"), "a\xEF\xBF\xBD\x1b");
}

}  // namespace
}  // namespace groma::diagnostics
