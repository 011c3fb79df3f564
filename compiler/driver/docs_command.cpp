// SPDX-License-Identifier: Apache-2.0
#include "disk.h"
#include "groma/base/suggest.h"
#include "groma/driver/language_text.h"
#include "groma/emit/reference/reference.h"
#include "messages.h"
#include "session.h"

namespace groma::driver {
namespace {

namespace reference = emit::reference;

// Whether a folder holds a plan; docs of the library need none.
auto HoldsPlan(llvm::StringRef folder) -> bool {
  Sink ignored;
  const auto names = ListFolder(folder.str(), ".groma", {}, ignored);
  return names && !names->empty();
}

}  // namespace

auto RunDocs(Session &session) -> int {
  const std::string name = session.operand(0, "");
  if (name == "language") return session.Finish(LanguageText());

  const std::string folder = session.operand(1, ".");
  std::string out;
  std::vector<std::string> names = {"language"};
  if (session.arguments.operands.size() > 1 || HoldsPlan(folder)) {
    if (!session.LoadPlan(folder)) return session.Finish("");
    out += reference::Write(session.program.store, session.program.sources, {name, false});
    names = reference::Names(session.program.store);
  } else if (!session.OpenLibrary()) {
    return session.Finish("");
  }
  Program library;
  modules::ImageLoader loader(session.library(), library.store, library.sources);
  loader.LoadAll();
  out += reference::Write(library.store, library.sources, {name, true});
  if (!out.empty()) {
    if (name.empty()) out = LanguageText().str() + "\n" + out;
    return session.Finish(out);
  }
  for (std::string &known : reference::Names(library.store)) names.push_back(std::move(known));
  base::Suggestion suggestion(name);
  for (const std::string &known : names) suggestion.Consider(known);
  auto report = session.sink.Report(message::NothingOfThatName, {}, name);
  if (const auto best = suggestion.best()) report.Help("did you mean `" + best->str() + "`?");
  return session.Finish("");
}

}  // namespace groma::driver
