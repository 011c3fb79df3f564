// SPDX-License-Identifier: Apache-2.0
#include "splitter.h"

#include "messages.h"

namespace groma::parse {
namespace {

auto TypeIndex(uint16_t type) -> size_t { return static_cast<size_t>(type - Rule::LBRACE) / 2; }

auto SkipWord(llvm::StringRef text, size_t at) -> size_t {
  while (at < text.size() && IsWordByte(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

auto SkipSpaces(llvm::StringRef text, size_t at) -> size_t {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

auto RestOfLine(llvm::StringRef text, uint32_t at) -> llvm::StringRef {
  return text.substr(at, 4096).take_until([](char c) { return c == '\n'; });
}

}  // namespace

auto Splitter::Next(Piece &piece) -> bool {
  for (;;) {
    piece.tokens.clear();
    piece.is_bad = piece.is_refused = piece.has_interpolation = false;
    open_.clear();
    std::fill(std::begin(open_of_type_), std::end(open_of_type_), 0U);
    suspect_ = {};
    parts_ = 0;
    const Outcome outcome = Collect(piece);
    if (outcome == Outcome::Unclosed) {
      // Once more, now with an eye on what looks like the next declaration.
      is_careful_ = true;
      lexer_.Rewind(piece.begin);
      continue;
    }
    for (const auto &report : pending_) report(sink_);
    for (const Mistake &mistake : lexer_.mistakes()) {
      Report(mistake, lexer_.text(), base_, sink_);
    }
    lexer_.mistakes().clear();
    return outcome == Outcome::Done;
  }
}

auto Splitter::Collect(Piece &piece) -> Outcome {
  pending_.clear();
  uint16_t previous = Rule::NL;
  for (;;) {
    Token token = lexer_.Next(is_quiet());
    if (piece.tokens.empty() && !piece.is_refused && previous == Rule::NL) {
      piece.begin = token.begin;
    }
    if (!open_.empty() && (token.flags & kFirstOnLine) != 0) {
      if (is_careful_ && IsNewDeclaration(token)) {
        ReportUnclosed(suspect_.type != 0 ? suspect_ : open_.back(), piece);
        CloseMissing(piece, 0);
      } else if (is_quiet() && IsNewItem(token, previous)) {
        size_t from = open_.size();
        while (from > 0 && open_[from - 1].type != Rule::LBRACE) --from;
        if (from > 0 || is_careful_) {
          ReportUnclosed(open_[from], piece);
          CloseMissing(piece, from);
          // Within the bracket the lexer took the newline for nothing.
          if (from > 0) Push({Rule::NL, kInserted, token.begin, token.begin, 0}, piece);
        }
      }
      if (open_.empty()) {
        lexer_.Rewind(token.begin);
        piece.end = piece.tokens.empty() ? token.begin : piece.tokens.back().end;
        return Outcome::Done;
      }
    }
    if (token.type == kEof) {
      piece.end = piece.tokens.empty() ? token.begin : piece.tokens.back().end;
      if (!open_.empty()) {
        if (!is_careful_ && !is_quiet_) return Outcome::Unclosed;
        ReportUnclosed(suspect_.type != 0 ? suspect_ : open_.back(), piece);
        CloseMissing(piece, 0);
      }
      return piece.tokens.empty() && !piece.is_refused ? Outcome::Nothing : Outcome::Done;
    }
    if (open_.empty() && IsSeparator(token.type) && !is_quiet_) {
      if (previous == Rule::NL) continue;
      piece.end = token.begin;
      return Outcome::Done;
    }
    if (IsCloser(token.type) && !Close(token, piece)) {
      if (token.type != kBad) continue;
    }
    previous = token.type;
    Push(token, piece);
    if (!IsOpener(token.type)) continue;
    open_.push_back({token.type, token.begin, lexer_.indent(), 0});
    ++open_of_type_[TypeIndex(token.type)];
    if (open_.size() == kMaxDepth + 1 && !piece.is_refused) {
      piece.is_refused = true;
      const source::Span span{base_ + token.begin, base_ + token.end};
      pending_.emplace_back([span](diagnostics::Sink &sink) {
        sink.Report(message::TooDeep, span, kMaxDepth)
            .Help("give the inner parts names with `let`");
      });
    }
  }
}

void Splitter::Push(const Token &token, Piece &piece) {
  const auto refuse = [&](const auto &definition, unsigned limit) {
    if (!piece.is_refused) {
      const source::Span span{base_ + token.begin, base_ + token.end};
      pending_.emplace_back([=](diagnostics::Sink &sink) {
        sink.Report(definition, span, limit).Help("split it into smaller ones");
      });
    }
    piece.is_refused = true;
  };
  if (piece.tokens.size() >= kMaxTokens) refuse(message::TooLong, kMaxTokens);
  if (IsSeparator(token.type)) {
    parts_ -= open_.empty() ? parts_ : open_.back().parts;
    if (!open_.empty()) open_.back().parts = 0;
  } else if (!IsCloser(token.type)) {
    if (++parts_ > kMaxParts) refuse(message::TooManyParts, kMaxParts);
    if (!open_.empty()) ++open_.back().parts;
  }
  piece.is_bad |= token.type == kBad;
  piece.has_interpolation |= (token.flags & kInterpolated) != 0;
  if (!piece.is_refused) piece.tokens.push_back(token);
}

// Whether the closer closes something; if not it is dropped, or becomes bad where a value is
// missing too, which is the same mistake. Brackets that should have been closed before it are
// closed here.
auto Splitter::Close(Token &token, Piece &piece) -> bool {
  const auto opener = static_cast<uint16_t>(token.type - 1);
  if (open_of_type_[TypeIndex(opener)] == 0) {
    const source::Span span{base_ + token.begin, base_ + token.end};
    const uint16_t previous = piece.tokens.empty() ? uint16_t{Rule::NL} : piece.tokens.back().type;
    const bool is_extra = EndsValue(previous) || previous == Rule::NUMBER || IsSeparator(previous);
    if (!is_extra) token.type = kBad;
    pending_.emplace_back(
        [=, found = lexer_.text().slice(token.begin, token.end).str()](diagnostics::Sink &sink) {
          auto report = sink.Report(message::UnmatchedBracket, span, found);
          if (is_extra) report.Fix(span, "remove it", "", diagnostics::Applicability::Unsafe);
        });
    return false;
  }
  size_t match = open_.size() - 1;
  while (open_[match].type != opener) --match;
  if (match + 1 < open_.size()) {
    ReportUnclosed(open_[match + 1], piece);
    CloseMissing(piece, match + 1);
  }
  if (opener == Rule::LBRACE && (token.flags & kFirstOnLine) != 0 && suspect_.type == 0 &&
      open_.back().indent != lexer_.indent()) {
    suspect_ = open_.back();
  }
  --open_of_type_[TypeIndex(opener)];
  parts_ -= open_.back().parts;
  open_.pop_back();
  return true;
}

void Splitter::CloseMissing(Piece &piece, size_t from) {
  const uint32_t at = piece.tokens.empty() ? piece.begin : piece.tokens.back().end;
  while (open_.size() > from) {
    const Open open = open_.back();
    Push({static_cast<uint16_t>(open.type + 1), kInserted, at, at, 0}, piece);
    --open_of_type_[TypeIndex(open.type)];
    parts_ -= open.parts;
    open_.pop_back();
  }
}

void Splitter::ReportUnclosed(const Open &open, const Piece &piece) {
  const source::Span span{base_ + open.begin, base_ + open.begin + 1};
  const std::string found = lexer_.text().slice(open.begin, open.begin + 1).str();
  const std::string closer = open.type == Rule::LBRACE   ? "}"
                             : open.type == Rule::LPAREN ? ")"
                                                         : "]";
  const bool has_place = !piece.tokens.empty() && !piece.is_refused;
  const uint32_t at = has_place ? base_ + piece.tokens.back().end : 0;
  pending_.emplace_back([=](diagnostics::Sink &sink) {
    auto report = sink.Report(message::UnclosedBracket, span, found);
    if (has_place) {
      report.Fix({at, at}, "close it with `" + closer + "`", closer == "}" ? "\n}" : closer,
                 diagnostics::Applicability::Unsafe);
    } else {
      report.Help("close it with `" + closer + "`");
    }
  });
}

// `word name ... {` or `word "title" {` in the first column.
auto Splitter::IsNewDeclaration(const Token &token) const -> bool {
  if (token.begin != lexer_.line_begin() || !IsWord(token.type)) return false;
  const llvm::StringRef line = RestOfLine(lexer_.text(), token.begin);
  const size_t word = SkipWord(line, 0);
  const size_t next = SkipSpaces(line, word);
  if (next == word || next == line.size()) return false;
  if (token.type >= Rule::IMPORT && token.type <= Rule::PREFER && token.type != Rule::PLAN &&
      token.type != Rule::THEN) {
    return IsWordByte(static_cast<unsigned char>(line[next]));
  }
  return line.contains('{') &&
         (IsWordByte(static_cast<unsigned char>(line[next])) || line[next] == '"');
}

// Within ( or [, a line that can only be the next item of a body: the bracket was forgotten.
auto Splitter::IsNewItem(const Token &token, uint16_t previous) const -> bool {
  if (!IsWord(token.type)) return false;
  if (!EndsValue(previous) && previous != Rule::COMMA) return false;
  const llvm::StringRef line = RestOfLine(lexer_.text(), token.begin);
  const size_t word = SkipWord(line, 0);
  size_t next = SkipSpaces(line, word);
  if (next >= line.size()) return false;
  const bool is_assign = line[next] == '=' && !line.substr(next).starts_with("==");
  // Named arguments look the same, if they follow a comma.
  if (is_assign) return previous != Rule::COMMA || open_.back().type == Rule::LBRACKET;
  if (next == word || token.type != Rule::IDENT || previous == Rule::COMMA) return false;
  const size_t name = SkipWord(line, next);
  next = SkipSpaces(line, name);
  return name < line.size() && next < line.size() && (line[next] == '{' || line[next] == ':');
}

}  // namespace groma::parse
