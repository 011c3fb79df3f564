// SPDX-License-Identifier: Apache-2.0
#include "invent.h"

#include <algorithm>
#include <sstream>

namespace stub {
namespace {

const std::string kSubscription = "00000000-0000-0000-0000-000000000001";

auto TextOf(const Json& given, const std::string& name) -> std::string {
  auto found = given.find(name);
  return found != given.end() && found->is_string() ? found->get<std::string>() : "";
}

auto EndsIn(const std::string& text, const std::string& end) -> bool {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// What tells this resource from its neighbours: its name, or what it was given.
auto NameOf(const Json& given) -> std::string {
  auto name = TextOf(given, "name");
  return name.empty() ? std::to_string(std::hash<std::string>()(
                            given.dump(-1, ' ', true, Json::error_handler_t::replace)))
                      : name;
}

auto IdOf(const Resource& resource, const Json& given) -> std::string {
  auto subscription = "/subscriptions/" + kSubscription;
  if (resource.name == "azurerm_subscription") return subscription;
  if (resource.name == "azurerm_resource_group")
    return subscription + "/resourceGroups/" + NameOf(given);
  if (resource.name == "azurerm_management_group")
    return "/providers/Microsoft.Management/managementGroups/" + NameOf(given);
  if (auto parent = TextOf(given, "parent_id"); !parent.empty()) {
    auto type = TextOf(given, "type");
    type = type.substr(0, type.find('@'));
    auto last = type.substr(type.rfind('/') + 1);
    // A child stands below its parent, any other resource below its provider.
    bool is_child = std::count(type.begin(), type.end(), '/') > 1;
    return parent + (is_child ? "/" + last : "/providers/" + type) + "/" + NameOf(given);
  }
  auto group = TextOf(given, "resource_group_name");
  if (!group.empty()) subscription += "/resourceGroups/" + group;
  return subscription + "/providers/Microsoft.Stub/" + resource.name + "/" + NameOf(given);
}

auto TextFor(const Resource& resource, const std::string& name, const Json& given) -> std::string {
  // Keys are known by their address in the vault.
  if (resource.name == "azurerm_key_vault_key" && (name == "id" || name == "versionless_id")) {
    return "https://stub.vault.azure.net/keys/" + NameOf(given) + (name == "id" ? "/1" : "");
  }
  if (name == "id") return IdOf(resource, given);
  for (const auto* who :
       {"tenant_id", "subscription_id", "client_id", "object_id", "principal_id", "guid", "uuid"}) {
    if (EndsIn(name, who)) return kSubscription;
  }
  if (EndsIn(name, "_id")) return IdOf(resource, given) + "/" + name + "/it";
  if (name.find("cidr") != std::string::npos || EndsIn(name, "prefix")) return "203.0.113.0/24";
  if (name.find("ip_address") != std::string::npos) return "203.0.113.4";
  return "known_after_apply_" + name;
}

auto OfType(const Resource& resource, const std::string& name, const Json& type, const Json& given)
    -> Json {
  if (type == "string") return TextFor(resource, name, given);
  if (type == "number") return 1;
  if (type == "bool") return false;
  if (type == "dynamic") return WithType(Json::array({"object", Json::object()}), Json::object());
  auto kind = type.at(0).get<std::string>();
  if (kind == "map") return Json::object();
  if (kind == "object") {
    Json out = Json::object();
    for (const auto& [field, inner] : type.at(1).items())
      out[field] = OfType(resource, field, inner, given);
    return out;
  }
  // One of each, for whoever takes the first.
  return Json::array({OfType(resource, name, type.at(1), given)});
}

// The types of what azapi is told to hand out: a text at the end of each path.
void AddPath(Json& type, Json& value, const std::string& path) {
  auto* at_type = &type;
  auto* at_value = &value;
  std::istringstream in(path);
  for (std::string word; std::getline(in, word, '.');) {
    if (!at_type->is_array()) *at_type = Json::array({"object", Json::object()});
    if (!at_value->is_object()) *at_value = Json::object();
    at_type = &(*at_type)[1][word];
    at_value = &(*at_value)[word];
  }
  *at_type = "string";
  *at_value = "known_after_apply_" + path;
}

auto Exported(const Json& given) -> Json {
  Json type = Json::array({"object", Json::object()}), value = Json::object();
  auto found = given.find("response_export_values");
  const auto* paths = found == given.end() ? nullptr : WithoutType(*found);
  if (paths != nullptr) {
    for (const auto& [alias, path] : paths->items()) {
      auto word = paths->is_object() ? alias : path.is_string() ? path.get<std::string>() : "";
      if (!word.empty() && word != "*") AddPath(type, value, word);
    }
  }
  return WithType(type, value);
}

}  // namespace

auto Invented(const Resource& resource, const Attribute& attribute, const Json& given) -> Json {
  if (attribute.type == "dynamic" && attribute.name == "output") return Exported(given);
  return attribute.nested.empty() ? OfType(resource, attribute.name, attribute.type, given)
                                  : Json();
}

}  // namespace stub
