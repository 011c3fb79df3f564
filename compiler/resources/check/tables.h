// SPDX-License-Identifier: Apache-2.0
// The tables of ../schema, read once, and what they say of one path in one type.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

namespace groma::resources::check {

// What stands at a path.
struct Property {
  bool is_there = false;
  bool is_read_only = false;
  bool is_list = false;                // of whatever
  std::string nearest;                 // not there: the name that comes closest
  std::vector<std::string> words;      // if only these are taken, or these are the usual ones
};

class Table {
 public:
  virtual ~Table() = default;
  virtual auto Has(llvm::StringRef type) const -> bool = 0;
  virtual auto Find(llvm::StringRef type, llvm::StringRef path) const -> Property = 0;
  // What is required at the top and inside every object that one of the paths enters.
  virtual auto RequiredOf(llvm::StringRef type, const std::vector<std::string> &paths) const
      -> std::vector<std::string> = 0;
};

// Of ARM; `ApiOf` is the version that the table describes.
class ArmTable : public Table {
 public:
  explicit ArmTable(const std::string &text);
  auto Has(llvm::StringRef type) const -> bool override;
  auto ApiOf(llvm::StringRef type) const -> std::string;
  auto Find(llvm::StringRef type, llvm::StringRef path) const -> Property override;
  auto RequiredOf(llvm::StringRef type, const std::vector<std::string> &paths) const
      -> std::vector<std::string> override;

 private:
  struct Member {
    std::vector<std::string> types;  // several where each case of an object has one of its own
    int64_t flags = 0;
  };
  void AddSteps(const std::vector<const llvm::json::Object *> &types, llvm::StringRef step,
                std::vector<const llvm::json::Object *> &found, int64_t &flags) const;
  auto Members(const llvm::json::Object &type) const -> std::map<std::string, Member>;
  auto TypeOf(llvm::StringRef id) const -> const llvm::json::Object *;

  std::vector<llvm::json::Value> lines_;
  std::map<std::string, const llvm::json::Object *> types_, resources_;
};

// Of azurerm.
class AzurermTable : public Table {
 public:
  explicit AzurermTable(const std::string &text);
  auto Has(llvm::StringRef type) const -> bool override;
  auto Find(llvm::StringRef type, llvm::StringRef path) const -> Property override;
  auto RequiredOf(llvm::StringRef type, const std::vector<std::string> &paths) const
      -> std::vector<std::string> override;

 private:
  std::vector<llvm::json::Value> lines_;
  std::map<std::string, const llvm::json::Object *> resources_;
};

// The values of a file with one on each line; ends the program where that is not what it holds.
auto ReadLines(const std::string &text) -> std::vector<llvm::json::Value>;

}  // namespace groma::resources::check
