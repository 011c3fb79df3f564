// SPDX-License-Identifier: Apache-2.0
// Values that only a cloud knows: of the right type and form, and the same in every run.
#pragma once

#include "schema.h"

namespace stub {

// A value for an attribute, in a resource of which `given` is known.
auto Invented(const Resource& resource, const Attribute& attribute, const Json& given) -> Json;

}  // namespace stub
