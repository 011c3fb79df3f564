// SPDX-License-Identifier: Apache-2.0
#include "load_files.h"

#include <set>

#include "disk.h"
#include "groma/base/text.h"
#include "groma/modules/csv.h"
#include "groma/parse/parse.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"
#include "messages.h"

namespace groma::driver {
namespace {

auto LoadText(llvm::StringRef path, const std::string &name, diagnostics::Span at,
              source::Set &sources, Sink &sink) -> const source::File * {
  auto text = ReadFile(path, name, at, sink);
  if (!text) return nullptr;
  if (!sources.Fits(text->size())) {
    sink.Report(message::TooMuchText, at, name);
    return nullptr;
  }
  return &sources.file(sources.Add(name, std::move(*text)));
}

auto Describe(modules::CsvFault fault) -> std::string {
  switch (fault) {
    case modules::CsvFault::None:
      break;
    case modules::CsvFault::Unterminated:
      return "this quote is never closed";
    case modules::CsvFault::AfterQuote:
      return "a cell ends at its closing quote; a quote inside is doubled";
    case modules::CsvFault::StrayQuote:
      return "a quote inside a cell is doubled, and the cell stands in quotes";
  }
  return "";
}

void CheckColumns(const modules::Table &table, Sink &sink) {
  llvm::StringMap<source::Span> seen;
  for (const modules::Column &column : table.columns()) {
    const auto [entry, is_new] = seen.try_emplace(column.field, column.span);
    if (is_new) continue;
    sink.Report(message::TableColumnTwice, column.span, column.field)
        .Label(entry->getValue(), "the first is here");
  }
}

void CheckRows(const modules::Table &table, Sink &sink) {
  const auto span = [&](size_t row) -> source::Span {
    const auto begin = static_cast<uint32_t>(table.RowName(row).begin() - table.text().begin());
    return {table.base() + begin,
            table.base() + begin + static_cast<uint32_t>(table.RowName(row).size())};
  };
  for (size_t i = 0; i < table.row_count(); ++i) {
    if (table.RowName(i).empty()) sink.Report(message::TableRowNameless, span(i));
    if (i == 0 || table.RowName(i).empty() || table.RowName(i - 1) != table.RowName(i)) continue;
    sink.Report(message::TableRowTwice, span(i), table.RowName(i).str())
        .Label(span(i - 1), "the first is here");
  }
}

}  // namespace

auto LoadTree(llvm::StringRef path, const std::string &name, diagnostics::Span at,
              source::Set &sources, Sink &sink) -> std::optional<syntax::Tree> {
  const source::File *file = LoadText(path, name, at, sources, sink);
  if (file == nullptr) return std::nullopt;
  return parse::Parse(*file, sink);
}

auto NamedTables(llvm::ArrayRef<syntax::Tree> trees) -> std::vector<std::string> {
  std::set<std::string> names;
  for (const syntax::Tree &tree : trees) {
    for (const syntax::Node &node : tree.nodes()) {
      if (node.kind != syntax::NodeKind::String || node.count != 0) continue;
      llvm::StringRef text = tree.text().slice(node.begin, node.end);
      if (!text.consume_front("\"") || !text.consume_back("\"")) continue;
      // They stand beside the file that names them.
      if (text.ends_with(".csv") && !text.contains('/') && !text.contains('\\')) {
        names.insert(text.str());
      }
    }
  }
  return {names.begin(), names.end()};
}

auto LoadTable(llvm::StringRef path, const std::string &name, source::Set &sources, Sink &sink)
    -> std::optional<modules::Table> {
  const source::File *file = LoadText(path, name, {}, sources, sink);
  if (file == nullptr) return std::nullopt;
  const auto span = [&](size_t at, size_t length) -> source::Span {
    const auto begin = file->base + static_cast<uint32_t>(at);
    return {begin, begin + static_cast<uint32_t>(length)};
  };
  if (const auto bad = base::FindInvalidUtf8(file->text)) {
    sink.Report(message::TableNotUtf8, span(*bad, 1));
    return std::nullopt;
  }
  if (const auto mistake = modules::FindCsvMistake(file->text)) {
    sink.Report(message::TableQuote, span(mistake->at, 1), Describe(mistake->fault));
    return std::nullopt;
  }
  modules::Table table(llvm::sys::path::filename(path).str(), file->text, file->base);
  if (table.columns().empty()) sink.Report(message::TableEmpty, span(0, 0), name);
  CheckColumns(table, sink);
  CheckRows(table, sink);
  return table;
}

auto IsName(llvm::StringRef text) -> bool {
  if (text.empty() || llvm::isDigit(text.front())) return false;
  return llvm::all_of(text, [](char c) { return llvm::isAlnum(c) || c == '_'; });
}

}  // namespace groma::driver
