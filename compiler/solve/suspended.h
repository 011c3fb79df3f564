// SPDX-License-Identifier: Apache-2.0
// The rule that is suspended, if one is: so tests show what each rule of the solver is good for.
// A rule is called like the member that states it, as known.def spells it: `site.it_power`. Then
// nobody is told what that member holds. Rules that no member states have names of their own, which
// are asked for with `Has` where they are kept: `rising`; and what kinds and policies require goes
// by the kind: `storage.require`, `policy.require`.
#pragma once

#include <string>

#include "groma/plan/known.h"

namespace groma::solve {

class Suspended {
 public:
  Suspended() = default;
  Suspended(const plan::Model &model, std::string name);

  auto Has(llvm::StringRef name) const -> bool { return !name_.empty() && name_ == name; }
  auto Has(plan::KnownMember member) const -> bool {
    return is_member_ && member == member_;
  }
  // `nodes`, as a cause: how many there may be, or are.
  auto HasCount(plan::EntityId entity, plan::Slot slot) const -> bool;
  // A requirement of a policy, or of a kind for one of its entities.
  auto HasRule(plan::EntityId owner) const -> bool;
  auto is_none() const -> bool { return name_.empty(); }

 private:
  const plan::Model *model_ = nullptr;
  std::string name_;
  plan::KnownMember member_{};
  bool is_member_ = false;
};

}  // namespace groma::solve
