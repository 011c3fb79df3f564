// SPDX-License-Identifier: Apache-2.0
// What stands in a file more than once, word for word, is said once as a variable.
#pragma once

#include "groma/resources/modules.h"

namespace groma::emit::bicep {

class Shared {
 public:
  struct Variable {
    std::string name;  // of the property that has it
    const resources::Value *value = nullptr;
    resources::Spans because;
  };

  // `names`: those that the file has for something else.
  Shared(const resources::Graph &graph, const resources::Module &module, llvm::ArrayRef<std::string> names);

  auto variables() const -> const std::vector<Variable> & { return variables_; }
  auto Has(llvm::StringRef name, const resources::Value &value) const -> bool;

 private:
  std::vector<Variable> variables_;
};

}  // namespace groma::emit::bicep
