// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "arguments.h"
#include "session.h"

namespace groma::driver {
namespace {

// Two columns, the first as wide as its widest.
class Columns {
 public:
  void Add(std::string left, llvm::StringRef right) {
    rows_.emplace_back(std::move(left), right.str());
  }
  auto Text() const -> std::string {
    size_t width = 0;
    for (const auto &row : rows_) width = std::max(width, row.first.size());
    std::string out;
    for (const auto &[left, right] : rows_) {
      out += "  " + left + std::string(width - left.size() + 2, ' ') + right + "\n";
    }
    return out;
  }

 private:
  std::vector<std::pair<std::string, std::string>> rows_;
};

auto Spell(const Option &option) -> std::string {
  std::string out = option.short_name.empty() ? "" : option.short_name.str() + ", ";
  out += option.name;
  if (!option.value.empty()) {
    (out += ' ') += option.choices.empty() ? option.value : option.choices;
  }
  return out;
}

}  // namespace

auto HelpOf(const Command &command) -> std::string {
  std::string out = "groma " + command.name.str() + ": " + command.purpose.str() + "\n\n";
  out += "usage: groma " + command.name.str();
  if (!command.operands.empty()) out += " " + command.operands.str();
  out += " [options]\n\n";
  if (!command.details.empty()) out += command.details.str() + "\n\n";
  Columns options;
  for (const Option *option : command.options) options.Add(Spell(*option), option->purpose);
  out += "options:\n" + options.Text() + "\nexamples:\n";
  for (const Example &example : command.examples) {
    out += "  " + example.line.str() + "\n      " + example.purpose.str() + "\n";
  }
  Columns exits;
  for (const Exit &exit : command.exits) exits.Add(std::to_string(exit.code), exit.purpose);
  return out + "\nexit codes:\n" + exits.Text();
}

auto HelpOfGroma() -> std::string {
  Columns commands;
  for (const Command &command : Commands()) {
    std::string usage = command.name.str();
    if (!command.operands.empty()) usage += " " + command.operands.str();
    commands.Add(std::move(usage), command.purpose);
  }
  return "groma " + Version().str() +
         ": a compiler for infrastructure plans\n\nusage: groma COMMAND [options]\n\ncommands:\n" +
         commands.Text() + "\n`groma COMMAND --help` tells more of one.\n";
}

}  // namespace groma::driver
