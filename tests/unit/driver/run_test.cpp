// SPDX-License-Identifier: Apache-2.0
#include "groma/driver/run.h"

#include "folder.h"

namespace groma::driver {
namespace {

// Without a library: for commands that load no plan.
auto Groma(std::vector<llvm::StringRef> words) -> int { return driver::Run(words, ""); }

TEST(Run, TheStarterPlanIsFormatted) {
  const Folder folder;
  const std::string plan = folder.path("new/plan");
  EXPECT_EQ(Groma({"init", "-q", plan}), 0);
  EXPECT_EQ(Groma({"fmt", "--check", plan}), 0);
  // Nothing is written over.
  EXPECT_EQ(Groma({"init", plan}), 2);
}

TEST(Run, FormatsOnlyWhatHasNoErrors) {
  const Folder folder;
  folder.Write("p/good.groma", "let x=1\n");
  folder.Write("p/bad.groma", "let x=(1\n");
  EXPECT_EQ(Groma({"fmt", "--check", folder.path("p/good.groma")}), 7);
  EXPECT_EQ(Groma({"fmt", folder.path("p")}), 1);
  EXPECT_EQ(folder.Read("p/good.groma"), "let x = 1\n");
  EXPECT_EQ(folder.Read("p/bad.groma"), "let x=(1\n");
}

TEST(Run, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(Groma({"chek"}), 2);
  EXPECT_EQ(Groma({}), 2);
  EXPECT_EQ(Groma({"check", "--no-slove", "."}), 2);
  EXPECT_EQ(Groma({"explain", "GR9999"}), 2);
  EXPECT_EQ(Groma({"check", "--help"}), 0);
  EXPECT_EQ(Groma({"help", "fmt"}), 0);
}

}  // namespace
}  // namespace groma::driver
