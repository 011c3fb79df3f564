// SPDX-License-Identifier: Apache-2.0
// Expressions with every name resolved and every type known; what `check` makes and `evaluate` reads.
#pragma once

#include <vector>

#include "groma/plan/ids.h"
#include "groma/plan/value.h"
#include "groma/source/span.h"

namespace groma::plan {

enum class ExprKind : uint8_t {
  Error,
  Literal,     // a: index of its value
  Self,        // the entity or record whose member is being read
  Local,       // a: index of the variable in the frame
  Global,      // a: GlobalId of a param or let
  Collection,  // a: KindId; every entity of the kind that the plan declares, in order of their names
  Taggable,    // `resources`
  Catalogue,   // a: index into Model::catalogues; the list of its entries
  Field,       // [object], a: slot of the member (field, computed, decided, or nested entity)
  Method,      // [object, arguments...], a: slot of a `fn` member without a body: decided later
  Index,       // [map or list or curve, index]
  Call,        // [arguments...], a: FunctionId
  Builtin,     // [arguments...], a: BuiltinFunction
  Negate,      // [x]
  Not,         // [x]
  Binary,      // [l, r], op: syntax::BinaryOp but Is
  IsKind,      // [x], a: KindId; or, of a union with op 1, the index of its tag
  Range,       // [low, high]
  Spread,      // [low, likely, high]
  Bound,       // [x], op: syntax::BoundOp
  List,        // [elements...], flag kSplice on an element that is a list to be spliced
  Generator,   // [list, element, condition?], a: index of the variable; gives a list
  Where,       // [list, condition], a: index of `it`
  Quantifier,  // [list, condition], a: index of the variable, op: syntax::QuantifierOp
  If,          // [condition, then, else]
  Record,      // [one per member of the record; kNoExpr where not given], a: RecordId
  Union,       // [payload?], a: index of the tag; the type names the union
  Map,         // [key, value, key, value, ...]; type Map or Curve
  Choose,      // [domain, step?]; see the flags; `a`: ChoosePeriod
  Text,        // [parts...]: string interpolation
  Subject,     // a: EntityId, b: slot or kNoSlot; or [entity expression], a: slot when kSubjectOf
  Convert,     // [x] to the type of this expression: constant curve, list of one, period, moment ...
};

inline constexpr ExprId kNoExpr{0};

// Flags.
inline constexpr uint16_t kReadsSelf = 1;      // mentions Self: cannot be shared with an heir
inline constexpr uint16_t kSplice = 2;         // element of a List
inline constexpr uint16_t kChooseFrom = 4;     // Choose: `choose from`
inline constexpr uint16_t kChooseRising = 8;   // Choose: `each ... rising`
inline constexpr uint16_t kSubjectOf = 16;     // Subject: the entity is child 0
inline constexpr uint16_t kByName = 64;        // Field of a union: `a` is the SymbolId of a field of
                                               // the payload; none where the tag lacks it
inline constexpr uint16_t kLastDay = 32;       // Convert of a period to a date: its last day

enum class ChoosePeriod : uint32_t { Once, Month, Quarter, HalfYear, Year };

enum class BuiltinFunction : uint32_t {
#define GROMA_BUILTIN(Name, spelling, summary) Name,
#include "groma/plan/builtins.def"
};

struct Expr {
  ExprKind kind = ExprKind::Error;
  uint8_t op = 0;
  uint16_t flags = 0;
  TypeId type{};
  source::Span span;
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t first = 0;
  uint32_t count = 0;
};

class Exprs {
 public:
  Exprs() { exprs_.emplace_back(); }

  auto Add(Expr expr, llvm::ArrayRef<ExprId> children = {}) -> ExprId {
    expr.first = static_cast<uint32_t>(children_.size());
    expr.count = static_cast<uint32_t>(children.size());
    children_.insert(children_.end(), children.begin(), children.end());
    exprs_.push_back(expr);
    return static_cast<ExprId>(exprs_.size() - 1);
  }
  auto AddLiteral(Value value, TypeId type, source::Span span) -> ExprId {
    literals_.push_back(value);
    Expr expr;
    expr.kind = ExprKind::Literal;
    expr.type = type;
    expr.span = span;
    expr.a = static_cast<uint32_t>(literals_.size() - 1);
    return Add(expr);
  }
  auto expr(ExprId id) const -> const Expr & { return exprs_[Index(id)]; }
  auto expr(ExprId id) -> Expr & { return exprs_[Index(id)]; }
  auto children(ExprId id) const -> llvm::ArrayRef<ExprId> {
    const Expr &e = expr(id);
    return llvm::ArrayRef<ExprId>(children_).slice(e.first, e.count);
  }
  auto child(ExprId id, unsigned i) const -> ExprId {
    const Expr &e = expr(id);
    return i < e.count ? children_[e.first + i] : kNoExpr;
  }
  auto literal(ExprId id) const -> const Value & { return literals_[expr(id).a]; }
  auto size() const -> size_t { return exprs_.size(); }

 private:
  std::vector<Expr> exprs_;
  std::vector<ExprId> children_;
  std::vector<Value> literals_;
};

}  // namespace groma::plan
