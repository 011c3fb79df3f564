// SPDX-License-Identifier: Apache-2.0
// `groma compile`: decides, and writes what follows into a folder of its own.
#include <set>

#include "disk.h"
#include "groma/plan/scenarios.h"
#include "groma/plan/summary.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "messages.h"
#include "session.h"

namespace groma::driver {
namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

auto Beside(llvm::StringRef folder, llvm::StringRef name) -> std::string {
  llvm::SmallString<256> joined(folder);
  path::append(joined, name);
  return joined.str().str();
}

// What an earlier run wrote into the folder, by its manifest.
auto EarlierFiles(const std::string &folder, Sink &sink) -> std::set<std::string> {
  std::set<std::string> files;
  const std::string name = Beside(folder, "manifest.json");
  if (KindOf(name) != PathKind::File) return files;
  const auto text = ReadFile(name, DisplayPath(name), {}, sink);
  if (!text) return files;
  auto json = llvm::json::parse(*text);
  if (!json) {
    llvm::consumeError(json.takeError());
    return files;
  }
  const llvm::json::Object *root = json->getAsObject();
  const llvm::json::Array *list = root == nullptr ? nullptr : root->getArray("files");
  if (list == nullptr) return files;
  for (const llvm::json::Value &item : *list) {
    const llvm::json::Object *file = item.getAsObject();
    const auto file_path = file == nullptr ? std::nullopt : file->getString("path");
    // Nothing above the folder, whatever the manifest says.
    if (file_path && !file_path->contains("..") && !path::is_absolute(*file_path)) {
      files.insert(file_path->str());
    }
  }
  files.insert("manifest.json");
  return files;
}

// What is as it should be already is left alone: replacing a file makes disks wait, and tools that go by dates build anew.
auto Holds(const std::string &target, llvm::StringRef text) -> bool {
  uint64_t size = 0;
  if (fs::file_size(target, size) || size != text.size()) return false;
  const auto there = llvm::MemoryBuffer::getFile(target, /*IsText=*/false,
                                                 /*RequiresNullTerminator=*/false);
  return there && (*there)->getBuffer() == text;
}

// Writes all of it, or nothing where something stands in the way.
auto WriteAll(const std::string &folder, const std::vector<output::File> &files, Sink &sink)
    -> bool {
  const std::set<std::string> earlier = EarlierFiles(folder, sink);
  for (const output::File &file : files) {
    const std::string target = Beside(folder, file.path);
    if (KindOf(target) == PathKind::Missing || earlier.contains(file.path)) continue;
    sink.Report(message::NotOurs, {}, DisplayPath(target))
        .Help("move it away, or write into another folder with `-o`");
    return false;
  }
  for (const output::File &file : files) {
    const std::string target = Beside(folder, file.path);
    if (const auto error = fs::create_directories(path::parent_path(target))) {
      sink.Report(message::CannotWrite, {}, DisplayPath(target), error.message());
      return false;
    }
    if (!Holds(target, file.text) && !WriteFile(target, file.text, sink)) return false;
  }
  std::set<std::string> written;
  for (const output::File &file : files) written.insert(file.path);
  for (const std::string &name : earlier) {
    if (!written.contains(name)) (void)fs::remove(Beside(folder, name));
  }
  return true;
}

}  // namespace

auto RunCompile(Session &session) -> int {
  std::string summary;
  const std::string plan_path = session.operand(0, ".");
  if (session.LoadPlan(plan_path)) {
    pipeline::Result result = session.Check(true);
    const auto options = session.SolveOptions(*result.model);
    if (!options) return session.Finish("");
    std::vector<plan::Plan> plans = session.Solve(result, *options);
    std::vector<plan::Pin> pins;
    if (!session.sink.has_errors()) pins = session.Relock(plans);
    if (!session.sink.has_errors()) {
      session.PlayScenarios(result, *options, plans);
      const auto files =
          pipeline::EmitFiles(plans, session.program.sources, Version(), session.sink);
      std::string folder = session.arguments.output;
      if (folder.empty()) {
        const bool is_folder = KindOf(plan_path) == PathKind::Folder;
        folder =
            Beside(is_folder ? llvm::StringRef(plan_path) : path::parent_path(plan_path), "out");
      }
      if (WriteAll(folder, files, session.sink) && !session.quiet()) {
        for (const plan::Plan &plan : plans) {
          summary += plan::Summary(plan, session.program.sources) + plan::ScenarioSummary(plan);
        }
        summary += "wrote " + std::to_string(files.size()) + " files into " + folder + "\n";
      }
      // What was asked what if is not what is to stay.
      const bool is_what_if =
          !session.arguments.settings.empty() || !session.arguments.scenarios.empty();
      if (!session.sink.has_errors() && !is_what_if) {
        const std::string written = UpdateLockFile(session.lock, std::move(pins), session.sink);
        if (!session.quiet()) summary += written;
      }
    }
  }
  if (session.arguments.format != "text") summary.clear();
  return session.Finish(summary, /*report_is_product=*/true);
}

}  // namespace groma::driver
