// SPDX-License-Identifier: Apache-2.0
// What stands in an entity's body: fields, requirements, rewrites and expectations.
#include "groma/check/checker.h"
#include "last_day.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::check {
namespace {

using syntax::AssignOp;

auto IsBound(AssignOp op) -> bool { return op >= AssignOp::LessEqual; }

auto BoundOf(AssignOp op) -> syntax::BoundOp {
  switch (op) {
    case AssignOp::LessEqual: return syntax::BoundOp::LessEqual;
    case AssignOp::GreaterEqual: return syntax::BoundOp::GreaterEqual;
    case AssignOp::Less: return syntax::BoundOp::Less;
    default: return syntax::BoundOp::Greater;
  }
}

}  // namespace

void Checker::EntityItems(const Tree &tree, EntityId id, NodeId body, Frame &frame) {
  for (const NodeId item : tree.children(body)) {
    switch (tree.kind(item)) {
      case NodeKind::Field: EntityField(tree, id, item, frame); break;
      case NodeKind::Require:
        model_.entities[plan::Index(id)].requirements.push_back(RequirementOf(item, frame));
        break;
      case NodeKind::Prefer: PreferItem(id, item, frame); break;
      case NodeKind::Given:
        RewriteField(id, tree.child(item, 0), tree.child(item, 1), tree.op<AssignOp>(item), item,
                     frame);
        break;
      case NodeKind::Expect: ExpectItem(id, item, frame); break;
      case NodeKind::Error: UnreadableField(tree, id, item); break;
      case NodeKind::Decl: break;  // has an entity of its own
      default:
        sink_->Report(diag::MisplacedItem, tree.span(item), "this",
                      "`" + text(model_.kind(model_.entity(id).kind).name).str() + "`")
            .Help(tree.kind(item) == NodeKind::FieldDecl
                      ? "a field of an entity is given with `=`; only a kind declares one with `:`"
                      : "the body of an entity has fields, such as `site = ams`");
    }
  }
}

// A field whose value cannot be read counts as given: its fault was reported.
void Checker::UnreadableField(const Tree &tree, EntityId id, NodeId item) {
  const llvm::StringRef name =
      tree.text(item).take_while([](char c) { return llvm::isAlnum(c) || c == '_'; });
  plan::Entity &entity = model_.entities[plan::Index(id)];
  plan::Written written;
  written.slot = model_.kind(entity.kind).members.Find(Intern(name));
  const bool is_known = llvm::any_of(
      entity.written, [&](const plan::Written &other) { return other.slot == written.slot; });
  if (written.slot == plan::kNoSlot || is_known) return;
  written.span = tree.span(item);
  written.value = ErrorExpr(written.span);
  entity.written.push_back(written);
}

void Checker::EntityField(const Tree &tree, EntityId id, NodeId field, Frame &frame) {
  const NodeId key = tree.child(field, 0);
  const NodeId value = tree.child(field, 1);
  const auto op = tree.op<AssignOp>(field);
  plan::Entity &entity = model_.entities[plan::Index(id)];
  const plan::Kind &kind = model_.kind(entity.kind);
  const llvm::StringRef name = tree.text(key);
  const bool is_name = tree.kind(key) == NodeKind::Path && tree.children(key).size() == 1;
  const Slot slot = is_name ? kind.members.Find(Intern(name)) : plan::kNoSlot;
  if (slot == plan::kNoSlot) {
    if (is_name && name == "was") {
      FormerName(tree, id, field);
      return;
    }
    if (IsRewriter(entity.kind)) {
      RewriteField(id, key, value, op, field, frame);
      return;
    }
    if (baseless_.contains(plan::Index(id))) return;
    auto report =
        sink_->Report(diag::UnknownField, tree.span(key), text(kind.name).str(), name.str());
    if (const std::string meant = SuggestMember(kind.members, name); !meant.empty()) {
      report.Fix(tree.span(key), "write `" + meant + "`", meant);
    } else {
      report.Help("`groma docs " + text(kind.name).str() + "` lists its fields");
    }
    return;
  }
  const plan::Member &member = kind.members.list[slot];
  for (const plan::Written &other : entity.written) {
    if (other.slot != slot) continue;
    sink_->Report(diag::WrittenTwice, tree.span(key), name.str())
        .Here("again here")
        .Label(other.span, "first here");
    return;
  }
  if (member.form != plan::MemberForm::Field) {
    sink_->Report(diag::NotWritable, tree.span(key), name.str())
        .Label(member.span, member.form == plan::MemberForm::Computed
                                ? "declared here with a formula"
                                : "declared here without a value of its own");
    return;
  }
  if (!member.deprecated.empty()) {
    sink_->Report(diag::Deprecated, tree.span(key), name.str(), member.deprecated)
        .Label(member.span, "declared here");
  }
  const bool starts_from = op == AssignOp::Add || op == AssignOp::Subtract || op == AssignOp::Multiply;
  if (starts_from && !IsSome(entity.base) && !IsSome(member.value) && member.is_required_field) {
    sink_->Report(diag::NothingInherited, tree.span(field), name.str())
        .Help("write `" + name.str() + " = ...`, or name an entity to start from after a colon");
    // It counts as given, so that its absence is not reported too.
    plan::Written nothing;
    nothing.slot = slot;
    nothing.span = tree.span(field);
    nothing.value = ErrorExpr(nothing.span);
    entity.written.push_back(nothing);
    return;
  }
  plan::Written written;
  written.slot = slot;
  written.op = static_cast<uint8_t>(op);
  written.span = tree.span(field);
  frame.allows_choose = true;
  const TypeId type = member.type;
  written.value = FieldValue(field, value, op, type, name, frame);
  frame.allows_choose = false;
  model_.entities[plan::Index(id)].written.push_back(written);
}

// `was = old_name` carries a rename; it is a field of no kind.
void Checker::FormerName(const Tree &tree, EntityId id, NodeId field) {
  const NodeId key = tree.child(field, 0);
  const NodeId value = tree.child(field, 1);
  const auto op = tree.op<AssignOp>(field);
  plan::Entity &entity = model_.entities[plan::Index(id)];
  if (IsSome(entity.was)) {
    sink_->Report(diag::WrittenTwice, tree.span(key), "was");
  } else if (op != AssignOp::Set) {
    const uint32_t base = tree.base();
    auto report = IsBound(op) ? sink_->Report(diag::BoundOnValue, tree.span(field), "was")
                              : sink_->Report(diag::NothingInherited, tree.span(field), "was");
    report.Fix({tree.node(key).end + base, tree.node(value).begin + base}, "write `=`", " = ");
  } else if (tree.kind(value) != NodeKind::Name) {
    auto report = sink_->Report(diag::TypeMismatch, tree.span(value), "a former name",
                                tree.kind(value) == NodeKind::String ? "a text" : "something else");
    const llvm::StringRef name = tree.text(value).trim('"');
    const bool is_text = tree.kind(value) == NodeKind::String && IsName(name);
    if (is_text) report.Fix(tree.span(value), "write it without quotes", name.str());
    if (!is_text) report.Help("write the name that it had, such as `was = old_name`");
  }
  entity.was = Intern(tree.text(value));
}

auto Checker::FieldValue(NodeId field, NodeId value, AssignOp op, TypeId type, llvm::StringRef name,
                         Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const TypeId wanted = model_.types.Unwrap(type);
  if (IsBound(op)) {
    if (kind(wanted) != TypeKind::Bound && kind(wanted) != TypeKind::Error) {
      const auto &key = tree.node(tree.child(field, 0));
      const auto &first = tree.node(value);
      sink_->Report(diag::BoundOnValue, tree.span(field), name.str())
          .Fix({key.end + tree.base(), first.begin + tree.base()}, "write `=`", " = ");
      return ErrorExpr(tree.span(field));
    }
    if (kind(wanted) == TypeKind::Error) return ErrorExpr(tree.span(field));
    const ExprId bound = Check(value, model_.types.argument(wanted), frame);
    return Make(ExprKind::Bound, wanted, tree.span(field), {bound}, 0,
                static_cast<uint8_t>(BoundOf(op)));
  }
  // `*=` takes a factor, `+=` on a date a duration; both are typed with the operator's rules.
  if (op == AssignOp::Multiply) {
    return Check(value, PlainNumber(plan::NumberForm::Decimal), frame);
  }
  const TypeKind shape = kind(wanted);
  if (op != AssignOp::Set && (shape == TypeKind::Date || shape == TypeKind::Moment ||
                              shape == TypeKind::Period || shape == TypeKind::Month)) {
    using base::DimensionId;
    return Check(value, model_.types.Number(plan::NumberForm::Duration,
                                            {DimensionId::kTime, DimensionId::kMonth,
                                             DimensionId::kWorkday}),
                 frame);
  }
  return Check(value, type, frame, MeansLastDay(name));
}

void Checker::PreferItem(EntityId id, NodeId item, Frame &frame) {
  const Tree &tree = *frame.tree;
  plan::Preference preference;
  preference.span = tree.span(item);
  preference.condition = CheckCondition(tree.child(item, 0), frame);
  preference.weight = Check(tree.child(item, 1), PlainNumber(plan::NumberForm::Decimal), frame);
  if (const NodeId because = tree.child(item, 2); because != syntax::kNoNode) {
    preference.because = BecauseOf(because, frame);
  }
  model_.entities[plan::Index(id)].preferences.push_back(preference);
}

auto Checker::BecauseOf(NodeId because, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  if (tree.kind(because) == NodeKind::String) {
    return Check(because, Simple(TypeKind::String), frame);
  }
  return CheckSubject(because, Simple(TypeKind::Subject), frame);
}

auto Checker::RequirementOf(NodeId item, Frame &frame) -> plan::Requirement {
  const Tree &tree = *frame.tree;
  plan::Requirement requirement;
  requirement.span = tree.span(item);
  requirement.condition = CheckCondition(tree.child(item, 0), frame);
  if (const NodeId because = tree.child(item, 1); because != syntax::kNoNode) {
    requirement.because = BecauseOf(because, frame);
  }
  return requirement;
}

void Checker::RequiredFields(EntityId id, llvm::StringRef where) {
  const plan::Entity &entity = model_.entity(id);
  if (baseless_.contains(plan::Index(id))) return;
  if (entity.is_template || overwritten_.contains(plan::Index(id))) return;
  // What a kind promises and nobody writes is missed by the entity that the plan does write.
  EntityId written = id;
  while (text_modules_.contains(plan::Index(written))) written = model_.entity(written).parent;
  std::string head;
  if (written != id) {
    const Promise &promise = promises_[plan::Index(id)].front();
    const Tree &tree = *promise.tree;
    for (const unsigned part : {0, 1, 3}) {
      const NodeId node = tree.child(promise.decl, part);
      if (node == syntax::kNoNode) continue;
      head += (part == 0 ? "" : part == 1 ? " " : " : ") + tree.text(node).str();
    }
  }
  const plan::Kind &kind = model_.kind(entity.kind);
  // What an heir lacks its base lacks too, and there it is told.
  const bool lacks_with_base = IsSome(entity.base) && !model_.entity(entity.base).is_template &&
                               !text_modules_.contains(plan::Index(entity.base));
  for (Slot slot = 0; slot < kind.members.list.size(); ++slot) {
    const plan::Member &member = kind.members.list[slot];
    if (!member.is_required() || IsSome(member.value) || member.type == plan::kErrorType) continue;
    bool is_given = false;
    for (EntityId at = id; IsSome(at) && !is_given; at = model_.entity(at).base) {
      is_given = llvm::any_of(model_.entity(at).written,
                              [&](const plan::Written &written) { return written.slot == slot; });
    }
    if (is_given || lacks_with_base) continue;
    sink_->Report(diag::MissingField, model_.entity(written).span, model_.FullName(id), text(member.name).str())
        .Label(member.span, "declared here without a default")
        .Help(written != id ? "write `" + head + " { " + text(member.name).str() + " = ... }` in it"
              : where.empty() ? "write `" + text(member.name).str() + " = ...` with " +
                                  Spell(member.type) + ", or `choose` to leave it to the solver"
                            : "give " + Spell(member.type) + " in " + where.str());
  }
}

auto Checker::IsRewriter(KindId kind) -> bool {
  return model_.IsA(kind, KnownKind("environment")) || model_.IsA(kind, KnownKind("scenario")) ||
         model_.IsA(kind, KnownKind("test"));
}

// Says what is meant instead of what cannot be rewritten.
void Checker::WrongTarget(NodeId path, Frame &frame) {
  const Tree &tree = *frame.tree;
  const bool is_path = tree.kind(path) == NodeKind::Path;
  const std::string meant = is_path ? SuggestTarget(path, frame) : "";
  size_t used = 0;
  EntityId entity = is_path ? EntityAtNames(tree.children(path), frame, used) : EntityId{};
  if (is_path && used != tree.children(path).size()) entity = {};
  const Declared *declared = FindValue(frame.module, Intern(tree.text(path)));
  std::string field = "field";
  if (IsSome(entity)) {
    const auto &members = ShapeOf(model_.entity(entity).kind).members.list;
    const auto first = llvm::find_if(members, [](const plan::Member &member) {
      return member.form == plan::MemberForm::Field && member.deprecated.empty();
    });
    if (first != members.end()) field = text(first->name).str();
  }
  auto report = sink_->Report(diag::RewriteTarget, tree.span(path), tree.text(path).str());
  if (IsSome(entity)) {
    report.Help("name a field of it, such as `" + tree.text(path).str() + "." + field + " = ...`");
  } else if (declared != nullptr && declared->form == DeclaredForm::Let) {
    report.Help("a `let` follows from what is; a `param` may be given another value");
  } else if (!meant.empty()) {
    report.Fix(tree.span(path), "write `" + meant + "`", meant);
  }
}

// `growth = 130 %` sets a parameter, `acme.lead += 8 weeks` a field of an entity.
void Checker::RewriteField(EntityId id, NodeId path, NodeId value, AssignOp op, NodeId whole,
                           Frame &frame) {
  const Tree &tree = *frame.tree;
  plan::Rewrite rewrite;
  rewrite.op = static_cast<uint8_t>(op);
  rewrite.span = tree.span(whole);
  TypeId type{};
  std::string name;
  if (!RewriteTarget(path, frame, rewrite, type, name)) {
    WrongTarget(path, frame);
    return;
  }
  rewrite.value = FieldValue(whole, value, op, type, name, frame);
  if (IsSome(id)) {
    model_.entities[plan::Index(id)].rewrites.push_back(rewrite);
  } else {
    model_.settings.push_back(rewrite);
  }
}

auto Checker::RewriteTarget(NodeId path, Frame &frame, plan::Rewrite &rewrite, TypeId &type,
                            std::string &name) -> bool {
  const Tree &tree = *frame.tree;
  if (tree.kind(path) != NodeKind::Path) return false;
  const auto names = tree.children(path);
  name = tree.text(names.back()).str();
  if (names.size() == 1) {
    Declared *declared = FindValue(frame.module, Intern(name));
    if (declared == nullptr || declared->form != DeclaredForm::Param) return false;
    rewrite.global = ResolveGlobal(*declared);
    type = model_.globals[plan::Index(rewrite.global)].type;
    return true;
  }
  size_t used = 0;
  // Of a module that was imported: `sovereign.home`.
  std::vector<llvm::StringRef> words;
  for (const NodeId word : names) words.push_back(tree.text(word));
  Declared *declared = FindInPackages(frame.module, words, used);
  if (declared != nullptr && declared->form == DeclaredForm::Param && used == names.size()) {
    rewrite.global = ResolveGlobal(*declared);
    type = model_.globals[plan::Index(rewrite.global)].type;
    return true;
  }
  used = 0;
  rewrite.entity = EntityAtNames(names, frame, used);
  // `plan` is what the plan itself is called everywhere.
  if (!IsSome(rewrite.entity) && names.size() == 2 && tree.text(names[0]) == "plan") {
    rewrite.entity = model_.plan;
    used = 1;
  }
  if (!IsSome(rewrite.entity) || used + 1 != names.size()) return false;
  const plan::Kind &kind = ShapeOf(model_.entity(rewrite.entity).kind);
  rewrite.slot = kind.members.Find(Intern(name));
  if (rewrite.slot == plan::kNoSlot) return false;
  const plan::Member &member = kind.members.list[rewrite.slot];
  type = member.type;
  if (!member.deprecated.empty()) {
    sink_->Report(diag::Deprecated, tree.span(names.back()), name, member.deprecated);
  }
  return member.form == plan::MemberForm::Field;
}

void Checker::ExpectItem(EntityId id, NodeId item, Frame &frame) {
  const Tree &tree = *frame.tree;
  plan::Expectation expectation;
  expectation.span = tree.span(item);
  const NodeId value = tree.child(item, 0);
  const llvm::StringRef word = tree.kind(value) == NodeKind::Name ? tree.text(value) : "";
  if (word == "infeasible") {
    expectation.of = plan::Expectation::Of::Infeasible;
  } else if (word == "feasible") {
    expectation.of = plan::Expectation::Of::Feasible;
  } else {
    frame.has_bare_members = true;
    expectation.condition = CheckCondition(value, frame);
    frame.has_bare_members = false;
  }
  if (const NodeId at = tree.child(item, 1); at != syntax::kNoNode) {
    expectation.at = Infer(at, frame);
  }
  if (const NodeId because = tree.child(item, 2); because != syntax::kNoNode) {
    if (tree.kind(because) != NodeKind::String) {
      const ExprId subject = CheckSubject(because, Simple(TypeKind::Subject), frame);
      if (model_.exprs.expr(subject).kind == ExprKind::Subject) {
        expectation.because = static_cast<EntityId>(model_.exprs.expr(subject).a);
      }
    }
  }
  model_.entities[plan::Index(id)].expectations.push_back(expectation);
}

}  // namespace groma::check
