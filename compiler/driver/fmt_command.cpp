// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "disk.h"
#include "groma/base/check.h"
#include "groma/format/format.h"
#include "groma/parse/parse.h"
#include "llvm/Support/FileSystem.h"
#include "messages.h"
#include "session.h"

namespace groma::driver {
namespace {

// All plans in a folder and below it. Links to folders are not followed: they may go round.
void Gather(const std::string &folder, std::set<std::string> &files, Sink &sink) {
  const auto names = ListFolder(folder, "", {}, sink);
  if (!names) return;
  for (const std::string &name : *names) {
    const std::string path = folder == "." ? name : folder + "/" + name;
    const PathKind kind = KindOf(path);
    if (kind == PathKind::File && llvm::StringRef(name).ends_with(".groma")) files.insert(path);
    if (kind == PathKind::Folder && !llvm::sys::fs::is_symlink_file(path)) {
      Gather(path, files, sink);
    }
  }
}

auto FilesOf(const std::vector<std::string> &operands, Sink &sink) -> std::set<std::string> {
  std::set<std::string> files;
  for (const std::string &operand : operands) {
    switch (KindOf(operand)) {
      case PathKind::Missing:
        sink.Report(message::NotFound, {}, operand);
        break;
      case PathKind::Other:
        sink.Report(message::NotAFile, {}, operand, "a device");
        break;
      case PathKind::Folder:
        Gather(llvm::StringRef(operand).rtrim('/').empty()
                   ? operand
                   : llvm::StringRef(operand).rtrim('/').str(),
               files, sink);
        break;
      case PathKind::File:
        if (llvm::StringRef(operand).ends_with(".groma")) {
          files.insert(operand);
        } else {
          sink.Report(message::NotAGromaFile, {}, operand);
        }
        break;
    }
  }
  return files;
}

// Nothing if the text has errors, which were reported.
auto Formatted(Session &session, const std::string &name, std::string text)
    -> std::optional<std::string> {
  source::Set &sources = session.program.sources;
  if (!sources.Fits(text.size())) {
    session.sink.Report(message::TooMuchText, {}, name);
    return std::nullopt;
  }
  const source::File &file = sources.file(sources.Add(name, std::move(text)));
  Sink syntax;
  const syntax::Tree tree = parse::Parse(file, syntax);
  if (syntax.has_errors() || tree.has_errors()) {
    // Again into the sink that is shown.
    parse::Parse(file, session.sink);
    return std::nullopt;
  }
  std::string result = format::Format(tree);
  if (result == file.text) return result;
  source::Set again;
  const auto &changed = again.file(again.Add(name, result));
  base::Check(syntax::SameMeaning(tree, parse::Parse(changed, syntax)),
              "formatting would change what a plan says");
  return result;
}

auto FormatInput(Session &session) -> int {
  auto text = ReadStandardInput(session.sink);
  if (!text) return session.Finish("");
  const std::string before = *text;
  const auto after = Formatted(session, "<standard input>", std::move(*text));
  if (!after) return session.Finish("");
  if (!session.arguments.check) return session.Finish(*after);
  const int code = session.Finish("");
  return code == kOk && before != *after ? kNotFormatted : code;
}

}  // namespace

auto RunFmt(Session &session) -> int {
  std::vector<std::string> operands = session.arguments.operands;
  if (operands.empty()) operands = {"."};
  if (operands == std::vector<std::string>{"-"}) return FormatInput(session);
  std::string changed;
  for (const std::string &path : FilesOf(operands, session.sink)) {
    auto text = ReadFile(path, path, {}, session.sink);
    if (!text) continue;
    const std::string before = *text;
    const auto after = Formatted(session, path, std::move(*text));
    if (!after || before == *after) continue;
    if (session.arguments.check || WriteFile(path, *after, session.sink)) changed += path + "\n";
  }
  const bool is_listed = session.arguments.check || !session.quiet();
  const int code = session.Finish(is_listed ? changed : "");
  return code == kOk && session.arguments.check && !changed.empty() ? kNotFormatted : code;
}

}  // namespace groma::driver
