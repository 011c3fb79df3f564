// SPDX-License-Identifier: Apache-2.0
// Holds every spelling of every type against the tables of what Azure and its providers take; runs when groma is built.
//   spelling_check SCHEMA_FOLDER | --print
#include <cstdio>
#include <cstdlib>

#include "groma/resources/azure/all.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "print.h"
#include "tables.h"

namespace groma::resources::check {

namespace json = llvm::json;

auto ReadLines(const std::string &text) -> std::vector<json::Value> {
  std::vector<json::Value> lines;
  llvm::StringRef rest = text;
  while (!rest.empty()) {
    const auto [line, after] = rest.split('\n');
    rest = after;
    if (line.empty()) continue;
    auto value = json::parse(line);
    if (!value || value->getAsObject() == nullptr) {
      std::fprintf(stderr, "a table of schema/ holds a line that is no JSON object\n");
      std::exit(2);
    }
    lines.push_back(std::move(*value));
  }
  return lines;
}

namespace {

class Checker {
 public:
  Checker(const ArmTable &arm, const AzurermTable &four, const AzurermTable &five)
      : arm_(arm), four_(four), five_(five) {}

  auto CheckAll() -> int {
    for (const Type *type : azure::AllTypes()) {
      CheckArm(*type);
      // What azurerm has inside its parent is judged with that one.
      if (type->azurerm == nullptr || type->azurerm_in_parent) continue;
      CheckAzurerm(*type, four_, 4);
      CheckAzurerm(*type, five_, 5);
    }
    return faults_;
  }

 private:
  void Fault(const Type &type, const std::string &text) {
    ++faults_;
    std::fprintf(stderr, "%s: %s\n", type.arm, text.c_str());
  }

  // `A=B|C`: the words of one side.
  static auto WordsOf(const char *words, bool of_azurerm) -> std::vector<std::string> {
    std::vector<std::string> all;
    llvm::StringRef rest = words == nullptr ? "" : words;
    while (!rest.empty()) {
      const auto [one, after] = rest.split('|');
      const auto [arm, azurerm] = one.split('=');
      all.push_back(of_azurerm && !azurerm.empty() ? azurerm.str() : arm.str());
      rest = after;
    }
    return all;
  }

  void CheckProperty(const Type &type, const Field &field, const Property &property,
                     const std::string &side, const char *path, bool of_azurerm) {
    const std::string where = side + " has no `" + path + "`";
    if (!property.is_there) {
      const std::string near = property.nearest.empty() ? "" : "; `" + property.nearest + "` comes closest";
      return Fault(type, where + near);
    }
    if (property.is_read_only && field.rule != Rule::Result) {
      return Fault(type, side + " only gives `" + path + "` and does not take it");
    }
    if (property.words.empty()) return;
    for (const std::string &word : WordsOf(field.words, of_azurerm)) {
      if (!llvm::is_contained(property.words, word)) {
        Fault(type, side + " knows no `" + word + "` for `" + path + "`");
      }
    }
  }

  // Every required path is one that is set, or holds one.
  void CheckRequired(const Type &type, const Table &table, const char *name,
                     const std::vector<std::string> &paths, const std::set<std::string> &given,
                     const std::string &side) {
    for (const std::string &path : table.RequiredOf(name, paths)) {
      if (given.count(path) > 0) continue;
      const bool is_set = llvm::any_of(paths, [&](const std::string &one) {
        return one == path || llvm::StringRef(one).starts_with(path + ".") ||
               llvm::StringRef(one).starts_with(path + "[]");
      });
      if (!is_set) Fault(type, side + " asks for `" + path + "`, and no field sets it");
    }
  }

  void CheckArm(const Type &type) {
    if (!arm_.Has(type.arm)) return Fault(type, "the table of ARM has no such type");
    if (arm_.ApiOf(type.arm) != type.api) {
      Fault(type, "the table of ARM describes version " + arm_.ApiOf(type.arm) + ", not " + type.api);
    }
    std::vector<std::string> paths;
    for (const Field *field : type.fields) {
      if (field->arm == nullptr) continue;
      if (field->rule != Rule::Result) paths.emplace_back(field->arm);
      // What is known once it is there need not be in the table, which leaves it out.
      if (field->rule == Rule::Result) continue;
      CheckProperty(type, *field, arm_.Find(type.arm, field->arm), "ARM", field->arm, false);
    }
    std::set<std::string> given = {"name"};
    if (type.has_location) given.insert("location");
    CheckRequired(type, arm_, type.arm, paths, given, "ARM");
  }

  void CheckAzurerm(const Type &type, const AzurermTable &table, int version) {
    const std::string side = type.azurerm + (" " + std::to_string(version));
    std::vector<const Field *> fields(type.fields.begin(), type.fields.end());
    for (const Type *inner : azure::AllTypes()) {
      const bool is_its = inner->azurerm_in_parent && llvm::StringRef(inner->azurerm) == type.azurerm;
      if (is_its) fields.insert(fields.end(), inner->fields.begin(), inner->fields.end());
    }
    if (!table.Has(type.azurerm)) return Fault(type, "the table of azurerm has no " + side);
    std::vector<std::string> paths;
    for (const Field *field : fields) {
      const char *name =
          version >= 5 && field->azurerm_5 != nullptr ? field->azurerm_5 : field->azurerm;
      if (name == nullptr) continue;
      if (field->rule == Rule::Association) {
        CheckTie(type, *field, name, table, side);
        continue;
      }
      if (field->rule != Rule::Result) paths.emplace_back(name);
      CheckProperty(type, *field, table.Find(type.azurerm, name), side, name, true);
    }
    // The parent's type is held against the same table.
    if (type.azurerm_in_parent) return;
    const Inside &inside = version >= 5 ? type.azurerm_5 : type.azurerm_4;
    std::set<std::string> given;
    if (inside.has_name) given.insert("name");
    if (type.has_location && type.azurerm_has_location) given.insert("location");
    if (inside.names_group) given.insert("resource_group_name");
    if (inside.attribute != nullptr) given.insert(inside.attribute);
    for (const std::string &one : given) {
      const Property property = table.Find(type.azurerm, one);
      if (!property.is_there || property.is_read_only) Fault(type, side + " has no `" + one + "`");
    }
    if (type.has_tags && !table.Find(type.azurerm, "tags").is_there) {
      Fault(type, side + " has no `tags`");
    }
    CheckRequired(type, table, type.azurerm, paths, given, side);
  }

  void CheckTie(const Type &type, const Field &field, const char *name, const AzurermTable &table,
                const std::string &side) {
    if (!table.Has(field.tie)) return Fault(type, side + ": there is no " + field.tie);
    const std::string own = llvm::StringRef(type.azurerm).drop_front(8).str() + "_id";
    for (const std::string &one : {own, std::string(name)}) {
      if (!table.Find(field.tie, one).is_there) Fault(type, std::string(field.tie) + " has no `" + one + "`");
    }
  }

  const ArmTable &arm_;
  const AzurermTable &four_, &five_;
  int faults_ = 0;
};

auto ReadTable(const std::string &folder, const char *name) -> std::string {
  const auto buffer = llvm::MemoryBuffer::getFile(folder + "/" + name);
  if (!buffer) {
    std::fprintf(stderr, "%s/%s cannot be read\n", folder.c_str(), name);
    std::exit(2);
  }
  return (*buffer)->getBuffer().str();
}

}  // namespace
}  // namespace groma::resources::check

auto main(int count, char **arguments) -> int {
  using namespace groma::resources::check;
  if (count != 2) {
    std::fprintf(stderr, "usage: spelling_check SCHEMA_FOLDER | --print\n");
    return 2;
  }
  if (llvm::StringRef(arguments[1]) == "--print") {
    PrintSpellings();
    return 0;
  }
  const std::string folder = arguments[1];
  const ArmTable arm(ReadTable(folder, "arm.jsonl"));
  const AzurermTable four(ReadTable(folder, "azurerm_4.jsonl"));
  const AzurermTable five(ReadTable(folder, "azurerm_5.jsonl"));
  const int faults = Checker(arm, four, five).CheckAll();
  if (faults > 0) std::fprintf(stderr, "%d faults in the spellings of compiler/resources/azure\n", faults);
  return faults > 0 ? 1 : 0;
}
