// SPDX-License-Identifier: Apache-2.0
// A temporary folder with files, and a program loaded from it.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "groma/driver/disk.h"
#include "groma/driver/load.h"
#include "gtest/gtest.h"
#include "llvm/Support/FileSystem.h"

namespace groma::driver {

class Folder {
 public:
  Folder() {
    llvm::SmallString<128> path;
    (void)llvm::sys::fs::createUniqueDirectory("groma", path);
    path_ = *RealPath(path);
    Write("stdlib/prelude/where.groma", "kind site { plural = sites }\n");
    Write("stdlib/azure/regions.groma", "let x = 1\n");
    Write("stdlib/azure/gpu.groma", "import azure.regions\n");
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder &) = delete;
  auto operator=(const Folder &) -> Folder & = delete;

  auto path(const std::string &name) const -> std::string { return path_ + "/" + name; }
  void Write(const std::string &name, const std::string &text) const {
    const std::filesystem::path file = path(name);
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  void Link(const std::string &target, const std::string &name) const {
    std::filesystem::create_symlink(target, path(name));
  }
  auto Read(const std::string &name) const -> std::string {
    std::ifstream in(path(name));
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::string path_;
};

// Loads a plan against the small library of the folder.
struct Loaded {
  Program program;
  Sink sink;
  std::string bytes;
  bool is_loaded = false;

  Loaded(const Folder &folder, const std::string &plan) {
    bytes = BuildLibrary(folder.path("stdlib"), program.sources, sink).value_or("");
    const auto image = modules::ReadImage(bytes);
    EXPECT_TRUE(image.has_value());
    if (image) is_loaded = LoadPlan(folder.path(plan), *image, program, sink);
  }

  auto plan() const -> const modules::Module & { return program.store.module(program.store.plan); }
  // The codes of what was reported, in order.
  auto codes() const -> std::string {
    std::string out;
    for (const auto &d : sink.diagnostics()) (out += out.empty() ? "" : " ") += d.row.code;
    return out;
  }
  auto message() const -> std::string {
    return sink.diagnostics().empty() ? "" : sink.diagnostics().front().message;
  }
};

}  // namespace groma::driver
