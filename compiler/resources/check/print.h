// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace groma::resources::check {

// Prints every spelling, one JSON object a line, for tests that read what was written in several languages.
void PrintSpellings();

}  // namespace groma::resources::check
