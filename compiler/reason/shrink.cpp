// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/shrink.h"

#include <algorithm>

#include "llvm/ADT/STLExtras.h"

namespace groma::reason {
namespace {

constexpr size_t kFew = 64;

}  // namespace

auto Shrink(std::vector<Cause> core, llvm::function_ref<Trial(llvm::ArrayRef<Cause>)> attempt)
    -> Shrunk {
  std::vector<Cause> unsure;
  for (size_t length = std::max<size_t>(core.size() / 4, 1);; length /= 2) {
    const size_t before = core.size();
    for (size_t at = 0; at < core.size();) {
      const size_t end = std::min(at + length, core.size());
      std::vector<Cause> rest = llvm::ArrayRef(core).take_front(at).vec();
      llvm::append_range(rest, llvm::ArrayRef(core).drop_front(end));
      const Trial trial = attempt(rest);
      if (trial.finding != Finding::Unsat) {
        if (length == 1 && trial.finding == Finding::Unknown) unsure.push_back(core[at]);
        at = end;
        continue;
      }
      // What stands before `at` was needed by more than what is left, so it is needed still.
      const auto is_gone = [&](Cause cause) { return !llvm::is_contained(trial.core, cause); };
      at -= static_cast<size_t>(llvm::count_if(llvm::ArrayRef(rest).take_front(at), is_gone));
      std::erase_if(rest, is_gone);
      core = std::move(rest);
    }
    if (length == 1) break;
    // Of a few of which no run can go mostly each is needed.
    if (core.size() == before && before <= kFew) length = 2;
  }
  std::sort(core.begin(), core.end());
  const bool is_minimal =
      llvm::none_of(unsure, [&](Cause cause) { return llvm::is_contained(core, cause); });
  return {std::move(core), is_minimal};
}

}  // namespace groma::reason
