// SPDX-License-Identifier: Apache-2.0
#include "print.h"

#include <cstdio>

#include "groma/resources/azure/all.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace groma::resources::check {
namespace {

namespace json = llvm::json;

auto NameOf(Rule rule) -> const char * {
  switch (rule) {
    case Rule::Same: return "same";
    case Rule::Enabled: return "enabled";
    case Rule::Not: return "not";
    case Rule::Only: return "only";
    case Rule::Name: return "name";
    case Rule::Number: return "number";
    case Rule::List: return "list";
    case Rule::First: return "first";
    case Rule::Block: return "block";
    case Rule::Gibibytes: return "gibibytes";
    case Rule::Tebibytes: return "tebibytes";
    case Rule::Association: return "association";
    case Rule::Result: return "result";
  }
  return "";
}

auto Text(const char *text) -> json::Value {
  return text == nullptr ? json::Value(nullptr) : json::Value(text);
}

}  // namespace

void PrintSpellings() {
  for (const Type *type : azure::AllTypes()) {
    json::Array fields;
    for (const Field *field : type->fields) {
      fields.push_back(json::Object{{"arm", Text(field->arm)},
                                    {"azurerm", Text(field->azurerm)},
                                    {"rule", NameOf(field->rule)},
                                    {"words", Text(field->words)}});
    }
    const json::Value line = json::Object{{"type", type->arm},
                                          {"azurerm", Text(type->azurerm)},
                                          {"inside", Text(type->inside)},
                                          {"in_parent", type->azurerm_in_parent},
                                          {"has_name", type->azurerm_4.has_name},
                                          {"fields", std::move(fields)}};
    std::string text;
    llvm::raw_string_ostream(text) << line;
    std::printf("%s\n", text.c_str());
  }
}

}  // namespace groma::resources::check
