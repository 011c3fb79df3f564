// SPDX-License-Identifier: Apache-2.0
#include "suspended.h"

namespace groma::solve {

using plan::Known;
using plan::KnownMember;

Suspended::Suspended(const plan::Model &model, std::string name)
    : model_(&model), name_(std::move(name)) {
  for (size_t i = 0; i < static_cast<size_t>(KnownMember::End) && !name_.empty(); ++i) {
    const auto member = static_cast<KnownMember>(i);
    const llvm::StringRef kind = Known::SpellingOf(Known::KindOf(member));
    if (name_ != kind.str() + "." + Known::SpellingOf(member).str()) continue;
    member_ = member;
    is_member_ = true;
  }
}

auto Suspended::HasCount(plan::EntityId entity, plan::Slot slot) const -> bool {
  if (name_ != "nodes") return false;
  const plan::Kind &kind = model_->kind(model_->entity(entity).kind);
  return model_->text(kind.members.list[slot].name) == "nodes";
}

auto Suspended::HasRule(plan::EntityId owner) const -> bool {
  const llvm::StringRef kind = model_->text(model_->kind(model_->entity(owner).kind).name);
  return name_ == kind.split('.').first.str() + ".require";
}

}  // namespace groma::solve
