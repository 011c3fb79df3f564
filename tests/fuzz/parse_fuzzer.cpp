// SPDX-License-Identifier: Apache-2.0
// Parsing any bytes comes to an end, with a reason for every tree that is not whole.
#include <cstdlib>

#include "groma/parse/parse.h"

extern "C" auto LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) -> int {
  groma::source::Set files;
  const auto id = files.Add("fuzz.groma", {reinterpret_cast<const char *>(data), size});
  groma::diagnostics::Sink sink;
  const auto tree = groma::parse::Parse(files.file(id), sink);
  if (tree.has_errors() != (sink.error_count() > 0)) std::abort();
  return 0;
}
