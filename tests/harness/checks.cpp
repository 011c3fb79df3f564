// SPDX-License-Identifier: Apache-2.0
#include "checks.h"

#include <map>
#include <optional>
#include <regex>

#include "llvm/ADT/SmallVector.h"

namespace groma::harness {
namespace {

// A line of the test, without the CHECK lines: index of the part, and of the line in it from 0. A
// place behind the last line is that part's end.
using Place = std::pair<size_t, size_t>;
using Block = std::vector<std::string>;

auto Lines(llvm::StringRef text) -> std::vector<std::string> {
  llvm::SmallVector<llvm::StringRef> lines;
  text.split(lines, '\n');
  if (lines.back().empty()) lines.pop_back();
  return {lines.begin(), lines.end()};
}

// An empty line ends a block and belongs to it.
auto Blocks(llvm::StringRef text) -> std::vector<Block> {
  std::vector<Block> out;
  bool is_open = false;
  for (std::string &line : Lines(text)) {
    if (!is_open) out.emplace_back();
    is_open = !line.empty();
    out.back().push_back(std::move(line));
  }
  return out;
}

class Writer {
 public:
  Writer(const TestFile &test, const Result &result);

  auto Write() -> std::string;

 private:
  void PlaceBlocks(const Outcome &outcome);
  void WriteDirectives();
  void WriteEnd();
  void WriteBlocks(Place place, llvm::StringRef indent);
  void WriteCheck(llvm::StringRef indent, llvm::StringRef stream, std::string text);

  // The part that a text names first as `name:line`, and that line.
  auto FindPlace(const std::string &text, std::smatch *match) const -> std::optional<Place>;
  // Numbers of lines in `block` become relative to the CHECK line, as far as they are of `part`.
  auto WithRelativeLines(const std::string &text, size_t part, size_t &current) -> std::string;
  auto Relative(size_t part, size_t line_from_1) const -> std::string;

  const TestFile &test_;
  const Result &result_;
  std::map<Place, std::vector<Block>> placed_;
  // Blocks of each command that no line of the test could take.
  std::vector<std::vector<Block>> rest_;
  // For each part, the number in the written file of each line, and of its end.
  std::vector<std::vector<size_t>> numbers_;
  std::regex location_;
  std::string out_;
  size_t line_ = 1;
};

Writer::Writer(const TestFile &test, const Result &result) : test_(test), result_(result) {
  location_ = std::regex(R"(([A-Za-z0-9_./-]+):(\d+))");
  for (const Outcome &outcome : result.outcomes) PlaceBlocks(outcome);
}

auto Writer::FindPlace(const std::string &text, std::smatch *match) const -> std::optional<Place> {
  std::smatch found;
  if (!std::regex_search(text, found, location_)) return std::nullopt;
  for (size_t i = 0; i < test_.parts.size(); ++i) {
    if (found[1] != test_.parts[i].name && found[1] != "./" + test_.parts[i].name) continue;
    if (found[2].length() > 6) return std::nullopt;
    if (match != nullptr) *match = found;
    const size_t line = std::stoul(found[2]);
    return Place{i, std::min(line == 0 ? 0 : line - 1, test_.parts[i].lines.size())};
  }
  return std::nullopt;
}

void Writer::PlaceBlocks(const Outcome &outcome) {
  std::vector<Block> rest;
  Place last{0, 0};
  for (Block &block : Blocks(outcome.err)) {
    std::optional<Place> place;
    for (const std::string &line : block) {
      if ((place = FindPlace(line, nullptr))) break;
    }
    if (place && *place >= last) {
      last = *place;
      placed_[*place].push_back(std::move(block));
    } else {
      rest.push_back(std::move(block));
    }
  }
  rest_.push_back(std::move(rest));
}

auto Writer::Write() -> std::string {
  WriteDirectives();
  // Where each line will stand, known before any is written.
  size_t number = line_;
  for (size_t part = 0; part < test_.parts.size(); ++part) {
    std::vector<size_t> numbers;
    if (!test_.parts[part].heading.empty()) ++number;
    for (size_t line = 0; line <= test_.parts[part].lines.size(); ++line) {
      for (const Block &block : placed_[{part, line}]) number += block.size();
      numbers.push_back(number);
      if (line < test_.parts[part].lines.size()) ++number;
    }
    numbers_.push_back(std::move(numbers));
  }
  for (size_t part = 0; part < test_.parts.size(); ++part) {
    const Part &file = test_.parts[part];
    if (!file.heading.empty()) {
      out_ += file.heading + "\n";
      ++line_;
    }
    for (size_t line = 0; line < file.lines.size(); ++line) {
      const llvm::StringRef text = file.lines[line];
      WriteBlocks({part, line}, text.take_front(text.size() - text.ltrim().size()));
      out_ += file.lines[line] + "\n";
      ++line_;
    }
    WriteBlocks({part, file.lines.size()}, "");
  }
  WriteEnd();
  return std::move(out_);
}

void Writer::WriteDirectives() {
  for (const std::string &line : test_.preface) out_ += line + "\n";
  out_ += "// AUTOUPDATE\n";
  for (size_t i = 0; i < test_.commands.size(); ++i) {
    const Command &command = test_.commands[i];
    out_ += "// ARGS: " + command.args;
    if (!command.input.empty()) out_ += " < " + command.input;
    out_ += "\n";
    const int exit = result_.outcomes[i].exit;
    if (exit != (test_.is_fail() ? 1 : 0)) out_ += "// EXIT: " + std::to_string(exit) + "\n";
  }
  for (const std::string &name : test_.shown) out_ += "// SHOW: " + name + "\n";
  line_ = 1 + static_cast<size_t>(llvm::StringRef(out_).count('\n'));
}

void Writer::WriteEnd() {
  for (size_t i = 0; i < test_.commands.size(); ++i) {
    const std::vector<std::string> lines = Lines(result_.outcomes[i].out);
    if (rest_[i].empty() && lines.empty()) continue;
    if (test_.commands.size() > 1) WriteCheck("", "COMMAND", test_.commands[i].args);
    for (const Block &block : rest_[i]) {
      for (const std::string &line : block) WriteCheck("", "STDERR", line);
    }
    for (const std::string &line : lines) WriteCheck("", "STDOUT", line);
  }
  for (size_t i = 0; i < test_.shown.size(); ++i) {
    WriteCheck("", "SHOW", test_.shown[i]);
    for (const std::string &line : Lines(result_.shown[i])) WriteCheck("", "FILE", line);
  }
}

void Writer::WriteBlocks(Place place, llvm::StringRef indent) {
  for (const Block &block : placed_[place]) {
    size_t current = place.first;
    for (const std::string &line : block) {
      WriteCheck(indent, "STDERR", WithRelativeLines(line, place.first, current));
    }
  }
}

void Writer::WriteCheck(llvm::StringRef indent, llvm::StringRef stream, std::string text) {
  // Visible, and safe from editors that trim lines.
  if (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text += "[[@END]]";
  out_ += (indent + "// CHECK:" + stream + ":").str();
  if (!text.empty()) out_ += " " + text;
  out_ += "\n";
  ++line_;
}

auto Writer::WithRelativeLines(const std::string &text, size_t part, size_t &current)
    -> std::string {
  static const std::regex kGutter(R"(^( *)(\d+)( [|+~-].*)$)");
  if (llvm::StringRef(text).starts_with("help:")) current = part;
  std::smatch match;
  if (std::regex_match(text, match, kGutter)) {
    if (current != part || match[2].length() > 6) return text;
    return match[1].str() + Relative(part, std::stoul(match[2])) + match[3].str();
  }
  const auto place = FindPlace(text, &match);
  if (!place) return text;
  current = place->first;
  if (current != part) return text;
  return match.prefix().str() + match[1].str() + ":" + Relative(part, std::stoul(match[2])) +
         match.suffix().str();
}

auto Writer::Relative(size_t part, size_t line_from_1) const -> std::string {
  const std::vector<size_t> &numbers = numbers_[part];
  if (line_from_1 == 0 || line_from_1 > numbers.size()) return std::to_string(line_from_1);
  const auto offset =
      static_cast<int64_t>(numbers[line_from_1 - 1]) - static_cast<int64_t>(line_);
  return "[[@LINE" + std::string(offset < 0 ? "" : "+") + std::to_string(offset) + "]]";
}

}  // namespace

auto WithChecks(const TestFile &test, const Result &result) -> std::string {
  return Writer(test, result).Write();
}

}  // namespace groma::harness
