// SPDX-License-Identifier: Apache-2.0
// The loader follows imports from the plan's folder and sees to it that none leaves the roots.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "load.h"

namespace groma::driver {

using diagnostics::Span;
using modules::ModuleIndex;

class Loader {
 public:
  Loader(const modules::Image &library, Program &program, Sink &sink)
      : library_(library),
        program_(program),
        sink_(sink),
        library_loader_(library, program.store, program.sources) {}

  auto LoadPlan(llvm::StringRef path) -> bool;

 private:
  // What an import leads to, or the plan itself.
  struct Target {
    // The real path of the folder or file, by which modules are told apart.
    std::string key;
    // The real folder of the files, with their names in order.
    std::string folder;
    std::vector<std::string> names;
    // The module's path, relative to the root.
    std::string path;
  };
  // A module whose imports are being followed, and the import that led to it.
  struct Open {
    ModuleIndex module;
    Span import;
    std::string key;
    std::string folder;
    // One file, not a folder.
    bool is_file;
  };

  auto Load(const Target &target, Span at) -> std::optional<ModuleIndex>;
  void LoadTables(const Target &target, modules::Module &module);
  // False if the file is a link that leads out of the roots; reported.
  auto MayRead(llvm::StringRef path, Span at) -> bool;
  auto IsAllowed(llvm::StringRef real_path) const -> bool;

  void FollowImports(ModuleIndex module);
  void Follow(const syntax::Tree &tree, syntax::NodeId import, modules::Module &module);
  void FollowLibrary(llvm::StringRef path, Span span, modules::Module &module);
  void FollowPath(llvm::StringRef text, Span span, modules::Module &module);
  void FollowFacts(llvm::StringRef text, Span span, modules::Module &module);
  // The absolute path that an import means, with links not followed; nothing if it is refused.
  auto Locate(llvm::StringRef text, Span span) -> std::optional<std::string>;
  auto TargetOf(const std::string &path, llvm::StringRef text, Span span) -> std::optional<Target>;
  auto ReportCycle(llvm::StringRef key, Span span) -> bool;
  auto NameOf(const Open &open) const -> std::string;

  const modules::Image &library_;
  Program &program_;
  Sink &sink_;
  modules::ImageLoader library_loader_;
  // The plan's real folder, then those of the workspace.
  std::vector<std::string> roots_;
  std::map<std::string, ModuleIndex> loaded_;
  std::vector<Open> open_;
};

}  // namespace groma::driver
