// SPDX-License-Identifier: Apache-2.0
// A session is one run of one command: what was asked, what was loaded, what was said.
#pragma once

#include <optional>
#include <string>

#include "arguments.h"
#include "groma/pipeline/compile.h"
#include "load.h"
#include "lock_file.h"
#include "progress.h"

namespace groma::driver {

inline constexpr int kOk = 0;
inline constexpr int kPlanHasErrors = 1;
inline constexpr int kUsage = 2;
inline constexpr int kInfeasible = 3;
inline constexpr int kPolicyViolated = 4;
inline constexpr int kOverBudget = 5;
inline constexpr int kNotFormatted = 7;
inline constexpr int kTestFailed = 8;
inline constexpr int kUndecided = 9;
inline constexpr int kInternalError = 70;

struct Session {
  Arguments arguments;
  // The image of the standard library in this executable.
  llvm::StringRef embedded;
  Program program;
  Sink sink;
  LockFile lock;
  // Everything is decided anew: it does not matter whether the lock can be read.
  bool ignores_lock = false;

  auto quiet() const -> bool { return arguments.quiet; }
  // The operand, or what stands for it.
  auto operand(size_t index, llvm::StringRef otherwise) const -> std::string;

  // Each is false if nothing can follow; the reason was reported.
  auto OpenLibrary() -> bool;
  auto LoadPlan(llvm::StringRef path) -> bool;
  // After either of the two.
  auto library() const -> const modules::Image & { return *library_; }
  // Checks the loaded plan under --set and --env.
  auto Check(bool will_solve = false) -> pipeline::Result;
  // Decides what it leaves open; nothing if the check found errors.
  auto Solve(pipeline::Result &result, solve::Options options) -> std::vector<plan::Plan>;
  // What every scenario comes to beside the plans; not if one is played in place of the plan.
  void PlayScenarios(pipeline::Result &result, const solve::Options &options,
                     std::vector<plan::Plan> &plans);
  // What the lock, `--effort` and the like ask of the solver; nothing, after a report, if that makes no sense.
  auto SolveOptions(const plan::Model &model) -> std::optional<solve::Options>;

  // What the lock is to be after these plans. Reports what changes, if --locked forbids that.
  auto Relock(const std::vector<plan::Plan> &plans) -> std::vector<plan::Pin>;

  // Writes what the command made, then what is to be said, and returns the exit code. With
  // `report_is_product`, formats for programs go to the standard output.
  auto Finish(llvm::StringRef product, bool report_is_product = false) -> int;

 private:
  auto ReadSettings() -> std::vector<check::Setting>;

  std::string library_bytes_;
  std::optional<modules::Image> library_;
  std::optional<ProgressLine> progress_;
};

// Where usage errors go before there is a session; the exit code.
auto FinishUsage(Sink &sink) -> int;

// Writes to the standard output; reports why it cannot.
auto WriteOutput(llvm::StringRef text, Sink &sink) -> bool;
void WriteError(llvm::StringRef text);

// Whether to colour what goes to a descriptor; `color` is what --color said.
auto UseColor(llvm::StringRef color, int descriptor) -> bool;

auto Version() -> llvm::StringRef;

auto RunCheck(Session &session) -> int;
auto RunCompile(Session &session) -> int;
auto RunCompletion(Session &session) -> int;
auto RunDocs(Session &session) -> int;
auto RunDump(Session &session) -> int;
auto RunExplain(Session &session) -> int;
auto RunFmt(Session &session) -> int;
auto RunInit(Session &session) -> int;
auto RunStatus(Session &session) -> int;
auto RunTest(Session &session) -> int;
auto RunUpdate(Session &session) -> int;
auto RunVersion(Session &session) -> int;
auto RunWhy(Session &session) -> int;

}  // namespace groma::driver
