// SPDX-License-Identifier: Apache-2.0
// Feeds files to a fuzz target without libFuzzer: replay PATH... with files, or folders of them.
#include <cstdint>
#include <string>
#include <vector>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

extern "C" auto LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) -> int;

namespace {

auto FilesBelow(const std::string &path) -> std::vector<std::string> {
  if (!llvm::sys::fs::is_directory(path)) return {path};
  std::vector<std::string> out;
  std::error_code error;
  for (llvm::sys::fs::recursive_directory_iterator at(path, error), end; at != end && !error;
       at.increment(error)) {
    if (llvm::sys::fs::is_regular_file(at->path())) out.push_back(at->path());
  }
  return out;
}

}  // namespace

auto main(int argc, char **argv) -> int {
  size_t count = 0;
  for (int i = 1; i < argc; ++i) {
    for (const std::string &path : FilesBelow(argv[i])) {
      auto buffer = llvm::MemoryBuffer::getFile(path);
      if (!buffer) continue;
      // Said before, so that a crash names its file.
      llvm::errs() << path << "\n";
      const llvm::StringRef text = (*buffer)->getBuffer();
      LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(text.data()), text.size());
      ++count;
    }
  }
  llvm::outs() << count << " files\n";
  return count == 0 ? 1 : 0;
}
