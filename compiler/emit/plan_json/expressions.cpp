// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/plan_json/expressions.h"

#include "groma/syntax/tree.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::emit {

using plan::ExprKind;
using plan::Index;
using plan::IsSome;
using Json = Expressions::Json;

namespace {

auto BinarySign(uint8_t op) -> const char * {
  static constexpr const char *kSigns[] = {"*",  "/", "+",  "-",  "==", "!=",  "<",
                                           "<=", ">", ">=", "in", "is", "and", "or"};
  return op < std::size(kSigns) ? kSigns[op] : "?";
}

auto BuiltinName(uint32_t function) -> const char * {
  static constexpr const char *kNames[] = {
#define GROMA_BUILTIN(Name, spelling, summary) spelling,
#include "groma/plan/builtins.def"
  };
  return function < std::size(kNames) ? kNames[function] : "?";
}

// The word of a form that is nothing but its parts.
auto PlainWord(const plan::Expr &expr) -> const char * {
  switch (expr.kind) {
    case ExprKind::Index:
      return "index";
    case ExprKind::Negate:
      return "negate";
    case ExprKind::Not:
      return "not";
    case ExprKind::Range:
      return "range";
    case ExprKind::Spread:
      return "spread";
    case ExprKind::If:
      return "if";
    case ExprKind::Map:
      return "map";
    case ExprKind::Text:
      return "text";
    case ExprKind::Binary:
      return BinarySign(expr.op);
    case ExprKind::Builtin:
      return BuiltinName(expr.a);
    default:
      return nullptr;
  }
}

}  // namespace

auto Expressions::BoundSign(uint8_t op) -> const char * {
  static constexpr const char *kSigns[] = {"<=", ">=", "<", ">", "in"};
  return op < std::size(kSigns) ? kSigns[op] : "==";
}

auto Expressions::Of(plan::ExprId id) -> Json {
  const plan::Expr &expr = model_.exprs.expr(id);
  if (const char *word = PlainWord(expr)) {
    Json json = Json::array({word});
    for (const plan::ExprId child : model_.exprs.children(id)) json.push_back(Of(child));
    return json;
  }
  return Form(id);
}

auto Expressions::Form(plan::ExprId id) -> Json {
  const plan::Expr &expr = model_.exprs.expr(id);
  const auto child = [&](unsigned i) { return Of(model_.exprs.child(id, i)); };
  switch (expr.kind) {
    case ExprKind::Literal:
      return {"value", text_(model_.exprs.literal(id))};
    case ExprKind::Self:
      return Json::array({"self"});
    case ExprKind::Local:
      return {"local", Variable(expr.a)};
    case ExprKind::Global:
      globals.insert(expr.a);
      return {"global", model_.text(model_.globals[expr.a].name).str()};
    case ExprKind::Collection:
      return Collection(static_cast<plan::KindId>(expr.a));
    case ExprKind::Taggable:
      return Json::array({"resources"});
    case ExprKind::Catalogue:
      return {"catalogue", model_.text(model_.catalogues[expr.a].name).str()};
    case ExprKind::Field:
      return {"field", child(0), MemberName(id)};
    case ExprKind::Method: {
      Json json = {"method", child(0), MemberName(id)};
      for (unsigned i = 1; i < expr.count; ++i) json.push_back(child(i));
      return json;
    }
    case ExprKind::Call: {
      functions.insert(expr.a);
      Json json = {"call", model_.text(model_.functions[expr.a].name).str()};
      for (unsigned i = 0; i < expr.count; ++i) json.push_back(child(i));
      return json;
    }
    case ExprKind::IsKind: {
      if (expr.op != 1)
        return {"is", child(0), model_.text(model_.kind(plan::KindId{expr.a}).name).str()};
      const plan::TypeId type = model_.exprs.expr(model_.exprs.child(id, 0)).type;
      const uint32_t decl = model_.types.type(model_.types.Unwrap(type)).decl;
      return {"is_tag", child(0), model_.text(model_.unions[decl].tags[expr.a].name).str()};
    }
    case ExprKind::Bound:
      return {"bound", BoundSign(expr.op), child(0)};
    case ExprKind::List: {
      Json json = Json::array({"list"});
      for (const plan::ExprId part : model_.exprs.children(id)) {
        const bool is_spliced = (model_.exprs.expr(part).flags & plan::kSplice) != 0;
        json.push_back(is_spliced ? Json::array({"splice", Of(part)}) : Of(part));
      }
      return json;
    }
    case ExprKind::Generator:
      if (!IsSome(model_.exprs.child(id, 2))) return {"each", Variable(expr.a), child(0), child(1)};
      return {"each", Variable(expr.a), child(0), child(1), child(2)};
    case ExprKind::Where:
      return {"where", Variable(expr.a), child(0), child(1)};
    case ExprKind::Quantifier: {
      const bool is_all = static_cast<syntax::QuantifierOp>(expr.op) == syntax::QuantifierOp::All;
      return {is_all ? "all" : "any", Variable(expr.a), child(0), child(1)};
    }
    case ExprKind::Record:
      return Record(id);
    case ExprKind::Union: {
      const uint32_t decl = model_.types.type(model_.types.Unwrap(expr.type)).decl;
      const std::string tag = model_.text(model_.unions[decl].tags[expr.a].name).str();
      if (expr.count == 0) return {"union", tag};
      return {"union", tag, child(0)};
    }
    case ExprKind::Subject:
      return Subject(id);
    case ExprKind::Convert: {
      // Only what changes the value is told: one thing is a list of one, a period is a day of it.
      const plan::TypeKind to = model_.types.kind(model_.types.Unwrap(expr.type));
      if (to == plan::TypeKind::List) return {"as", "list", child(0)};
      if (to != plan::TypeKind::Date && to != plan::TypeKind::Moment) return child(0);
      return {"as", (expr.flags & plan::kLastDay) != 0 ? "last_day" : "first_day", child(0)};
    }
    default:
      return Json::array({"unknown"});
  }
}

// The entities of a kind, where all of them are in the file.
auto Expressions::Collection(plan::KindId kind) const -> Json {
  const bool is_whole = llvm::all_of(model_.Collection(kind), [&](plan::EntityId id) {
    return IsSome(model_.entity(id).name) && !IsSome(model_.entity(id).parent);
  });
  if (!is_whole) return Json::array({"unknown"});
  return {"entities", model_.text(model_.kind(kind).name).str()};
}

auto Expressions::Record(plan::ExprId id) -> Json {
  const plan::Expr &expr = model_.exprs.expr(id);
  const plan::Members &members = model_.records[expr.a].members;
  Json fields = Json::object();
  for (unsigned i = 0; i < expr.count; ++i) {
    const plan::ExprId value = model_.exprs.child(id, i);
    if (value != plan::kNoExpr) fields[model_.text(members.list[i].name).str()] = Of(value);
  }
  return Json::array({"record", fields});
}

auto Expressions::Subject(plan::ExprId id) -> Json {
  const plan::Expr &expr = model_.exprs.expr(id);
  if ((expr.flags & plan::kSubjectOf) != 0) return Json::array({"unknown"});
  const plan::EntityId entity{expr.a};
  if (expr.b == plan::kNoSlot) return {"value", model_.FullName(entity)};
  const plan::Kind &kind = model_.kind(model_.entity(entity).kind);
  const std::string member = model_.text(kind.members.list[expr.b].name).str();
  return {"value", model_.FullName(entity) + "." + member};
}

auto Expressions::MemberName(plan::ExprId id) const -> std::string {
  const plan::Expr &expr = model_.exprs.expr(id);
  if ((expr.flags & plan::kByName) != 0) {
    return model_.text(static_cast<plan::SymbolId>(expr.a)).str();
  }
  const plan::TypeId object = model_.exprs.expr(model_.exprs.child(id, 0)).type;
  const plan::Type &type = model_.types.type(model_.types.Unwrap(object));
  const plan::Members *members = nullptr;
  if (type.kind == plan::TypeKind::Entity) members = &model_.kind(plan::KindId{type.decl}).members;
  if (type.kind == plan::TypeKind::Record) members = &model_.records[type.decl].members;
  if (members == nullptr || expr.a >= members->list.size()) return "?";
  return model_.text(members->list[expr.a].name).str();
}

}  // namespace groma::emit
