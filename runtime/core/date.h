// SPDX-License-Identifier: Apache-2.0
// Days and moments of reports: given, or of the clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace groma::runtime {

// YYYY-MM-DD, a day that there is.
auto IsDay(const std::string &text) -> bool;
// Seconds since 1970 of YYYY-MM-DDTHH:MM:SSZ; none if the text is not such a moment.
auto ParseMoment(const std::string &text) -> std::optional<int64_t>;
auto FormatMoment(int64_t seconds) -> std::string;
auto Now() -> int64_t;

}  // namespace groma::runtime
