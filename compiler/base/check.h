// SPDX-License-Identifier: Apache-2.0
// An assertion that stays on in release builds: a failed one is a bug in groma, never the user's
// mistake.
#pragma once

namespace groma::base {

// Writes `message` to the standard error stream and aborts.
[[noreturn]] void CheckFailed(const char *message);

// Aborts with `message` unless `condition` holds. Usable in constant expressions, where a failure
// does not compile.
constexpr void Check(bool condition, const char *message) {
  if (!condition) [[unlikely]] {
    CheckFailed(message);
  }
}

}  // namespace groma::base
