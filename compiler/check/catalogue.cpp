// SPDX-License-Identifier: Apache-2.0
// `catalogue x : kind { from = "x.csv" }`: entities from the rows of a table, made when named.
#include "groma/check/checker.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::check {

auto Checker::ResolveCatalogue(Declared &declared) -> uint32_t {
  if (declared.state != Declared::State::Untouched) return declared.id;
  const Earnest earnest(*this);
  declared.state = Declared::State::Done;
  declared.id = static_cast<uint32_t>(model_.catalogues.size());
  const Tree &tree = *declared.tree;
  plan::Catalogue catalogue;
  catalogue.name = declared.name;
  catalogue.span = tree.span(tree.child(declared.node, 1));
  const NodeId base = tree.child(declared.node, 3);
  Declared *kind_decl = base == syntax::kNoNode ? nullptr : FindType(declared.module, tree.text(base));
  if (kind_decl != nullptr && kind_decl->form == DeclaredForm::Kind) {
    catalogue.kind = ResolveKind(*kind_decl);
  } else {
    const Span place = base == syntax::kNoNode ? catalogue.span : tree.span(base);
    const std::string name = base == syntax::kNoNode ? "" : tree.text(base).str();
    const std::string meant = name.empty() ? "" : SuggestType(declared.module, name, true);
    auto report = name.empty() ? sink_->Report(diag::NeedsValue, place, text(declared.name).str(),
                                               "the kind of its rows")
                               : sink_->Report(diag::UnknownKind, place, name);
    if (!meant.empty()) report.Fix(place, "write `" + meant + "`", meant);
    report.Help("a catalogue names the kind of its rows: `catalogue x : kind { from = \"x.csv\" }`");
  }
  model_.catalogues.push_back(catalogue);
  if (!IsSome(catalogue.kind)) return declared.id;
  (void)ShapeOf(catalogue.kind);
  for (const NodeId item : tree.children(tree.child(declared.node, 5))) {
    if (tree.kind(item) == NodeKind::Field && tree.text(tree.child(item, 0)) == "from") {
      FindTable(declared, tree.child(item, 1));
    }
  }
  if (declared.table == nullptr) return declared.id;
  declared.rows.resize(declared.table->row_count());
  CheckColumns(declared, catalogue.kind);
  return declared.id;
}

void Checker::FindTable(Declared &declared, NodeId from) {
  const Tree &tree = *declared.tree;
  const std::string name = tree.text(from).trim('"').str();
  base::Suggestion suggestion(name);
  for (const modules::Table &table : store_.module(declared.module).tables) {
    if (table.name() == name) declared.table = &table;
    suggestion.Consider(table.name());
  }
  if (declared.table != nullptr) return;
  auto report = sink_->Report(diag::NoTable, tree.span(from), name);
  if (suggestion.best()) {
    report.Fix(tree.span(from), "write `\"" + suggestion.best()->str() + "\"`",
               "\"" + suggestion.best()->str() + "\"");
  } else {
    report.Help("a table is a CSV file in the folder of the plan file that names it");
  }
}

// The member that a column fills: its slot, and inside a record that of the field.
auto Checker::ColumnSlots(KindId kind, llvm::StringRef path) -> std::optional<std::pair<Slot, Slot>> {
  const auto [head, rest] = path.split('.');
  const plan::Members &members = model_.kind(kind).members;
  const Slot slot = members.Find(Intern(head));
  if (slot == plan::kNoSlot || members.list[slot].form != plan::MemberForm::Field) {
    return std::nullopt;
  }
  if (rest.empty()) return {{slot, plan::kNoSlot}};
  const plan::Type &type = model_.types.type(model_.types.Unwrap(members.list[slot].type));
  if (type.kind != TypeKind::Record) return std::nullopt;
  const Slot inner = ShapeOf(static_cast<plan::RecordId>(type.decl)).members.Find(Intern(rest));
  if (inner == plan::kNoSlot) return std::nullopt;
  return {{slot, inner}};
}

void Checker::CheckColumns(Declared &declared, KindId kind) {
  const auto columns = declared.table->columns();
  for (size_t i = 1; i < columns.size(); ++i) {
    if (!ColumnSlots(kind, columns[i].field)) {
      auto report = sink_->Report(diag::UnknownColumn, columns[i].span,
                                  text(model_.kind(kind).name).str(), columns[i].field);
      const std::string meant = SuggestMember(model_.kind(kind).members, columns[i].field);
      if (!meant.empty()) report.Help("did you mean `" + meant + "`?");
    }
    if (columns[i].unit.empty() || model_.units.Parse(columns[i].unit)) continue;
    sink_->Report(diag::UnknownUnit, columns[i].span, columns[i].unit);
  }
  // What the declaration says stands for the rows that do not say it.
  const Tree &tree = *declared.tree;
  Frame frame;
  frame.tree = &tree;
  frame.module = declared.module;
  auto &defaults = table_defaults_[&declared];
  for (const NodeId item : tree.children(tree.child(declared.node, 5))) {
    if (tree.kind(item) != NodeKind::Field || tree.text(tree.child(item, 0)) == "from") continue;
    const llvm::StringRef name = tree.text(tree.child(item, 0));
    const auto slots = ColumnSlots(kind, name);
    if (!slots || slots->second != plan::kNoSlot) {
      sink_->Report(diag::UnknownField, tree.span(tree.child(item, 0)),
                    text(model_.kind(kind).name).str(), name.str());
      continue;
    }
    plan::Written written;
    written.slot = slots->first;
    written.span = tree.span(item);
    written.value = FieldValue(item, tree.child(item, 1), syntax::AssignOp::Set,
                               model_.kind(kind).members.list[slots->first].type, name, frame);
    defaults.push_back(written);
  }
}

auto Checker::ResolveRow(Declared &declared) -> EntityId {
  return RowOf(*declared.owner, declared.row);
}

auto Checker::RowOf(Declared &catalogue, size_t row) -> EntityId {
  (void)ResolveCatalogue(catalogue);
  if (IsSome(catalogue.rows[row])) return catalogue.rows[row];
  const auto id = static_cast<EntityId>(model_.entities.size());
  catalogue.rows[row] = id;
  const KindId kind = model_.catalogues[catalogue.id].kind;
  const std::vector<modules::Cell> cells = catalogue.table->Cells(row);
  plan::Entity entity;
  entity.name = entity.qualified = Intern(cells[0].text);
  entity.kind = kind;
  entity.module = static_cast<plan::ModuleId>(catalogue.module);
  entity.span = cells[0].span;
  entity.whole = {cells[0].span.begin, cells.back().span.end};
  entity.is_library = store_.module(catalogue.module).is_library;
  model_.entities.push_back(std::move(entity));
  // Its cells may name entries that name this one, so they are read when all names are known.
  work_.push_back([this, id, &catalogue, cells] { ReadRow(catalogue, id, cells); });
  return id;
}

void Checker::ReadRow(Declared &catalogue, EntityId id, const std::vector<modules::Cell> &cells) {
  const KindId kind = model_.entity(id).kind;
  const auto columns = catalogue.table->columns();
  if (cells.size() > columns.size()) {
    sink_->Report(diag::SurplusCell, cells[columns.size()].span, cells[0].text,
                  static_cast<int64_t>(cells.size()), static_cast<int64_t>(columns.size()))
        .Help("a comma inside a cell needs quotes around the cell");
    return;
  }
  std::vector<plan::Written> written;
  std::vector<std::pair<Slot, std::vector<ExprId>>> records;
  for (size_t i = 1; i < cells.size() && i < columns.size(); ++i) {
    if (cells[i].text.empty()) continue;
    const auto slots = ColumnSlots(kind, columns[i].field);
    if (!slots) continue;  // was reported with the column
    const plan::Member &member = model_.kind(kind).members.list[slots->first];
    TypeId wanted = member.type;
    const bool is_nested = slots->second != plan::kNoSlot;
    plan::RecordId record{};
    if (is_nested) {
      record = static_cast<plan::RecordId>(
          model_.types.type(model_.types.Unwrap(member.type)).decl);
      wanted = ShapeOf(record).members.list[slots->second].type;
    }
    const auto value = CellValue(catalogue, cells[i], columns[i].unit, wanted);
    // What was refused was given all the same.
    const ExprId expr =
        value ? Literal(*value, wanted, cells[i].span) : ErrorExpr(cells[i].span);
    if (!is_nested) {
      plan::Written field;
      field.slot = slots->first;
      field.span = cells[i].span;
      field.value = expr;
      written.push_back(field);
      continue;
    }
    auto at = llvm::find_if(records, [&](const auto &r) { return r.first == slots->first; });
    if (at == records.end()) {
      records.emplace_back(slots->first, std::vector<ExprId>(
                                             ShapeOf(record).members.list.size(), plan::kNoExpr));
      at = std::prev(records.end());
    }
    at->second[slots->second] = expr;
  }
  for (const auto &[slot, fields] : records) {
    const TypeId type = model_.types.Unwrap(model_.kind(kind).members.list[slot].type);
    plan::Written field;
    field.slot = slot;
    field.span = model_.entity(id).whole;
    field.value = Make(ExprKind::Record, type, field.span, fields, model_.types.type(type).decl);
    written.push_back(field);
  }
  for (const plan::Written &given : table_defaults_[&catalogue]) {
    if (!llvm::any_of(written, [&](const auto &own) { return own.slot == given.slot; })) {
      written.push_back(given);
    }
  }
  std::sort(written.begin(), written.end(),
            [](const auto &a, const auto &b) { return a.slot < b.slot; });
  model_.entities[plan::Index(id)].written.assign(written.begin(), written.end());
  // A column that is no field may be a slip for one that is missed.
  const bool knows_columns = llvm::all_of(columns.drop_front(), [&](const auto &column) {
    return column.field.empty() || ColumnSlots(kind, column.field).has_value();
  });
  if (knows_columns) RequiredFields(id, "a column of the table, or in the block of the catalogue");
}

auto Checker::CatalogueEntries(Declared &declared) -> uint32_t {
  const uint32_t id = ResolveCatalogue(declared);
  plan::Catalogue &catalogue = model_.catalogues[id];
  if (declared.table == nullptr || !catalogue.entries.empty()) return id;
  std::vector<EntityId> entries;
  for (size_t row = 0; row < declared.table->row_count(); ++row) {
    const llvm::StringRef name = declared.table->RowName(row);
    if (name.empty()) continue;  // was reported when the table was read
    if (!IsName(name)) {
      sink_->Report(diag::RowName, declared.table->Cells(row)[0].span, name.str())
          .Help("the first cell is a name: letters, digits and `_`, not beginning with a digit");
    } else if (row > 0 && declared.table->RowName(row - 1) == name) {
      continue;  // was reported when the table was read
    }
    entries.push_back(RowOf(declared, row));
  }
  model_.catalogues[id].entries = std::move(entries);
  return id;
}

// The list of all entries of a kind needs every table of it that the plan's modules have.
void Checker::ReadCataloguesOf(KindId kind) {
  if (!IsSome(kind) || !ShapeOf(kind).is_catalogue) return;
  for (Scope &in : scopes_) {
    for (Declared *catalogue : in.catalogues) {
      const KindId of = model_.catalogues[ResolveCatalogue(*catalogue)].kind;
      if (IsSome(of) && model_.IsA(of, kind)) (void)CatalogueEntries(*catalogue);
    }
  }
}

auto Checker::IsName(llvm::StringRef name) -> bool {
  if (name.empty() || llvm::isDigit(name[0])) return false;
  return llvm::all_of(name, [](char c) { return llvm::isAlnum(c) || c == '_'; });
}

}  // namespace groma::check
