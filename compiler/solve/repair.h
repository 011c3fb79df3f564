// SPDX-License-Identifier: Apache-2.0
// What would make a plan possible: changes of one line, each tried by a solve.
#pragma once

#include <string>
#include <vector>

#include "groma/reason/prover.h"
#include "instance.h"

namespace groma::solve {

struct Repair {
  std::string text;
  // How much of itself the line would change by; what asks for least comes first.
  Rational share;
};

auto FindRepairs(Instance &instance, const std::vector<Cause> &core, reason::MakeProver prover,
                 reason::Effort &effort) -> std::vector<Repair>;

// Where a field is written, for this entity or for what it starts from.
auto PlaceOfField(Reader &reader, EntityId entity, plan::Slot slot) -> source::Span;

}  // namespace groma::solve
