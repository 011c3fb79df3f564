// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/mermaid/document.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

namespace groma::emit::mermaid {
namespace {

// A line that begins with one of these is a statement.
constexpr llvm::StringLiteral kStatements[] = {
    "accdescr",          "acctitle", "axisformat",   "call",  "click",
    "dateformat",        "excludes", "gantt",        "href",  "includes",
    "inclusiveenddates", "section",  "tickinterval", "title", "todaymarker",
    "topaxis",           "weekday",  "weekend"};

}  // namespace

auto Harmless(const std::string &text) -> std::string {
  std::string out;
  for (const char c : llvm::StringRef(text).trim()) {
    switch (c) {
      case ':':
        out += "\uA789";
        break;
      case ';':
        out += "\uFF1B";
        break;
      case '#':
        out += "\uFF03";
        break;
      case '%':
        out += "\uFF05";
        break;
      case '{':
        out += "\uFF5B";
        break;
      case '}':
        out += "\uFF5D";
        break;
      case '<':
        out += "\uFF1C";
        break;
      case '>':
        out += "\uFF1E";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  const llvm::StringRef start(out);
  const bool is_statement = llvm::any_of(
      kStatements, [&](llvm::StringRef word) { return start.starts_with_insensitive(word); });
  if (out.empty() || is_statement || llvm::isDigit(out[0])) out.insert(0, "\u00B7 ");
  return out;
}

auto Print(const Chart &chart) -> output::File {
  output::File file;
  size_t line = 0;
  const auto say = [&](const std::string &text, const std::vector<source::Span> &because) {
    file.text += text + "\n";
    file.Trace(++line, because);
  };
  say("gantt", chart.because);
  say("    title " + Harmless(chart.title), chart.because);
  say("    dateFormat YYYY-MM-DD", chart.because);
  if (!chart.excludes.empty())
    say("    excludes " + llvm::join(chart.excludes, ", "), chart.because);
  for (const Section &section : chart.sections) {
    say("    section " + Harmless(section.title), section.because);
    for (const Bar &bar : section.bars) {
      std::string text = "    " + Harmless(bar.title) + " :";
      for (const std::string &tag : bar.tags) text += tag + ", ";
      // The day on which a bar ends is the first that is not worked on. Said as a day it stays
      // where it is, whatever is excluded.
      text += bar.id + ", " + bar.first.ToString() + ", ";
      text += (bar.is_milestone ? bar.first : bar.last.AddDays(1)).ToString();
      say(text, bar.because);
    }
  }
  return file;
}

}  // namespace groma::emit::mermaid
