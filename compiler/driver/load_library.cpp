// SPDX-License-Identifier: Apache-2.0
// The slow path to the standard library: its sources, read and parsed as they lie on disk. A file
// is a module named by its path; only the files of `prelude` are one together.
#include <map>

#include "disk.h"
#include "groma/modules/image.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "load_files.h"
#include "messages.h"

namespace groma::driver {
namespace {

namespace path = llvm::sys::path;
using modules::ModuleIndex;
using syntax::NodeKind;

class LibraryReader {
 public:
  LibraryReader(const std::string &root, source::Set &sources, Sink &sink)
      : root_(root), sources_(sources), sink_(sink) {}

  auto Read() -> std::optional<std::string> {
    if (KindOf(root_ + "/prelude") != PathKind::Folder) {
      sink_.Report(message::NoLibrary, {}, DisplayPath(root_));
      return std::nullopt;
    }
    ReadFolder("");
    for (uint32_t i = 0; i < store_.modules.size(); ++i) Link(store_.modules[i]);
    for (uint32_t i = 0; i < store_.modules.size(); ++i) FindCycle(i);
    if (sink_.has_errors()) return std::nullopt;
    return modules::WriteImage(store_, sources_);
  }

 private:
  // `folder` is relative to the root, with a slash at its end.
  void ReadFolder(const std::string &folder) {
    const auto names = ListFolder(root_ + "/" + folder, "", {}, sink_);
    if (!names) return;
    for (const std::string &name : *names) {
      llvm::StringRef stem = name;
      const bool is_groma = stem.consume_back(".groma");
      const bool is_folder = KindOf(root_ + "/" + folder + name) == PathKind::Folder;
      if (!is_groma && !is_folder) continue;
      if (!IsName(stem)) {
        sink_.Report(message::BadLibraryName, {}, "stdlib/" + folder + name);
      } else if (is_folder && !is_groma) {
        ReadFolder(folder + name + "/");
      } else {
        ReadFile(folder, name, stem);
      }
    }
    for (const auto &[path, index] : modules_) {
      auto &module = store_.modules[index];
      if (folder_of_[index] == folder) ReadTables(folder, module);
    }
  }

  void ReadFile(const std::string &folder, const std::string &name, llvm::StringRef stem) {
    std::string path = folder + stem.str();
    for (char &c : path) c = c == '/' ? '.' : c;
    if (folder == "prelude/") path = "prelude";
    const auto [entry, is_new] =
        modules_.try_emplace(path, static_cast<uint32_t>(store_.modules.size()));
    if (is_new) {
      auto &module = store_.modules.emplace_back();
      module.path = path;
      module.is_library = true;
      folder_of_.push_back(folder);
    }
    auto tree =
        LoadTree(root_ + "/" + folder + name, "stdlib/" + folder + name, {}, sources_, sink_);
    if (tree) store_.modules[entry->second].trees.push_back(std::move(*tree));
  }

  // Modules of one folder may name the same table; it is read once.
  void ReadTables(const std::string &folder, modules::Module &module) {
    for (const std::string &name : NamedTables(module.trees)) {
      const std::string file = folder + name;
      if (KindOf(root_ + "/" + file) == PathKind::Missing) continue;
      const auto known = tables_.find(file);
      if (known != tables_.end()) {
        const modules::Table &table = *known->second;
        module.tables.emplace_back(name, table.text(), table.base(), table.rows());
        continue;
      }
      auto table = LoadTable(root_ + "/" + file, "stdlib/" + file, sources_, sink_);
      if (!table) continue;
      const auto &kept = kept_.emplace_back(std::move(*table));
      tables_[file] = &kept;
      module.tables.emplace_back(name, kept.text(), kept.base(), kept.rows());
    }
  }

  void Link(modules::Module &module) {
    for (const syntax::Tree &tree : module.trees) {
      for (const syntax::NodeId item : tree.children(tree.root())) {
        if (tree.kind(item) != NodeKind::Import) continue;
        const syntax::NodeId what = tree.child(item, 0);
        const source::Span span = tree.span(what);
        if (tree.kind(what) == NodeKind::String || tree.op<uint8_t>(item) != 0) {
          sink_.Report(message::LibraryImportsFile, span);
          continue;
        }
        const auto found = modules_.find(tree.text(what).str());
        if (found == modules_.end()) {
          sink_.Report(message::UnknownModule, span, tree.text(what).str());
          continue;
        }
        module.imports.push_back({span, static_cast<ModuleIndex>(found->second), found->first});
      }
    }
  }

  // Depth first; a module is left when all that it imports was seen.
  void FindCycle(uint32_t index) {
    seen_.resize(store_.modules.size());
    if (seen_[index] == Seen::Left) return;
    seen_[index] = Seen::Entered;
    way_.push_back(index);
    for (const modules::Import &import : store_.modules[index].imports) {
      const auto target = static_cast<uint32_t>(import.target);
      if (seen_[target] == Seen::Entered) {
        std::string circle;
        size_t first = 0;
        while (way_[first] != target) ++first;
        for (size_t i = first; i < way_.size(); ++i) {
          circle += store_.modules[way_[i]].path + " -> ";
        }
        sink_.Report(message::ImportCycle, import.span, circle + import.path);
      } else {
        FindCycle(target);
      }
    }
    way_.pop_back();
    seen_[index] = Seen::Left;
  }

  enum class Seen : uint8_t { Not, Entered, Left };

  std::string root_;
  source::Set &sources_;
  Sink &sink_;
  modules::Store store_;
  std::map<std::string, uint32_t> modules_;
  std::vector<std::string> folder_of_;
  std::deque<modules::Table> kept_;
  std::map<std::string, const modules::Table *> tables_;
  std::vector<Seen> seen_;
  std::vector<uint32_t> way_;
};

}  // namespace

auto BuildLibrary(llvm::StringRef folder, source::Set &sources, Sink &sink)
    -> std::optional<std::string> {
  const auto real = RealPath(folder);
  if (!real) {
    sink.Report(message::NotFound, {}, folder.str());
    return std::nullopt;
  }
  return LibraryReader(*real, sources, sink).Read();
}

}  // namespace groma::driver
