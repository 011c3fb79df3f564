// SPDX-License-Identifier: Apache-2.0
// The facts of another plan, as its `plan.json` has them, become declarations. docs/plan-json.md is
// the schema in words.
#include <set>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "load_files.h"
#include "messages.h"

namespace groma::driver {
namespace {

namespace json = llvm::json;
using syntax::NodeKind;

constexpr llvm::StringLiteral kSchema = "groma.plan/1";

auto IsDottedName(llvm::StringRef text) -> bool {
  return !text.empty() && llvm::all_of(llvm::split(text, '.'), IsName);
}

// What a value may be made of: literals, names of entries and tags, and their payloads. Nothing
// that computes, so that a file cannot make its reader do work.
auto IsLiteral(const syntax::Tree &tree, syntax::NodeId id) -> bool {
  switch (tree.kind(id)) {
    case NodeKind::Negate:
    case NodeKind::Call:
    case NodeKind::NamedArgument:
    case NodeKind::Range:
    case NodeKind::Spread:
    case NodeKind::Record:
    case NodeKind::Tagged:
    case NodeKind::List:
    case NodeKind::Field:
    case NodeKind::Quantity:
    case NodeKind::Path:
    case NodeKind::Member:
      return llvm::all_of(tree.children(id),
                          [&](syntax::NodeId child) { return IsLiteral(tree, child); });
    case NodeKind::String:
      return tree.children(id).empty();
    case NodeKind::None:
    case NodeKind::Name:
    case NodeKind::Unit:
    case NodeKind::Number:
    case NodeKind::Date:
    case NodeKind::Month:
    case NodeKind::Quarter:
    case NodeKind::Cidr:
    case NodeKind::True:
    case NodeKind::False:
    case NodeKind::NoneValue:
      return true;
    default:
      return false;
  }
}

// The sign of a bound, as in `>= 40 GB/s`, which a field has in place of its `=`; taken off the text.
auto TakeSign(llvm::StringRef &text) -> llvm::StringRef {
  for (const llvm::StringRef sign : {"<=", ">=", "<", ">"}) {
    if (!text.consume_front(sign)) continue;
    text = text.ltrim(' ');
    return sign;
  }
  return "=";
}

// True if the text is one literal and nothing else: a `}` in it would end the declaration.
auto IsOneLiteral(llvm::StringRef text) -> bool {
  source::Set sources;
  Sink ignored;
  const auto tree = ParseGiven("", "value", text, sources, ignored);
  return tree && IsLiteral(*tree, tree->child(tree->children(tree->root())[0], 1));
}

auto Quoted(llvm::StringRef text) -> std::string {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\\' || c == '"') {
      (out += '\\') += c;
    } else if (c == '$' || static_cast<unsigned char>(c) < ' ') {
      // `${` would be an expression.
      out += "\\u{" + llvm::utohexstr(static_cast<unsigned char>(c)) + '}';
    } else {
      out += c;
    }
  }
  return out + '"';
}

class Reader {
 public:
  Reader(const std::string &name, diagnostics::Span at, Sink &sink)
      : name_(name), at_(at), sink_(sink) {}

  auto Read(const json::Value &root) -> std::optional<std::string> {
    const json::Object *plan = root.getAsObject();
    if (plan == nullptr) return Fail("", "an object is expected"), std::nullopt;
    const auto schema = plan->getString("schema");
    if (!schema) return Fail("/schema", "a string is expected"), std::nullopt;
    if (*schema != kSchema) {
      sink_.Report(message::FactsVersion, at_, name_, schema->str(), kSchema.str());
      return std::nullopt;
    }
    if (!plan->getString("plan")) Fail("/plan", "a string is expected");
    const json::Array *entities = plan->getArray("entities");
    if (entities == nullptr) return Fail("/entities", "a list is expected"), std::nullopt;
    for (size_t i = 0; i < entities->size(); ++i) {
      ReadEntity((*entities)[i], "/entities/" + std::to_string(i), names_, "");
    }
    if (is_wrong_) return std::nullopt;
    return std::move(out_);
  }

 private:
  void Fail(const std::string &pointer, const std::string &what) {
    is_wrong_ = true;
    sink_.Report(message::FactsSchema, at_, name_, pointer.empty() ? "/" : pointer, what);
  }

  // Keys and numbers of a JSON pointer (RFC 6901).
  static auto Escape(llvm::StringRef key) -> std::string {
    std::string out;
    for (const char c : key) c == '~' ? out += "~0" : c == '/' ? out += "~1" : out += c;
    return out;
  }

  auto ReadString(const json::Object &object, llvm::StringRef key, const std::string &pointer)
      -> std::string {
    if (const auto text = object.getString(key)) return text->str();
    Fail(pointer + "/" + key.str(), "a string is expected");
    return "";
  }

  void ReadEntity(const json::Value &value, const std::string &pointer,
                  std::set<std::string> &names, const std::string &indent) {
    const json::Object *entity = value.getAsObject();
    if (entity == nullptr) return Fail(pointer, "an object is expected");
    for (const auto &[key, ignored] : *entity) {
      const llvm::StringRef k = key;
      if (k != "name" && k != "kind" && k != "title" && k != "fields" && k != "parts") {
        Fail(pointer + "/" + Escape(k),
             "an entity has a name, a kind, a title, fields and parts only");
      }
    }
    const std::string name = ReadString(*entity, "name", pointer);
    const std::string kind = ReadString(*entity, "kind", pointer);
    if (!name.empty() && !IsName(name)) Fail(pointer + "/name", "`" + name + "` is not a name");
    if (!name.empty() && !names.insert(name).second) {
      Fail(pointer + "/name", "two entities are called `" + name + "`");
    }
    if (!kind.empty() && !IsDottedName(kind)) Fail(pointer + "/kind", "`" + kind + "` is no kind");
    // `site.azure` is the variant `azure` of `site`.
    const auto [word, variant] = llvm::StringRef(kind).split('.');
    out_ += indent + word.str() + ' ' + name;
    if (!variant.empty()) out_ += " : " + variant.str();
    if (entity->get("title") != nullptr) {
      out_ += ' ' + Quoted(ReadString(*entity, "title", pointer));
    }
    out_ += " {\n";
    const json::Object *fields = entity->getObject("fields");
    if (fields == nullptr) {
      Fail(pointer + "/fields", "an object is expected");
    } else {
      ReadFields(*fields, pointer + "/fields", indent + "  ");
    }
    if (const json::Value *parts = entity->get("parts")) {
      ReadParts(*parts, pointer + "/parts", indent + "  ");
    }
    out_ += indent + "}\n";
  }

  // What stands in it.
  void ReadParts(const json::Value &value, const std::string &pointer, const std::string &indent) {
    // Nothing that groma writes stands deeper; a file cannot make its reader go down without end.
    constexpr size_t kDeepest = 16;
    const json::Array *parts = value.getAsArray();
    if (parts == nullptr) return Fail(pointer, "a list is expected");
    if (indent.size() > 2 * kDeepest) return Fail(pointer, "parts lie in parts too deep");
    std::set<std::string> names;
    for (size_t i = 0; i < parts->size(); ++i) {
      ReadEntity((*parts)[i], pointer + "/" + std::to_string(i), names, indent);
    }
  }

  void ReadFields(const json::Object &fields, const std::string &pointer,
                  const std::string &indent) {
    // An object has no order, the text must have one.
    std::vector<llvm::StringRef> keys;
    for (const auto &[key, ignored] : fields) keys.push_back(key);
    llvm::sort(keys);
    for (const llvm::StringRef key : keys) {
      const std::string at = pointer + "/" + Escape(key);
      const auto written = fields.getString(key);
      llvm::StringRef value = written.value_or("");
      const llvm::StringRef sign = TakeSign(value);
      if (!IsName(key)) {
        Fail(at, "`" + key.str() + "` is not a name");
      } else if (!written) {
        Fail(at, "a string with a literal is expected");
      } else if (!IsOneLiteral(value)) {
        Fail(at, "`" + written->str() + "` is not a literal");
      } else {
        out_ += (indent + key + " " + sign + " " + value + "\n").str();
      }
    }
  }

  const std::string &name_;
  diagnostics::Span at_;
  Sink &sink_;
  std::string out_;
  std::set<std::string> names_;
  bool is_wrong_ = false;
};

}  // namespace

auto FactsToText(llvm::StringRef text, const std::string &name, diagnostics::Span at, Sink &sink)
    -> std::optional<std::string> {
  auto root = json::parse(text);
  if (!root) {
    sink.Report(message::FactsNotJson, at, name, llvm::toString(root.takeError()));
    return std::nullopt;
  }
  return Reader(name, at, sink).Read(*root);
}

}  // namespace groma::driver
