// SPDX-License-Identifier: Apache-2.0
#include "run.h"

#include <cstdlib>

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

namespace groma::harness {
namespace {

constexpr unsigned kSeconds = 90;
// The exit code for a fault of groma itself: never what a test expects.
constexpr int kInternalError = 70;

auto Fault(const llvm::Twine &message) -> llvm::Error {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message.str().c_str());
}

auto In(llvm::StringRef folder, llvm::StringRef name) -> std::string {
  llvm::SmallString<128> path(folder);
  llvm::sys::path::append(path, name);
  return path.str().str();
}

auto Write(const std::string &path, const std::vector<std::string> &lines) -> llvm::Error {
  if (auto error = llvm::sys::fs::create_directories(llvm::sys::path::parent_path(path))) {
    return llvm::errorCodeToError(error);
  }
  std::error_code error;
  llvm::raw_fd_ostream out(path, error);
  if (error) return llvm::errorCodeToError(error);
  for (const std::string &line : lines) out << line << '\n';
  return llvm::Error::success();
}

auto Read(const std::string &path) -> std::string {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  return buffer ? (*buffer)->getBuffer().str() : "(no such file)\n";
}

void ReplaceAll(std::string &text, llvm::StringRef from, llvm::StringRef to) {
  for (size_t at = 0; (at = text.find(from.str(), at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to.str());
  }
}

// Nothing of the developer's environment reaches the test, but for the sanitizers' options.
auto Environment(llvm::StringRef folder) -> std::vector<std::string> {
  std::vector<std::string> out = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC",
                                  "HOME=" + folder.str()};
  for (const char *name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"}) {
    if (const char *value = std::getenv(name)) out.push_back(std::string(name) + "=" + value);
  }
  return out;
}

auto RunCommand(const TestFile &test, const Command &command, const std::string &groma,
                const std::string &folder, const std::string &scratch) -> llvm::Expected<Outcome> {
  const std::string subject = test.subject();
  std::vector<std::string> args = {"env", "-C", folder, groma};
  llvm::SmallVector<llvm::StringRef> words;
  llvm::StringRef(command.args).split(words, ' ', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef word : words) {
    args.push_back(word.str());
    ReplaceAll(args.back(), "%s", subject);
  }
  std::string input = command.input;
  ReplaceAll(input, "%s", subject);
  const std::string in = input.empty() ? "/dev/null" : In(folder, input);
  const std::string out = In(scratch, "stdout");
  const std::string err = In(scratch, "stderr");
  // The redirection appends to what the command before has left.
  for (const std::string &path : {out, err}) llvm::sys::fs::remove(path);
  const std::vector<std::string> environment = Environment(scratch);
  const std::vector<llvm::StringRef> arg_refs(args.begin(), args.end());
  const std::vector<llvm::StringRef> environment_refs(environment.begin(), environment.end());

  std::string message;
  const int exit = llvm::sys::ExecuteAndWait("/usr/bin/env", arg_refs, environment_refs,
                                             {in, out, err}, kSeconds, 0, &message);
  Outcome outcome{exit, Read(out), Read(err)};
  if (exit < 0 || exit == kInternalError) {
    return Fault("`groma " + command.args + "`: " + message + "\n" + outcome.out + outcome.err);
  }
  ReplaceAll(outcome.out, folder, "%d");
  ReplaceAll(outcome.err, folder, "%d");
  return outcome;
}

}  // namespace

auto Run(const TestFile &test, const std::string &groma) -> llvm::Expected<Result> {
  llvm::SmallString<128> root;
  if (auto error = llvm::sys::fs::createUniqueDirectory("groma-file-test", root)) {
    return llvm::errorCodeToError(error);
  }
  auto cleanup = llvm::make_scope_exit([&] { llvm::sys::fs::remove_directories(root); });
  // The outputs stay outside of the folder that the commands see.
  const std::string folder = In(root, "plan");
  if (auto error = llvm::sys::fs::create_directory(folder)) return llvm::errorCodeToError(error);
  for (const Part &part : test.parts) {
    if (auto error = Write(In(folder, part.name), part.lines)) return error;
  }

  Result result;
  for (const Command &command : test.commands) {
    auto outcome = RunCommand(test, command, groma, folder, root.str().str());
    if (!outcome) return outcome.takeError();
    result.outcomes.push_back(std::move(*outcome));
  }
  for (std::string name : test.shown) {
    ReplaceAll(name, "%s", test.subject());
    result.shown.push_back(Read(In(folder, name)));
  }
  return result;
}

}  // namespace groma::harness
