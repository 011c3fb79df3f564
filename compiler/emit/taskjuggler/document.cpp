// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/taskjuggler/document.h"

namespace groma::emit::taskjuggler {
namespace {

class Printer {
 public:
  auto Print(const std::vector<Statement> &statements) -> output::File {
    for (const Statement &one : statements) PrintOne(one, 0);
    return std::move(file_);
  }

 private:
  void Line(size_t depth, const std::string &text, const std::vector<source::Span> &because) {
    file_.text += std::string(2 * depth, ' ') + text + "\n";
    file_.Trace(++line_, because);
  }

  void PrintOne(const Statement &statement, size_t depth) {
    std::string text;
    for (const Word &word : statement.words) {
      text += (text.empty() ? "" : " ") + (word.is_quoted ? Quoted(word.text) : word.text);
    }
    if (!statement.is_block && statement.inside.empty())
      return Line(depth, text, statement.because);
    Line(depth, text + " {", statement.because);
    for (const Statement &one : statement.inside) PrintOne(one, depth + 1);
    Line(depth, "}", statement.because);
  }

  output::File file_;
  size_t line_ = 0;
};

}  // namespace

auto Quoted(const std::string &text) -> std::string {
  std::string out = "\"";
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (static_cast<unsigned char>(c) < 0x20) {
      out += ' ';
    } else if (c == '"') {
      out += "\\\"";
    } else if (c == '$' && (next == '{' || next == '(')) {
      out += "$ ";
    } else {
      out += c;
    }
  }
  // It would take the quote that ends the text for a part of it.
  if (out.back() == '\\') out += ' ';
  return out + "\"";
}

auto Print(const std::vector<Statement> &statements) -> output::File {
  return Printer().Print(statements);
}

}  // namespace groma::emit::taskjuggler
