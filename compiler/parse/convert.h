// SPDX-License-Identifier: Apache-2.0
// Converts what the grammar read into nodes. One file for each family: items, types, expressions,
// literals.
#pragma once

#include "grammar.h"
#include "groma/diagnostics/sink.h"
#include "groma/syntax/tree.h"
#include "token.h"

namespace groma::parse {

using source::Span;
using syntax::NodeId;
using syntax::NodeKind;
using Nodes = llvm::SmallVector<NodeId, 8>;

// What a pair of braces may hold besides fields and declarations.
enum class Holds : uint8_t { Nothing, FieldDecls, Tags };

class Converter {
 public:
  Converter(llvm::StringRef text, uint32_t base, syntax::TreeBuilder &builder,
            diagnostics::Sink &sink)
      : text_(text), base_(base), builder_(builder), sink_(sink) {}

  auto Item(GromaParser::ItemContext *item) -> NodeId;
  auto Expression(GromaParser::ExprContext *expr) -> NodeId;
  // A string with interpolations, whose parts were read before.
  auto InterpolatedString(const Token &string, llvm::ArrayRef<NodeId> parts) -> NodeId;
  auto StringText(uint32_t begin, uint32_t end) -> NodeId {
    return builder_.Add(NodeKind::StringText, begin, end);
  }
  auto Error(uint32_t begin, uint32_t end) -> NodeId;
  void MarkError() { builder_.MarkError(); }

  // Items that were read in the stead of the tokens between two braces, see Token::extra.
  std::vector<Nodes> holes;

 private:
  using P = GromaParser;

  auto Import(P::ImportItemContext *c) -> NodeId;
  auto Variable(P::VariableItemContext *c) -> NodeId;
  auto Function(P::FunctionItemContext *c) -> NodeId;
  auto Goals(P::GoalsItemContext *c) -> NodeId;
  auto Expect(P::ExpectItemContext *c) -> NodeId;
  auto Because(P::BecauseContext *c) -> NodeId;
  auto Decl(P::DeclaredItemContext *c) -> NodeId;
  auto FieldDecl(P::FieldDeclItemContext *c) -> NodeId;
  auto Bounds(P::BoundContext *c, Nodes &out) -> void;
  auto Field(P::FieldItemContext *c) -> NodeId;
  auto Body(P::BodyContext *c, Holds holds) -> NodeId;
  auto Record(P::BodyContext *c) -> NodeId;
  auto Items(P::BodyContext *c) -> Nodes;
  auto CheckItem(NodeId item, Holds holds) -> NodeId;

  auto Type(P::TypeContext *c) -> NodeId;
  auto TypeArgument(P::TypeArgumentContext *c, bool is_quantity) -> NodeId;

  auto Value(P::ValueContext *c) -> NodeId;
  auto Choose(P::ChooseContext *c) -> NodeId;
  auto Binary(P::ExprContext *c) -> NodeId;
  auto Range(P::ExprContext *c) -> NodeId;
  auto Call(P::ExprContext *c) -> NodeId;
  auto List(P::ExprContext *c) -> NodeId;
  auto Generator(P::ComprehensionContext *c, NodeId element, uint32_t begin) -> NodeId;

  auto Name(P::NameContext *c) -> NodeId;
  auto Path(P::PathContext *c) -> NodeId;
  auto NameOrPath(P::PathContext *c) -> NodeId;
  auto Atom(const antlr4::Token *token) -> NodeId;
  auto Quantity(P::QuantityContext *c) -> NodeId;
  auto Unit(P::UnitContext *c) -> NodeId;

  auto Make(NodeKind kind, const antlr4::ParserRuleContext *c, llvm::ArrayRef<NodeId> children,
            unsigned op = 0, uint16_t flags = 0) -> NodeId {
    return builder_.Add(kind, TokenOf(c->start).begin, TokenOf(c->stop).end, children,
                        static_cast<uint8_t>(op), flags);
  }
  auto Leaf(NodeKind kind, const antlr4::Token *token) -> NodeId {
    return builder_.Add(kind, TokenOf(token).begin, TokenOf(token).end);
  }
  auto SpanOf(NodeId id) const -> Span {
    return {base_ + builder_.node(id).begin, base_ + builder_.node(id).end};
  }
  auto TextOf(NodeId id) const -> llvm::StringRef {
    return text_.slice(builder_.node(id).begin, builder_.node(id).end);
  }

  llvm::StringRef text_;
  uint32_t base_;
  syntax::TreeBuilder &builder_;
  diagnostics::Sink &sink_;
};

}  // namespace groma::parse
