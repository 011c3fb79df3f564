// SPDX-License-Identifier: Apache-2.0
#include "lexer.h"

#include <array>
#include <cstring>

namespace groma::parse {
namespace {

struct Keyword {
  llvm::StringLiteral text;
  uint16_t type;
};

// In the order of the alphabet: a word is looked up among those with its first letter.
constexpr Keyword kKeywords[] = {
    {"all", Rule::ALL},
    {"and", Rule::AND},
    {"any", Rule::ANY},
    {"at", Rule::AT},
    {"because", Rule::BECAUSE},
    {"choose", Rule::CHOOSE},
    {"each", Rule::EACH},
    {"else", Rule::ELSE},
    {"expect", Rule::EXPECT},
    {"false", Rule::FALSE},
    {"fn", Rule::FN},
    {"for", Rule::FOR},
    {"from", Rule::FROM},
    {"given", Rule::GIVEN},
    {"if", Rule::IF},
    {"import", Rule::IMPORT},
    {"in", Rule::IN},
    {"is", Rule::IS},
    {"let", Rule::LET},
    {"maximize", Rule::MAXIMIZE},
    {"minimize", Rule::MINIMIZE},
    {"none", Rule::NONE},
    {"not", Rule::NOT},
    {"or", Rule::OR},
    {"param", Rule::PARAM},
    {"plan", Rule::PLAN},
    {"prefer", Rule::PREFER},
    {"require", Rule::REQUIRE},
    {"rising", Rule::RISING},
    {"step", Rule::STEP},
    {"then", Rule::THEN},
    {"true", Rule::TRUE},
    {"type", Rule::TYPE},
    {"weight", Rule::WEIGHT},
    {"where", Rule::WHERE},
};

struct Bucket {
  uint8_t begin = 0;
  uint8_t end = 0;
};

constexpr auto kBuckets = [] {
  std::array<Bucket, 26> buckets{};
  for (uint8_t i = 0; i < std::size(kKeywords); ++i) {
    Bucket &bucket = buckets[static_cast<size_t>(kKeywords[i].text.data()[0] - 'a')];
    if (bucket.end == 0) bucket.begin = i;
    bucket.end = i + 1;
  }
  return buckets;
}();

auto WordType(llvm::StringRef word) -> uint16_t {
  if (word.size() < 2 || word.size() > 8 || word[0] < 'a' || word[0] > 'z') return Rule::IDENT;
  const Bucket bucket = kBuckets[static_cast<size_t>(word[0] - 'a')];
  for (uint8_t i = bucket.begin; i < bucket.end; ++i) {
    if (word == kKeywords[i].text) return kKeywords[i].type;
  }
  return Rule::IDENT;
}

enum CharClass : uint8_t { kLetter = 1, kDigitClass = 2 };

constexpr auto kClasses = [] {
  std::array<uint8_t, 256> classes{};
  for (int c = 'a'; c <= 'z'; ++c) classes[static_cast<size_t>(c)] = kLetter;
  for (int c = 'A'; c <= 'Z'; ++c) classes[static_cast<size_t>(c)] = kLetter;
  for (int c = '0'; c <= '9'; ++c) classes[static_cast<size_t>(c)] = kDigitClass;
  classes['_'] = kLetter;
  return classes;
}();

}  // namespace

auto IsWordByte(unsigned char c) -> bool { return kClasses[c] != 0; }
auto IsDigit(unsigned char c) -> bool { return kClasses[c] == kDigitClass; }

void Lexer::Rewind(uint32_t at) {
  at_ = at;
  last_ = Rule::NL;
  while (!comments_.empty() && comments_.back().begin >= at) comments_.pop_back();
  while (!mistakes_.empty() && mistakes_.back().begin >= at) mistakes_.pop_back();
}

auto Lexer::Next(bool quiet) -> Token {
  const uint32_t before = at_;
  const bool is_first = SkipTrivia();
  if (is_first && !quiet && at_ < end_ && last_ != Rule::NL && last_ != Rule::LBRACE &&
      last_ != Rule::COMMA && !GoesOn()) {
    // No item begins with a brace, so it belongs to the head above.
    if (peek() != '{' || !EndsValue(last_)) {
      last_ = Rule::NL;
      return {Rule::NL, 0, before, before, 0};
    }
    Found(MistakeKind::BraceOnNextLine, at_, at_ + 1, before);
  }
  Token token = Scan();
  // The newline may have been handed out by the call before.
  if (is_first || token.begin == 0 || last_ == Rule::NL) {
    token.flags |= kFirstOnLine;
    indent_ = token.begin - line_begin_;
    open_on_line_ = 0;
  }
  if (IsOpener(token.type)) ++open_on_line_;
  if (IsCloser(token.type) && open_on_line_ > 0) --open_on_line_;
  before_last_ = last_;
  last_ = token.type;
  return token;
}

// Whether the line before goes on here: it ended with a binary operator, and this is no new field.
auto Lexer::GoesOn() const -> bool {
  const bool is_word = (last_ >= Rule::AND && last_ <= Rule::WHERE && last_ != Rule::NOT) ||
                       last_ == Rule::THEN || last_ == Rule::ELSE;
  const bool is_symbol =
      (last_ >= Rule::EQ && last_ <= Rule::SLASH) || last_ == Rule::RANGE || last_ == Rule::COLON;
  if (!is_symbol && !(is_word && (EndsValue(before_last_) || before_last_ == Rule::NUMBER))) {
    return false;
  }
  uint32_t at = at_;
  while (at < end_ && IsWordByte(static_cast<unsigned char>(text_[at]))) ++at;
  while (at < end_ && text_[at] == ' ') ++at;
  return at + 1 >= end_ || text_[at] != '=' || text_[at + 1] == '=';
}

// Skips spaces, newlines and comments; true if there was a newline.
auto Lexer::SkipTrivia() -> bool {
  bool has_newline = false;
  for (; at_ < end_; ++at_) {
    switch (text_[at_]) {
      case '\n':
        has_newline = true;
        line_begin_ = at_ + 1;
        continue;
      case ' ':
      case '\t':
      case '\r':
        continue;
      case '/':
        if (peek(1) == '/') {
          SkipComment(peek(2) == '/' ? 3 : 2);
          --at_;
          continue;
        }
        if (peek(1) == '*') {
          size_t end = text_.slice(0, end_).find("*/", at_ + 2);
          end = end == llvm::StringRef::npos ? end_ : end + 2;
          Found(MistakeKind::BlockComment, at_, static_cast<uint32_t>(end));
          at_ = static_cast<uint32_t>(end) - 1;
          continue;
        }
        return has_newline;
      case '#':
        Found(MistakeKind::HashComment, at_, at_ + 1);
        SkipComment(1);
        --at_;
        continue;
      case ';': {
        const size_t next = text_.slice(0, end_).find_first_not_of(" \t\r;", at_);
        const bool at_end = next == llvm::StringRef::npos || text_[next] == '\n' ||
                            text_[next] == '}' || text_.substr(next).starts_with("//");
        if (!at_end) return has_newline;
        const auto end = static_cast<uint32_t>(
            next == llvm::StringRef::npos ? end_ : text_.slice(at_, next).rfind(';') + at_ + 1);
        Found(MistakeKind::SemicolonAtEnd, at_, end);
        at_ = end - 1;
        continue;
      }
      case '\xc2':
        if (peek(1) != 0xa0) return has_newline;
        Found(MistakeKind::ForeignSpace, at_, at_ + 2);
        ++at_;
        continue;
      case '\xe2':
        // U+2002 to U+200B and U+202F, the spaces that web pages and word processors leave.
        if (peek(1) != 0x80 || !((peek(2) >= 0x82 && peek(2) <= 0x8b) || peek(2) == 0xaf)) {
          return has_newline;
        }
        Found(MistakeKind::ForeignSpace, at_, at_ + 3);
        at_ += 2;
        continue;
      default:
        return has_newline;
    }
  }
  return has_newline;
}

void Lexer::SkipComment(uint32_t slashes) {
  const uint32_t begin = at_;
  const char *newline = static_cast<const char *>(memchr(text_.data() + at_, '\n', end_ - at_));
  at_ = newline == nullptr ? end_ : static_cast<uint32_t>(newline - text_.data());
  uint32_t end = at_;
  if (end > begin && text_[end - 1] == '\r') --end;
  comments_.push_back({begin, end, slashes == 3 ? 1U : 0U});
}

auto Lexer::Scan() -> Token {
  if (at_ >= end_) return {kEof, 0, end_, end_, 0};
  const unsigned char c = peek();
  if (kClasses[c] == kLetter) return ScanWord();
  if (kClasses[c] == kDigitClass) return ScanNumber();
  if (c == '"') return ScanString();
  if (c == '\'' || c == '`') return ScanSingleQuotes();
  return ScanSymbol();
}

auto Lexer::ScanWord() -> Token {
  const uint32_t begin = at_;
  while (at_ < end_ && kClasses[static_cast<unsigned char>(text_[at_])] != 0) ++at_;
  return {WordType(text_.slice(begin, at_)), 0, begin, at_, 0};
}

auto Lexer::ScanSymbol() -> Token {
  const unsigned char next = peek(1);
  switch (peek()) {
    case '{':
      return Take(Rule::LBRACE, 1);
    case '}':
      return Take(Rule::RBRACE, 1);
    case '(':
      return Take(Rule::LPAREN, 1);
    case ')':
      return Take(Rule::RPAREN, 1);
    case '[':
      return Take(Rule::LBRACKET, 1);
    case ']':
      return Take(Rule::RBRACKET, 1);
    case ',':
      return Take(Rule::COMMA, 1);
    case ':':
      return next == '=' ? ScanStray() : Take(Rule::COLON, 1);
    case '?':
      return Take(Rule::QUESTION, 1);
    case '%':
      return Take(Rule::PERCENT, 1);
    case '.':
      if (next == '.') return Take(Rule::RANGE, 2);
      if (IsDigit(next) && !EndsValue(last_)) return ScanStray();
      return Take(Rule::DOT, 1);
    case '=':
      if (next == '=' && peek(2) != '=') return Take(Rule::EQ, 2);
      return next == '=' || next == '<' || next == '>' ? ScanStray() : Take(Rule::ASSIGN, 1);
    case '+':
      return next == '=' ? Take(Rule::PLUS_ASSIGN, 2) : Take(Rule::PLUS, 1);
    case '-':
      if (next == '>') return Take(Rule::ARROW, 2);
      return next == '=' ? Take(Rule::MINUS_ASSIGN, 2) : Take(Rule::MINUS, 1);
    case '*':
      return next == '=' ? Take(Rule::STAR_ASSIGN, 2) : Take(Rule::STAR, 1);
    case '<':
      if (next == '>') return ScanStray();
      return next == '=' ? Take(Rule::LE, 2) : Take(Rule::LT, 1);
    case '>':
      return next == '=' ? Take(Rule::GE, 2) : Take(Rule::GT, 1);
    case '!':
      return next == '=' && peek(2) != '=' ? Take(Rule::NE, 2) : ScanStray();
    case '/': {
      const unsigned char before = at_ > 0 ? static_cast<unsigned char>(text_[at_ - 1]) : 0;
      return Take(
          (IsWordByte(before) || before == '%') && IsWordByte(next) ? Rule::PER : Rule::SLASH, 1);
    }
    default:
      return ScanStray();
  }
}

}  // namespace groma::parse
