// SPDX-License-Identifier: Apache-2.0
// Ends a session: the product to the standard output, what is to be said to where it belongs.
#include <unistd.h>

#include <cstdlib>

#include "disk.h"
#include "groma/diagnostics/render_github.h"
#include "groma/diagnostics/render_json.h"
#include "groma/diagnostics/render_junit.h"
#include "groma/diagnostics/render_sarif.h"
#include "groma/diagnostics/render_text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"
#include "messages.h"
#include "session.h"

namespace groma::driver {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Severity;

// Codes of the command line and of the world.
auto IsUsage(const Diagnostic &diagnostic) -> bool {
  return diagnostic.row.code.starts_with("GR09");
}

// What `evaluate` says of a policy that does not hold.
auto IsPolicy(const Diagnostic &diagnostic) -> bool {
  return diagnostic.row.name == "PolicyViolated";
}

// What the solver's verdicts mean to a caller; 0 for what is any other error.
auto CodeOf(const Diagnostic &diagnostic) -> int {
  const llvm::StringRef name = diagnostic.row.name;
  if (IsPolicy(diagnostic)) return kPolicyViolated;
  if (name == "Contradiction" || name == "NoPlace" || name == "NoRoute" ||
      name == "SharedTooLittle" || name == "TooLate" || name == "WindowClosed")
    return kInfeasible;
  if (name == "OverBudget") return kOverBudget;
  if (name == "TestFailed") return kTestFailed;
  return name == "OutOfEffort" ? kUndecided : 0;
}

// A wrong plan says more than one that cannot be built, and that more than one that nobody decided.
auto ExitCode(llvm::ArrayRef<Diagnostic> diagnostics) -> int {
  int code = kOk;
  for (const Diagnostic &diagnostic : diagnostics) {
    if (diagnostic.row.severity != Severity::Error) continue;
    if (IsUsage(diagnostic)) return kUsage;
    const int own = CodeOf(diagnostic);
    if (own == 0) code = kPlanHasErrors;
    if (code == kPlanHasErrors) continue;
    code = code == kOk ? own : std::min(code, own);
  }
  return code;
}

// More than this nobody reads on a terminal, and each costs an excerpt.
constexpr size_t kMostShown = 200;

auto Render(const Session &session, llvm::ArrayRef<Diagnostic> diagnostics) -> std::string {
  std::string text;
  llvm::raw_string_ostream out(text);
  const source::Set &sources = session.program.sources;
  const std::string &format = session.arguments.format;
  if (format == "json") {
    RenderJson(sources, diagnostics, out);
  } else if (format == "sarif") {
    diagnostics::SarifOptions options;
    options.version = Version().str();
    RenderSarif(sources, diagnostics, options, out);
  } else if (format == "github") {
    RenderGithub(sources, diagnostics, out);
  } else if (format == "junit") {
    RenderJunit(sources, diagnostics, out);
  } else {
    diagnostics::TextOptions options;
    options.color = UseColor(session.arguments.color, STDERR_FILENO);
    RenderText(sources, diagnostics.take_front(kMostShown), options, out);
    if (diagnostics.size() > kMostShown) {
      out << "... and " << diagnostics.size() - kMostShown
          << " more messages; `--format json` has them all\n";
    }
    const std::string summary = diagnostics::Summary(diagnostics);
    if (!summary.empty() && !session.quiet()) out << summary << '\n';
  }
  return text;
}

}  // namespace

auto UseColor(llvm::StringRef color, int descriptor) -> bool {
  if (color != "auto") return color == "always";
  const char *no_color = std::getenv("NO_COLOR");
  const char *terminal = std::getenv("TERM");
  if (no_color != nullptr && *no_color != '\0') return false;
  if (terminal == nullptr || llvm::StringRef(terminal) == "dumb") return false;
  return isatty(descriptor) != 0;
}

auto WriteOutput(llvm::StringRef text, Sink &sink) -> bool {
  const auto failure = WriteDescriptor(STDOUT_FILENO, text);
  if (failure) sink.Report(message::CannotWrite, {}, "standard output", *failure);
  return !failure;
}

// There is nowhere to say that this fails.
void WriteError(llvm::StringRef text) { (void)WriteDescriptor(STDERR_FILENO, text); }

auto Session::Finish(llvm::StringRef product, bool report_is_product) -> int {
  progress_.reset();
  sink.Sort();
  std::vector<Diagnostic> shown = sink.diagnostics();
  if (quiet()) {
    llvm::erase_if(shown, [](const Diagnostic &d) { return d.row.severity != Severity::Error; });
  }
  int code = ExitCode(shown);
  std::string report = Render(*this, shown);
  Sink late;
  bool is_written = WriteOutput(product, late);
  if (report_is_product && arguments.format != "text") {
    is_written = is_written && WriteOutput(report, late);
  } else {
    WriteError(report);
  }
  return is_written ? code : FinishUsage(late);
}

auto FinishUsage(Sink &sink) -> int {
  std::string text;
  llvm::raw_string_ostream out(text);
  diagnostics::TextOptions options;
  options.color = UseColor("auto", STDERR_FILENO);
  RenderText({}, sink.diagnostics(), options, out);
  WriteError(text);
  return kUsage;
}

}  // namespace groma::driver
