// SPDX-License-Identifier: Apache-2.0
// Numbers, dates, addresses and strings; and characters that mean nothing.
#include "lexer.h"

namespace groma::parse {
namespace {

// Strings within the interpolations of strings.
constexpr unsigned kMaxStringDepth = 16;

auto DaysIn(unsigned year, unsigned month) -> unsigned {
  constexpr unsigned kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && is_leap ? 29 : kDays[month - 1];
}

auto Digits(llvm::StringRef text) -> unsigned {
  unsigned value = 0;
  for (char c : text) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

}  // namespace

// `2027-06-30`, `2027-06`, `2027-Q3`, and what was meant to be one of them.
auto Lexer::ScanDate(Token &token) -> bool {
  uint32_t at = at_;
  while (at < end_ && IsDigit(static_cast<unsigned char>(text_[at]))) ++at;
  if (at - at_ != 4 || at + 1 >= end_ || text_[at] != '-') return false;
  const unsigned year = Digits(text_.slice(at_, at));
  ++at;
  if (text_[at] == 'Q' || text_[at] == 'q') {
    uint32_t end = at;
    while (end < end_ && IsWordByte(static_cast<unsigned char>(text_[end]))) ++end;
    const bool is_quarter = end - at == 2 && text_[at + 1] >= '1' && text_[at + 1] <= '4';
    if (end - at == 1 || !IsDigit(static_cast<unsigned char>(text_[at + 1]))) return false;
    if (!is_quarter) Found(MistakeKind::NoSuchDate, at_, end);
    if (is_quarter && text_[at] == 'q') Found(MistakeKind::DateForm, at_, end);
    token = Take(Rule::QUARTER, end - at_);
    return true;
  }
  uint32_t month_end = at;
  while (month_end < end_ && IsDigit(static_cast<unsigned char>(text_[month_end]))) ++month_end;
  uint32_t day_end = month_end;
  if (month_end + 1 < end_ && text_[month_end] == '-') {
    ++day_end;
    while (day_end < end_ && IsDigit(static_cast<unsigned char>(text_[day_end]))) ++day_end;
    if (day_end == month_end + 1) day_end = month_end;
  }
  const uint32_t month_digits = month_end - at;
  const uint32_t day_digits = day_end > month_end ? day_end - month_end - 1 : 0;
  if (month_digits == 0 || month_digits > 2 || day_digits > 2) return false;
  if (day_end < end_ && IsWordByte(static_cast<unsigned char>(text_[day_end]))) return false;
  const unsigned month = Digits(text_.slice(at, month_end));
  if (day_digits == 0) {
    // `2048-10` is a month as long as it can be one; `2048-1` is more likely a month than a sum.
    if (month < 1 || month > 12) return false;
    if (month_digits == 1) Found(MistakeKind::DateForm, at_, month_end);
    token = Take(Rule::MONTH, month_end - at_);
    return true;
  }
  const unsigned day = Digits(text_.slice(month_end + 1, day_end));
  if (month < 1 || month > 12 || day < 1 || day > DaysIn(year, month)) {
    Found(MistakeKind::NoSuchDate, at_, day_end);
  } else if (month_digits == 1 || day_digits == 1) {
    Found(MistakeKind::DateForm, at_, day_end);
  }
  token = Take(Rule::DATE, day_end - at_);
  return true;
}

auto Lexer::ScanCidr(Token &token) -> bool {
  uint32_t at = at_;
  bool fits = true;
  for (int part = 0; part < 4; ++part) {
    const uint32_t begin = at;
    while (at < end_ && IsDigit(static_cast<unsigned char>(text_[at])) && at - begin < 4) ++at;
    if (at == begin || at - begin > 3) return false;
    fits &= Digits(text_.slice(begin, at)) <= 255;
    if (part < 3 && (at >= end_ || text_[at++] != '.')) return false;
  }
  if (at + 1 < end_ && text_[at] == '/' && IsDigit(static_cast<unsigned char>(text_[at + 1]))) {
    const uint32_t begin = ++at;
    while (at < end_ && IsDigit(static_cast<unsigned char>(text_[at])) && at - begin < 3) ++at;
    fits &= Digits(text_.slice(begin, at)) <= 32;
  }
  if (at < end_ && IsWordByte(static_cast<unsigned char>(text_[at]))) return false;
  if (!fits) Found(MistakeKind::NoSuchAddress, at_, at);
  token = Take(Rule::CIDR, at - at_);
  return true;
}

auto Lexer::ScanNumber() -> Token {
  Token token;
  if (ScanDate(token) || ScanCidr(token)) return token;
  const uint32_t begin = at_;
  while (IsDigit(peek()) || (peek() == '_' && IsDigit(peek(1)))) ++at_;
  if (peek() == '.' && IsDigit(peek(1))) {
    ++at_;
    while (IsDigit(peek())) ++at_;
  }
  const unsigned char c = peek();
  if ((c == 'k' || c == 'M' || c == 'G' || c == 'T') && !IsWordByte(peek(1))) ++at_;
  token = {Rule::NUMBER, 0, begin, at_, 0};
  if (IsWordByte(peek()) || peek() == '%') {
    uint32_t end = at_ + 1;
    while (end < end_ && IsWordByte(static_cast<unsigned char>(text_[end]))) ++end;
    if (last_ == Rule::IDENT && IsWordByte(peek())) {
      // After a word only a name or a body may stand: `site 3rd {`.
      Found(MistakeKind::NameBeginsWithDigit, begin, end);
      at_ = end;
      return {Rule::IDENT, 0, begin, end, 0};
    }
    Found(MistakeKind::UnitTouchesNumber, begin, end, at_);
  }
  if (peek() == '-' && IsDigit(peek(1))) {
    uint32_t end = at_ + 1;
    while (end < end_ &&
           (IsWordByte(static_cast<unsigned char>(text_[end])) || text_[end] == '.')) {
      ++end;
    }
    Found(MistakeKind::MinusTouchesNumbers, begin, end, at_);
  }
  return token;
}

auto Lexer::EndOfString(uint32_t at, unsigned depth, bool &is_interpolated) const -> uint32_t {
  // The braces that are open within an interpolation; 0 in the text of the string.
  unsigned open = 0;
  for (++at; at < end_; ++at) {
    switch (text_[at]) {
      case '\n':
        return 0;
      case '\\':
        if (open == 0) ++at;
        break;
      case '$':
        if (open == 0 && at + 1 < end_ && text_[at + 1] == '{') {
          is_interpolated = true;
          ++open;
          ++at;
        }
        break;
      case '{':
        if (open > 0) ++open;
        break;
      case '}':
        if (open > 0) --open;
        break;
      case '"':
        if (open == 0) return at + 1;
        if (depth >= kMaxStringDepth) return 0;
        at = EndOfString(at, depth + 1, is_interpolated);
        if (at == 0) return 0;
        --at;
        break;
      default:
        break;
    }
  }
  return 0;
}

auto Lexer::EndOfInterpolation(uint32_t at) const -> uint32_t {
  bool is_interpolated = false;
  unsigned open = 1;
  for (; at < end_; ++at) {
    if (text_[at] == '"') {
      const uint32_t end = EndOfString(at, 1, is_interpolated);
      if (end == 0) return end_ - 1;
      at = end - 1;
    }
    if (text_[at] == '{') ++open;
    if (text_[at] == '}' && --open == 0) return at;
  }
  return end_ - 1;
}

auto Lexer::ScanString() -> Token {
  const uint32_t begin = at_;
  bool is_interpolated = false;
  uint32_t end = EndOfString(begin, 0, is_interpolated);
  if (end == 0) {
    // Perhaps only an interpolation is unfinished: then the string ends at the last quote.
    is_interpolated = false;
    size_t line_end = text_.slice(0, end_).find('\n', begin);
    if (line_end == llvm::StringRef::npos) line_end = end_;
    llvm::StringRef line = text_.slice(begin, line_end).rtrim();
    // Closers that this line still owes belong to the line, not to the string.
    llvm::StringRef rest = line;
    uint32_t owed = open_on_line_;
    while (owed > 0 && rest.size() > 1 && llvm::StringRef(" ,)]}").contains(rest.back())) {
      if (llvm::StringRef(")]}").contains(rest.back())) --owed;
      rest = rest.drop_back();
    }
    if (owed < open_on_line_) line = rest.rtrim();
    end = begin + static_cast<uint32_t>(line.size());
    Found(MistakeKind::UnterminatedString, begin, end);
    return Take(kBad, end - begin);
  }
  for (uint32_t at = begin + 1; !is_interpolated && at + 1 < end; ++at) {
    if (text_[at] != '\\') continue;
    ++at;
    if (!llvm::StringRef("\"\\nt$").contains(text_[at]) &&
        !(text_[at] == 'u' && text_[at + 1] == '{')) {
      Found(MistakeKind::UnknownEscape, at - 1, at + 1);
    }
  }
  Token token = Take(Rule::STRING, end - begin);
  if (is_interpolated) token.flags |= kInterpolated;
  return token;
}

// In single quotes or backticks.
auto Lexer::ScanSingleQuotes() -> Token {
  const uint32_t begin = at_;
  const char quote_or_end[] = {text_[begin], '\n', '\0'};
  const size_t end = text_.slice(0, end_).find_first_of(quote_or_end, begin + 1);
  if (end == llvm::StringRef::npos || text_[end] == '\n') return ScanStray();
  Found(MistakeKind::SingleQuotes, begin, static_cast<uint32_t>(end) + 1);
  return Take(Rule::STRING, static_cast<uint32_t>(end) + 1 - begin);
}

// What other languages write, taken for what groma writes; otherwise text that means nothing.
auto Lexer::ScanStray() -> Token {
  struct Stray {
    llvm::StringLiteral text;
    uint16_t type;
  };
  static constexpr Stray kStrays[] = {
      {"&&", Rule::AND}, {"||", Rule::OR},     {"===", Rule::EQ},
      {"!==", Rule::NE}, {"=<", Rule::LE},     {"=>", Rule::ASSIGN},
      {"<>", Rule::NE},  {":=", Rule::ASSIGN}, {"!", Rule::NOT},
  };
  const llvm::StringRef rest = text_.slice(at_, end_);
  for (const Stray &stray : kStrays) {
    if (!rest.starts_with(stray.text)) continue;
    Found(MistakeKind::SymbolOperator, at_, at_ + static_cast<uint32_t>(stray.text.size()));
    return Take(stray.type, static_cast<uint32_t>(stray.text.size()));
  }
  if (rest[0] == ';') {
    Found(MistakeKind::SemicolonBetween, at_, at_ + 1);
    return Take(Rule::COMMA, 1);
  }
  if (rest[0] == '.') {
    uint32_t length = 1;
    while (IsDigit(peek(length))) ++length;
    Found(MistakeKind::NumberWithoutZero, at_, at_ + length);
    return Take(Rule::NUMBER, length);
  }
  return ScanForeign();
}

// A run of bytes that mean nothing is one mistake. Control characters and what is not UTF-8 were
// reported when the file was opened.
auto Lexer::ScanForeign() -> Token {
  const llvm::StringRef rest = text_.slice(at_, end_);
  for (llvm::StringRef quote : {"\u201c", "\u201d", "\u201e", "\u2018", "\u2019"}) {
    if (!rest.starts_with(quote)) continue;
    const llvm::StringRef line = rest.take_until([](char c) { return c == '\n'; });
    for (llvm::StringRef closing : {"\u201d", "\u201c", "\u2019"}) {
      const size_t end = line.find(closing, quote.size());
      if (end == llvm::StringRef::npos) continue;
      const auto length = static_cast<uint32_t>(end + closing.size());
      Found(MistakeKind::ForeignQuote, at_, at_ + length);
      return Take(Rule::STRING, length);
    }
  }
  uint32_t length = 0;
  bool is_reported = true;
  do {
    const llvm::StringRef here = rest.substr(length);
    const auto c = static_cast<unsigned char>(here[0]);
    const uint32_t width = Utf8Length(here);
    if (width > 0 && c >= 0x20 && c != 0x7f) is_reported = false;
    length += width == 0 ? 1 : width;
  } while (at_ + length < end_ && static_cast<unsigned char>(rest[length]) >= 0x80);
  if (!is_reported) Found(MistakeKind::UnknownCharacter, at_, at_ + length);
  return Take(kBad, length);
}

}  // namespace groma::parse
