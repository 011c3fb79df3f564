// SPDX-License-Identifier: Apache-2.0
// Runs every file test below a folder, or rewrites them: file_test [--autoupdate] [--groma=PATH] [FOLDER]
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "checks.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "run.h"
#include "test_file.h"

namespace groma::harness {
namespace {

struct Settings {
  std::string folder = GROMA_FILE_TESTS;
  std::string groma;
  bool autoupdate = false;
};

// What the file says, and what it should say.
struct Texts {
  std::string present;
  std::string wanted;
};

auto Evaluate(const std::string &path, const std::string &groma) -> llvm::Expected<Texts> {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer) return llvm::errorCodeToError(buffer.getError());
  const llvm::StringRef text = (*buffer)->getBuffer();
  auto test = ReadTestFile(llvm::sys::path::filename(path), text);
  if (!test) return test.takeError();
  auto result = Run(*test, groma);
  if (!result) return result.takeError();
  const bool fails = std::any_of(result->outcomes.begin(), result->outcomes.end(),
                                 [](const Outcome &outcome) { return outcome.exit != 0; });
  if (fails != test->is_fail()) {
    std::string message = fails ? "a command failed, but the file is not named `fail_*`"
                                : "every command succeeded, but the file is named `fail_*`";
    for (const Outcome &outcome : result->outcomes) message += "\n" + outcome.err;
    return llvm::createStringError(llvm::inconvertibleErrorCode(), message.c_str());
  }
  return Texts{text.str(), WithChecks(*test, *result)};
}

class FileTest : public testing::Test {
 public:
  FileTest(std::string path, std::string groma) : path_(std::move(path)), groma_(std::move(groma)) {}

  void TestBody() override {
    auto texts = Evaluate(path_, groma_);
    if (!texts) FAIL() << path_ << ": " << llvm::toString(texts.takeError());
    EXPECT_EQ(texts->present, texts->wanted)
        << path_ << ": `cmake --build build/release --target autoupdate` accepts the new output";
  }

 private:
  std::string path_;
  std::string groma_;
};

auto FindTests(const std::string &folder) -> std::vector<std::string> {
  std::vector<std::string> out;
  std::error_code error;
  for (llvm::sys::fs::recursive_directory_iterator at(folder, error), end; at != end && !error;
       at.increment(error)) {
    if (llvm::sys::path::extension(at->path()) == ".groma") out.push_back(at->path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

// Keeps on after a test that cannot be run, so that one mistake does not hide the others.
auto Autoupdate(const Settings &settings, const std::vector<std::string> &paths) -> int {
  int status = 0;
  for (const std::string &path : paths) {
    auto texts = Evaluate(path, settings.groma);
    if (!texts) {
      llvm::errs() << path << ": " << llvm::toString(texts.takeError()) << "\n";
      status = 1;
    } else if (texts->present != texts->wanted) {
      std::error_code error;
      llvm::raw_fd_ostream out(path, error);
      out << texts->wanted;
      llvm::outs() << "updated " << path << "\n";
    }
  }
  return status;
}

void Register(const Settings &settings, const std::vector<std::string> &paths) {
  for (const std::string &path : paths) {
    llvm::StringRef name = path;
    name.consume_front(settings.folder + "/");
    const std::string suite = llvm::sys::path::parent_path(name).str();
    const std::string test = llvm::sys::path::stem(name).str();
    testing::RegisterTest(suite.c_str(), test.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [=, groma = settings.groma]() -> FileTest * {
                            return new FileTest(path, groma);
                          });
  }
}

}  // namespace
}  // namespace groma::harness

auto main(int argc, char **argv) -> int {
  testing::InitGoogleTest(&argc, argv);
  groma::harness::Settings settings;
  llvm::SmallString<128> sibling(llvm::sys::path::parent_path(
      llvm::sys::fs::getMainExecutable(argv[0], reinterpret_cast<void *>(&groma::harness::Register))));
  llvm::sys::path::append(sibling, "groma");
  settings.groma = sibling.str().str();
  for (int i = 1; i < argc; ++i) {
    llvm::StringRef arg = argv[i];
    if (arg == "--autoupdate") {
      settings.autoupdate = true;
    } else if (arg.consume_front("--groma=")) {
      settings.groma = arg.str();
    } else {
      settings.folder = arg.rtrim('/').str();
    }
  }
  const auto paths = groma::harness::FindTests(settings.folder);
  if (settings.autoupdate) return groma::harness::Autoupdate(settings, paths);
  groma::harness::Register(settings, paths);
  const int status = RUN_ALL_TESTS();
  // A filter that fits no test must not look like success.
  return testing::UnitTest::GetInstance()->test_to_run_count() == 0 ? 1 : status;
}
