// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <limits>
#include <map>

#include "groma/base/check.h"
#include "groma/modules/image.h"
#include "image_format.h"

namespace groma::modules {
namespace {

class Writer {
 public:
  Writer(const Store &store, const source::Set &sources) : store_(store), sources_(sources) {}

  auto Write() -> std::string {
    bytes_.resize(sizeof(ImageHeader));
    SortModules();
    std::vector<ImageModule> modules;
    for (const uint32_t module : order_) modules.push_back(WriteModule(store_.modules[module]));
    ImageHeader header = {};
    std::memcpy(header.magic, kImageMagic, sizeof kImageMagic);
    header.version = kImageVersion;
    header.byte_order = kImageByteOrder;
    header.node_size = sizeof(syntax::Node);
    header.node_kinds = kNodeKinds;
    header.module_count = static_cast<uint32_t>(modules.size());
    header.modules_at = Put<ImageModule>(modules);
    header.file_count = static_cast<uint32_t>(files_.size());
    header.files_at = Put<ImageFile>(files_);
    header.size = static_cast<uint32_t>(bytes_.size());
    std::memcpy(bytes_.data(), &header, sizeof header);
    base::Check(bytes_.size() < std::numeric_limits<uint32_t>::max(), "the image is too large");
    return std::move(bytes_);
  }

 private:
  void SortModules() {
    for (uint32_t i = 0; i < store_.modules.size(); ++i) {
      if (store_.modules[i].is_library) order_.push_back(i);
    }
    std::sort(order_.begin(), order_.end(), [&](uint32_t a, uint32_t b) {
      return store_.modules[a].path < store_.modules[b].path;
    });
    for (uint32_t i = 0; i < order_.size(); ++i) place_of_[order_[i]] = i;
  }

  template <typename T>
  auto Put(llvm::ArrayRef<T> items) -> uint32_t {
    bytes_.resize((bytes_.size() + 3) / 4 * 4);
    const auto at = static_cast<uint32_t>(bytes_.size());
    bytes_.append(reinterpret_cast<const char *>(items.data()), items.size() * sizeof(T));
    return at;
  }
  auto PutText(llvm::StringRef text) -> ImageText {
    const auto at = static_cast<uint32_t>(bytes_.size());
    bytes_ += text;
    return {at, static_cast<uint32_t>(text.size())};
  }

  // The index of the file whose offsets begin at `base`; written on first use.
  auto FileOf(uint32_t base, const syntax::Tree *tree, const Table *table) -> uint32_t {
    const auto [entry, is_new] = file_of_.try_emplace(base, static_cast<uint32_t>(files_.size()));
    if (!is_new) return entry->second;
    const source::File *file = sources_.FileAt(base);
    base::Check(file != nullptr, "a module's file is not among the sources");
    ImageFile image = {};
    image.name = PutText(file->name);
    image.text = PutText(file->text);
    if (tree != nullptr) {
      base::Check(!tree->has_errors(), "a tree with errors cannot go into an image");
      image.node_count = static_cast<uint32_t>(tree->nodes().size());
      image.nodes_at = Put(tree->nodes());
      image.child_count = static_cast<uint32_t>(tree->all_children().size());
      image.children_at = Put(tree->all_children());
      image.comment_count = static_cast<uint32_t>(tree->comments().size());
      image.comments_at = Put(tree->comments());
    }
    if (table != nullptr) {
      image.row_count = static_cast<uint32_t>(table->row_count());
      image.rows_at = Put(table->rows());
    }
    files_.push_back(image);
    return entry->second;
  }

  auto WriteModule(const Module &module) -> ImageModule {
    ImageModule image = {};
    image.path = PutText(module.path);
    std::vector<uint32_t> trees, tables;
    for (const auto &tree : module.trees) trees.push_back(FileOf(tree.base(), &tree, nullptr));
    for (const auto &table : module.tables) tables.push_back(FileOf(table.base(), nullptr, &table));
    std::vector<ImageImport> imports;
    for (const Import &import : module.imports) {
      const source::File *file = sources_.FileAt(import.span.begin);
      base::Check(file != nullptr, "an import has no place");
      const auto target = place_of_.find(static_cast<uint32_t>(import.target));
      base::Check(target != place_of_.end(), "the library imports what is not of the library");
      imports.push_back({FileOf(file->base, nullptr, nullptr), import.span.begin - file->base,
                         import.span.end - file->base, target->second, PutText(import.path)});
    }
    image.tree_count = static_cast<uint32_t>(trees.size());
    image.trees_at = Put<uint32_t>(trees);
    image.table_count = static_cast<uint32_t>(tables.size());
    image.tables_at = Put<uint32_t>(tables);
    image.import_count = static_cast<uint32_t>(imports.size());
    image.imports_at = Put<ImageImport>(imports);
    return image;
  }

  const Store &store_;
  const source::Set &sources_;
  std::string bytes_;
  std::vector<ImageFile> files_;
  // Indices of library modules in the order of their paths, and the way back.
  std::vector<uint32_t> order_;
  std::map<uint32_t, uint32_t> place_of_;
  std::map<uint32_t, uint32_t> file_of_;
};

}  // namespace

auto WriteImage(const Store &store, const source::Set &sources) -> std::string {
  return Writer(store, sources).Write();
}

}  // namespace groma::modules
