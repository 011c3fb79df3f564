// SPDX-License-Identifier: Apache-2.0
#include "groma/driver/arguments.h"

#include <set>

#include "gtest/gtest.h"

namespace groma::driver {
namespace {

auto Codes(llvm::StringRef command, std::vector<llvm::StringRef> words) -> std::string {
  Sink sink;
  (void)ParseArguments(*FindCommand(command), words, sink);
  std::string out;
  for (const auto &d : sink.diagnostics()) (out += out.empty() ? "" : " ") += d.row.code;
  return out;
}

TEST(Arguments, AreRead) {
  Sink sink;
  const auto a = ParseArguments(
      *FindCommand("check"),
      {"plans", "--no-solve", "--env", "prod", "--env=pilot", "--set", "a=b=c", "-q"}, sink);
  ASSERT_TRUE(a.has_value());
  EXPECT_EQ(a->operands, std::vector<std::string>{"plans"});
  EXPECT_TRUE(a->no_solve && a->quiet && !a->verbose);
  EXPECT_EQ(a->environments, (std::vector<std::string>{"prod", "pilot"}));
  EXPECT_EQ(a->settings, std::vector<std::string>{"a=b=c"});
}

TEST(Arguments, AreRefusedWithAReason) {
  EXPECT_EQ(Codes("check", {"--nosolve"}), "GR0902");
  EXPECT_EQ(Codes("version", {"--env", "x"}), "GR0902 GR0907");
  EXPECT_EQ(Codes("check", {"--env"}), "GR0903");
  EXPECT_EQ(Codes("check", {"--no-solve=1"}), "GR0904");
  EXPECT_EQ(Codes("check", {"--format", "jso"}), "GR0905");
  EXPECT_EQ(Codes("explain", {}), "GR0906");
  EXPECT_EQ(Codes("check", {"a", "b"}), "GR0907");
  EXPECT_EQ(Codes("check", {"-q", "--quiet"}), "GR0912");
  EXPECT_EQ(Codes("fmt", {"--", "--odd-name"}), "");
}

TEST(Commands, AreDocumented) {
  std::set<llvm::StringRef> names;
  for (const Command &command : Commands()) {
    EXPECT_TRUE(names.insert(command.name).second);
    EXPECT_EQ(command.examples.size(), 2U) << command.name.str();
    EXPECT_FALSE(command.exits.empty());
    EXPECT_NE(HelpOf(command).find("usage: groma " + command.name.str()), std::string::npos);
    for (const char *shell : {"bash", "zsh", "fish"}) {
      EXPECT_NE(CompletionFor(shell).find(command.name.str()), std::string::npos);
    }
    for (const Option *option : command.options) {
      const int places =
          (option->flag != nullptr) + (option->text != nullptr) + (option->list != nullptr);
      EXPECT_EQ(places, 1) << option->name.str();
    }
  }
}

}  // namespace
}  // namespace groma::driver
