// SPDX-License-Identifier: Apache-2.0
// Bare names: variables, declarations, and the entries and tags that an expected type brings in.
#include "groma/check/checker.h"

namespace groma::check {

auto Checker::EntityExpr(EntityId entity, Span span) -> ExprId {
  if (!IsSome(entity)) return ErrorExpr(span);
  return Literal(plan::Value::Entity(entity), EntityType(model_.entity(entity).kind), span);
}

auto Checker::FindNested(EntityId from, SymbolId name) -> EntityId {
  const auto found = nested_.find({plan::Index(from), plan::Index(name)});
  return found == nested_.end() ? EntityId{} : found->second;
}

auto Checker::FromDeclared(Declared &declared, NodeId node) -> ExprId {
  // The place is where the name is used, so it comes from the caller's tree by way of `at_`.
  const Span span = at_;
  switch (declared.form) {
    case DeclaredForm::Entity: return EntityExpr(ResolveEntity(declared), span);
    case DeclaredForm::Row: return EntityExpr(ResolveRow(declared), span);
    case DeclaredForm::Param:
    case DeclaredForm::Let: {
      const plan::GlobalId id = ResolveGlobal(declared);
      return Make(ExprKind::Global, model_.globals[plan::Index(id)].type, span, {}, plan::Index(id));
    }
    case DeclaredForm::Catalogue: {
      const uint32_t id = CatalogueEntries(declared);
      const TypeId element = EntityType(model_.catalogues[id].kind);
      return Make(ExprKind::Catalogue, model_.types.Of(TypeKind::List, element), span, {}, id);
    }
    case DeclaredForm::Plural: {
      const KindId kind = ResolveKind(*declared.owner);
      ReadCataloguesOf(kind);
      return Make(ExprKind::Collection, model_.types.Of(TypeKind::List, EntityType(kind)), span, {},
                  plan::Index(kind));
    }
    case DeclaredForm::Function:
      sink_->Report(diag::TypeMismatch, span, "a value",
                    "the function `" + text(declared.name).str() + "`")
          .Help("call it: `" + text(declared.name).str() + "(...)`");
      return ErrorExpr(span);
    default: return ErrorExpr(span);
  }
}

auto Checker::IsOuterName(SymbolId name, const Frame &frame) -> bool {
  for (const Local &local : frame.locals) {
    if (!local.is_it && local.name == name) return true;
  }
  for (EntityId at = frame.enclosing; IsSome(at); at = model_.entity(at).parent) {
    if (IsSome(FindNested(at, name))) return true;
  }
  return scope(frame.module).values.contains(plan::Index(name));
}

// Variables, and the members of `it`.
auto Checker::FindLocal(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const SymbolId name = Intern(tree.text(node));
  for (size_t i = frame.locals.size(); i-- > 0;) {
    const Local local = frame.locals[i];
    if (local.name == name) {
      return Make(ExprKind::Local, local.type, tree.span(node), {}, local.index);
    }
    if (!local.is_it) continue;
    const plan::Members *members = MembersOf(local.type);
    if (members == nullptr || members->Find(name) == plan::kNoSlot) continue;
    if (IsOuterName(name, frame)) {
      const std::string word = text(name).str();
      sink_->Report(diag::AmbiguousBareName, tree.span(node), word)
          .Fix(tree.span(node), "write `it." + word + "` for the field", "it." + word,
               diagnostics::Applicability::Unsafe)
          .Help("for the name outside, name the element instead: `[x for x in ... if x." + word +
                " == " + word + "]`");
      return ErrorExpr(tree.span(node));
    }
    const ExprId it = Make(ExprKind::Local, local.type, tree.span(node), {}, local.index);
    return MemberOf(it, node, frame, tree.span(node));
  }
  return plan::kNoExpr;
}

auto Checker::FindName(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const SymbolId name = Intern(tree.text(node));
  if (name == self_ && IsSome(frame.owner)) return EntityExpr(frame.owner, tree.span(node));
  if (name == self_) {
    if (IsSome(frame.self)) {
      return Make(ExprKind::Self, frame.self, tree.span(node), {}, 0, 0, plan::kReadsSelf);
    }
    if (frame.has_wrong_self) return ErrorExpr(tree.span(node));
    sink_->Report(diag::NoSelf, tree.span(node))
        .Help("no entity stands around this; write the name of the one that is meant");
    return ErrorExpr(tree.span(node));
  }
  if (const ExprId local = FindLocal(node, frame); IsSome(local)) return local;
  if (frame.has_bare_members && IsSome(frame.self)) {
    const plan::Members *members = MembersOf(frame.self);
    if (members != nullptr && members->Find(name) != plan::kNoSlot) {
      const ExprId self =
          Make(ExprKind::Self, frame.self, tree.span(node), {}, 0, 0, plan::kReadsSelf);
      return MemberOf(self, node, frame, tree.span(node));
    }
  }
  for (EntityId at = frame.enclosing; IsSome(at); at = model_.entity(at).parent) {
    if (const EntityId nested = FindNested(at, name); IsSome(nested)) {
      return EntityExpr(nested, tree.span(node));
    }
  }
  if (Declared *declared = FindValue(frame.module, name)) {
    at_ = tree.span(node);
    return FromDeclared(*declared, node);
  }
  if (tree.text(node) == "plan") {
    // The plan's own declaration, from wherever it is read; a library has none.
    const KindId kind = KnownKind("plan");
    if (IsSome(model_.plan)) return EntityExpr(model_.plan, tree.span(node));
    if (IsSome(kind)) return Literal(plan::Value::None(), EntityType(kind), tree.span(node));
  }
  if (name == resources_) {
    const TypeId element = EntityType(KnownKind("asset"));
    return Make(ExprKind::Taggable, model_.types.Of(TypeKind::List, element), tree.span(node));
  }
  return plan::kNoExpr;
}

auto Checker::InferName(NodeId node, Frame &frame) -> ExprId {
  const ExprId found = FindName(node, frame);
  if (IsSome(found)) return WherePresent(found, node, frame);
  UnknownName(node, plan::kErrorType, frame);
  return ErrorExpr(frame.tree->span(node));
}

auto Checker::CheckName(NodeId node, TypeId expected, Frame &frame) -> ExprId {
  const ExprId found = WherePresent(FindName(node, frame), node, frame);
  if (IsSome(found)) {
    if (Fits(type(found), expected)) return found;
    // A tag or an entry may have the name of something else that does not fit here.
    const ExprId tag = TagOf(node, model_.types.Unwrap(expected), frame);
    return IsSome(tag) ? tag : Coerce(found, expected, node, frame, false);
  }
  if (const ExprId tag = TagOf(node, model_.types.Unwrap(expected), frame); IsSome(tag)) return tag;
  UnknownName(node, expected, frame);
  return ErrorExpr(frame.tree->span(node));
}

auto Checker::TagOf(NodeId node, TypeId expected_id, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const Span span = tree.span(node);
  const plan::Type expected = model_.types.type(expected_id);
  const SymbolId name = Intern(tree.text(node));
  switch (expected.kind) {
    case TypeKind::Enum: {
      const plan::EnumDecl &enumeration = model_.enums[expected.decl];
      for (uint32_t i = 0; i < enumeration.tags.size(); ++i) {
        if (enumeration.tags[i] != name) continue;
        return Literal(plan::Value::Enum(static_cast<plan::EnumId>(expected.decl), i), expected_id,
                       span);
      }
      return plan::kNoExpr;
    }
    case TypeKind::Union: {
      const plan::UnionDecl &declared = model_.unions[expected.decl];
      for (uint32_t i = 0; i < declared.tags.size(); ++i) {
        if (declared.tags[i].name != name) continue;
        if (!IsSome(declared.tags[i].payload)) {
          return Literal(plan::Value::Items(plan::ValueTag::Union, {}, expected.decl, i),
                         expected_id, span);
        }
        // A payload whose fields all have defaults need not be written.
        for (const plan::Member &member : ShapeOf(declared.tags[i].payload).members.list) {
          if (!member.is_required()) continue;
          sink_->Report(diag::NeedsPayload, span, text(name).str())
              .Help("write `" + text(name).str() + " { " + text(member.name).str() + " = ... }`");
          return ErrorExpr(span);
        }
        const ExprId payload = RecordFields(syntax::kNoNode, declared.tags[i].payload,
                                            model_.types.Declared(TypeKind::Record,
                                                plan::Index(declared.tags[i].payload)), frame);
        return Make(ExprKind::Union, expected_id, span, {payload}, i);
      }
      return plan::kNoExpr;
    }
    case TypeKind::Entity: {
      const EntityId entry = FindEntry(frame.module, static_cast<KindId>(expected.decl), name);
      return IsSome(entry) ? EntityExpr(entry, span) : plan::kNoExpr;
    }
    case TypeKind::Currency: {
      const llvm::StringRef code = tree.text(node);
      if (code == "money" || !model_.units.dimensions().FindCurrency(code)) return plan::kNoExpr;
      plan::Value value = plan::Value::Of(plan::ValueTag::Currency);
      value.symbol = name;
      return Literal(value, expected_id, span);
    }
    default: return plan::kNoExpr;
  }
}

void Checker::UnknownName(NodeId node, TypeId expected, Frame &frame) {
  const Tree &tree = *frame.tree;
  const llvm::StringRef name = tree.text(node);
  const Span span = tree.span(node);
  if (trials_ > 0) {
    sink_->Report(diag::UnknownName, span, name.str());
    return;
  }
  const plan::Members *siblings = IsSome(frame.self) ? MembersOf(frame.self) : nullptr;
  if (siblings != nullptr && siblings->Find(Intern(name)) != plan::kNoSlot) {
    sink_->Report(diag::SiblingName, span, name.str())
        .Fix(span, "write `self." + name.str() + "`", "self." + name.str());
    return;
  }
  const plan::Type wanted = model_.types.type(model_.types.Unwrap(expected));
  const bool is_module = IsPackage(frame.module, name);
  const std::string meant =
      is_module ? "" : SuggestValue(frame, name, expected, node == element_);
  // A row of a table that was refused is not refused again; a slip of the pen is told.
  if (meant.empty() && !is_module && HasRefusedTable(frame.module, expected)) return;
  if (wanted.kind == TypeKind::Enum || wanted.kind == TypeKind::Union) {
    std::string list;
    const bool is_enum = wanted.kind == TypeKind::Enum;
    const size_t count = is_enum ? model_.enums[wanted.decl].tags.size()
                                 : model_.unions[wanted.decl].tags.size();
    for (size_t i = 0; i < count; ++i) {
      const SymbolId tag = is_enum ? model_.enums[wanted.decl].tags[i]
                                   : model_.unions[wanted.decl].tags[i].name;
      list += (i == 0 ? "`" : ", `") + text(tag).str() + "`";
    }
    const SymbolId owner = is_enum ? model_.enums[wanted.decl].name : model_.unions[wanted.decl].name;
    auto report = sink_->Report(diag::UnknownTag, span, name.str(), text(owner).str());
    if (!meant.empty()) report.Fix(span, "write `" + meant + "`", meant);
    report.Note("its values are " + list);
    return;
  }
  auto report = sink_->Report(diag::UnknownName, span, name.str());
  if (!meant.empty()) {
    report.Fix(span, "write `" + meant + "`", meant);
  } else if (is_module) {
    report.Help("`" + name.str() + "` is a module; write a dot and the name of something in it");
  } else if (wanted.kind == TypeKind::Entity && wanted.decl != 0) {
    report.Help("declare it as a `" + text(model_.kind(static_cast<KindId>(wanted.decl)).name).str() +
                "`, or import the module that does");
  }
}

// Whether a table that could not be read may hold a name that is found nowhere; the table was reported.
auto Checker::HasRefusedTable(ModuleIndex from, TypeId expected) -> bool {
  const plan::Type &wanted = model_.types.type(model_.types.Unwrap(expected));
  if (wanted.kind != TypeKind::Error && wanted.kind != TypeKind::Entity) return false;
  bool has_one = false;
  ForEachVisible(from, [&](Scope &visible) {
    for (Declared *catalogue : visible.catalogues) {
      const KindId kind = model_.catalogues[ResolveCatalogue(*catalogue)].kind;
      const bool is_refused = catalogue->table == nullptr || catalogue->table->columns().empty();
      const bool may_hold = wanted.kind == TypeKind::Error || !IsSome(kind) ||
                            wanted.decl == 0 || model_.IsA(kind, static_cast<KindId>(wanted.decl));
      has_one |= is_refused && may_hold;
    }
  });
  return has_one;
}

}  // namespace groma::check
