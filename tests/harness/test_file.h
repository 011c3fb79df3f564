// SPDX-License-Identifier: Apache-2.0
// A file test, read: its directives, the files it holds, and nothing of its old CHECK lines.
#pragma once

#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace groma::harness {

// One file that the test puts into its folder.
struct Part {
  std::string name;
  // The `// --- name` line; empty for the only part of a test without such lines.
  std::string heading;
  std::vector<std::string> lines;
};

// One `// ARGS:` line.
struct Command {
  std::string args;
  // The file to read as standard input; empty for none.
  std::string input;
};

struct TestFile {
  // Name of the file without its folder.
  std::string name;
  // Comments that stand before `// AUTOUPDATE`, as they are.
  std::vector<std::string> preface;
  std::vector<Command> commands;
  // Files whose text is part of the result, read after all commands.
  std::vector<std::string> shown;
  std::vector<Part> parts;

  auto is_fail() const -> bool { return llvm::StringRef(name).starts_with("fail_"); }
  // What `%s` stands for: the plan file, or the folder when there are several files.
  auto subject() const -> std::string { return parts.size() == 1 ? parts.front().name : "."; }
};

auto ReadTestFile(llvm::StringRef name, llvm::StringRef text) -> llvm::Expected<TestFile>;

}  // namespace groma::harness
