// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/bicep/values.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::emit::bicep {

using output::Lines;
using resources::Camel;
using resources::Module;
using resources::Resource;
using resources::ResourceId;
using resources::SymbolOf;
using resources::Taken;
using resources::Value;

namespace {

// What stands between quotes.
auto Escaped(llvm::StringRef text) -> std::string {
  const auto is_plain = [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f && c != '\\' && c != '\'' && c != '$';
  };
  if (llvm::all_of(text, is_plain)) return text.str();
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '\\': out += "\\\\"; break;
      case '\'': out += "\\'"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '$': out += i + 1 < text.size() && text[i + 1] == '{' ? "\\$" : "$"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          out += "\\u{" + llvm::utohexstr(static_cast<unsigned char>(c), true) + "}";
        } else {
          out += c;
        }
    }
  }
  return out;
}

}  // namespace

auto Quoted(llvm::StringRef text) -> std::string { return "'" + Escaped(text) + "'"; }

auto Key(llvm::StringRef name) -> std::string {
  const bool is_plain =
      !name.empty() && !llvm::isDigit(name.front()) &&
      llvm::all_of(name, [](char c) { return llvm::isAlnum(c) || c == '_'; });
  const bool is_word = llvm::is_contained({"true", "false", "null", "if", "for"}, name);
  return is_plain && !is_word ? name.str() : Quoted(name);
}

auto Comment(llvm::StringRef text) -> std::string {
  std::string line = "// ";
  for (const char c : text) line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  return line;
}

auto Values::IsHere(ResourceId id) const -> bool { return parts_.ModuleOf(id) == module_; }

auto Values::Reference(const Value &value) const -> std::string {
  const bool is_known = module_ != nullptr && module_->Knows(value);
  if (is_known && value.resource == module_->group) return "resourceGroup().id";
  if (!IsHere(value.resource) && !is_known) {
    const std::string name = Camel(parts_.NameOf(value));
    if (module_ != nullptr) return name;
    return Camel(parts_.ModuleOf(value.resource)->name) + ".outputs." + name;
  }
  return Camel(SymbolOf(graph_[value.resource])) + "." + value.text;
}

auto Values::Joined(const Value &value) const -> std::string {
  std::string text;
  for (const Value &item : value.items) {
    text += item.tag == Value::Tag::Text ? Escaped(item.text) : "${" + Text(item) + "}";
  }
  return "'" + text + "'";
}

auto Values::Text(const Value &value) const -> std::string {
  switch (value.tag) {
    case Value::Tag::Null: return "null";
    case Value::Tag::Bool: return value.boolean ? "true" : "false";
    case Value::Tag::Int: return std::to_string(value.integer);
    case Value::Tag::Text: return Quoted(value.text);
    case Value::Tag::Reference: return Reference(value);
    case Value::Tag::Parameter: return Camel(graph_[value.parameter].name);
    case Value::Tag::Joined:
      if (const auto id = resources::SubscriptionIdOf(value)) {
        return "subscriptionResourceId(" + Quoted(id->first) + ", " + Quoted(id->second) + ")";
      }
      return Joined(value);
    case Value::Tag::Tenant: return "tenant().tenantId";
    case Value::Tag::StorageSuffix: return "environment().suffixes.storage";
    case Value::Tag::Subscription: return "subscription().subscriptionId";
    case Value::Tag::Guid: {
      std::string text;
      for (const Value &item : value.items) text += (text.empty() ? "" : ", ") + Text(item);
      return "guid(" + text + ")";
    }
    case Value::Tag::List:
    case Value::Tag::Object:
    case Value::Tag::Map:
    case Value::Tag::Keys: break;
  }
  base::Check(false, "a list or an object is written on several lines");
  return {};
}

void Values::WriteVariable(Lines &lines, llvm::StringRef name, const Value &value) const {
  Write(lines, 0, ("var " + name).str(), " = ", value);
}

void Values::Write(Lines &lines, int indent, llvm::StringRef name, llvm::StringRef sign,
                   const Value &value) const {
  const output::Reason reason(lines, value.because);
  if (shared_ != nullptr && shared_->Has(name, value)) return lines.Add(indent, {name, sign, name});
  switch (value.tag) {
    case Value::Tag::List:
      if (value.items.empty()) return lines.Add(indent, {name, sign, "[]"});
      lines.Add(indent, {name, sign, "["});
      for (const Value &item : value.items) Write(lines, indent + 1, "", item);
      return lines.Add(indent, "]");
    case Value::Tag::Object:
    case Value::Tag::Map:
      if (value.members.empty()) return lines.Add(indent, {name, sign, "{}"});
      lines.Add(indent, {name, sign, "{"});
      for (const auto &[key, member] : value.members) Write(lines, indent + 1, Key(key), member);
      return lines.Add(indent, "}");
    case Value::Tag::Keys:
      lines.Add(indent, {name, sign, "{"});
      for (const Value &item : value.items) {
        lines.Add(indent + 1, "'${" + Text(item) + "}': {}", item.because);
      }
      return lines.Add(indent, "}");
    default: lines.Add(indent, {name, sign, Text(value)});
  }
}

}  // namespace groma::emit::bicep
