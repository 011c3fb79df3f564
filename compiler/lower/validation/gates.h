// SPDX-License-Identifier: Apache-2.0
// The limits of a pool's hardware: what the library derives, each held against physics and against its model.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/lower/validation/reader.h"

namespace groma::lower::validation {

using diagnostics::Sink;

// One gate for each figure that the pool has, in the order of the library.
auto GatesOf(Reader &reader, EntityId pool, Sink &sink) -> std::vector<acceptance::Gate>;

// With the unit and the words of a figure, and no limit yet.
auto EmptyGate(const std::string &figure) -> acceptance::Gate;

// The entries of catalogues behind a fact.
auto SourcesOf(Reader &reader, const Fact &fact) -> std::vector<acceptance::Source>;
auto ConfidenceOf(const std::string &word) -> acceptance::Confidence;

// False, and told, if a gate asks for more than can be, or for next to nothing.
auto IsSound(Reader &reader, EntityId pool, const acceptance::Gate &gate, source::Span at,
             Sink &sink) -> bool;

}  // namespace groma::lower::validation
