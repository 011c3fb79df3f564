// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/type.h"

namespace groma::plan {

Types::Types() { (void)Intern({}); }

auto Types::Intern(Type type) -> TypeId {
  const auto [entry, is_new] = ids_.try_emplace(type, static_cast<TypeId>(types_.size()));
  if (is_new) types_.push_back(std::move(type));
  return entry->second;
}

auto Types::Simple(TypeKind kind) -> TypeId {
  Type type;
  type.kind = kind;
  return Intern(std::move(type));
}

auto Types::Of(TypeKind kind, TypeId element) -> TypeId {
  Type type;
  type.kind = kind;
  type.arguments = {element};
  return Intern(std::move(type));
}

auto Types::MapOf(TypeId key, TypeId value) -> TypeId {
  Type type;
  type.kind = TypeKind::Map;
  type.arguments = {key, value};
  return Intern(std::move(type));
}

auto Types::Number(NumberForm form, llvm::ArrayRef<base::DimensionId> dimensions, uint32_t unit)
    -> TypeId {
  Type type;
  type.kind = TypeKind::Number;
  type.form = form;
  type.unit = unit;
  type.dimensions.assign(dimensions.begin(), dimensions.end());
  return Intern(std::move(type));
}

auto Types::Declared(TypeKind kind, uint32_t decl) -> TypeId {
  Type type;
  type.kind = kind;
  type.decl = decl;
  return Intern(std::move(type));
}

auto Types::Unwrap(TypeId id) const -> TypeId {
  return kind(id) == TypeKind::Optional ? argument(id) : id;
}

}  // namespace groma::plan
