// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace groma::lower::azure {

// `service.private_dns`: its zones, and the resolver that asks and answers across the lines to one's own sites.
void LowerNameServices(Context &context);
// `link.private_endpoint`: endpoints that the plan asks for by name. What they lead to must be made by then.
void LowerEndpointLinks(Context &context);

}  // namespace groma::lower::azure
