// SPDX-License-Identifier: Apache-2.0
// What the plan writes as the cloud wants it, and what is there already.
#pragma once

#include "context.h"

namespace groma::lower::azure {

void LowerRaw(Context &context);
// What the plan makes and calls existing too is taken over.
void LowerExisting(Context &context);
// Tells what of the plan stands in Azure and becomes nothing.
void NoteUnwritten(Context &context);

}  // namespace groma::lower::azure
