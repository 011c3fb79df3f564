// SPDX-License-Identifier: Apache-2.0
// groma_stage0 STDLIB IMAGE: checks the standard library and writes its image.
#include <unistd.h>

#include <utility>

#include "groma/base/check.h"
#include "groma/diagnostics/render_text.h"
#include "groma/driver/disk.h"
#include "groma/driver/load.h"
#include "groma/driver/run.h"
#include "groma/pipeline/compile.h"
#include "llvm/Support/raw_ostream.h"

namespace {

using groma::diagnostics::Sink;

// Checks what was written, and not what was read, so that the way back is tried as well.
void CheckLibrary(llvm::StringRef bytes, groma::source::Set &sources, Sink &sink) {
  const auto image = groma::modules::ReadImage(bytes);
  groma::base::Check(image.has_value(), "the image that was just written cannot be read");
  groma::modules::Store store;
  store.modules.emplace_back();  // a plan without files
  groma::modules::ImageLoader loader(*image, store, sources);
  loader.LoadAll();
  store.prelude = *loader.LoadModule("prelude");
  groma::pipeline::Options options;
  options.check.whole_library = true;
  (void)groma::pipeline::CheckPlan(store, std::move(options), sink);
}

auto Show(const groma::source::Set &sources, Sink &sink) -> bool {
  sink.Sort();
  std::string text;
  llvm::raw_string_ostream out(text);
  groma::diagnostics::TextOptions options;
  groma::diagnostics::RenderText(sources, sink.diagnostics(), options, out);
  out << groma::diagnostics::Summary(sink.diagnostics()) << '\n';
  if (!sink.diagnostics().empty()) {
    (void)groma::driver::WriteDescriptor(STDERR_FILENO, text);
  }
  return !sink.has_errors();
}

}  // namespace

auto main(int argc, char **argv) -> int {
  groma::driver::InstallHandlers();
  groma::base::Check(argc == 3, "usage: groma_stage0 STDLIB IMAGE");
  Sink sink;
  groma::source::Set read;
  const auto bytes = groma::driver::BuildLibrary(argv[1], read, sink);
  if (!Show(read, sink) || !bytes) return 1;
  groma::source::Set loaded;
  Sink found;
  CheckLibrary(*bytes, loaded, found);
  if (!Show(loaded, found)) return 1;
  Sink written;
  groma::driver::WriteFile(argv[2], *bytes, written);
  return Show(loaded, written) ? 0 : 1;
}
