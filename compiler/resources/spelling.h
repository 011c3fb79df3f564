// SPDX-License-Identifier: Apache-2.0
// How a type of resource and its fields are called: by Azure's own interface (ARM, and so Bicep), and by Terraform's
// provider azurerm. Both stand side by side, so that the two languages cannot drift apart; groma's build holds each of
// them against the tables of schema/.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "llvm/ADT/ArrayRef.h"

namespace groma::resources {

// How a value of ARM becomes one of azurerm.
enum class Rule : uint8_t {
  Same,
  Enabled,      // ARM says "Enabled" or "Disabled" where azurerm says true or false
  Not,          // azurerm says the opposite
  Only,         // one of them has it: azurerm fills it in by itself, or ARM does
  Name,         // ARM wants an id where azurerm wants the name of the same resource
  Number,       // ARM wants a text with digits where azurerm wants a number
  List,         // azurerm wants a list where ARM wants the one thing that is in it
  First,        // ARM wants a list where azurerm wants the one thing that is in it
  Block,        // ARM says true where azurerm has a block with nothing in it
  Gibibytes,    // ARM counts bytes
  Tebibytes,
  Association,  // azurerm has a resource of its own that ties the two together: `tie`
  Result,       // is known once the resource is there
};

// `properties.ipConfigurations[].name`: a dot goes into an object, `[]` into each element of a list. The paths of both
// languages have the same number of `[]`, unless one of them has a single one: there the other's list has one element.
struct Field {
  const char *arm = nullptr;
  const char *azurerm = nullptr;
  Rule rule = Rule::Same;
  // Words between which one may choose, `A|B`; `A=B` where azurerm says B for what ARM calls A.
  const char *words = nullptr;
  const char *tie = nullptr;
  // Where version 5 of azurerm has another name for it.
  const char *azurerm_5 = nullptr;
};

// How azurerm says inside what a resource lies: an attribute that ends in `_id` takes the id of it, another one its name.
struct Inside {
  const char *attribute = nullptr;
  bool names_group = true;  // and asks for `resource_group_name` beside
  bool has_name = true;     // false where the parent and a field say which one it is
};

// What a name may look like.
struct Naming {
  enum class Letters : uint8_t { Lower, Any };
  enum class Among : uint8_t { World, Subscription, Group, Parent };
  const char *abbreviation = "";
  size_t least = 1, most = 80;
  const char *also = "-_.";  // beside letters and digits
  Letters letters = Letters::Any;
  Among among = Among::Group;
  bool starts_with_letter = false;
  bool is_bare = false;  // the thing's own name and no more: what it lies in says the rest
};

enum class Scope : uint8_t { Tenant, ManagementGroup, Subscription, Group };

struct Type {
  const char *arm = "";
  const char *api = "";
  const char *azurerm = nullptr;  // none: it is an `azapi_resource`
  const char *word = "";          // in symbols: `weu_vnet`
  const char *title = "";         // for people: "virtual network"
  Naming naming = {};
  Scope scope = Scope::Group;
  const Type *parent = nullptr;
  // The parent's property that holds it; ARM has it as a resource of its own where there is none.
  const char *inside = nullptr;
  // azurerm has no resource of its own for it: its fields are paths of the parent's, which `azurerm` names.
  bool azurerm_in_parent = false;
  Inside azurerm_4 = {}, azurerm_5 = azurerm_4;
  bool has_location = true, has_tags = true;
  bool azurerm_has_location = true;  // where ARM has one
  const char *azapi = "azapi_resource";  // as what Terraform has it, where azurerm has no resource
  bool in_templates = true;              // false: Azure takes it by itself only, and not in a template
  // The property, in ARM, with the id by which what azurerm ties to it asks for it, where that is not its own; and what
  // stands before it.
  const char *tied_as = nullptr, *tied_after = "";
  llvm::ArrayRef<const Field *> fields = {};
};

constexpr auto HasWord(const char *words, std::string_view word) -> bool {
  if (words == nullptr) return false;
  std::string_view rest = words;
  while (!rest.empty()) {
    const size_t end = rest.find('|');
    std::string_view one = rest.substr(0, end);
    one = one.substr(0, one.find('='));
    if (one == word) return true;
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return false;
}

void ThatIsNoWordOfTheField();

// A word that `field` knows: another one does not compile.
template <const Field &field>
struct Word {
  const char *text;
  consteval Word(const char *word) : text(word) {  // NOLINT(google-explicit-constructor)
    if (!HasWord(field.words, word)) ThatIsNoWordOfTheField();
  }
};

// True if the type's table lists the field.
template <typename T>
constexpr auto Lists(const Field &field) -> bool {
  for (const Field *one : T::kFields) {
    if (one == &field) return true;
  }
  return false;
}

}  // namespace groma::resources
