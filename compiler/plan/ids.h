// SPDX-License-Identifier: Apache-2.0
// Typed indices into the stores of a model. Id 0 of each is "none" or "error".
#pragma once

#include <cstdint>

namespace groma::plan {

enum class SymbolId : uint32_t {};
enum class TypeId : uint32_t {};
enum class ExprId : uint32_t {};
enum class KindId : uint32_t {};
enum class RecordId : uint32_t {};
enum class EnumId : uint32_t {};
enum class UnionId : uint32_t {};
enum class EntityId : uint32_t {};
enum class GlobalId : uint32_t {};    // param or let
enum class FunctionId : uint32_t {};
enum class OriginId : uint32_t {};
enum class UnknownId : uint32_t {};
enum class OutcomeId : uint32_t {};
enum class ModuleId : uint32_t {};

template <typename Id>
constexpr auto Index(Id id) -> uint32_t {
  return static_cast<uint32_t>(id);
}
template <typename Id>
constexpr auto IsSome(Id id) -> bool {
  return Index(id) != 0;
}

// The position of a member in its kind or record. A variant keeps the slots of its base, so a slot
// that was found statically is right for every variant.
using Slot = uint32_t;
inline constexpr Slot kNoSlot = ~Slot{0};

}  // namespace groma::plan
