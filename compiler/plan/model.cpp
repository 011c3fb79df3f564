// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/model.h"

#include <cstring>

namespace groma::plan {

auto Model::FullName(EntityId id) const -> std::string {
  const Entity &e = entity(id);
  const std::string module = IsSome(e.module_name) ? text(e.module_name).str() + "." : "";
  if (IsSome(e.qualified)) return module + text(e.qualified).str();
  return text(kind(e.kind).name).str() + " \"" + e.title.str() + "\"";
}

auto Environment::Unread() const -> Environment {
  Environment fresh;
  fresh.name = name;
  fresh.entity = entity;
  fresh.suspended = suspended;
  fresh.rewrites = rewrites;
  return fresh;
}

auto Model::IsA(KindId kind_id, KindId base) const -> bool {
  for (; IsSome(kind_id); kind_id = kind(kind_id).base) {
    if (kind_id == base) return true;
  }
  return false;
}

auto Model::Collection(KindId kind_id) const -> std::vector<EntityId> {
  std::vector<EntityId> result;
  const auto add = [&](EntityId id) {
    if (!entity(id).is_template && IsA(entity(id).kind, kind_id)) result.push_back(id);
  };
  for (const EntityId id : plan_entities) add(id);
  if (!kind(kind_id).is_catalogue) return result;
  // Entries of the modules that the plan imports, too: they are why one writes `gpu_anchors` and not the name of one table.
  for (uint32_t i = 1; i < entities.size(); ++i) {
    if (entities[i].is_library) add(EntityId{i});
  }
  const auto name = [&](EntityId id) { return FullName(id); };
  llvm::sort(result, [&](EntityId a, EntityId b) { return name(a) < name(b); });
  return result;
}

auto Model::Keep(llvm::StringRef text) -> llvm::StringRef {
  if (text.empty()) return {};
  char *copy = arena_.Allocate<char>(text.size());
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

}  // namespace groma::plan
