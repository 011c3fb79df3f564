// SPDX-License-Identifier: Apache-2.0
// Values as Terraform sends them: MessagePack, in which an extension stands for what is not known
// yet.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace stub {

using Json = nlohmann::json;

auto Decode(const std::string& msgpack) -> Json;
auto Encode(const Json& value) -> std::string;

auto Unknown() -> Json;
auto is_unknown(const Json& value) -> bool;

// A value whose type the schema leaves open travels with its type.
auto WithType(const Json& type, const Json& value) -> Json;
// The value inside, or nullptr where it is null or unknown.
auto WithoutType(const Json& value) -> const Json*;

// Whether somebody wrote it: neither null nor an empty list of blocks.
auto is_set(const Json& value) -> bool;

}  // namespace stub
