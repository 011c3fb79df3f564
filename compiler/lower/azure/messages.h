// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "groma/diagnostics/definition.h"

namespace groma::lower::azure::message {
#define GROMA_DIAGNOSTIC GROMA_DEFINE_DIAGNOSTIC
#include "groma/lower/azure/lower_azure.def"
#undef GROMA_DIAGNOSTIC
}  // namespace groma::lower::azure::message
