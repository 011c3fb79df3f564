// SPDX-License-Identifier: Apache-2.0
// Names, each stored once.
#pragma once

#include <vector>

#include "groma/plan/ids.h"
#include "llvm/ADT/StringMap.h"

namespace groma::plan {

class Symbols {
 public:
  Symbols() { (void)Intern(""); }

  // Symbol 0 is the empty name.
  auto Intern(llvm::StringRef text) -> SymbolId {
    const auto [entry, is_new] = ids_.try_emplace(text, static_cast<SymbolId>(texts_.size()));
    if (is_new) texts_.push_back(entry->getKey());
    return entry->second;
  }
  // Symbol 0 if nobody has used the name.
  auto Find(llvm::StringRef text) const -> SymbolId {
    const auto found = ids_.find(text);
    return found == ids_.end() ? SymbolId{} : found->second;
  }
  auto text(SymbolId id) const -> llvm::StringRef { return texts_[Index(id)]; }

 private:
  llvm::StringMap<SymbolId> ids_;
  std::vector<llvm::StringRef> texts_;
};

}  // namespace groma::plan
