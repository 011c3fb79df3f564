// SPDX-License-Identifier: Apache-2.0
// `groma.workspace` lists the folders whose plans may import each other: one relative folder a
// line,
// `//` begins a comment.
#include "disk.h"
#include "groma/base/text.h"
#include "llvm/Support/Path.h"
#include "load_files.h"
#include "messages.h"

namespace groma::driver {
namespace {

constexpr llvm::StringLiteral kWorkspace = "groma.workspace";

void ReadEntry(llvm::StringRef entry, diagnostics::Span span, llvm::StringRef folder,
               std::vector<std::string> &roots, Sink &sink) {
  if (entry.starts_with("/") || llvm::sys::path::is_absolute(entry)) {
    sink.Report(message::WorkspaceEntry, span, entry.str(), "absolute");
    return;
  }
  if (entry.find_first_of("\\\"") != llvm::StringRef::npos || base::FindInvalidUtf8(entry)) {
    sink.Report(message::WorkspaceEntry, span, entry.str(), "no path")
        .Help("write the folder without quotes and with `/`");
    return;
  }
  const std::string path = (folder + "/" + entry).str();
  const auto real = RealPath(path);
  if (!real || KindOf(*real) != PathKind::Folder) {
    sink.Report(message::WorkspaceFolder, span, DisplayPath(folder) + "/" + entry.str());
    return;
  }
  roots.push_back(*real);
}

}  // namespace

auto WorkspaceRoots(llvm::StringRef folder, source::Set &sources, Sink &sink)
    -> std::vector<std::string> {
  std::vector<std::string> roots;
  while (KindOf((folder + "/" + kWorkspace).str()) == PathKind::Missing) {
    const llvm::StringRef above = llvm::sys::path::parent_path(folder);
    if (above.empty() || above == folder) return roots;
    folder = above;
  }
  const std::string path = (folder + "/" + kWorkspace).str();
  const std::string name = DisplayPath(path);
  auto text = ReadFile(path, name, {}, sink);
  if (!text) return roots;
  if (!sources.Fits(text->size())) {
    sink.Report(message::TooMuchText, {}, name);
    return roots;
  }
  const source::File &file = sources.file(sources.Add(name, std::move(*text)));
  for (llvm::StringRef rest = file.text; !rest.empty();) {
    auto [line, after] = rest.split('\n');
    rest = after;
    const llvm::StringRef entry = line.split("//").first.trim();
    if (entry.empty()) continue;
    const auto begin = file.base + static_cast<uint32_t>(entry.begin() - file.text.begin());
    ReadEntry(entry, {begin, begin + static_cast<uint32_t>(entry.size())}, folder, roots, sink);
  }
  return roots;
}

}  // namespace groma::driver
