// SPDX-License-Identifier: Apache-2.0
// Completion scripts, made from the table of commands.
#include "arguments.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::driver {
namespace {

auto Words(llvm::StringRef choices) -> std::string {
  std::string out = choices.str();
  for (char &c : out) c = c == '|' ? ' ' : c;
  return out;
}

auto CommandNames() -> std::string {
  std::string out;
  for (const Command &command : Commands()) (out += out.empty() ? "" : " ") += command.name;
  return out;
}

// What may stand behind the command besides files: `bash|zsh|fish`.
auto OperandWords(const Command &command) -> std::string {
  return command.operands.contains('|') && !command.operands.contains(' ') ? Words(command.operands)
                                                                           : std::string();
}

auto OptionNames(const Command &command) -> std::string {
  std::string out;
  for (const Option *option : command.options) (out += out.empty() ? "" : " ") += option->name;
  return out;
}

// Bash's own functions only, and zsh reads the same through bashcompinit.
auto Bash() -> std::string {
  std::string out =
      "_groma() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    COMPREPLY=($(compgen -W \"" +
      CommandNames() +
      " help\" -- \"$word\"))\n"
      "    return\n"
      "  fi\n"
      "  case \"${COMP_WORDS[1]} $before\" in\n";
  for (const Command &command : Commands()) {
    for (const Option *option : command.options) {
      if (option->choices.empty()) continue;
      out += "    \"" + command.name.str() + " " + option->name.str() +
             "\") COMPREPLY=($(compgen -W \"" + Words(option->choices) +
             "\" -- \"$word\")); return ;;\n";
    }
  }
  out += "  esac\n  case \"${COMP_WORDS[1]}\" in\n";
  for (const Command &command : Commands()) {
    const std::string words = OperandWords(command);
    out += "    " + command.name.str() + ") COMPREPLY=($(compgen -W \"" + OptionNames(command) +
           (words.empty() ? "" : " " + words) + "\" -- \"$word\")) ;;\n";
  }
  return out + "    help) COMPREPLY=($(compgen -W \"" + CommandNames() +
         "\" -- \"$word\")) ;;\n"
         "  esac\n"
         "  case \"$word\" in -*) ;; *) COMPREPLY+=($(compgen -f -- \"$word\")) ;; esac\n"
         "}\n"
         "complete -o filenames -F _groma groma\n";
}

auto Fish() -> std::string {
  // Single quotes are the only thing that the table's texts could break.
  const auto quote = [](llvm::StringRef text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("\\'") : std::string(1, c);
    return out + "'";
  };
  std::string out;
  for (const Command &command : Commands()) {
    out += "complete -c groma -n __fish_use_subcommand -f -a " + command.name.str() + " -d " +
           quote(command.purpose) + "\n";
    const std::string when = "-n '__fish_seen_subcommand_from " + command.name.str() + "'";
    const std::string words = OperandWords(command);
    if (!words.empty()) out += "complete -c groma " + when + " -f -a " + quote(words) + "\n";
    for (const Option *option : command.options) {
      out += "complete -c groma " + when + " -l " + option->name.drop_front(2).str();
      if (!option->short_name.empty()) out += " -s " + option->short_name.drop_front(1).str();
      if (!option->value.empty()) out += " -r";
      if (!option->choices.empty()) out += " -f -a " + quote(Words(option->choices));
      out += " -d " + quote(option->purpose) + "\n";
    }
  }
  return out;
}

}  // namespace

auto CompletionFor(llvm::StringRef shell) -> std::string {
  if (shell == "fish") return Fish();
  if (shell == "zsh") return "autoload -U +X bashcompinit && bashcompinit\n" + Bash();
  if (shell == "bash") return Bash();
  return "";
}

}  // namespace groma::driver
