// SPDX-License-Identifier: Apache-2.0
#include "grammar.h"

namespace groma::parse {

// A token stream over a vector: no buffering, no channels.
class Grammar::Stream final : public antlr4::TokenStream {
 public:
  void Load(Tokens tokens) {
    if (pool_.size() < tokens.size() + 1) {
      // At once generously: ANTLR holds pointers into the pool only during one parse.
      pool_ = std::vector<AntlrToken>(std::max<size_t>(tokens.size() + 1, 2 * pool_.size()));
      for (size_t i = 0; i < pool_.size(); ++i) pool_[i].index = i;
    }
    for (size_t i = 0; i < tokens.size(); ++i) pool_[i].token = tokens[i];
    const uint32_t end = tokens.empty() ? 0 : tokens.back().end;
    pool_[tokens.size()].token = {kEof, 0, end, end, 0};
    last_ = tokens.size();
    at_ = 0;
  }
  auto at() const -> size_t { return at_; }

  void consume() override { ++at_; }
  auto LA(ssize_t i) -> size_t override {
    const size_t index = at_ + static_cast<size_t>(i) - 1;
    return index < last_ ? pool_[index].token.type : static_cast<size_t>(antlr4::Token::EOF);
  }
  auto LT(ssize_t k) -> antlr4::Token * override {
    if (k < 0) return at_ == 0 ? &pool_[0] : &pool_[std::min(at_, last_ + 1) - 1];
    return &pool_[std::min(at_ + static_cast<size_t>(k) - 1, last_)];
  }
  auto mark() -> ssize_t override { return 0; }
  void release(ssize_t) override {}
  auto index() -> size_t override { return at_; }
  void seek(size_t index) override { at_ = index; }
  auto size() -> size_t override { return last_ + 1; }
  auto getSourceName() const -> std::string override { return {}; }
  auto get(size_t index) const -> antlr4::Token * override {
    return const_cast<AntlrToken *>(&pool_[std::min(index, last_)]);
  }
  auto getTokenSource() const -> antlr4::TokenSource * override { return nullptr; }
  auto getText(const antlr4::misc::Interval &) -> std::string override { return {}; }
  auto getText() -> std::string override { return {}; }
  auto getText(antlr4::RuleContext *) -> std::string override { return {}; }
  auto getText(antlr4::Token *, antlr4::Token *) -> std::string override { return {}; }

 private:
  std::vector<AntlrToken> pool_;
  size_t last_ = 0;
  size_t at_ = 0;
};

// Notes the first failure and stops.
class Grammar::Strategy final : public antlr4::DefaultErrorStrategy {
 public:
  Failure failure;

  void recover(antlr4::Parser *, std::exception_ptr error) override {
    try {
      std::rethrow_exception(error);
    } catch (const antlr4::RecognitionException &e) {
      Note(e);
    }
    throw antlr4::ParseCancellationException();
  }
  auto recoverInline(antlr4::Parser *parser) -> antlr4::Token * override {
    Note(antlr4::InputMismatchException(parser));
    throw antlr4::ParseCancellationException();
  }
  void sync(antlr4::Parser *) override {}
  void reportError(antlr4::Parser *, const antlr4::RecognitionException &) override {}
  void reportMatch(antlr4::Parser *) override {}

 private:
  void Note(const antlr4::RecognitionException &e) {
    failure.token = e.getOffendingToken()->getTokenIndex();
    failure.rules.clear();
    for (antlr4::tree::ParseTree *at = e.getCtx(); at != nullptr; at = at->parent) {
      failure.rules.push_back(static_cast<antlr4::RuleContext *>(at)->getRuleIndex());
    }
  }
};

Grammar::Grammar() : stream_(std::make_unique<Stream>()), strategy_(std::make_shared<Strategy>()) {
  stream_->Load({});
  parser_ = std::make_unique<GromaParser>(stream_.get());
  // The labels of the grammar hold all that is read: no children, no terminal nodes.
  parser_->setBuildParseTree(false);
  parser_->removeErrorListeners();
  parser_->setErrorHandler(strategy_);
}

Grammar::~Grammar() = default;

template <typename Read>
auto Grammar::Run(Tokens tokens, Effort effort, Failure *failure, Read read) -> decltype(read()) {
  stream_->Load(tokens);
  parser_->reset();
  parser_->getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
      effort == Effort::Sll ? antlr4::atn::PredictionMode::SLL : antlr4::atn::PredictionMode::LL);
  try {
    return read();
  } catch (const antlr4::ParseCancellationException &) {
    if (failure != nullptr) *failure = strategy_->failure;
    return nullptr;
  }
}

auto Grammar::ReadItem(Tokens tokens, Effort effort, Failure *failure)
    -> GromaParser::ItemContext * {
  return Run(tokens, effort, failure, [this] { return parser_->declaration()->root; });
}

auto Grammar::ReadExpression(Tokens tokens, Effort effort, Failure *failure)
    -> GromaParser::ExprContext * {
  return Run(tokens, effort, failure, [this] { return parser_->interpolation()->root; });
}

}  // namespace groma::parse
