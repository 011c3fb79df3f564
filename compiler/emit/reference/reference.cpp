// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/reference/reference.h"

#include <algorithm>

#include "sections.h"

namespace groma::emit::reference {
namespace {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::Tree;

// Library modules in the order of their paths, the prelude first.
auto Sorted(const modules::Store &store, bool library) -> std::vector<const modules::Module *> {
  std::vector<const modules::Module *> sorted;
  for (const modules::Module &module : store.modules) {
    if (module.is_library == library && !module.is_facts) sorted.push_back(&module);
  }
  std::sort(sorted.begin(), sorted.end(), [](const auto *a, const auto *b) {
    return std::make_pair(a->path != "prelude", a->path) <
           std::make_pair(b->path != "prelude", b->path);
  });
  return sorted;
}

auto IsWanted(llvm::StringRef declared, const Options &options) -> bool {
  llvm::StringRef rest = declared;
  return options.name.empty() || declared == options.name ||
         (rest.consume_front(options.name) && rest.starts_with("."));
}

auto TreeSections(const modules::Module &module, const Tree &tree, const Options &options,
                  bool whole) -> std::string {
  std::string out;
  for (const NodeId item : tree.children(tree.root())) {
    const llvm::StringRef name = DeclaredName(tree, item);
    if (name.empty() || name.starts_with("_")) continue;
    if (!whole && !IsWanted(name, options)) continue;
    out += Section(module, tree, item);
  }
  return out;
}

}  // namespace

auto Write(const modules::Store &store, const source::Set &sources, const Options &options)
    -> std::string {
  std::string out;
  for (const modules::Module *module : Sorted(store, options.library)) {
    const bool whole = options.name.empty() || module->path == options.name;
    std::string sections;
    for (const Tree &tree : module->trees) {
      const std::string of_tree = TreeSections(*module, tree, options, whole);
      const source::File *file = sources.FileAt(tree.base());
      if (of_tree.empty()) continue;
      const std::string about = whole ? FileComment(tree) : "";
      if (module->trees.size() > 1 && whole) {
        sections += "## " + (file == nullptr ? std::string("?") : file->name) + "\n\n";
      }
      sections += (about.empty() ? "" : about + "\n\n") + of_tree;
    }
    if (sections.empty()) continue;
    const std::string title = module->path.empty() ? "This plan" : "Module `" + module->path + "`";
    if (whole) out += "# " + title + "\n\n";
    out += sections;
  }
  return out;
}

auto Names(const modules::Store &store) -> std::vector<std::string> {
  std::vector<std::string> names;
  for (const modules::Module &module : store.modules) {
    names.push_back(module.path);
    for (const Tree &tree : module.trees) {
      for (const NodeId item : tree.children(tree.root())) {
        names.push_back(DeclaredName(tree, item).str());
      }
    }
  }
  return names;
}

}  // namespace groma::emit::reference
