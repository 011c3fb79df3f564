// SPDX-License-Identifier: Apache-2.0
// What stands behind a dot: members, nested declarations, names of modules, functions of one argument.
#include "groma/check/checker.h"

namespace groma::check {

auto Checker::MembersOf(TypeId id) -> const plan::Members * {
  const plan::Type type = model_.types.type(model_.types.Unwrap(id));
  if (type.kind == TypeKind::Entity && type.decl != 0) {
    return &ShapeOf(static_cast<KindId>(type.decl)).members;
  }
  if (type.kind == TypeKind::Record) {
    return &ShapeOf(static_cast<plan::RecordId>(type.decl)).members;
  }
  return nullptr;
}

// The names of a dotted name that begins with a name that is no value; empty if it is none.
auto Checker::DottedNames(NodeId node, const Frame &frame) -> std::vector<NodeId> {
  const Tree &tree = *frame.tree;
  if (tree.kind(node) == NodeKind::Name) return {node};
  if (tree.kind(node) == NodeKind::Path) {
    const auto names = tree.children(node);
    return {names.begin(), names.end()};
  }
  if (tree.kind(node) != NodeKind::Member) return {};
  std::vector<NodeId> names = DottedNames(tree.child(node, 0), frame);
  if (!names.empty()) names.push_back(tree.child(node, 1));
  return names;
}

// `colour.red` and `module.colour.red`: the enum, and how many of the words are its name.
auto Checker::EnumOf(llvm::ArrayRef<llvm::StringRef> words, ModuleIndex from, size_t &used)
    -> Declared * {
  std::string name;
  for (used = 1; used < words.size(); ++used) {
    name += (used > 1 ? "." : "") + words[used - 1].str();
    Declared *found = FindType(from, name);
    if (found != nullptr && found->form == DeclaredForm::Enum) return found;
  }
  return nullptr;
}

auto Checker::InferMember(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const std::vector<NodeId> names = DottedNames(node, frame);
  if (names.empty()) {
    const ExprId object = Infer(tree.child(node, 0), frame);
    return MemberOf(object, tree.child(node, 1), frame, tree.span(node));
  }
  const auto known = [&](ExprId e, size_t count) {
    return WherePresent(e, llvm::ArrayRef<NodeId>(names).take_front(count), frame);
  };
  if (names.size() == 1) return InferName(names[0], frame);
  ExprId expr = FindName(names[0], frame);
  size_t used = 1;
  if (!IsSome(expr)) {
    std::vector<llvm::StringRef> words;
    for (const NodeId name : names) words.push_back(tree.text(name));
    at_ = {tree.span(names[0]).begin, tree.span(names.back()).end};
    if (Declared *declared = FindInPackages(frame.module, words, used)) {
      at_.end = tree.span(names[used - 1]).end;
      expr = FromDeclared(*declared, node);
    } else if (Declared *enumeration = EnumOf(words, frame.module, used)) {
      expr = TagOf(names[used], DeclaredType(*enumeration), frame);
      if (!IsSome(expr)) {
        UnknownName(names[used], DeclaredType(*enumeration), frame);
        return ErrorExpr(tree.span(node));
      }
      ++used;
    } else if (IsPackage(frame.module, words[0])) {
      if (words[1].starts_with("_")) {
        sink_->Report(diag::PrivateName, tree.span(names[1]), words[1].str(), words[0].str());
      } else {
        const std::string meant = SuggestMember(frame.module, words[0], words[1]);
        auto report = sink_->Report(diag::NotAPackageMember, tree.span(names[1]), words[0].str(),
                                    words[1].str());
        if (!meant.empty()) report.Fix(tree.span(names[1]), "write `" + meant + "`", meant);
      }
      return ErrorExpr(tree.span(node));
    } else {
      head_ = names[0];
      UnknownName(names[0], plan::kErrorType, frame);
      head_ = {};
      return ErrorExpr(tree.span(node));
    }
  }
  expr = known(expr, used);
  for (; used < names.size(); ++used) {
    expr = known(MemberOf(expr, names[used], frame,
                          {tree.span(names[0]).begin, tree.span(names[used]).end}),
                 used + 1);
  }
  return expr;
}

auto Checker::MemberOf(ExprId object, NodeId name_node, Frame &frame, Span whole) -> ExprId {
  const Tree &tree = *frame.tree;
  const TypeId object_type = model_.types.Unwrap(type(object));
  if (kind(object_type) == TypeKind::Error || tree.kind(name_node) == NodeKind::Error) {
    return ErrorExpr(whole);
  }
  if (kind(object_type) == TypeKind::Any) {
    return Make(ExprKind::Field, object_type, whole, {object},
                plan::Index(Intern(tree.text(name_node))), 0, plan::kByName);
  }
  const llvm::StringRef name = tree.text(name_node);
  const SymbolId symbol = Intern(name);
  const plan::Type object_decl = model_.types.type(object_type);
  if (object_decl.kind == TypeKind::Union) {
    return MemberOfUnion(object, object_decl, name_node, frame, whole);
  }
  const plan::Expr &expr = model_.exprs.expr(object);
  const bool is_literal = expr.kind == ExprKind::Literal && object_decl.kind == TypeKind::Entity;
  const plan::Members *members = MembersOf(object_type);
  if (is_literal) {
    const EntityId entity = model_.exprs.literal(object).entity;
    if (const EntityId nested = FindNested(entity, symbol); IsSome(nested)) {
      return EntityExpr(nested, whole);
    }
  }
  const Slot slot = members == nullptr ? plan::kNoSlot : members->Find(symbol);
  if (slot != plan::kNoSlot) {
    const plan::Member &member = members->list[slot];
    if (!member.deprecated.empty()) {
      sink_->Report(diag::Deprecated, tree.span(name_node), name.str(), member.deprecated);
    }
    if (member.is_method) return CallMethod(object, slot, {}, name_node, frame);
    return Make(ExprKind::Field, AbsentWith(member.type, object), whole, {object}, slot);
  }
  if (Declared *function = FindFunction(frame.module, symbol)) {
    const plan::FunctionId id = ResolveFunction(*function);
    const auto &parameters = model_.functions[plan::Index(id)].parameters;
    if (!parameters.empty() && Fits(object_type, parameters[0].type)) {
      return CallFunction(id, object, {}, name_node, frame);
    }
  }
  if (members == nullptr) {
    sink_->Report(diag::NoMembers, tree.span(name_node), Spell(object_type));
    return ErrorExpr(whole);
  }
  const SymbolId owner = object_decl.kind == TypeKind::Record
                             ? model_.records[object_decl.decl].name
                             : model_.kind(static_cast<KindId>(object_decl.decl)).name;
  auto report =
      sink_->Report(diag::UnknownField, tree.span(name_node), text(owner).str(), name.str());
  if (const std::string meant = SuggestMember(*members, name); !meant.empty()) {
    report.Fix(tree.span(name_node), "write `" + meant + "`", meant);
  }
  return ErrorExpr(whole);
}

// A field of a tag's payload; unless every tag has it, there may be none.
auto Checker::MemberOfUnion(ExprId object, const plan::Type &object_type, NodeId name_node,
                            Frame &frame, Span whole) -> ExprId {
  const Tree &tree = *frame.tree;
  const SymbolId name = Intern(tree.text(name_node));
  TypeId found{};
  bool everywhere = true;
  const auto tags = model_.unions[object_type.decl].tags;
  for (const auto &tag : tags) {
    const plan::Members *members = IsSome(tag.payload) ? &ShapeOf(tag.payload).members : nullptr;
    const Slot slot = members == nullptr ? plan::kNoSlot : members->Find(name);
    if (slot == plan::kNoSlot) {
      everywhere = false;
    } else if (!IsSome(found)) {
      found = members->list[slot].type;
    }
  }
  if (!IsSome(found)) {
    sink_->Report(diag::UnknownField, tree.span(name_node),
                  text(model_.unions[object_type.decl].name).str(), text(name).str());
    return ErrorExpr(whole);
  }
  if (!everywhere) found = Optional(found);
  return Make(ExprKind::Field, AbsentWith(found, object), whole, {object}, plan::Index(name), 0, plan::kByName);
}

auto Checker::FindFunction(ModuleIndex from, SymbolId name) -> Declared * {
  Declared *found = nullptr;
  ForEachVisible(from, [&](Scope &visible) {
    const auto entry = visible.values.find(plan::Index(name));
    if (found == nullptr && entry != visible.values.end() &&
        entry->second->form == DeclaredForm::Function) {
      found = entry->second;
    }
  });
  return found;
}

auto Checker::EntityAtNames(llvm::ArrayRef<NodeId> names, Frame &frame, size_t &used) -> EntityId {
  const Tree &tree = *frame.tree;
  EntityId entity{};
  const SymbolId head = Intern(tree.text(names[0]));
  used = 1;
  for (EntityId at = frame.enclosing; IsSome(at) && !IsSome(entity); at = model_.entity(at).parent) {
    entity = FindNested(at, head);
  }
  Declared *declared = IsSome(entity) ? nullptr : FindValue(frame.module, head);
  if (!IsSome(entity) && declared == nullptr && names.size() > 1) {
    std::vector<llvm::StringRef> words;
    for (const NodeId name : names) words.push_back(tree.text(name));
    declared = FindInPackages(frame.module, words, used);
  }
  if (declared != nullptr && declared->form == DeclaredForm::Entity) {
    entity = ResolveEntity(*declared);
  } else if (declared != nullptr && declared->form == DeclaredForm::Row) {
    entity = ResolveRow(*declared);
  }
  while (IsSome(entity) && used < names.size()) {
    const EntityId nested = FindNested(entity, Intern(tree.text(names[used])));
    if (!IsSome(nested)) break;
    entity = nested;
    ++used;
  }
  return entity;
}

auto Checker::EntityAt(NodeId path, Frame &frame) -> EntityId {
  const std::vector<NodeId> names = DottedNames(path, frame);
  if (names.empty()) return {};
  size_t used = 0;
  const EntityId entity = EntityAtNames(names, frame, used);
  return used == names.size() ? entity : EntityId{};
}

auto Checker::CheckSubject(NodeId node, TypeId expected, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const TypeId subject = Simple(TypeKind::Subject);
  const std::vector<NodeId> names = DottedNames(node, frame);
  if (!names.empty() && !IsSome(TryLocal(names[0], frame))) {
    size_t used = 0;
    const EntityId entity = EntityAtNames(names, frame, used);
    if (IsSome(entity) && used == names.size()) {
      const ExprId expr = Make(ExprKind::Subject, subject, tree.span(node), {}, plan::Index(entity));
      model_.exprs.expr(expr).b = plan::kNoSlot;
      return expr;
    }
    if (IsSome(entity) && used + 1 == names.size()) {
      const plan::Members &members = ShapeOf(model_.entity(entity).kind).members;
      const Slot slot = members.Find(Intern(tree.text(names.back())));
      if (slot != plan::kNoSlot) {
        const ExprId expr =
            Make(ExprKind::Subject, subject, tree.span(node), {}, plan::Index(entity));
        model_.exprs.expr(expr).b = slot;
        return expr;
      }
    }
  }
  return Coerce(Infer(node, frame), expected, node, frame, false);
}

auto Checker::TryLocal(NodeId name, Frame &frame) -> ExprId {
  const SymbolId symbol = Intern(frame.tree->text(name));
  for (const Local &local : frame.locals) {
    if (local.name == symbol) return Make(ExprKind::Local, local.type, {}, {}, local.index);
  }
  if (symbol == self_ && IsSome(frame.owner)) return EntityExpr(frame.owner, {});
  return symbol == self_ ? Make(ExprKind::Self, frame.self, {}) : plan::kNoExpr;
}

auto Checker::CheckKindName(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const llvm::StringRef name = tree.text(node);
  Declared *found = DottedNames(node, frame).empty() ? nullptr : FindType(frame.module, name);
  if (found != nullptr && found->form == DeclaredForm::Kind) {
    plan::Value value = plan::Value::Of(plan::ValueTag::KindName);
    value.kind = ResolveKind(*found);
    return Literal(value, Simple(TypeKind::KindName), tree.span(node));
  }
  auto report = sink_->Report(diag::UnknownKind, tree.span(node), name.str());
  const std::string meant = SuggestType(frame.module, name, true);
  if (!meant.empty()) report.Fix(tree.span(node), "write `" + meant + "`", meant);
  return ErrorExpr(tree.span(node));
}

}  // namespace groma::check
