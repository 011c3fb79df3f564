// SPDX-License-Identifier: Apache-2.0
#include "groma/driver/run.h"

#include "groma/base/suggest.h"
#include "messages.h"
#include "session.h"

namespace groma::driver {
namespace {

auto ReportUnknownCommand(llvm::StringRef name, Sink &sink) -> int {
  auto report = sink.Report(message::UnknownCommand, {}, name.str());
  base::Suggestion suggestion(name);
  for (const Command &command : Commands()) suggestion.Consider(command.name);
  if (const auto best = suggestion.best()) report.Help("did you mean `" + best->str() + "`?");
  report.Help("`groma --help` lists the commands");
  return FinishUsage(sink);
}

auto Print(llvm::StringRef text) -> int {
  Sink sink;
  return WriteOutput(text, sink) ? kOk : FinishUsage(sink);
}

// `groma help`, `groma help fmt`.
auto Help(llvm::ArrayRef<llvm::StringRef> words, Sink &sink) -> int {
  if (words.empty()) return Print(HelpOfGroma());
  const Command *command = FindCommand(words.front());
  return command != nullptr ? Print(HelpOf(*command)) : ReportUnknownCommand(words.front(), sink);
}

}  // namespace

auto Run(llvm::ArrayRef<llvm::StringRef> words, llvm::StringRef embedded) -> int {
  Sink sink;
  if (words.empty()) {
    WriteError(HelpOfGroma());
    return kUsage;
  }
  llvm::StringRef name = words.front();
  if (name == "--help" || name == "-h" || name == "help") return Help(words.drop_front(), sink);
  if (name == "--version") name = "version";
  const Command *command = FindCommand(name);
  if (command == nullptr) return ReportUnknownCommand(name, sink);
  auto arguments = ParseArguments(*command, words.drop_front(), sink);
  if (!arguments) return FinishUsage(sink);
  if (arguments->help) return Print(HelpOf(*command));
  Session session;
  session.arguments = std::move(*arguments);
  session.embedded = embedded;
  return command->run(session);
}

}  // namespace groma::driver
