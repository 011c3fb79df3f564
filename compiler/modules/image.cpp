// SPDX-License-Identifier: Apache-2.0
#include "groma/modules/image.h"

#include <algorithm>
#include <cstring>

#include "image_format.h"

namespace groma::modules {
namespace {

auto HeaderOf(llvm::StringRef bytes) -> const ImageHeader & {
  return *reinterpret_cast<const ImageHeader *>(bytes.data());
}

auto FileName(llvm::StringRef path) -> llvm::StringRef { return path.substr(path.rfind('/') + 1); }

}  // namespace

auto ReadImage(llvm::StringRef bytes) -> std::optional<Image> {
  if (bytes.size() < sizeof(ImageHeader)) return std::nullopt;
  if (reinterpret_cast<uintptr_t>(bytes.data()) % alignof(uint32_t) != 0) return std::nullopt;
  const ImageHeader &header = HeaderOf(bytes);
  if (std::memcmp(header.magic, kImageMagic, sizeof kImageMagic) != 0) return std::nullopt;
  if (header.version != kImageVersion || header.byte_order != kImageByteOrder) return std::nullopt;
  if (header.node_size != sizeof(syntax::Node) || header.node_kinds != kNodeKinds) {
    return std::nullopt;
  }
  if (header.size > bytes.size()) return std::nullopt;
  return Image(bytes.take_front(header.size));
}

auto Image::Modules() const -> llvm::ArrayRef<ImageModule> {
  const ImageHeader &header = HeaderOf(bytes_);
  return Array<ImageModule>(header.modules_at, header.module_count);
}

auto Image::Files() const -> llvm::ArrayRef<ImageFile> {
  const ImageHeader &header = HeaderOf(bytes_);
  return Array<ImageFile>(header.files_at, header.file_count);
}

auto Image::Text(const ImageText &text) const -> llvm::StringRef {
  return bytes_.substr(text.at, text.size);
}

auto Image::module_count() const -> size_t { return Modules().size(); }

auto Image::ModulePath(size_t module) const -> llvm::StringRef {
  return Text(Modules()[module].path);
}

auto Image::Find(llvm::StringRef path) const -> std::optional<size_t> {
  const auto modules = Modules();
  const auto *found = std::lower_bound(
      modules.begin(), modules.end(), path,
      [&](const ImageModule &module, llvm::StringRef p) { return Text(module.path) < p; });
  if (found == modules.end() || Text(found->path) != path) return std::nullopt;
  return static_cast<size_t>(found - modules.begin());
}

auto ImageLoader::LoadModule(llvm::StringRef path) -> std::optional<ModuleIndex> {
  const auto module = image_.Find(path);
  if (!module) return std::nullopt;
  return Load(*module);
}

void ImageLoader::LoadAll() {
  for (size_t i = 0; i < image_.module_count(); ++i) Load(i);
}

auto ImageLoader::Base(uint32_t file) -> uint32_t {
  if (bases_.empty()) bases_.resize(image_.Files().size());
  if (bases_[file] == 0) {
    const ImageFile &f = image_.Files()[file];
    const auto id =
        sources_.AddBorrowed(image_.Text(f.name).str(), image_.Text(f.text), /*is_library=*/true);
    bases_[file] = sources_.file(id).base;
  }
  return bases_[file];
}

auto ImageLoader::Load(size_t module) -> ModuleIndex {
  if (modules_.empty()) modules_.resize(image_.module_count());
  if (modules_[module] != 0) return static_cast<ModuleIndex>(modules_[module] - 1);
  const auto index = static_cast<uint32_t>(store_.modules.size());
  modules_[module] = index + 1;
  store_.modules.emplace_back();
  Module &loaded = store_.modules.back();  // a deque's elements stay where they are

  const ImageModule &m = image_.Modules()[module];
  loaded.path = image_.Text(m.path).str();
  loaded.is_library = true;
  for (const uint32_t file : image_.Array<uint32_t>(m.trees_at, m.tree_count)) {
    const ImageFile &f = image_.Files()[file];
    loaded.trees.emplace_back(image_.Text(f.text),
                              image_.Array<syntax::Node>(f.nodes_at, f.node_count),
                              image_.Array<syntax::NodeId>(f.children_at, f.child_count),
                              image_.Array<syntax::Comment>(f.comments_at, f.comment_count));
    loaded.trees.back().set_base(Base(file));
  }
  for (const uint32_t file : image_.Array<uint32_t>(m.tables_at, m.table_count)) {
    const ImageFile &f = image_.Files()[file];
    loaded.tables.emplace_back(FileName(image_.Text(f.name)).str(), image_.Text(f.text), Base(file),
                               image_.Array<uint32_t>(f.rows_at, f.row_count));
  }
  for (const auto &import : image_.Array<ImageImport>(m.imports_at, m.import_count)) {
    const uint32_t base = Base(import.file);
    loaded.imports.push_back({{base + import.begin, base + import.end},
                              Load(import.target),
                              image_.Text(import.path).str()});
  }
  return static_cast<ModuleIndex>(index);
}

}  // namespace groma::modules
