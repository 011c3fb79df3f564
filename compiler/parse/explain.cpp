// SPDX-License-Identifier: Apache-2.0
#include "explain.h"

#include "llvm/ADT/StringExtras.h"
#include "messages.h"

namespace groma::parse {
namespace {

auto BeginsValue(uint16_t type) -> bool {
  return IsWord(type) || IsAtom(type) || type == Rule::NUMBER || IsOpener(type) ||
         type == Rule::MINUS;
}

auto EndsSomething(uint16_t type) -> bool { return EndsValue(type) || type == Rule::NUMBER; }

// Operators and words that want a value to their right.
auto WantsValue(uint16_t type) -> bool {
  return IsAssign(type) || (type >= Rule::EQ && type <= Rule::SLASH) || type == Rule::RANGE ||
         (type >= Rule::AND && type <= Rule::WHERE) || type == Rule::REQUIRE ||
         type == Rule::PREFER || type == Rule::WEIGHT || type == Rule::BECAUSE ||
         type == Rule::EXPECT || type == Rule::AT || type == Rule::CHOOSE || type == Rule::FROM ||
         type == Rule::STEP || type == Rule::THEN || type == Rule::IF || type == Rule::ELSE ||
         type == Rule::MINIMIZE || type == Rule::MAXIMIZE;
}

auto IsOperator(uint16_t type) -> bool {
  return (type >= Rule::EQ && type <= Rule::SLASH) || type == Rule::RANGE;
}

auto IsName(llvm::StringRef text) -> bool {
  return !text.empty() && !llvm::isDigit(text[0]) &&
         llvm::all_of(text, [](char c) { return llvm::isAlnum(c) || c == '_'; });
}

// How many brackets are open before `at`, and the innermost of them.
auto OpenerOf(const std::vector<Token> &tokens, size_t at) -> uint16_t {
  unsigned depth = 0;
  for (size_t i = at; i-- > 0;) {
    if (IsCloser(tokens[i].type)) ++depth;
    if (!IsOpener(tokens[i].type)) continue;
    if (depth == 0) return tokens[i].type;
    --depth;
  }
  return 0;
}

// The first token of the dotted name that ends before `at`.
auto PathBefore(const std::vector<Token> &tokens, size_t at) -> size_t {
  if (at == 0 || !IsWord(tokens[at - 1].type)) return at;
  size_t begin = at - 1;
  while (begin >= 2 && tokens[begin - 1].type == Rule::DOT && IsWord(tokens[begin - 2].type)) {
    begin -= 2;
  }
  return begin;
}

// The word that a quantifier or a condition before `at` still lacks.
auto Lacking(const std::vector<Token> &tokens, size_t at) -> std::string {
  std::string lacking;
  for (size_t i = 0; i < at; ++i) {
    const uint16_t type = tokens[i].type;
    const bool begins = i == 0 || !EndsSomething(tokens[i - 1].type) || IsWord(tokens[i - 1].type);
    if ((type == Rule::ALL || type == Rule::ANY) && begins && i + 2 < at &&
        IsWord(tokens[i + 1].type) && tokens[i + 2].type == Rule::IN) {
      lacking = "`:`";
    } else if (type == Rule::IF && i > 0 && begins && i + 1 < at && !IsWord(tokens[i - 1].type)) {
      lacking = "`then`";
    } else if (type == Rule::THEN && lacking == "`then`") {
      lacking = "`else`";
    } else if ((type == Rule::COLON && lacking == "`:`") ||
               (type == Rule::ELSE && lacking == "`else`")) {
      lacking.clear();
    }
  }
  return lacking;
}

auto Expectation(size_t rule) -> std::string {
  switch (rule) {
    case Rule::RuleExpr:
    case Rule::RuleValue:
    case Rule::RuleArgument:
      return "a value";
    case Rule::RuleType:
    case Rule::RuleTypeArgument:
      return "a type";
    case Rule::RuleName:
    case Rule::RulePath:
      return "a name";
    case Rule::RuleUnit:
      return "a unit";
    case Rule::RuleQuantity:
      return "a quantity";
    case Rule::RuleBody:
    case Rule::RuleDeclaredItem:
      return "`{` and a body";
    case Rule::RuleBecause:
      return "a text or a name";
    case Rule::RulePreferItem:
      return "`weight` and a number";
    case Rule::RuleComprehension:
      return "`in` and a list";
    case Rule::RuleGivenItem:
    case Rule::RuleFieldItem:
      return "`=` and a value";
    case Rule::RuleFunctionItem:
      return "`(`, parameters and `)`";
    case Rule::RuleImportItem:
      return "a module or a file in quotes";
    case Rule::RuleFormal:
      return "`:` and a type";
    case Rule::RuleInterpolation:
      return "`}`";
    default:
      return "a new line or a comma";
  }
}

}  // namespace

auto Explainer::TextOf(const Token &token) const -> std::string {
  if ((token.flags & kInserted) != 0) return token.type == Rule::COMMA ? "," : "{}";
  llvm::StringRef text = text_.slice(token.begin, token.end);
  return text.size() > 40 ? text.take_front(37).str() + "..." : text.str();
}

auto Explainer::Explain(std::vector<Token> &tokens, const Failure &failure, bool is_item)
    -> Advice {
  const size_t at = failure.token;
  if (is_item && (MendHead(tokens, at) || MendAssign(tokens, at))) return {Advice::Mended, 0};
  if (at < tokens.size() && at > 0) {
    const Advice advice = MissingSeparator(tokens, at);
    if (advice.kind != Advice::GiveUp && (is_item || advice.kind == Advice::Mended)) return advice;
  }
  if (is_item && at == tokens.size() && tokens.size() >= 2 && IsWord(tokens[0].type) &&
      (tokens[1].type == Rule::STRING || IsWord(tokens[1].type)) &&
      (failure.innermost() == Rule::RuleBody || failure.innermost() == Rule::RuleDeclaredItem ||
       failure.innermost() == Rule::RuleItem) &&
      EndsValue(tokens.back().type)) {
    const uint32_t end = base_ + tokens.back().end;
    sink_.Report(message::ExpectedBody, SpanOf(tokens.back()), TextOf(tokens.back()))
        .Fix({end, end}, "give it an empty body", " {}", diagnostics::Applicability::Unsafe);
    const uint32_t place = tokens.back().end;
    tokens.push_back({Rule::LBRACE, kInserted, place, place, 0});
    tokens.push_back({Rule::RBRACE, kInserted, place, place, 0});
    return {Advice::Mended, 0};
  }
  Say(tokens, failure, is_item);
  return {};
}

// `resource "a" "b" {`, `site "ams" : x {`, `site my-site {`.
auto Explainer::MendHead(std::vector<Token> &tokens, size_t at) -> bool {
  if (at >= tokens.size() || tokens.empty() || !IsWord(tokens[0].type)) return false;
  const auto inner = [&](const Token &t) { return text_.slice(t.begin + 1, t.end - 1); };
  if (at == 2 && tokens[1].type == Rule::STRING && IsName(inner(tokens[1]))) {
    const Token first = tokens[1];
    const Token second = tokens[2];
    if (second.type == Rule::STRING && IsName(inner(second))) {
      sink_.Report(message::QuotedName, source::Span{base_ + first.begin, base_ + second.end})
          .Fix({base_ + first.begin, base_ + second.end},
               "write the name, then what it is based on",
               (inner(second) + " : " + inner(first)).str(), diagnostics::Applicability::Unsafe);
      tokens[1] = {Rule::IDENT, 0, second.begin + 1, second.end - 1, 0};
      tokens[2] = {Rule::COLON, kInserted, second.end, second.end, 0};
      tokens.insert(tokens.begin() + 3, Token{Rule::IDENT, 0, first.begin + 1, first.end - 1, 0});
      return true;
    }
    if (second.type == Rule::COLON) {
      sink_.Report(message::QuotedName, SpanOf(first))
          .Fix(SpanOf(first), "remove the quotes", inner(first).str());
      tokens[1] = {Rule::IDENT, 0, first.begin + 1, first.end - 1, 0};
      return true;
    }
  }
  const bool is_name = at == 1 || (at == 2 && IsWord(tokens[1].type));
  if (is_name && tokens[at].type == Rule::MINUS && at + 1 < tokens.size() &&
      (IsWord(tokens[at + 1].type) || tokens[at + 1].type == Rule::NUMBER) &&
      tokens[at].begin == tokens[at - 1].end && tokens[at].end == tokens[at + 1].begin) {
    size_t last = at + 1;
    while (last + 2 < tokens.size() && tokens[last + 1].type == Rule::MINUS &&
           tokens[last + 1].begin == tokens[last].end &&
           tokens[last + 2].begin == tokens[last + 1].end &&
           (IsWord(tokens[last + 2].type) || tokens[last + 2].type == Rule::NUMBER)) {
      last += 2;
    }
    const source::Span span{base_ + tokens[at - 1].begin, base_ + tokens[last].end};
    std::string name = text_.slice(tokens[at - 1].begin, tokens[last].end).str();
    for (char &c : name) c = c == '-' ? '_' : c;
    sink_.Report(message::MinusInName, span)
        .Fix(span, "join the words with `_`", name, diagnostics::Applicability::Unsafe);
    tokens[at - 1].type = Rule::IDENT;
    tokens[at - 1].end = tokens[last].end;
    tokens.erase(tokens.begin() + static_cast<ptrdiff_t>(at),
                 tokens.begin() + static_cast<ptrdiff_t>(last) + 1);
    return true;
  }
  return false;
}

// `=` where a comparison is meant, and `:` where `=` is meant.
auto Explainer::MendAssign(std::vector<Token> &tokens, size_t at) -> bool {
  if (at < tokens.size() && tokens[at].type == Rule::ASSIGN && at > 0) {
    bool is_condition = tokens[0].type == Rule::REQUIRE || tokens[0].type == Rule::PREFER ||
                        tokens[0].type == Rule::EXPECT;
    for (size_t i = 0; i < at; ++i) {
      is_condition |= i > 0 && (tokens[i].type == Rule::WHERE || tokens[i].type == Rule::IF ||
                                tokens[i].type == Rule::ALL || tokens[i].type == Rule::ANY);
    }
    if (is_condition) {
      sink_.Report(message::AssignInCondition, SpanOf(tokens[at]))
          .Fix(SpanOf(tokens[at]), "write `==`", "==");
      tokens[at].type = Rule::EQ;
      return true;
    }
  }
  // The colon is the token that did not fit, or the one before it, or what followed looked like a
  // type for a while.
  size_t colon = tokens.size();
  const size_t key = tokens.empty() || !IsWord(tokens[0].type) ? 1 : [&] {
    size_t end = 1;
    while (end + 1 < tokens.size() && tokens[end].type == Rule::DOT) end += 2;
    return end;
  }();
  if (key < tokens.size() && tokens[key].type == Rule::COLON) colon = key;
  if (colon == tokens.size() || at < colon || at >= tokens.size()) return false;
  if (!IsWord(tokens[0].type) && !IsAtom(tokens[0].type)) return false;
  const bool fits =
      at == colon || (at == colon + 1 && BeginsValue(tokens[at].type)) ||
      (at > colon + 1 && (IsOperator(tokens[at].type) || tokens[at].type == Rule::LPAREN ||
                          tokens[at].type == Rule::WHERE));
  if (!fits) return false;
  const uint32_t before = tokens[colon - 1].end;
  sink_.Report(message::ColonForAssign, SpanOf(tokens[colon]))
      .Fix({base_ + before, base_ + tokens[colon].end}, "write `=`", " =");
  tokens[colon].type = Rule::ASSIGN;
  return true;
}

auto Explainer::MissingSeparator(std::vector<Token> &tokens, size_t at) -> Advice {
  // Where the second element begins: before its name if it is `name = value`.
  size_t begin = at;
  const uint16_t type = tokens[at].type;
  const bool is_assign = IsAssign(type) || type == Rule::COLON;
  if (is_assign) begin = PathBefore(tokens, at);
  if (begin == 0 || begin >= tokens.size()) return {};
  const Token second = tokens[begin];
  if (!EndsSomething(tokens[begin - 1].type)) return {};
  if (!IsWord(second.type) && !IsAtom(second.type) && second.type != Rule::NUMBER &&
      second.type != Rule::LBRACE) {
    return {};
  }
  if (!Lacking(tokens, at).empty()) return {};
  const uint32_t end = base_ + tokens[begin - 1].end;
  const uint16_t opener = OpenerOf(tokens, begin);
  if (opener != 0) {
    if (is_assign && opener != Rule::LPAREN) return {};
    sink_.Report(message::ExpectedComma, SpanOf(second), TextOf(second))
        .Fix({end, end}, "write a comma", ",");
    tokens.insert(tokens.begin() + static_cast<ptrdiff_t>(begin),
                  Token{Rule::COMMA, kInserted, tokens[begin - 1].end, tokens[begin - 1].end, 0});
    return {Advice::Mended, 0};
  }
  // Only what surely begins an item ends the one before.
  bool has_assign = false;
  for (size_t i = 0; i < begin; ++i) {
    has_assign |= IsAssign(tokens[i].type) || tokens[i].type == Rule::COLON ||
                  tokens[i].type == Rule::RBRACE || tokens[i].type == Rule::GE ||
                  tokens[i].type == Rule::LE;
  }
  const uint16_t first = tokens[0].type;
  has_assign |= first == Rule::REQUIRE || first == Rule::PREFER || first == Rule::EXPECT ||
                first == Rule::IMPORT;
  if (!has_assign || begin + 1 >= tokens.size() || (!IsWord(second.type) && !IsAtom(second.type))) {
    return {};
  }
  const uint16_t next = tokens[begin + 1].type;
  if (!IsAssign(next) && next != Rule::COLON && next != Rule::DOT && !IsWord(next) &&
      next != Rule::STRING && next != Rule::LE && next != Rule::GE) {
    return {};
  }
  sink_.Report(message::ExpectedSeparator, SpanOf(second), TextOf(second))
      .Fix({end, end}, "write a comma", ",");
  return {Advice::TwoItems, begin};
}

void Explainer::Say(const std::vector<Token> &tokens, const Failure &failure, bool is_item) {
  const size_t at = std::min(failure.token, tokens.size());
  const bool is_end = at == tokens.size();
  const Token end_token{kEof, 0, tokens.back().end, tokens.back().end, 0};
  const Token &token = is_end ? end_token : tokens[at];
  const bool is_closed = is_end || IsCloser(token.type) || IsSeparator(token.type);
  std::string found = "`" + TextOf(token) + "`";
  if (is_end) found = is_item ? "the end of the item" : "the end of the string's `${...}`";
  if (token.type == Rule::NL) found = "the end of the line";
  if (at == 0) {
    auto report = sink_.Report(message::NotAnItem, SpanOf(token), found);
    if (IsOperator(token.type)) report.Help("a line goes on after an operator, not before it");
    return;
  }
  const Token &previous = tokens[at - 1];
  // An empty place after the token before reads better than the start of the next line.
  const source::Span span = is_end || token.type == Rule::NL ? SpanOf(previous) : SpanOf(token);
  const std::string before = TextOf(previous);
  const size_t rule = failure.innermost();
  if (previous.type == Rule::DOT) {
    sink_.Report(message::ExpectedName, span, before);
  } else if (previous.type == Rule::COLON &&
             !llvm::is_contained(failure.rules, size_t{Rule::RuleExpr}) &&
             tokens[0].type != Rule::REQUIRE) {
    const bool is_base = at >= 3 && IsWord(tokens[0].type) && IsWord(tokens[at - 2].type) &&
                         tokens[0].type == Rule::IDENT;
    if (is_base) {
      sink_.Report(message::ExpectedName, span, before);
    } else {
      sink_.Report(message::ExpectedType, span, before);
    }
  } else if (WantsValue(previous.type) && (is_closed || !BeginsValue(token.type))) {
    sink_.Report(message::ExpectedValue, span, before);
  } else if (is_closed && (previous.type == Rule::LPAREN || previous.type == Rule::COMMA)) {
    sink_.Report(message::ExpectedValue, span, before);
  } else {
    const std::string lacking = Lacking(tokens, at);
    sink_.Report(message::Unexpected, span, lacking.empty() ? Expectation(rule) : lacking, before,
                 found);
  }
}

}  // namespace groma::parse
