// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "groma/diagnostics/explain.h"
#include "groma/diagnostics/pages.h"
#include "groma/pipeline/registry.h"
#include "llvm/Support/raw_ostream.h"
#include "messages.h"
#include "session.h"

namespace groma::driver {

auto RunExplain(Session &session) -> int {
  const std::string code = llvm::StringRef(session.arguments.operands.front()).upper();
  std::string product;
  if (const auto page = diagnostics::FindPage(code)) {
    llvm::raw_string_ostream out(product);
    diagnostics::PageOptions options;
    options.color = UseColor(session.arguments.color, STDOUT_FILENO);
    RenderPage(diagnostics::ParsePage(*page), options, out);
  } else if (const auto row = pipeline::FindMessage(code)) {
    product = std::string(row->code) + ": " + std::string(row->text) + "\n";
  } else {
    auto report = session.sink.Report(message::NothingToExplain, {}, code);
    // A code that is near in spelling is about something else: only what is short of `GR0` is mended.
    const std::string digits = llvm::StringRef(code).ltrim("GR0").str();
    const std::string full = "GR" + std::string(4 - std::min<size_t>(4, digits.size()), '0') + digits;
    if (pipeline::FindMessage(full)) report.Help("did you mean `" + full + "`?");
    report.Help("a code stands in brackets at the start of its message, as in `error[GR0203]`");
  }
  return session.Finish(product);
}

}  // namespace groma::driver
