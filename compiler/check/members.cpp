// SPDX-License-Identifier: Apache-2.0
// The members of kinds and records: fields, computed and decided members.
#include "groma/check/checker.h"
#include "last_day.h"

namespace groma::check {
namespace {

// The slots of nodes.def that a member's item uses.
auto NameOf(const Tree &tree, NodeId item) -> NodeId { return tree.child(item, 0); }

auto IsDecided(const Tree &tree, NodeId value) -> bool {
  return value != syntax::kNoNode && tree.kind(value) == NodeKind::Name &&
         tree.text(value) == "decided";
}

}  // namespace

auto Checker::AddMember(const Declared &declared, NodeId item, plan::Members &members,
                        llvm::StringRef owner, KindId owner_kind) -> std::optional<Slot> {
  const Tree &tree = *declared.tree;
  const NodeId name = NameOf(tree, item);
  if (name == syntax::kNoNode || tree.kind(name) == NodeKind::Error) return std::nullopt;
  plan::Member member;
  member.name = Intern(tree.text(name));
  member.span = tree.span(name);
  NodeId type = syntax::kNoNode;
  switch (tree.kind(item)) {
    case NodeKind::FieldDecl: type = tree.child(item, 1); break;
    case NodeKind::Let:
      type = tree.child(item, 1);
      member.form = tree.child(item, 2) == syntax::kNoNode ? plan::MemberForm::Decided
                                                           : plan::MemberForm::Computed;
      break;
    case NodeKind::Fn:
      type = tree.child(item, 1);
      member.form = plan::MemberForm::Decided;
      member.is_method = true;
      member.parameters = [&] {
        auto parameters = ParametersOf(tree, declared.module, tree.rest(item, 3));
        return llvm::SmallVector<plan::Parameter, 1>(parameters.begin(), parameters.end());
      }();
      break;
    default: return std::nullopt;
  }
  if (const Slot slot = members.Find(member.name); slot != plan::kNoSlot) {
    sink_->Report(diag::MemberTwice, member.span, owner.str(), text(member.name).str())
        .Label(members.list[slot].span, "declared here")
        .Help(IsSome(owner_kind) && members.list[slot].declared_in != owner_kind
                  ? "a variant gives an inherited field a new default with `" +
                        text(member.name).str() + " = ...`"
                  : "give one of the two another name");
    return std::nullopt;
  }
  if (type == syntax::kNoNode) {
    sink_->Report(diag::ParamWithoutType, member.span, text(member.name).str())
        .Help("write its type after a colon, such as `" + text(member.name).str() + ": int`");
    member.type = plan::kErrorType;
  } else {
    member.type = ResolveType(tree, declared.module, type);
  }
  if (tree.kind(item) == NodeKind::FieldDecl) {
    const NodeId value = tree.child(item, 2);
    member.is_decided_by_default = IsDecided(tree, value);
    member.is_required_field = value == syntax::kNoNode && kind(member.type) != TypeKind::Optional;
    MemberAttributes(tree, tree.child(item, 3), member);
  }
  const auto slot = static_cast<Slot>(members.list.size());
  members.by_name[plan::Index(member.name)] = slot;
  members.list.push_back(std::move(member));
  return slot;
}

void Checker::MemberAttributes(const Tree &tree, NodeId body, plan::Member &member) {
  for (const NodeId item : tree.children(body)) {
    if (tree.kind(item) == NodeKind::Error) continue;
    const llvm::StringRef key =
        tree.kind(item) == NodeKind::Field ? tree.text(tree.child(item, 0)) : "";
    const NodeId value = tree.child(item, 1);
    if (key == "deprecated" && tree.kind(value) == NodeKind::String) {
      member.deprecated = tree.text(value).trim('"').str();
    } else if (key == "was" && tree.kind(value) == NodeKind::Name) {
      member.was = Intern(tree.text(value));
    } else {
      sink_->Report(diag::UnknownField, tree.span(item), text(member.name).str(),
                    key.empty() ? tree.text(item).str() : key.str())
          .Help("a field's declaration takes `deprecated = \"use x\"` and `was = old_name`");
    }
  }
}

void Checker::MemberValues(const Declared &declared, NodeId item, plan::Member &member,
                           TypeId self) {
  const Tree &tree = *declared.tree;
  if (tree.kind(item) == NodeKind::Fn) {
    if (tree.child(item, 2) != syntax::kNoNode) {
      sink_->Report(diag::MisplacedItem, tree.span(item), "a function with a body", "a kind")
          .Help("declare it at the top of the file with the entity as its first parameter; `x." +
                text(member.name).str() + "()` then finds it");
    }
    return;
  }
  Frame frame;
  frame.tree = &tree;
  frame.module = declared.module;
  frame.self = self;
  const NodeId value = tree.child(item, 2);
  if (value != syntax::kNoNode && !member.is_decided_by_default) {
    member.value = Check(value, member.type, frame, MeansLastDay(text(member.name)));
  }
  if (tree.kind(item) != NodeKind::FieldDecl) return;
  for (const NodeId bound : tree.rest(item, 4)) {
    TypeId type = model_.types.Unwrap(member.type);
    const auto wrapper = kind(type);
    if (wrapper == TypeKind::List || wrapper == TypeKind::Curve || wrapper == TypeKind::Spread ||
        wrapper == TypeKind::Bound) {
      type = model_.types.argument(type);
    }
    const auto op = tree.op<syntax::BoundOp>(bound);
    if (op == syntax::BoundOp::In) type = model_.types.Of(TypeKind::Range, type);
    member.bounds.push_back({static_cast<uint8_t>(op), Check(tree.child(bound, 0), type, frame),
                             tree.span(bound)});
  }
}

auto Checker::ParametersOf(const Tree &tree, ModuleIndex module, llvm::ArrayRef<NodeId> formals)
    -> std::vector<plan::Parameter> {
  std::vector<plan::Parameter> parameters;
  for (const NodeId formal : formals) {
    if (tree.kind(formal) != NodeKind::Formal) continue;
    plan::Parameter parameter;
    parameter.name = Intern(tree.text(tree.child(formal, 0)));
    parameter.type = ResolveType(tree, module, tree.child(formal, 1));
    for (const plan::Parameter &other : parameters) {
      if (other.name == parameter.name) {
        sink_->Report(diag::WrittenTwice, tree.span(tree.child(formal, 0)),
                      text(parameter.name).str())
            .Label(tree.span(tree.child(formals[static_cast<size_t>(&other - parameters.data())], 0)),
                   "first here");
      }
    }
    if (const NodeId value = tree.child(formal, 2); value != syntax::kNoNode) {
      Frame frame;
      frame.tree = &tree;
      frame.module = module;
      parameter.default_value = Check(value, parameter.type, frame);
    }
    parameters.push_back(parameter);
  }
  return parameters;
}

}  // namespace groma::check
