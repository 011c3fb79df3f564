// SPDX-License-Identifier: Apache-2.0
// What a check says. Only a measurement that was made, and made well, can pass.
#pragma once

#include <algorithm>

namespace groma::runtime {

// In the order of gravity: of several verdicts the greatest counts.
enum class Verdict { kPass, kWaived, kWarn, kInconclusive, kFail };

constexpr auto Worse(Verdict a, Verdict b) -> Verdict { return std::max(a, b); }

constexpr auto NameOf(Verdict verdict) -> const char* {
  switch (verdict) {
    case Verdict::kPass:
      return "PASS";
    case Verdict::kWaived:
      return "WAIVED";
    case Verdict::kWarn:
      return "WARN";
    case Verdict::kInconclusive:
      return "INCONCLUSIVE";
    case Verdict::kFail:
      return "FAIL";
  }
  return "FAIL";
}

// Exit codes of a suite.
enum class Exit : int { kPass = 0, kFail = 1, kUsage = 2, kInconclusive = 3, kFault = 4 };

constexpr auto ExitOf(Verdict verdict) -> Exit {
  if (verdict == Verdict::kFail) return Exit::kFail;
  return verdict == Verdict::kInconclusive ? Exit::kInconclusive : Exit::kPass;
}

}  // namespace groma::runtime
