// SPDX-License-Identifier: Apache-2.0
// The image is the standard library as bytes: texts, trees and the order of table rows, laid out so
// that a process uses them where they lie.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "groma/modules/module.h"
#include "groma/source/set.h"

namespace groma::modules {

struct ImageModule;
struct ImageFile;
struct ImageImport;
struct ImageText;

// Writes every library module of `store`. Their trees must be free of errors.
auto WriteImage(const Store &store, const source::Set &sources) -> std::string;

// A view of an image, which must outlive it and whatever was loaded from it.
class Image {
 public:
  auto module_count() const -> size_t;
  // In the order of their names.
  auto ModulePath(size_t module) const -> llvm::StringRef;
  auto Find(llvm::StringRef path) const -> std::optional<size_t>;

  auto Text(const ImageText &text) const -> llvm::StringRef;
  template <typename T>
  auto Array(uint32_t at, uint32_t count) const -> llvm::ArrayRef<T> {
    return {reinterpret_cast<const T *>(bytes_.data() + at), count};
  }
  auto Modules() const -> llvm::ArrayRef<ImageModule>;
  auto Files() const -> llvm::ArrayRef<ImageFile>;

 private:
  friend auto ReadImage(llvm::StringRef bytes) -> std::optional<Image>;
  explicit Image(llvm::StringRef bytes) : bytes_(bytes) {}

  llvm::StringRef bytes_;
};

// Looks at the header only. Nothing if the bytes are no image, are cut off or misaligned, or were
// written by another version or for a machine of another byte order.
auto ReadImage(llvm::StringRef bytes) -> std::optional<Image>;

// Loads modules of an image into a store, each once, with what they import.
class ImageLoader {
 public:
  ImageLoader(const Image &image, Store &store, source::Set &sources)
      : image_(image), store_(store), sources_(sources) {}

  // Nothing if there is no such module.
  auto LoadModule(llvm::StringRef path) -> std::optional<ModuleIndex>;
  void LoadAll();

 private:
  auto Load(size_t module) -> ModuleIndex;
  // The base of a file's offsets; added to the sources on first use.
  auto Base(uint32_t file) -> uint32_t;

  const Image &image_;
  Store &store_;
  source::Set &sources_;
  // One more than the index, 0 for what was not loaded yet.
  std::vector<uint32_t> modules_;
  std::vector<uint32_t> bases_;
};

}  // namespace groma::modules
