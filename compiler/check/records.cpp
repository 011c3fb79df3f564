// SPDX-License-Identifier: Apache-2.0
// Records, enums and unions.
#include "groma/check/checker.h"

namespace groma::check {

auto Checker::ResolveRecord(Declared &declared) -> plan::RecordId {
  if (declared.state == Declared::State::Untouched) {
    const Earnest earnest(*this);
    declared.state = Declared::State::Done;
    const Tree &tree = *declared.tree;
    declared.id = plan::Index(RecordOf(declared, tree.child(declared.node, 5), declared.name,
                                       tree.span(tree.child(declared.node, 1))));
  }
  return static_cast<plan::RecordId>(declared.id);
}

// Declares the record of a body; its members are found when first asked for.
auto Checker::RecordOf(const Declared &declared, NodeId body, SymbolId name, Span span)
    -> plan::RecordId {
  const auto id = static_cast<plan::RecordId>(model_.records.size());
  plan::RecordDecl &record = model_.records.emplace_back();
  record.name = name;
  record.span = span;
  record.is_library = store_.module(declared.module).is_library;
  declared_.push_back(declared);
  Shape shape;
  shape.declared = &declared_.back();
  shape.body = body;
  record_shapes_.push_back(std::move(shape));
  work_.push_back([this, id] { (void)ShapeOf(id); });
  return id;
}

auto Checker::ShapeOf(plan::RecordId id) -> const plan::RecordDecl & {
  plan::RecordDecl &record = model_.records[plan::Index(id)];
  if (record_shapes_[plan::Index(id)].shape != Declared::State::Untouched) return record;
  const Earnest earnest(*this);
  record_shapes_[plan::Index(id)].shape = Declared::State::Done;
  const Declared declared = *record_shapes_[plan::Index(id)].declared;
  const NodeId body = record_shapes_[plan::Index(id)].body;
  const Tree &tree = *declared.tree;
  for (const NodeId item : tree.children(body)) {
    if (tree.kind(item) == NodeKind::Error) continue;
    if (tree.kind(item) != NodeKind::FieldDecl && tree.kind(item) != NodeKind::Let) {
      sink_->Report(diag::MisplacedItem, tree.span(item), "this", "a record")
          .Help("a record has fields, such as `rate: quantity[Gbps] = 25 Gbps`");
      continue;
    }
    const auto slot = AddMember(declared, item, record.members, text(record.name));
    if (!slot) continue;
    work_.push_back([this, id, item, slot, declared] {
      plan::Member member = model_.records[plan::Index(id)].members.list[*slot];
      MemberValues(declared, item, member,
                   model_.types.Declared(TypeKind::Record, plan::Index(id)));
      model_.records[plan::Index(id)].members.list[*slot] = std::move(member);
    });
  }
  return record;
}

// The records of which a value of this type holds one: itself, or the payload of one of its tags. None
// if it can do without.
auto Checker::Held(TypeId id) -> std::vector<plan::RecordId> {
  const plan::Type &type = model_.types.type(id);
  if (type.kind == TypeKind::Record) return {static_cast<plan::RecordId>(type.decl)};
  if (type.kind != TypeKind::Union) return {};
  std::vector<plan::RecordId> payloads;
  for (const plan::UnionDecl::Tag &tag : model_.unions[type.decl].tags) {
    if (!IsSome(tag.payload)) return {};
    payloads.push_back(tag.payload);
  }
  return payloads;
}

// Records and unions of which no value can be written, since each must hold one of the next, and the
// last one of the first. Such a ring is reported once.
void Checker::CheckRings() {
  const size_t count = model_.records.size();
  // The first field of each that must be given and whose type has no value, as far as is known.
  std::vector<Slot> blocked(count, plan::kNoSlot);
  std::vector<bool> has_value(count, false);
  const auto is_blocked = [&](const plan::Member &member) {
    const std::vector<plan::RecordId> held =
        member.is_required() ? Held(member.type) : std::vector<plan::RecordId>();
    return !held.empty() && llvm::none_of(held, [&](plan::RecordId record) {
      return has_value[plan::Index(record)];
    });
  };
  for (bool progress = true; progress;) {
    progress = false;
    for (size_t record = 0; record < count; ++record) {
      if (has_value[record]) continue;
      const auto &members = model_.records[record].members.list;
      const auto blocks = llvm::find_if(members, is_blocked);
      has_value[record] = blocks == members.end();
      progress |= has_value[record];
      if (!has_value[record]) blocked[record] = static_cast<Slot>(blocks - members.begin());
    }
  }
  // The payload of a tag is called as its union is.
  llvm::DenseMap<size_t, const plan::UnionDecl *> unions;
  for (const plan::UnionDecl &declared : model_.unions) {
    for (const auto &tag : declared.tags) unions[plan::Index(tag.payload)] = &declared;
  }
  std::vector<size_t> seen(count, 0);  // by which walk
  for (size_t start = 0; start < count; ++start) {
    size_t at = start;
    while (!has_value[at] && seen[at] == 0) {
      seen[at] = start + 1;
      at = plan::Index(Held(model_.records[at].members.list[blocked[at]].type).front());
    }
    if (has_value[at] || seen[at] != start + 1) continue;
    const plan::RecordDecl &record = model_.records[at];
    const plan::UnionDecl *of = unions.lookup(at);
    const plan::Member &member = record.members.list[blocked[at]];
    const std::string type = Spell(member.type);
    const std::string name = llvm::StringRef(type).trim('`').str();
    sink_->Report(diag::TypeCycle, of == nullptr ? record.span : of->span,
                  "the type `" + text(of == nullptr ? record.name : of->name).str() + "`")
        .Label(member.span, "by way of this field")
        .Help("`" + name + "?` may be absent, `[" + name + "]` may be empty: either ends it");
    // The others of this ring are not reported again.
    for (size_t other = 0; other < count; ++other) {
      if (seen[other] == start + 1) seen[other] = count + 1;
    }
  }
}

auto Checker::ResolveEnum(Declared &declared) -> plan::EnumId {
  if (declared.state == Declared::State::Done) return static_cast<plan::EnumId>(declared.id);
  const Earnest earnest(*this);
  declared.state = Declared::State::Done;
  declared.id = static_cast<uint32_t>(model_.enums.size());
  const Tree &tree = *declared.tree;
  plan::EnumDecl &enumeration = model_.enums.emplace_back();
  enumeration.name = declared.name;
  enumeration.span = tree.span(tree.child(declared.node, 1));
  enumeration.is_library = store_.module(declared.module).is_library;
  for (const NodeId item : tree.children(tree.child(declared.node, 5))) {
    if (tree.kind(item) == NodeKind::Error) continue;
    if (tree.kind(item) != NodeKind::Tag || tree.child(item, 1) != syntax::kNoNode) {
      sink_->Report(diag::MisplacedItem, tree.span(item), "this", "an enum")
          .Help("an enum lists its values: `enum size { small, large }`");
      continue;
    }
    const SymbolId tag = Intern(tree.text(tree.child(item, 0)));
    if (const auto first = llvm::find(enumeration.tags, tag); first != enumeration.tags.end()) {
      sink_->Report(diag::WrittenTwice, tree.span(item), text(tag).str())
          .Label(enumeration.spans[static_cast<size_t>(first - enumeration.tags.begin())], "first here");
      continue;
    }
    enumeration.tags.push_back(tag);
    enumeration.spans.push_back(tree.span(item));
  }
  return static_cast<plan::EnumId>(declared.id);
}

auto Checker::ResolveUnion(Declared &declared) -> plan::UnionId {
  if (declared.state == Declared::State::Done) return static_cast<plan::UnionId>(declared.id);
  const Earnest earnest(*this);
  declared.state = Declared::State::Done;
  declared.id = static_cast<uint32_t>(model_.unions.size());
  const Tree &tree = *declared.tree;
  plan::UnionDecl result;
  result.name = declared.name;
  result.span = tree.span(tree.child(declared.node, 1));
  result.is_library = store_.module(declared.module).is_library;
  model_.unions.emplace_back();
  for (const NodeId item : tree.children(tree.child(declared.node, 5))) {
    if (tree.kind(item) == NodeKind::Error) continue;
    if (tree.kind(item) != NodeKind::Tag) {
      sink_->Report(diag::MisplacedItem, tree.span(item), "this", "a union")
          .Help("a union lists its tags: `union disk { local, remote { rate: quantity[Gbps] } }`");
      continue;
    }
    plan::UnionDecl::Tag tag;
    tag.name = Intern(tree.text(tree.child(item, 0)));
    tag.span = tree.span(tree.child(item, 0));
    const auto first =
        llvm::find_if(result.tags, [&](const auto &other) { return other.name == tag.name; });
    if (first != result.tags.end()) {
      sink_->Report(diag::WrittenTwice, tag.span, text(tag.name).str()).Label(first->span, "first here");
      continue;
    }
    const NodeId body = tree.child(item, 1);
    if (body != syntax::kNoNode) tag.payload = RecordOf(declared, body, tag.name, tag.span);
    result.tags.push_back(tag);
  }
  model_.unions[declared.id] = std::move(result);
  return static_cast<plan::UnionId>(declared.id);
}

}  // namespace groma::check
