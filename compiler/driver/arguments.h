// SPDX-License-Identifier: Apache-2.0
// The command line, read against the table of commands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "groma/diagnostics/sink.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace groma::driver {

using diagnostics::Sink;

// What was given. A command sees only what its row of the table has; the rest stays as it is here.
struct Arguments {
  std::vector<std::string> operands;
  std::string format = "text";
  std::string color = "auto";
  std::string stdlib;
  std::string stage;
  std::vector<std::string> environments;
  std::vector<std::string> settings;
  std::vector<std::string> scenarios;
  std::string effort;
  std::string output;
  std::string plan;
  std::string at;
  bool no_solve = false;
  bool check = false;
  bool locked = false;
  bool quiet = false;
  bool verbose = false;
  bool help = false;
};

// One of `flag`, `text` and `list` says where it goes.
struct Option {
  llvm::StringLiteral name;
  llvm::StringLiteral short_name;
  // How help calls the value; empty for a flag.
  llvm::StringLiteral value;
  // `text|json`; empty if any value will do.
  llvm::StringLiteral choices;
  llvm::StringLiteral purpose;
  bool Arguments::*flag = nullptr;
  std::string Arguments::*text = nullptr;
  std::vector<std::string> Arguments::*list = nullptr;
};

struct Example {
  llvm::StringLiteral line;
  llvm::StringLiteral purpose;
};

struct Exit {
  int code;
  llvm::StringLiteral purpose;
};

struct Session;

struct Command {
  llvm::StringLiteral name;
  llvm::StringLiteral purpose;
  // What stands behind the name: `[PLAN]`.
  llvm::StringLiteral operands;
  size_t least = 0;
  size_t most = 0;
  // What the first operand is, for who leaves it out.
  llvm::StringLiteral needs;
  llvm::StringLiteral details;
  llvm::ArrayRef<const Option *> options;
  llvm::ArrayRef<Example> examples;
  llvm::ArrayRef<Exit> exits;
  int (*run)(Session &session);
};

auto Commands() -> llvm::ArrayRef<Command>;
auto FindCommand(llvm::StringRef name) -> const Command *;

// Reads what stands behind the name of the command; reports what it does not know. Nothing if
// anything was wrong.
auto ParseArguments(const Command &command, llvm::ArrayRef<llvm::StringRef> words, Sink &sink)
    -> std::optional<Arguments>;

auto HelpOf(const Command &command) -> std::string;
auto HelpOfGroma() -> std::string;
// A script that completes commands, options and their values.
auto CompletionFor(llvm::StringRef shell) -> std::string;

}  // namespace groma::driver
