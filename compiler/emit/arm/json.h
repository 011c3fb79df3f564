// SPDX-License-Identifier: Apache-2.0
// The one printer of JSON of this folder; each line keeps the places of the value that it shows.
#pragma once

#include "groma/output/lines.h"
#include "groma/resources/value.h"

namespace groma::emit::arm {

void WriteJson(output::Lines &lines, const resources::Value &value);

}  // namespace groma::emit::arm
