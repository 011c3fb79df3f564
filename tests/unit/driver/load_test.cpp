// SPDX-License-Identifier: Apache-2.0
#include "folder.h"

namespace groma::driver {
namespace {

TEST(Load, AFolderIsOneScopeInOrderOfNames) {
  const Folder folder;
  folder.Write("p/b.groma", "let b = 1\n");
  folder.Write("p/a.groma", "let a = 1\nimport azure.gpu\n");
  folder.Write("p/below/c.groma", "let c = 1\n");
  folder.Write("p/.hidden.groma", "let d = 1\n");
  const Loaded loaded(folder, "p");
  ASSERT_TRUE(loaded.is_loaded) << loaded.message();
  EXPECT_EQ(loaded.codes(), "");
  ASSERT_EQ(loaded.plan().trees.size(), 2U);
  EXPECT_TRUE(loaded.plan().trees[0].text().starts_with("let a"));
  ASSERT_EQ(loaded.plan().imports.size(), 1U);
  EXPECT_EQ(loaded.plan().imports[0].path, "azure.gpu");
  EXPECT_EQ(loaded.program.store.module(loaded.program.store.prelude).path, "prelude");
}

TEST(Load, ReadsTheTablesThatAreNamed) {
  const Folder folder;
  folder.Write("p/a.groma", "catalogue xs : site { from = \"xs.csv\" }\n");
  folder.Write("p/xs.csv", "name,a\nr,1\n");
  folder.Write("p/other.csv", "\"broken");
  const Loaded loaded(folder, "p");
  ASSERT_EQ(loaded.plan().tables.size(), 1U);
  EXPECT_EQ(loaded.plan().tables[0].name(), "xs.csv");
  EXPECT_EQ(loaded.codes(), "");
}

TEST(Load, TellsWhatIsWrongWithATable) {
  const Folder folder;
  folder.Write("p/a.groma", "catalogue xs : site { from = \"xs.csv\" }\n");
  folder.Write("p/xs.csv", "name,a,a\nr,1\nr,2\n,3\n");
  EXPECT_EQ(Loaded(folder, "p").codes(), "GR0183 GR0184 GR0182");
  folder.Write("p/xs.csv", "name,a\nr,\"1\n");
  EXPECT_EQ(Loaded(folder, "p").codes(), "GR0181");
  folder.Write("p/xs.csv", "");
  EXPECT_EQ(Loaded(folder, "p").codes(), "GR0180");
  folder.Write("p/xs.csv", "name,a\nr,\xE9\n");
  EXPECT_EQ(Loaded(folder, "p").codes(), "GR0185");
  // Refused, but there.
  EXPECT_EQ(Loaded(folder, "p").plan().tables.size(), 1U);
}

TEST(Load, FollowsFoldersAndFilesInside) {
  const Folder folder;
  folder.Write("p/a.groma", "import \"sub\"\nimport \"sub/one.groma\"\nimport \"./sub\"\n");
  folder.Write("p/sub/one.groma", "let x = 1\n");
  const Loaded loaded(folder, "p");
  EXPECT_EQ(loaded.codes(), "");
  ASSERT_EQ(loaded.plan().imports.size(), 3U);
  EXPECT_EQ(loaded.plan().imports[0].path, "sub");
  EXPECT_EQ(loaded.plan().imports[1].path, "one");
  EXPECT_EQ(loaded.plan().imports[0].target, loaded.plan().imports[2].target);
  EXPECT_EQ(loaded.program.store.module(loaded.plan().imports[0].target).path, "sub");
}

TEST(Load, RefusesWhatLeavesTheFolder) {
  const Folder folder;
  folder.Write("out/s.groma", "let x = 1\n");
  folder.Write("p/a.groma", "import \"../out\"\n");
  EXPECT_EQ(Loaded(folder, "p").codes(), "GR0153");
  folder.Write("p/a.groma", "import \"sub/../../out\"\n");
  EXPECT_EQ(Loaded(folder, "p").codes(), "GR0153");
  folder.Write("p/a.groma", "import \"" + folder.path("out") + "\"\n");
  EXPECT_EQ(Loaded(folder, "p").codes(), "GR0155");
  folder.Write("p/a.groma", "import \"door\"\n");
  folder.Link(folder.path("out"), "p/door");
  EXPECT_EQ(Loaded(folder, "p").codes(), "GR0154");
  folder.Write("p/a.groma", "let a = 1\n");
  folder.Link("../out/s.groma", "p/s.groma");
  EXPECT_EQ(Loaded(folder, "p").codes(), "GR0154");
}

TEST(Load, LinksInsideAreFollowed) {
  const Folder folder;
  folder.Write("p/a.groma", "import \"door\"\n");
  folder.Write("p/room/s.groma", "let x = 1\n");
  folder.Link("room", "p/door");
  const Loaded loaded(folder, "p");
  EXPECT_EQ(loaded.codes(), "");
  EXPECT_EQ(loaded.plan().imports[0].path, "door");
}

TEST(Load, AWorkspaceAllowsItsFolders) {
  const Folder folder;
  folder.Write("groma.workspace", "// ours\n\nw/p\nw/q   // and theirs\n");
  folder.Write("w/p/a.groma", "import \"../q\"\n");
  folder.Write("w/q/s.groma", "let x = 1\n");
  EXPECT_EQ(Loaded(folder, "w/p").codes(), "");
  folder.Write("groma.workspace", "w/none\n/tmp\n\"w/q\"\n");
  const Loaded loaded(folder, "w/p");
  EXPECT_EQ(loaded.codes(), "GR0165 GR0164 GR0164 GR0153");
  const auto place = loaded.program.sources.PlaceOf(loaded.sink.diagnostics()[1].primary().begin);
  EXPECT_EQ(place.line, 2U);
}

TEST(Load, TellsCycles) {
  const Folder folder;
  folder.Write("p/a.groma", "import \"b\"\n");
  folder.Write("p/b/b.groma", "import \"c\"\n");
  folder.Write("p/b/c/c.groma", "import \"..\"\n");
  const Loaded loaded(folder, "p");
  EXPECT_EQ(loaded.codes(), "GR0157");
  EXPECT_EQ(loaded.message(), "these imports go round in a circle: b -> b/c -> b");
  EXPECT_EQ(loaded.sink.diagnostics()[0].labels.size(), 2U);
}

TEST(Load, RefusesItsOwnFiles) {
  const Folder folder;
  folder.Write("p/a.groma", "import \"b.groma\"\n");
  folder.Write("p/b.groma", "let x = 1\n");
  EXPECT_EQ(Loaded(folder, "p").codes(), "GR0158");
  // As a plan of one file it does not have the other.
  EXPECT_EQ(Loaded(folder, "p/a.groma").codes(), "");
}

TEST(Load, ReportsTheWorld) {
  const Folder folder;
  folder.Write("p/readme.md", "");
  EXPECT_EQ(Loaded(folder, "p").codes(), "GR0925");
  EXPECT_EQ(Loaded(folder, "none").codes(), "GR0920");
  EXPECT_EQ(Loaded(folder, "p/readme.md").codes(), "GR0928");
  std::filesystem::create_directories(folder.path("p/x.groma"));
  EXPECT_EQ(Loaded(folder, "p").codes(), "GR0922");
  folder.Write("q/a.groma", "");
  std::filesystem::resize_file(folder.path("q/a.groma"), kMaxFileSize + 1);
  EXPECT_EQ(Loaded(folder, "q").codes(), "GR0923");
  folder.Link("nowhere", "q/b.groma");
  EXPECT_EQ(Loaded(folder, "q").codes(), "GR0923 GR0920");
}

TEST(Load, SuggestsModules) {
  const Folder folder;
  folder.Write("p/a.groma", "import azure.region\nimport azure\n");
  const Loaded loaded(folder, "p");
  EXPECT_EQ(loaded.codes(), "GR0151 GR0151");
  EXPECT_EQ(loaded.sink.diagnostics()[0].fixes[0].edits[0].replacement, "azure.regions");
  EXPECT_EQ(loaded.sink.diagnostics()[1].helps.size(), 1U);
}

TEST(Disk, ReplacesFilesAsAWhole) {
  const Folder folder;
  Sink sink;
  folder.Write("f", "old");
  std::filesystem::permissions(folder.path("f"), std::filesystem::perms{0640});
  folder.Link("f", "g");
  EXPECT_TRUE(WriteFile(folder.path("g"), "new", sink));
  EXPECT_EQ(folder.Read("f"), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder.path("g")));
  EXPECT_EQ(std::filesystem::status(folder.path("f")).permissions(), std::filesystem::perms{0640});
  EXPECT_FALSE(WriteFile(folder.path("none/f"), "new", sink));
  EXPECT_EQ(sink.error_count(), 1U);
}

TEST(Disk, KnowsWhatLiesInside) {
  EXPECT_TRUE(IsInside("/a/b", "/a"));
  EXPECT_TRUE(IsInside("/a", "/a"));
  EXPECT_TRUE(IsInside("/a", "/"));
  EXPECT_FALSE(IsInside("/ab", "/a"));
  EXPECT_FALSE(IsInside("/", "/a"));
  EXPECT_EQ(RelativePath("/a/c/d", "/a/b"), "../c/d");
  EXPECT_EQ(RelativePath("/a", "/a"), ".");
}

}  // namespace
}  // namespace groma::driver
