// SPDX-License-Identifier: Apache-2.0
// Kinds, records, enums and unions: what entities and values are made of.
#pragma once

#include <string>
#include <vector>

#include "groma/plan/expr.h"
#include "groma/plan/ids.h"
#include "groma/source/span.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace groma::plan {

enum class MemberForm : uint8_t {
  Field,     // written by entities
  Computed,  // `let` with a formula
  Decided,   // `let` or `fn` without one: the solver or the schedule works it out
  Nested,    // a declaration inside the kind, such as `milestone accepted {}`
};

// `>= 1` or `in 1 .. 40` beside a declaration; op is a syntax::BoundOp.
struct MemberBound {
  uint8_t op = 0;
  ExprId value{};
  source::Span span;
};

struct Parameter {
  SymbolId name{};
  TypeId type{};
  ExprId default_value{};
};

struct Member {
  SymbolId name{};
  MemberForm form = MemberForm::Field;
  TypeId type{};
  // Field: the default, if any. Computed: the formula.
  ExprId value{};
  // `= decided`: if it is not written, the solver or the schedule works it out.
  bool is_decided_by_default = false;
  bool is_method = false;
  llvm::SmallVector<MemberBound, 1> bounds;
  llvm::SmallVector<Parameter, 1> parameters;  // is_method
  KindId nested{};                             // Nested: its kind
  KindId declared_in{};
  source::Span span;                           // of the name
  std::string deprecated;                      // what to use instead; empty if it is not
  SymbolId was{};                              // an earlier name

  auto is_required() const -> bool { return form == MemberForm::Field && is_required_field; }
  bool is_required_field = false;
};

struct Requirement {
  ExprId condition{};
  ExprId because{};  // a text; or none
  source::Span span;
};

// The members of a kind or record, in slot order.
struct Members {
  std::vector<Member> list;
  llvm::DenseMap<uint32_t, Slot> by_name;  // by symbol

  auto Find(SymbolId name) const -> Slot {
    const auto found = by_name.find(Index(name));
    return found == by_name.end() ? kNoSlot : found->second;
  }
};

struct Kind {
  SymbolId name{};    // `pool.owned`
  KindId base{};
  SymbolId plural{};
  Members members;    // with those of the base, whose slots come first
  std::vector<Requirement> requirements;  // with those of the base
  bool is_abstract = false;
  bool is_taggable = false;
  bool is_catalogue = false;
  Slot ordered_by = kNoSlot;
  std::string deprecated;
  ModuleId module{};
  source::Span span;  // of the name
  source::Span body;
  bool is_library = false;
};

struct RecordDecl {
  SymbolId name{};
  Members members;
  source::Span span;
  bool is_library = false;
};

struct EnumDecl {
  SymbolId name{};
  std::vector<SymbolId> tags;
  std::vector<source::Span> spans;
  source::Span span;
  bool is_library = false;
};

struct UnionDecl {
  SymbolId name{};
  struct Tag {
    SymbolId name{};
    RecordId payload{};  // none: a bare tag
    source::Span span;
  };
  std::vector<Tag> tags;
  source::Span span;
  bool is_library = false;
};

}  // namespace groma::plan
