// SPDX-License-Identifier: Apache-2.0
#include "value.h"

namespace stub {

auto Decode(const std::string& msgpack) -> Json {
  return msgpack.empty() ? Json() : Json::from_msgpack(msgpack);
}

auto Encode(const Json& value) -> std::string {
  std::string out;
  Json::to_msgpack(value, out);
  return out;
}

auto Unknown() -> Json { return Json::binary({0}, 0); }

// Any extension: 0 is plainly unknown, 12 is unknown with what is known of it all the same.
auto is_unknown(const Json& value) -> bool {
  return value.is_binary() && value.get_binary().has_subtype();
}

auto WithType(const Json& type, const Json& value) -> Json {
  auto text = type.dump();
  return Json::array({Json::binary({text.begin(), text.end()}), value});
}

auto WithoutType(const Json& value) -> const Json* {
  return value.is_array() && value.size() == 2 && value[0].is_binary() && !is_unknown(value[1])
             ? &value[1]
             : nullptr;
}

auto is_set(const Json& value) -> bool {
  return !value.is_null() && !(value.is_array() && value.empty());
}

}  // namespace stub
