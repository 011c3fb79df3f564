// SPDX-License-Identifier: Apache-2.0
#include "groma/base/timezones.h"

#include <algorithm>
#include <iterator>

namespace groma::base {
namespace {

constexpr llvm::StringRef kNames[] = {
#include "groma/base/timezones.def"
};

}  // namespace

auto IsTimeZone(llvm::StringRef iana) -> bool {
  return std::binary_search(std::begin(kNames), std::end(kNames), iana);
}

auto TimeZones() -> llvm::ArrayRef<llvm::StringRef> { return kNames; }

}  // namespace groma::base
