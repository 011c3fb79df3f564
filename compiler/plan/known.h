// SPDX-License-Identifier: Apache-2.0
// The names of the standard library that the compiler knows, found once in a model. Everything that
// reads plans goes through them, so that one table shows what the library must keep.
#pragma once

#include <array>

#include "groma/plan/model.h"

namespace groma::plan {

enum class KnownKind : uint16_t {
#define GROMA_KNOWN_KIND(Name, spelling) Name,
#define GROMA_KNOWN_MEMBER(Name, Kind, spelling)
#include "groma/plan/known.def"
#undef GROMA_KNOWN_KIND
#undef GROMA_KNOWN_MEMBER
  End
};

enum class KnownMember : uint16_t {
#define GROMA_KNOWN_KIND(Name, spelling)
#define GROMA_KNOWN_MEMBER(Name, Kind, spelling) Name,
#include "groma/plan/known.def"
#undef GROMA_KNOWN_KIND
#undef GROMA_KNOWN_MEMBER
  End
};

class Known {
 public:
  explicit Known(const Model &model);

  // No kind, no slot: the plan's modules do not declare it.
  auto kind(KnownKind which) const -> KindId { return kinds_[static_cast<size_t>(which)]; }
  auto slot(KnownMember which) const -> Slot { return slots_[static_cast<size_t>(which)]; }

  static auto KindOf(KnownMember which) -> KnownKind;
  static auto SpellingOf(KnownKind which) -> llvm::StringRef;
  static auto SpellingOf(KnownMember which) -> llvm::StringRef;

 private:
  std::array<KindId, static_cast<size_t>(KnownKind::End)> kinds_{};
  std::array<Slot, static_cast<size_t>(KnownMember::End)> slots_{};
};

// True if the schedule works it out, and not the solver.
auto IsOfDates(const Model &model, const Outcome &outcome) -> bool;

}  // namespace groma::plan
