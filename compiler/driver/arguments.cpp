// SPDX-License-Identifier: Apache-2.0
#include "arguments.h"

#include <set>

#include "groma/base/suggest.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "messages.h"

namespace groma::driver {
namespace {

auto ChoicesOf(const Option &option) -> llvm::SmallVector<llvm::StringRef, 8> {
  llvm::SmallVector<llvm::StringRef, 8> choices;
  option.choices.split(choices, '|');
  return choices;
}

class Parser {
 public:
  Parser(const Command &command, Sink &sink) : command_(command), sink_(sink) {}

  auto Parse(llvm::ArrayRef<llvm::StringRef> words) -> std::optional<Arguments> {
    bool only_operands = false;
    for (size_t i = 0; i < words.size(); ++i) {
      const llvm::StringRef word = words[i];
      if (only_operands || !word.starts_with("-") || word == "-") {
        result_.operands.push_back(word.str());
      } else if (word == "--") {
        only_operands = true;
      } else {
        i += ReadOption(word, words.drop_front(i + 1));
      }
    }
    if (!result_.help) CountOperands();
    if (sink_.has_errors()) return std::nullopt;
    return std::move(result_);
  }

 private:
  // Returns how many of the words behind it belong to the option.
  auto ReadOption(llvm::StringRef word, llvm::ArrayRef<llvm::StringRef> after) -> size_t {
    auto [name, value] = word.split('=');
    const bool has_value = word.contains('=');
    const Option *option = Find(name);
    if (option == nullptr) {
      ReportUnknown(name);
      return 0;
    }
    if (option->list == nullptr && !seen_.insert(option).second) {
      sink_.Report(message::OptionTwice, {}, option->name.str());
    }
    if (option->flag != nullptr) {
      if (has_value) sink_.Report(message::UnwantedOptionValue, {}, name.str());
      result_.*option->flag = true;
      return 0;
    }
    size_t used = 0;
    if (!has_value) {
      if (after.empty()) {
        sink_.Report(message::MissingOptionValue, {}, name.str(), option->value.str());
        return 0;
      }
      value = after.front();
      used = 1;
    }
    Store(*option, value);
    return used;
  }

  void Store(const Option &option, llvm::StringRef value) {
    if (!option.choices.empty()) {
      const auto choices = ChoicesOf(option);
      if (!llvm::is_contained(choices, value)) {
        auto report = sink_.Report(message::UnknownOptionValue, {}, option.name.str(), value.str());
        if (const auto best = base::Suggest(value, choices)) {
          report.Help("did you mean `" + best->str() + "`?");
        }
        report.Note("it is one of " + llvm::join(choices, ", "));
        return;
      }
    }
    if (option.text != nullptr) result_.*option.text = value.str();
    if (option.list != nullptr) (result_.*option.list).push_back(value.str());
  }

  auto Find(llvm::StringRef name) const -> const Option * {
    for (const Option *option : command_.options) {
      if (option->name == name || option->short_name == name) return option;
    }
    return nullptr;
  }

  void ReportUnknown(llvm::StringRef name) {
    auto report = sink_.Report(message::UnknownOption, {}, command_.name.str(), name.str());
    base::Suggestion suggestion(name);
    for (const Option *option : command_.options) suggestion.Consider(option->name);
    if (const auto best = suggestion.best()) report.Help("did you mean `" + best->str() + "`?");
    report.Help("`groma " + command_.name.str() + " --help` lists its options");
  }

  void CountOperands() {
    if (result_.operands.size() < command_.least) {
      sink_.Report(message::MissingArgument, {}, command_.name.str(), command_.needs.str())
          .Help("usage: groma " + command_.name.str() + " " + command_.operands.str());
    }
    if (result_.operands.size() > command_.most) {
      sink_
          .Report(message::UnwantedArgument, {}, command_.name.str(),
                  result_.operands[command_.most])
          .Help("usage: groma " + command_.name.str() + " " + command_.operands.str());
    }
  }

  const Command &command_;
  Sink &sink_;
  Arguments result_;
  std::set<const Option *> seen_;
};

}  // namespace

auto FindCommand(llvm::StringRef name) -> const Command * {
  for (const Command &command : Commands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

auto ParseArguments(const Command &command, llvm::ArrayRef<llvm::StringRef> words, Sink &sink)
    -> std::optional<Arguments> {
  return Parser(command, sink).Parse(words);
}

}  // namespace groma::driver
