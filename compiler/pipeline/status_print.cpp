// SPDX-License-Identifier: Apache-2.0
// A status as text for people and as JSON for programs.
#include "groma/pipeline/status.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace groma::pipeline {
namespace {

auto NameOf(Colour colour) -> llvm::StringRef {
  switch (colour) {
    case Colour::Green:
      return "green";
    case Colour::Amber:
      return "amber";
    case Colour::Red:
      return "red";
  }
  return "";
}

auto TextOf(const StatusCell &cell) -> std::string {
  if (cell.sort == StatusCell::Sort::Nothing) return "-";
  if (cell.sort == StatusCell::Sort::Truth) return cell.text == "true" ? "yes" : "no";
  const bool is_one_day = cell.unit == "days" && (cell.text == "1" || cell.text == "-1");
  return cell.unit.empty() ? cell.text : cell.text + " " + (is_one_day ? "day" : cell.unit);
}

void PrintTable(const StatusTable &table, std::string &out) {
  std::vector<size_t> widths;
  for (const std::string &column : table.columns) widths.push_back(column.size());
  for (const auto &row : table.rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], TextOf(row[i]).size());
  }
  const auto print = [&](size_t i, const std::string &text, bool is_number) {
    const std::string blanks(widths[i] - text.size(), ' ');
    out += "  " + (is_number ? blanks + text : text + blanks);
  };
  const auto end = [&] {
    while (out.back() == ' ') out.pop_back();
    out += "\n";
  };
  const auto is_number = [&](size_t i) {
    for (const auto &row : table.rows) {
      if (row[i].sort == StatusCell::Sort::Number) return true;
    }
    return false;
  };
  out += "\n" + table.title + "\n";
  for (size_t i = 0; i < widths.size(); ++i) print(i, table.columns[i], is_number(i));
  end();
  for (const auto &row : table.rows) {
    for (size_t i = 0; i < row.size(); ++i) print(i, TextOf(row[i]), is_number(i));
    end();
  }
}

auto JsonOf(const StatusCell &cell) -> llvm::json::Value {
  switch (cell.sort) {
    case StatusCell::Sort::Nothing:
      return nullptr;
    case StatusCell::Sort::Truth:
      return cell.text == "true";
    case StatusCell::Sort::Text:
      return cell.text;
    case StatusCell::Sort::Number:
      break;
  }
  // A decimal keeps its digits as text; the unit tells what it counts.
  if (cell.unit.empty()) return cell.text;
  return llvm::json::Object{{"number", cell.text}, {"unit", cell.unit}};
}

}  // namespace

auto StatusText(const Status &status) -> std::string {
  std::string out =
      status.plan + " on " + status.day.ToString() + ": " + NameOf(status.colour).str();
  if (!status.environment.empty()) out += ", environment " + status.environment;
  out += status.baseline.empty() ? ", against the schedule as it was before anything happened"
                                 : ", against the baseline " + status.baseline;
  out += "\n";
  for (const StatusTable &table : status.tables) {
    if (table.rows.empty()) continue;
    if (!table.title.empty()) {
      PrintTable(table, out);
      continue;
    }
    for (const auto &row : table.rows) {
      out += "  note: " + row[0].text + (row[1].text == "1" ? "" : " (" + row[1].text + ")") + "\n";
    }
  }
  out +=
      "\nred: a step is later than its `by`, SPI or CPI is below 0.85, or an assumption is wrong\n"
      "amber: a step is later than promised or 80 % of the runs miss its `by`, SPI or CPI is below "
      "0.95, a cost is\n"
      "       higher than promised, or an assumption, an issue or a decision is overdue\n";
  return out;
}

auto StatusJson(llvm::ArrayRef<Status> statuses) -> std::string {
  llvm::json::Array environments;
  for (const Status &status : statuses) {
    llvm::json::Object tables;
    for (const StatusTable &table : status.tables) {
      llvm::json::Array rows;
      for (const auto &row : table.rows) {
        llvm::json::Object cells;
        for (size_t i = 0; i < row.size(); ++i) cells[table.columns[i]] = JsonOf(row[i]);
        rows.push_back(std::move(cells));
      }
      tables[table.name] = std::move(rows);
    }
    environments.push_back(llvm::json::Object{
        {"plan", status.plan},
        {"environment", status.environment},
        {"day", status.day.ToString()},
        {"colour", NameOf(status.colour)},
        {"baseline",
         status.baseline.empty() ? llvm::json::Value(nullptr) : llvm::json::Value(status.baseline)},
        {"tables", std::move(tables)}});
  }
  std::string out;
  llvm::raw_string_ostream stream(out);
  stream << llvm::formatv("{0:2}", llvm::json::Value(llvm::json::Object{
                                       {"format", "groma-status"},
                                       {"version", 1},
                                       {"environments", std::move(environments)}}))
         << "\n";
  return out;
}

}  // namespace groma::pipeline
