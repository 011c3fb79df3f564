// SPDX-License-Identifier: Apache-2.0
#include "mistakes.h"

#include "llvm/ADT/StringExtras.h"
#include "messages.h"

namespace groma::parse {
namespace {

using diagnostics::Applicability;
using source::Span;

struct Spelling {
  llvm::StringLiteral theirs;
  llvm::StringLiteral ours;
};
constexpr Spelling kSpellings[] = {
    {"&&", "and"}, {"||", "or"}, {"!", "not"}, {"===", "=="}, {"!==", "!="},
    {"=<", "<="},  {"=>", "="},  {"<>", "!="}, {":=", "="},
};

// A string in double quotes with what stood between quotes of another shape.
auto Requoted(llvm::StringRef inner) -> std::string {
  std::string out = "\"";
  for (char c : inner) {
    if (c == '"') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace

auto OurSpelling(llvm::StringRef symbol) -> llvm::StringRef {
  for (const Spelling &s : kSpellings) {
    if (s.theirs == symbol) return s.ours;
  }
  return symbol;
}

auto WholeDate(llvm::StringRef text) -> std::string {
  llvm::SmallVector<llvm::StringRef, 3> parts;
  text.split(parts, '-');
  std::string out = parts[0].str();
  for (llvm::StringRef part : llvm::ArrayRef(parts).drop_front()) {
    if (part.starts_with("q")) {
      out += "-Q" + part.drop_front().str();
    } else {
      out += part.size() == 1 ? "-0" : "-";
      out += part;
    }
  }
  return out;
}

void Report(const Mistake &m, llvm::StringRef text, uint32_t base, diagnostics::Sink &sink) {
  const Span span{base + m.begin, base + m.end};
  const llvm::StringRef found = text.slice(m.begin, m.end);
  switch (m.kind) {
    case MistakeKind::UnitTouchesNumber: {
      const Span gap{base + m.at, base + m.at};
      sink.Report(message::UnitTouchesNumber, span, text.slice(m.begin, m.at).str(),
                  text.slice(m.at, m.end).str())
          .Fix(gap, "put a space before the unit", " ");
      return;
    }
    case MistakeKind::NameBeginsWithDigit:
      sink.Report(message::NameForm, span, found.str())
          .Fix(span, "begin the name with `_`", "_" + found.str(), Applicability::Unsafe);
      return;
    case MistakeKind::MinusTouchesNumbers:
      sink.Report(message::MinusTouchesNumbers, span)
          .Fix({base + m.at, base + m.at + 1}, "put spaces around the minus", " - ");
      return;
    case MistakeKind::DateForm:
      sink.Report(message::DateForm, span, found.str())
          .Fix(span, "write all digits", WholeDate(found));
      return;
    case MistakeKind::NoSuchDate:
      sink.Report(message::NoSuchDate, span, found.str());
      return;
    case MistakeKind::NoSuchAddress:
      sink.Report(message::NoSuchAddress, span, found.str())
          .Help("each of the four parts is at most 255, the length of the prefix at most 32");
      return;
    case MistakeKind::NumberWithoutZero:
      sink.Report(message::NumberForm, span, found.str())
          .Fix({span.begin, span.begin}, "put a zero before the point", "0");
      return;
    case MistakeKind::SemicolonAtEnd:
      sink.Report(message::Semicolon, span).Fix(span, "remove the semicolon", "");
      return;
    case MistakeKind::SemicolonBetween:
      sink.Report(message::Semicolon, span).Fix(span, "write a comma", ",");
      return;
    case MistakeKind::SingleQuotes:
      sink.Report(message::ForeignQuotes, span)
          .Fix(span, "use double quotes", Requoted(found.drop_front().drop_back()));
      return;
    case MistakeKind::ForeignQuote:
      sink.Report(message::ForeignQuotes, span)
          .Fix(span, "use double quotes", Requoted(found.drop_front(3).drop_back(3)));
      return;
    case MistakeKind::HashComment:
      sink.Report(message::ForeignComment, span, "#").Fix(span, "write `//`", "//");
      return;
    case MistakeKind::BlockComment: {
      auto report = sink.Report(message::ForeignComment, span, "/*");
      const llvm::StringRef after = text.substr(m.end).take_until([](char c) { return c == '\n'; });
      if (found.contains('\n') || !after.trim().empty() || !found.ends_with("*/")) {
        report.Help("begin each line of the comment with `//`");
      } else {
        report.Fix(span, "write `//`", "//" + found.drop_front(2).drop_back(2).rtrim().str());
      }
      return;
    }
    case MistakeKind::SymbolOperator: {
      const std::string ours = OurSpelling(found).str();
      // `!x` needs a space once it is a word.
      const bool joins = ours == "not" || (llvm::isAlpha(ours[0]) && m.end < text.size() &&
                                           !llvm::isSpace(text[m.end]));
      const bool joined = llvm::isAlpha(ours[0]) && m.begin > 0 && llvm::isAlnum(text[m.begin - 1]);
      sink.Report(message::SymbolOperator, span, found.str(), ours)
          .Fix(span, "write `" + ours + "`", (joined ? " " : "") + ours + (joins ? " " : ""));
      return;
    }
    case MistakeKind::UnknownCharacter:
      sink.Report(message::UnknownCharacter, span, found.str())
          .Help("names are letters from a to z, digits and `_`; other text stands in \"strings\"");
      return;
    case MistakeKind::ForeignSpace:
      sink.Report(message::ForeignSpace, span).Fix(span, "write a plain space", " ");
      return;
    case MistakeKind::UnterminatedString:
      sink.Report(message::UnterminatedString, span)
          .Fix({span.end, span.end}, "close the string", "\"", Applicability::Unsafe);
      return;
    case MistakeKind::UnknownEscape:
      sink.Report(message::UnknownEscape, span, found.str())
          .Fix({span.begin, span.begin}, "double the backslash to write one", "\\",
               Applicability::Unsafe)
          .Help("known are `\\\"`, `\\\\`, `\\n`, `\\t`, `\\$` and `\\u{1F600}`");
      return;
    case MistakeKind::BraceOnNextLine: {
      auto report = sink.Report(message::BraceOnNextLine, span);
      if (text.slice(m.at, m.begin).trim().empty()) {
        report.Fix({base + m.at, base + m.begin}, "join the lines", " ");
      }
      return;
    }
  }
}

auto Utf8Length(llvm::StringRef text) -> uint32_t {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char c = byte(0);
  if (c < 0x80) return 1;
  const uint32_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
  if (c < 0xc2 || c > 0xf4 || text.size() < length) return 0;
  for (uint32_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  // Too long a form, a surrogate, or beyond the last scalar.
  if ((c == 0xe0 && byte(1) < 0xa0) || (c == 0xed && byte(1) >= 0xa0) ||
      (c == 0xf0 && byte(1) < 0x90) || (c == 0xf4 && byte(1) >= 0x90)) {
    return 0;
  }
  return length;
}

void CheckBytes(llvm::StringRef text, uint32_t base, diagnostics::Sink &sink) {
  // A file that is no text at all says so a few times and no more.
  constexpr unsigned kMostReports = 20;
  unsigned reports = 0;
  for (size_t at = 0; at < text.size() && reports < kMostReports;) {
    const auto c = static_cast<unsigned char>(text[at]);
    if ((c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t' || c == '\r') {
      ++at;
      continue;
    }
    const size_t begin = at;
    const auto place = [&] {
      return Span{base + static_cast<uint32_t>(begin), base + static_cast<uint32_t>(at)};
    };
    if (c < 0x80) {
      while (at < text.size() && text[at] == text[begin]) ++at;
      sink.Report(message::ControlCharacter, place(), "U+00" + llvm::utohexstr(c, false, 2))
          .Fix(place(), "remove it", "");
      ++reports;
    } else if (const uint32_t length = Utf8Length(text.substr(at)); length > 0) {
      at += length;
    } else {
      while (at < text.size() && Utf8Length(text.substr(at)) == 0) ++at;
      sink.Report(message::NotUtf8, place(), llvm::toHex(text.slice(begin, at).take_front(8)))
          .Help("save the file as UTF-8");
      ++reports;
    }
  }
}

}  // namespace groma::parse
