// SPDX-License-Identifier: Apache-2.0
// What would make a plan possible: changes of one line, each tried by a solve.
#pragma once

#include <string>
#include <vector>

#include "groma/reason/prover.h"
#include "instance.h"

namespace groma::solve {

struct Repair {
  Cause cause = kGiven;
  std::string text;
  // What is needed where the cause gives less, as in "408 kW are needed"; may be empty.
  std::string needed;
  // How much of itself the line would change by; what asks for least comes first.
  Rational share;
};

// `core`: the causes of the conflict. `others`: those of other conflicts, which are told by
// themselves and do not count here.
auto FindRepairs(Instance &instance, const std::vector<Cause> &core,
                 const std::vector<Cause> &others, reason::MakeProver prover,
                 reason::Effort &effort) -> std::vector<Repair>;

// Where a field is written, for this entity or for what it starts from.
auto PlaceOfField(Reader &reader, EntityId entity, plan::Slot slot) -> source::Span;

}  // namespace groma::solve
