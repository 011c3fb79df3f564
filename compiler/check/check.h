// SPDX-License-Identifier: Apache-2.0
// Checks a plan: names, kinds, types and units. The values are `evaluate`'s.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "groma/diagnostics/sink.h"
#include "groma/modules/module.h"
#include "groma/plan/model.h"

namespace groma::check {

using diagnostics::Sink;

// `--set name=value`: the value was parsed as the body of a `given`-like item of its own tree.
struct Setting {
  // A file whose only item is a Given node: `given NAME = VALUE`.
  syntax::Tree tree;
};

struct Options {
  std::vector<Setting> settings;
  // Catalogues of these kinds are read as a whole, if the plan imports them: somebody will look for
  // entries without naming them.
  std::vector<std::string> whole_catalogues;
  // Checks every declaration of every library module of the store, not only what the plan names.
  bool whole_library = false;
};

// Resolves every name of the plan, types every expression, and builds the model with its environments
// (not yet evaluated). Always returns a model; what is wrong in it was reported.
auto Check(const modules::Store &store, const Options &options, Sink &sink)
    -> std::unique_ptr<plan::Model>;

}  // namespace groma::check
