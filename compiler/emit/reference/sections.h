// SPDX-License-Identifier: Apache-2.0
// One section of the reference: a declaration with its members.
#pragma once

#include <string>

#include "groma/modules/module.h"
#include "groma/syntax/tree.h"

namespace groma::emit::reference {

// The name that a top-level item declares; empty if it declares none.
auto DeclaredName(const syntax::Tree &tree, syntax::NodeId item) -> llvm::StringRef;

auto Section(const modules::Module &module, const syntax::Tree &tree, syntax::NodeId item)
    -> std::string;

// The comment at the head of a file: what the file is about.
auto FileComment(const syntax::Tree &tree) -> std::string;

}  // namespace groma::emit::reference
