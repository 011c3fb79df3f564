// SPDX-License-Identifier: Apache-2.0
// The reference of what modules declare, as Markdown, from their own text and doc comments.
#pragma once

#include <string>

#include "groma/modules/module.h"
#include "groma/source/set.h"

namespace groma::emit::reference {

struct Options {
  // Only declarations of this name, variants of the kind of this name, and the module of this path;
  // everything if it is empty.
  std::string name;
  // Modules of the standard library, or those of the plan.
  bool library = true;
};

// Empty if nothing has the name.
auto Write(const modules::Store &store, const source::Set &sources, const Options &options)
    -> std::string;

// Every name that `Options::name` may take, for "did you mean".
auto Names(const modules::Store &store) -> std::vector<std::string>;

}  // namespace groma::emit::reference
