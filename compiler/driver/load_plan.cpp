// SPDX-License-Identifier: Apache-2.0
#include "disk.h"
#include "groma/base/check.h"
#include "groma/base/text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"
#include "load_files.h"
#include "loader.h"
#include "messages.h"

namespace groma::driver {

namespace path = llvm::sys::path;

auto LoadPlan(llvm::StringRef path, const modules::Image &library, Program &program, Sink &sink)
    -> bool {
  return Loader(library, program, sink).LoadPlan(path);
}

auto Loader::LoadPlan(llvm::StringRef p) -> bool {
  if (p.empty() || base::FindInvalidUtf8(p)) {
    sink_.Report(message::InvalidPath, {}, p.str());
    return false;
  }
  Target target;
  const PathKind kind = KindOf(p);
  switch (kind) {
    case PathKind::Missing:
      sink_.Report(message::NotFound, {}, p.str());
      return false;
    case PathKind::Other:
      sink_.Report(message::NotAFile, {}, p.str(), "a device");
      return false;
    case PathKind::File: {
      if (!p.ends_with(".groma")) {
        sink_.Report(message::NotAGromaFile, {}, p.str());
        return false;
      }
      // The folder of the name that was given, even if that is a link.
      const llvm::StringRef parent = path::parent_path(p);
      target.folder = RealPath(parent.empty() ? "." : parent).value_or("");
      target.names = {path::filename(p).str()};
      target.key = RealPath(p).value_or("");
      roots_ = {target.folder, target.key};
      break;
    }
    case PathKind::Folder: {
      target.key = target.folder = RealPath(p).value_or("");
      roots_ = {target.folder};
      auto names = ListFolder(target.folder, ".groma", {}, sink_);
      if (!names) return false;
      target.names = std::move(*names);
      if (target.names.empty()) {
        sink_.Report(message::NoPlans, {}, p.str())
            .Help("`groma init " + p.str() + "` writes a small plan to start from");
        return false;
      }
      break;
    }
  }
  if (target.folder.empty() || target.key.empty()) {
    sink_.Report(message::NotFound, {}, p.str());
    return false;
  }
  for (std::string &root : WorkspaceRoots(target.folder, program_.sources, sink_)) {
    roots_.push_back(std::move(root));
  }

  const auto plan = Load(target, {});
  const auto prelude = library_loader_.LoadModule("prelude");
  base::Check(prelude.has_value(), "the standard library has no prelude");
  program_.store.prelude = *prelude;
  if (!plan) return false;
  program_.store.plan = *plan;
  return true;
}

auto Loader::IsAllowed(llvm::StringRef real_path) const -> bool {
  return llvm::any_of(roots_, [&](const std::string &root) { return IsInside(real_path, root); });
}

auto Loader::MayRead(llvm::StringRef p, Span at) -> bool {
  const auto real = RealPath(p);
  // What is not there is reported by whoever reads it.
  if (!real || IsAllowed(*real)) return true;
  sink_.Report(message::LinkOutside, at, DisplayPath(p))
      .Note("it leads to `" + DisplayPath(*real) + "`")
      .Help(
          "put the file itself here, or list its folder in a file `groma.workspace` above the "
          "plan");
  return false;
}

auto Loader::Load(const Target &target, Span at) -> std::optional<ModuleIndex> {
  const auto index = static_cast<ModuleIndex>(program_.store.modules.size());
  program_.store.modules.emplace_back();
  modules::Module &module = program_.store.modules.back();
  module.path = target.path;
  bool is_read = true;
  for (const std::string &name : target.names) {
    const std::string file = target.folder + "/" + name;
    if (!MayRead(file, at)) {
      is_read = false;
      continue;
    }
    auto tree = LoadTree(file, DisplayPath(file), at, program_.sources, sink_);
    if (tree) {
      module.trees.push_back(std::move(*tree));
    } else {
      is_read = false;
    }
  }
  LoadTables(target, module);
  // Even one that lacks files: whoever imports it again is told once.
  loaded_[target.key] = index;
  open_.push_back({index, at, target.key, target.folder, target.key != target.folder});
  FollowImports(index);
  open_.pop_back();
  if (!is_read) return std::nullopt;
  return index;
}

void Loader::LoadTables(const Target &target, modules::Module &module) {
  for (const std::string &name : NamedTables(module.trees)) {
    const std::string file = target.folder + "/" + name;
    // `check` says that there is no such table, with the place that names it.
    if (KindOf(file) == PathKind::Missing) continue;
    auto table = MayRead(file, {}) ? LoadTable(file, DisplayPath(file), program_.sources, sink_)
                                   : std::nullopt;
    // One that was refused is there, only without rows: it was reported, and `check` must not add
    // that it is missing.
    module.tables.push_back(table ? std::move(*table) : modules::Table(name, "", 0));
  }
}

}  // namespace groma::driver
