// SPDX-License-Identifier: Apache-2.0
// Formatting keeps the meaning and all comments, and formatting again changes nothing.
#include <cstdlib>

#include "groma/format/format.h"
#include "groma/parse/parse.h"

extern "C" auto LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) -> int {
  groma::source::Set files;
  groma::diagnostics::Sink sink;
  const auto id = files.Add("fuzz.groma", {reinterpret_cast<const char *>(data), size});
  const auto before = groma::parse::Parse(files.file(id), sink);
  if (before.has_errors()) return 0;
  const std::string once = groma::format::Format(before);
  const auto again = files.Add("again.groma", once);
  const auto after = groma::parse::Parse(files.file(again), sink);
  if (after.has_errors() || !groma::syntax::SameMeaning(before, after)) std::abort();
  if (before.comments().size() != after.comments().size()) std::abort();
  if (groma::format::Format(after) != once) std::abort();
  return 0;
}
