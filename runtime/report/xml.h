// SPDX-License-Identifier: Apache-2.0
// Text within XML and HTML.
#pragma once

#include <string>

namespace groma::runtime {

auto EscapeXml(const std::string &text) -> std::string;

}  // namespace groma::runtime
