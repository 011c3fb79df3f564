// SPDX-License-Identifier: Apache-2.0
#include "reader.h"

#include "messages.h"

namespace groma::parse {
namespace {

// How often one item is mended and read again before it is given up.
constexpr unsigned kMostMends = 8;

auto HasBad(Tokens tokens) -> bool {
  return llvm::any_of(tokens, [](const Token &t) { return t.type == kBad; });
}

// The index of the brace that closes the one at `open`.
auto Matching(Tokens tokens, size_t open) -> size_t {
  unsigned depth = 0;
  for (size_t i = open; i < tokens.size(); ++i) {
    if (IsOpener(tokens[i].type)) ++depth;
    if (IsCloser(tokens[i].type) && --depth == 0) return i;
  }
  return tokens.size() - 1;
}

}  // namespace

void Reader::Read(Piece &piece, Nodes &out) {
  if (piece.is_refused) {
    out.push_back(converter_.Error(piece.begin, std::max(piece.begin, piece.end)));
    return;
  }
  if (piece.has_interpolation) ReadStrings(piece.tokens, 0);
  if (!piece.is_bad && ReadItemWhole(piece.tokens)) {
    out.push_back(last_);
    return;
  }
  ReadWithHoles(piece.tokens, out);
}

auto Reader::ReadItemWhole(Tokens tokens) -> bool {
  GromaParser::ItemContext *item = grammar_.ReadItem(tokens, Effort::Sll, nullptr);
  if (item == nullptr) return false;
  last_ = converter_.Item(item);
  return true;
}

// Items between two braces, or those that stand in a line for want of a separator.
void Reader::ReadItems(Tokens tokens, Nodes &out) {
  unsigned depth = 0;
  size_t begin = 0;
  for (size_t i = 0; i <= tokens.size(); ++i) {
    const bool is_end = i == tokens.size();
    if (!is_end && IsOpener(tokens[i].type)) ++depth;
    if (!is_end && IsCloser(tokens[i].type)) --depth;
    if (!is_end && (depth > 0 || !IsSeparator(tokens[i].type))) continue;
    if (i > begin) ReadItem(tokens.slice(begin, i - begin), out);
    begin = i + 1;
  }
}

void Reader::ReadItem(Tokens tokens, Nodes &out) {
  if (!HasBad(tokens) && ReadItemWhole(tokens)) {
    out.push_back(last_);
  } else {
    ReadWithHoles(tokens, out);
  }
}

void Reader::ReadWithHoles(Tokens tokens, Nodes &out) {
  // The item with its braces emptied, and what they held.
  std::vector<Token> outer;
  std::vector<Tokens> inner;
  for (size_t i = 0; i < tokens.size(); ++i) {
    outer.push_back(tokens[i]);
    if (tokens[i].type != Rule::LBRACE) continue;
    const size_t close = Matching(tokens, i);
    inner.push_back(tokens.slice(i + 1, close - i - 1));
    outer.back().extra = static_cast<uint32_t>(inner.size());
    i = close - 1;
  }
  const uint32_t begin = tokens.front().begin;
  const uint32_t end = tokens.back().end;
  bool is_read = false;
  if (!HasBad(outer)) {
    Explainer explainer(text_, base_, sink_);
    Failure failure;
    for (unsigned mends = 0; mends < kMostMends; ++mends) {
      is_read = grammar_.ReadItem(outer, Effort::Ll, &failure) != nullptr;
      if (is_read) break;
      const Advice advice = explainer.Explain(outer, failure, true);
      if (advice.kind == Advice::GiveUp) break;
      converter_.MarkError();
      if (advice.kind == Advice::Mended) continue;
      // Two items: each is read for itself, from the tokens as they were. If the first is not
      // complete then for the same mistake.
      const uint32_t at = outer[advice.at].begin;
      const auto *split = llvm::find_if(tokens, [&](const Token &t) { return t.begin >= at; });
      const auto count = static_cast<size_t>(split - tokens.begin());
      if (ReadItemWhole(tokens.take_front(count))) {
        out.push_back(last_);
      } else {
        out.push_back(converter_.Error(begin, tokens[count - 1].end));
      }
      ReadItem(tokens.drop_front(count), out);
      return;
    }
  }
  // Mistakes within the braces are told even if the head is beyond repair, as long as it looks like
  // the head of a declaration.
  const bool looks_like_declaration = tokens.size() > 2 && IsWord(tokens[0].type) &&
                                      (IsWord(tokens[1].type) || tokens[1].type == Rule::STRING);
  std::vector<Nodes> holes(inner.size());
  if (is_read || looks_like_declaration) {
    for (size_t i = 0; i < inner.size(); ++i) ReadItems(inner[i], holes[i]);
  }
  if (!is_read) {
    out.push_back(converter_.Error(begin, end));
    return;
  }
  // Items within were read since, so the outer ones are read once more.
  GromaParser::ItemContext *item = grammar_.ReadItem(outer, Effort::Ll, nullptr);
  std::swap(converter_.holes, holes);
  out.push_back(converter_.Item(item));
  std::swap(converter_.holes, holes);
}

void Reader::ReadStrings(std::vector<Token> &tokens, unsigned depth) {
  for (Token &token : tokens) {
    if ((token.flags & kInterpolated) == 0) continue;
    token.extra = static_cast<uint32_t>(ReadString(token, depth));
  }
}

auto Reader::ReadString(const Token &string, unsigned depth) -> NodeId {
  Nodes parts;
  uint32_t text_begin = string.begin + 1;
  for (uint32_t at = text_begin; at + 1 < string.end; ++at) {
    if (text_[at] == '\\') {
      ++at;
      continue;
    }
    if (text_[at] != '$' || text_[at + 1] != '{') continue;
    if (at > text_begin) parts.push_back(converter_.StringText(text_begin, at));
    const uint32_t begin = at + 2;
    const uint32_t end = Lexer(text_, begin, string.end).EndOfInterpolation(begin);
    parts.push_back(ReadInterpolation(begin, end, depth));
    text_begin = end + 1;
    at = end;
  }
  if (text_begin + 1 < string.end) {
    parts.push_back(converter_.StringText(text_begin, string.end - 1));
  }
  return converter_.InterpolatedString(string, parts);
}

auto Reader::ReadInterpolation(uint32_t begin, uint32_t end, unsigned depth) -> NodeId {
  Splitter splitter(text_, base_, begin, end, /*is_quiet=*/true, sink_);
  Piece piece;
  if (!splitter.Next(piece)) {
    const uint32_t at = base_ + begin;
    sink_.Report(message::ExpectedValue, {at - 2, at + 1}, "${");
    return converter_.Error(begin, end);
  }
  if (piece.is_bad || piece.is_refused) return converter_.Error(begin, end);
  if (piece.has_interpolation) ReadStrings(piece.tokens, depth + 1);
  Explainer explainer(text_, base_, sink_);
  Failure failure;
  for (unsigned mends = 0; mends < kMostMends; ++mends) {
    auto *expr = grammar_.ReadExpression(piece.tokens, Effort::Ll, &failure);
    if (expr != nullptr) return converter_.Expression(expr);
    if (explainer.Explain(piece.tokens, failure, false).kind != Advice::Mended) break;
    converter_.MarkError();
  }
  return converter_.Error(begin, end);
}

}  // namespace groma::parse
