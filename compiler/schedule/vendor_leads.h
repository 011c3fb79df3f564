// SPDX-License-Identifier: Apache-2.0
// Which steps take as long as the lead of a vendor.
#pragma once

#include "steps.h"

namespace groma::schedule {

// By step: the vendor from whose `lead` its duration is derived; none for other steps.
auto VendorsByLead(Source &source, const Steps &steps) -> std::vector<EntityId>;

}  // namespace groma::schedule
