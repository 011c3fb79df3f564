// SPDX-License-Identifier: Apache-2.0
// Which fields mean the end of a period.
#pragma once

#include "llvm/ADT/StringRef.h"

namespace groma::check {

// `by 2027-06` is the thirtieth.
inline auto MeansLastDay(llvm::StringRef field) -> bool {
  return field == "by" || field == "until" || field == "to";
}

}  // namespace groma::check
