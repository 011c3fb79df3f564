// SPDX-License-Identifier: Apache-2.0
#include "groma/modules/image.h"

#include "groma/parse/parse.h"
#include "gtest/gtest.h"

namespace groma::modules {
namespace {

constexpr llvm::StringLiteral kPrelude = "/// Where things stand.\nkind site { plural = sites }\n";
constexpr llvm::StringLiteral kRegions =
    "import grid\ncatalogue regions : site { from = \"regions.csv\" }\n";
constexpr llvm::StringLiteral kGrid = "import azure.regions\nlet x = 1 + 2\n";
constexpr llvm::StringLiteral kTable = "name,a\nb,2\na,1\n";

// A library of three modules, two of which import each other.
struct Library {
  source::Set sources;
  Store store;
  diagnostics::Sink sink;

  Library() {
    Add("prelude", "stdlib/prelude/where.groma", kPrelude);
    Module &regions = Add("azure.regions", "stdlib/azure/regions.groma", kRegions);
    const auto table = sources.Add("stdlib/azure/regions.csv", kTable.str());
    const auto &file = sources.file(table);
    regions.tables.emplace_back("regions.csv", file.text, file.base);
    Module &grid = Add("grid", "stdlib/grid.groma", kGrid);
    Import(regions, ModuleIndex{2}, "grid");
    Import(grid, ModuleIndex{1}, "azure.regions");
  }
  auto Add(std::string path, std::string name, llvm::StringRef text) -> Module & {
    Module &module = store.modules.emplace_back();
    module.path = std::move(path);
    module.is_library = true;
    const auto file = sources.Add(std::move(name), text.str());
    module.trees.push_back(parse::Parse(sources.file(file), sink));
    return module;
  }
  static void Import(Module &module, ModuleIndex target, std::string path) {
    const syntax::Tree &tree = module.trees[0];
    const auto import = tree.children(tree.root())[0];
    module.imports.push_back({tree.span(tree.child(import, 0)), target, std::move(path)});
  }
};

TEST(Image, GivesBackWhatWasWritten) {
  const Library library;
  ASSERT_FALSE(library.sink.has_errors());
  const std::string bytes = WriteImage(library.store, library.sources);
  const auto image = ReadImage(bytes);
  ASSERT_TRUE(image.has_value());
  ASSERT_EQ(image->module_count(), 3U);
  EXPECT_EQ(image->ModulePath(0), "azure.regions");
  EXPECT_EQ(image->ModulePath(2), "prelude");

  Store store;
  source::Set sources;
  sources.Add("plan.groma", "let own = 1\n");
  ImageLoader loader(*image, store, sources);
  const auto index = loader.LoadModule("azure.regions");
  ASSERT_TRUE(index.has_value());
  // With what it imports, and no more.
  EXPECT_EQ(store.modules.size(), 2U);
  EXPECT_EQ(sources.size(), 4U);
  const Module &module = store.module(*index);
  EXPECT_TRUE(module.is_library);
  ASSERT_EQ(module.trees.size(), 1U);
  EXPECT_TRUE(syntax::SameMeaning(module.trees[0], library.store.modules[1].trees[0]));
  EXPECT_EQ(module.trees[0].text(), kRegions);
  const source::File *file = sources.FileAt(module.trees[0].base());
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->name, "stdlib/azure/regions.groma");
  EXPECT_TRUE(file->is_library);

  ASSERT_EQ(module.tables.size(), 1U);
  EXPECT_EQ(module.tables[0].name(), "regions.csv");
  EXPECT_EQ(module.tables[0].RowName(0), "a");
  EXPECT_EQ(module.tables[0].Cells(1)[1].text, "2");

  ASSERT_EQ(module.imports.size(), 1U);
  EXPECT_EQ(module.imports[0].path, "grid");
  EXPECT_EQ(sources.Text(module.imports[0].span), "grid");
  const Module &grid = store.module(module.imports[0].target);
  EXPECT_EQ(grid.path, "grid");
  EXPECT_EQ(static_cast<uint32_t>(grid.imports[0].target), static_cast<uint32_t>(*index));
}

TEST(Image, KeepsCommentsAndBorrows) {
  const Library library;
  const std::string bytes = WriteImage(library.store, library.sources);
  const auto image = ReadImage(bytes);
  Store store;
  source::Set sources;
  ImageLoader loader(*image, store, sources);
  const Module &prelude = store.module(*loader.LoadModule("prelude"));
  const syntax::Tree &tree = prelude.trees[0];
  EXPECT_EQ(tree.DocOf(tree.children(tree.root())[0]), "Where things stand.");
  const auto *nodes = reinterpret_cast<const char *>(tree.nodes().data());
  EXPECT_TRUE(nodes > bytes.data() && nodes < bytes.data() + bytes.size());
}

TEST(Image, LoadsEachModuleOnce) {
  const Library library;
  const std::string bytes = WriteImage(library.store, library.sources);
  const auto image = ReadImage(bytes);
  Store store;
  source::Set sources;
  ImageLoader loader(*image, store, sources);
  loader.LoadAll();
  EXPECT_EQ(loader.LoadModule("grid"), loader.LoadModule("grid"));
  EXPECT_EQ(store.modules.size(), 3U);
  EXPECT_FALSE(loader.LoadModule("azure").has_value());
}

TEST(Image, RefusesWhatIsNone) {
  const Library library;
  const std::string bytes = WriteImage(library.store, library.sources);
  EXPECT_FALSE(ReadImage("").has_value());
  EXPECT_FALSE(ReadImage("gromalib").has_value());
  EXPECT_FALSE(ReadImage(llvm::StringRef(bytes).drop_back(1)).has_value());
  for (size_t at = 0; at < 16; ++at) {
    std::string changed = bytes;
    changed[at] ^= 0x40;
    EXPECT_FALSE(ReadImage(changed).has_value()) << at;
  }
}

TEST(Image, IsTheSameEachTime) {
  const Library a, b;
  EXPECT_EQ(WriteImage(a.store, a.sources), WriteImage(b.store, b.sources));
}

}  // namespace
}  // namespace groma::modules
