// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "groma/base/suggest.h"
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
    base::Suggestion suggestion(code);
    for (const auto &known : pipeline::AllMessages()) suggestion.Consider(known.code);
    if (const auto best = suggestion.best()) report.Help("did you mean `" + best->str() + "`?");
  }
  return session.Finish(product);
}

}  // namespace groma::driver
