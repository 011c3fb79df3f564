// SPDX-License-Identifier: Apache-2.0
#include "session.h"

#include <utility>

#include "groma/base/check.h"
#include "load_files.h"
#include "messages.h"

namespace groma::driver {

auto Session::operand(size_t index, llvm::StringRef otherwise) const -> std::string {
  return index < arguments.operands.size() ? arguments.operands[index] : otherwise.str();
}

auto Session::OpenLibrary() -> bool {
  if (!arguments.stdlib.empty()) {
    auto bytes = BuildLibrary(arguments.stdlib, program.sources, sink);
    if (!bytes) return false;
    library_bytes_ = std::move(*bytes);
    library_ = modules::ReadImage(library_bytes_);
  } else {
    library_ = modules::ReadImage(embedded);
  }
  base::Check(library_.has_value(), "the image of the standard library cannot be read");
  return true;
}

auto Session::LoadPlan(llvm::StringRef path) -> bool {
  if (!OpenLibrary() || !driver::LoadPlan(path, *library_, program, sink)) return false;
  lock = FindLock(path);
  Sink ignored;
  const bool is_read = ReadLockFile(lock, program.sources, ignores_lock ? ignored : sink);
  if (!is_read && !ignores_lock) return false;
  if (!arguments.verbose) return true;
  for (size_t i = 0; i < program.sources.size(); ++i) {
    const source::File &file = program.sources.file(static_cast<source::FileId>(i));
    WriteError("read " + file.name + "\n");
  }
  return true;
}

auto Session::ReadSettings() -> std::vector<check::Setting> {
  std::vector<check::Setting> settings;
  for (const std::string &setting : arguments.settings) {
    const auto [name, value] = llvm::StringRef(setting).split('=');
    Sink syntax;
    auto tree = ParseGiven("--set " + setting, name.trim(), value.trim(), program.sources, syntax);
    if (name.trim().empty() || !tree) {
      auto report = sink.Report(message::NotASetting, {}, setting);
      for (const auto &diagnostic : syntax.diagnostics()) report.Note(diagnostic.message);
      continue;
    }
    settings.push_back({std::move(*tree)});
  }
  return settings;
}

auto Session::Check(bool will_solve) -> pipeline::Result {
  pipeline::Options options;
  options.will_solve = will_solve;
  options.check.settings = ReadSettings();
  options.environments = arguments.environments;
  options.scenarios = arguments.scenarios;
  auto result = pipeline::CheckPlan(program.store, std::move(options), sink);
  if (!arguments.verbose) return result;
  for (const plan::Environment &environment : result.model->environments) {
    const llvm::StringRef name = result.model->text(environment.name);
    WriteError("checked " + (name.empty() ? "the plan" : "environment " + name.str()) + "\n");
  }
  return result;
}

auto Session::SolveOptions(const plan::Model &model) -> std::optional<solve::Options> {
  solve::Options options;
  if (!quiet() && arguments.format == "text" && ProgressLine::IsSeen()) {
    progress_.emplace(program.sources);
    options.watch = [this, &model](const solve::Progress &progress) {
      progress_->Draw(model, progress);
    };
  }
  options.pins = lock.lock.pins;
  uint64_t effort = 0;
  if (arguments.effort.empty()) return options;
  if (llvm::StringRef(arguments.effort).getAsInteger(10, effort) || effort < 1 || effort > 10'000) {
    sink.Report(message::NoEffort, {}, arguments.effort)
        .Help("100 is the usual effort; more may find a better plan, or prove that there is none");
    return std::nullopt;
  }
  options.effort = effort;
  return options;
}

auto Session::Solve(pipeline::Result &result, solve::Options options) -> std::vector<plan::Plan> {
  options.is_comparing = true;
  return pipeline::SolvePlan(result, options, sink);
}

void Session::PlayScenarios(pipeline::Result &result, const solve::Options &options,
                            std::vector<plan::Plan> &plans) {
  if (!arguments.scenarios.empty() || sink.has_errors()) return;
  pipeline::PlayScenarios(result, options, plans);
}

auto Session::Relock(const std::vector<plan::Plan> &plans) -> std::vector<plan::Pin> {
  if (progress_) progress_->Clear();
  std::vector<plan::Pin> pins = NewPins(lock, plans, !arguments.environments.empty());
  const std::vector<LockChange> changes = ChangesOf(lock, pins);
  if (arguments.locked && !changes.empty()) {
    constexpr size_t kMostTold = 8;
    auto report = sink.Report(message::LockChanges, changes[0].span, lock.path);
    for (size_t i = 0; i < std::min(changes.size(), kMostTold); ++i) report.Note(changes[i].text);
    if (changes.size() > kMostTold) {
      report.Note("and " + std::to_string(changes.size() - kMostTold) + " more");
    }
    report.Help("`groma compile` without `--locked` writes it; commit it together with the plan");
  }
  if (arguments.verbose) {
    for (const LockChange &change : changes) WriteError(lock.path + ": " + change.text + "\n");
  }
  return pins;
}

}  // namespace groma::driver
