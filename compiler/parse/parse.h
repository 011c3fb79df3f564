// SPDX-License-Identifier: Apache-2.0
// Parsing reads one file into a tree. What cannot be read is an Error node and one diagnostic.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/source/set.h"
#include "groma/syntax/tree.h"

namespace groma::parse {

// Never throws; a mistake costs the item in which it stands and no more. The tree borrows the
// file's text. Diagnostics come in an order that depends on the text alone; `Sink::Sort` orders
// them by place.
auto Parse(const source::File &file, diagnostics::Sink &sink) -> syntax::Tree;

}  // namespace groma::parse
