// SPDX-License-Identifier: Apache-2.0
// A suite as groma writes them, by hand: nodes of eight H200 with a port for each GPU.
#pragma once

#include "groma/runtime/suite.h"

namespace groma::runtime::sample {

// The pool of so many nodes. The suite refers to `shape`.
auto ShapeOf(int nodes) -> Shape;
auto SuiteOf(const Shape &shape) -> Suite;

}  // namespace groma::runtime::sample
