// SPDX-License-Identifier: Apache-2.0
#include "disk.h"
#include "groma/base/suggest.h"
#include "groma/base/text.h"
#include "groma/parse/parse.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "load_files.h"
#include "loader.h"
#include "messages.h"

namespace groma::driver {

namespace path = llvm::sys::path;
using syntax::NodeId;
using syntax::NodeKind;

void Loader::FollowImports(ModuleIndex index) {
  // A deque's elements stay where they are while more modules are loaded.
  modules::Module &module = program_.store.modules[static_cast<uint32_t>(index)];
  for (const syntax::Tree &tree : module.trees) {
    for (const NodeId item : tree.children(tree.root())) {
      if (tree.kind(item) == NodeKind::Import) Follow(tree, item, module);
    }
  }
}

void Loader::Follow(const syntax::Tree &tree, NodeId import, modules::Module &module) {
  constexpr uint8_t kOfPlan = 1;
  const NodeId what = tree.child(import, 0);
  const Span span = tree.span(what);
  const bool is_facts = tree.op<uint8_t>(import) == kOfPlan;
  if (tree.kind(what) == NodeKind::String) {
    llvm::StringRef text = tree.text(what);
    const bool is_plain = tree.children(what).empty();
    if (!is_plain || !text.consume_front("\"") || !text.consume_back("\"")) {
      sink_.Report(message::BadImportPath, span, "an import is settled before any value is known");
      return;
    }
    if (is_facts) {
      FollowFacts(text, span, module);
    } else {
      FollowPath(text, span, module);
    }
    return;
  }
  if (tree.kind(what) != NodeKind::Path && tree.kind(what) != NodeKind::Name) return;
  // Blanks may stand around the dots.
  std::string dotted;
  for (const char c : tree.text(what)) {
    if (!llvm::isSpace(c)) dotted += c;
  }
  if (is_facts) {
    const bool is_module = llvm::any_of(llvm::seq<size_t>(0, library_.module_count()),
                                        [&](size_t i) { return library_.ModulePath(i) == dotted; });
    sink_.Report(message::FactsFromModule, span)
        .Help(is_module ? "the library is imported without `plan`: `import " + dotted + "`"
                        : "write `import plan \"" + tree.text(what).str() + "\"`");
    return;
  }
  FollowLibrary(dotted, span, module);
}

void Loader::FollowLibrary(llvm::StringRef dotted, Span span, modules::Module &module) {
  if (const auto found = library_loader_.LoadModule(dotted)) {
    module.imports.push_back({span, *found, dotted.str()});
    return;
  }
  auto report = sink_.Report(message::UnknownModule, span, dotted.str());
  base::Suggestion suggestion(dotted);
  std::vector<std::string> within;
  for (size_t i = 0; i < library_.module_count(); ++i) {
    const llvm::StringRef known = library_.ModulePath(i);
    suggestion.Consider(known);
    if (known.starts_with((dotted + ".").str())) within.push_back('`' + known.str() + '`');
  }
  if (!within.empty()) {
    report.Help("`" + dotted.str() + "` is a package; import " + llvm::join(within, ", "));
  } else if (const auto best = suggestion.best()) {
    report.Fix(span, "import `" + best->str() + "`", best->str(),
               diagnostics::Applicability::Unsafe);
  }
}

auto Loader::Locate(llvm::StringRef text, Span span) -> std::optional<std::string> {
  if (text.empty()) {
    sink_.Report(message::BadImportPath, span, "it is empty");
    return std::nullopt;
  }
  if (text.contains('\\')) {
    sink_.Report(message::BadImportPath, span, "folders are divided by `/`");
    return std::nullopt;
  }
  if (base::FindInvalidUtf8(text) || llvm::any_of(text, [](unsigned char c) { return c < ' '; })) {
    sink_.Report(message::BadImportPath, span, "it holds what no name of a file has");
    return std::nullopt;
  }
  if (text.starts_with("/") || path::is_absolute(text)) {
    sink_.Report(message::AbsoluteImport, span, text.str())
        .Help("write the way from this file's folder, as in `import \"../shared\"`");
    return std::nullopt;
  }
  llvm::SmallString<256> target(open_.back().folder);
  path::append(target, text);
  path::remove_dots(target, /*remove_dot_dot=*/true);
  const std::string found = target.str().rtrim('/').str();
  const auto real = RealPath(found);
  const bool is_link_out = real && !IsAllowed(*real) && IsAllowed(found);
  if (is_link_out) {
    sink_.Report(message::LinkOutside, span, text.str())
        .Note("it leads to `" + DisplayPath(*real) + "`")
        .Help("list the folder that it leads to in a file `groma.workspace` above the plan");
    return std::nullopt;
  }
  if (!IsAllowed(real.value_or(found))) {
    sink_.Report(message::ImportOutside, span, text.str())
        .Note("the plan's folder is `" + DisplayPath(roots_.front()) + "`")
        .Help("to allow it, list `" + path::filename(found).str() +
              "` in a file `groma.workspace` in `" + DisplayPath(path::parent_path(found)) + "`");
    return std::nullopt;
  }
  if (!real) {
    sink_.Report(message::ImportNotFound, span, DisplayPath(found));
    return std::nullopt;
  }
  return found;
}

auto Loader::TargetOf(const std::string &found, llvm::StringRef text, Span span)
    -> std::optional<Target> {
  Target target;
  target.key = RealPath(found).value_or(found);
  target.path = RelativePath(found, roots_.front());
  if (KindOf(found) == PathKind::Folder) {
    target.folder = target.key;
    auto names = ListFolder(target.folder, ".groma", span, sink_);
    if (!names) return std::nullopt;
    target.names = std::move(*names);
    if (!target.names.empty()) return target;
    sink_.Report(message::ImportWithoutPlans, span, DisplayPath(found));
    return std::nullopt;
  }
  if (KindOf(found) != PathKind::File || !llvm::StringRef(found).ends_with(".groma")) {
    sink_.Report(message::ImportNotGroma, span, text.str());
    return std::nullopt;
  }
  target.folder = RealPath(path::parent_path(found)).value_or("");
  target.names = {path::filename(found).str()};
  return target;
}

void Loader::FollowPath(llvm::StringRef text, Span span, modules::Module &module) {
  const auto found = Locate(text, span);
  if (!found) return;
  llvm::StringRef name = path::filename(*found);
  name.consume_back(".groma");
  if (!IsName(name)) {
    sink_.Report(message::ImportNameless, span, text.str(), name.str())
        .Help("rename it, with letters, digits and `_` only");
    return;
  }
  const auto target = TargetOf(*found, text, span);
  if (!target) return;
  const Open &here = open_.back();
  const bool is_own = target->names.size() == 1 && target->key != target->folder && !here.is_file &&
                      target->folder == here.folder;
  if (is_own) {
    sink_.Report(message::ImportOfOwnFile, span, text.str())
        .Note("all files of a folder are one scope");
    return;
  }
  if (ReportCycle(target->key, span)) return;
  const auto known = loaded_.find(target->key);
  const auto index = known != loaded_.end() ? std::optional(known->second) : Load(*target, span);
  if (index) module.imports.push_back({span, *index, name.str()});
}

auto Loader::NameOf(const Open &open) const -> std::string {
  const std::string &path = program_.store.module(open.module).path;
  return path.empty() || path == "." ? path::filename(open.key).str() : path;
}

auto Loader::ReportCycle(llvm::StringRef key, Span span) -> bool {
  const auto first = llvm::find_if(open_, [&](const Open &open) { return open.key == key; });
  if (first == open_.end()) return false;
  std::string circle;
  for (auto open = first; open != open_.end(); ++open) circle += NameOf(*open) + " -> ";
  circle += NameOf(*first);
  auto report = sink_.Report(message::ImportCycle, span, circle);
  report.Here("here it closes");
  for (auto open = first + 1; open < open_.end(); ++open) {
    report.Label(open->import, "`" + NameOf(open[-1]) + "` imports `" + NameOf(*open) + "`");
  }
  report.Help("move what both need into a module that imports neither");
  return true;
}

void Loader::FollowFacts(llvm::StringRef text, Span span, modules::Module &module) {
  const auto found = Locate(text, span);
  if (!found) return;
  const llvm::StringRef name = path::filename(*found);
  if (!IsName(name)) {
    sink_.Report(message::ImportNameless, span, text.str(), name.str());
    return;
  }
  std::string file = *found + "/plan.json";
  if (KindOf(file) == PathKind::Missing) file = *found + "/out/plan.json";
  if (KindOf(file) == PathKind::Missing) {
    sink_.Report(message::FactsNotFound, span, text.str())
        .Note("it was looked for there and in `out`")
        .Help("compile that plan first, or write its facts by hand: docs/plan-json.md");
    return;
  }
  if (!MayRead(file, span)) return;
  const std::string key = RealPath(file).value_or(file);
  const auto known = loaded_.find(key);
  if (known != loaded_.end()) {
    module.imports.push_back({span, known->second, name.str()});
    return;
  }
  const std::string display = DisplayPath(file);
  const auto json = ReadFile(file, display, span, sink_);
  if (!json) return;
  auto declarations = FactsToText(*json, display, span, sink_);
  if (!declarations) return;
  if (!program_.sources.Fits(declarations->size())) {
    sink_.Report(message::TooMuchText, span, display);
    return;
  }
  program_.generated.push_back(std::move(*declarations));
  // Not the user's to edit, like the library: fixes would be made in text that is not there.
  const auto id = program_.sources.AddBorrowed(display, program_.generated.back(), true);
  const auto index = static_cast<ModuleIndex>(program_.store.modules.size());
  modules::Module &facts = program_.store.modules.emplace_back();
  facts.path = RelativePath(*found, roots_.front());
  facts.is_facts = true;
  facts.trees.push_back(parse::Parse(program_.sources.file(id), sink_));
  loaded_[key] = index;
  module.imports.push_back({span, index, name.str()});
}

}  // namespace groma::driver
