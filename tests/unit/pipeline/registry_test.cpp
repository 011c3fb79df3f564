// SPDX-License-Identifier: Apache-2.0
#include "groma/pipeline/registry.h"

#include <set>

#include "gtest/gtest.h"

namespace groma::pipeline {
namespace {

TEST(Registry, HasEachCodeAndEachNameOnce) {
  std::set<std::string_view> codes;
  for (const auto &row : AllMessages()) {
    EXPECT_TRUE(codes.insert(row.code).second) << row.code << " stands twice";
    EXPECT_FALSE(row.name.empty());
    EXPECT_FALSE(row.text.empty());
  }
  EXPECT_GT(codes.size(), 100U);
}

TEST(Registry, CodesHaveOneForm) {
  for (const auto &row : AllMessages()) {
    const llvm::StringRef code = row.code;
    EXPECT_TRUE(code.size() == 6 && code.starts_with("GR")) << code.str();
    EXPECT_EQ(code.drop_front(2).find_first_not_of("0123456789"), llvm::StringRef::npos);
  }
}

TEST(Registry, TextsKeepToTheHouseStyle) {
  for (const auto &row : AllMessages()) {
    const llvm::StringRef text = row.text;
    EXPECT_FALSE(text.ends_with(".")) << text.str();
    EXPECT_FALSE(text.front() >= 'A' && text.front() <= 'Z') << text.str();
  }
}

TEST(Registry, FindsCodesInAnyCase) {
  EXPECT_EQ(FindMessage("gr0153")->name, "ImportOutside");
  EXPECT_FALSE(FindMessage("GR9999").has_value());
}

}  // namespace
}  // namespace groma::pipeline
