// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/mermaid/document.h"

#include <gtest/gtest.h>

namespace groma::emit::mermaid {
namespace {

TEST(Harmless, PlainTitlesStayAsTheyAre) {
  EXPECT_EQ(Harmless("Burn-in of pool \"train\", 72 h"), "Burn-in of pool \"train\", 72 h");
  EXPECT_EQ(Harmless("accepted"), "accepted");
}

TEST(Harmless, NoTitleIsAStatementOrAComment) {
  EXPECT_EQ(Harmless("Section of it"), "\u00B7 Section of it");
  EXPECT_EQ(Harmless("2027-01-04"), "\u00B7 2027-01-04");
  EXPECT_EQ(Harmless(" "), "\u00B7 ");
  for (const char sign : std::string(":;#%{}<>\n")) {
    EXPECT_EQ(Harmless(std::string("a") + sign + "b").find(sign), std::string::npos) << sign;
  }
}

}  // namespace
}  // namespace groma::emit::mermaid
