// SPDX-License-Identifier: Apache-2.0
// A suite as groma writes it for a link, with gates by hand.
#pragma once

#include "groma/runtime/suite.h"

namespace groma::runtime::sample {

// An encrypted line of 2 Gb/s from H200s in Amsterdam to H100s in Azure, 8 ms there and back.
auto LineShape() -> Shape;
auto LineSuiteOf(const Shape &shape) -> Suite;

}  // namespace groma::runtime::sample
