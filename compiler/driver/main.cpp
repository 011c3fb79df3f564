// SPDX-License-Identifier: Apache-2.0
#include "groma/driver/run.h"
#include "llvm/ADT/SmallVector.h"

// The image of the standard library; stdlib/CMakeLists.txt makes the object that holds it.
extern "C" const char groma_library_begin[];
extern "C" const char groma_library_end[];

auto main(int argc, char **argv) -> int {
  groma::driver::InstallHandlers();
  llvm::SmallVector<llvm::StringRef, 16> words;
  for (int i = 1; i < argc; ++i) words.push_back(argv[i]);
  const auto size = static_cast<size_t>(groma_library_end - groma_library_begin);
  return groma::driver::Run(words, {groma_library_begin, size});
}
