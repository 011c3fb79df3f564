// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/terraform/document.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::emit::terraform {

using output::Lines;
using output::Reason;

namespace {

using Sort = Expression::Sort;

auto IsLong(const Expression &value) -> bool {
  if (value.sort == Sort::Object) return !value.items.empty();
  if (value.sort != Sort::List) return false;
  return llvm::any_of(value.items, [](const Expression &item) { return item.sort != Sort::Text; });
}

// What fits on one line and is no text.
auto Short(const Expression &value) -> std::string {
  if (value.sort == Sort::Object) return "{}";
  std::string text = "[";
  for (const Expression &item : value.items) text += (text.size() > 1 ? ", " : "") + item.text;
  return text + "]";
}

// What stands before a value on its line: the name of an attribute, spaces, an equals sign; or nothing.
struct Start {
  llvm::StringRef name, gap, sign;
};

void WriteValue(Lines &lines, int indent, Start start, const Expression &value, llvm::StringRef end);

using Named = std::vector<std::pair<llvm::StringRef, const Expression *>>;

// Equals signs of neighbours on one line stand below each other.
void WriteAligned(Lines &lines, int indent, const Named &items) {
  std::string gap;
  for (size_t i = 0; i < items.size();) {
    size_t end = i;
    size_t width = 0;
    while (end < items.size() && !IsLong(*items[end].second)) {
      width = std::max(width, items[end++].first.size());
    }
    for (; i < end; ++i) {
      gap.assign(width - items[i].first.size(), ' ');
      WriteValue(lines, indent, {items[i].first, gap, " = "}, *items[i].second, "");
    }
    if (i < items.size()) {
      WriteValue(lines, indent, {items[i].first, "", " = "}, *items[i].second, "");
      ++i;
    }
  }
}

void WriteValue(Lines &lines, int indent, Start start, const Expression &value,
                llvm::StringRef end) {
  const Reason reason(lines, value.because);
  const auto add = [&](llvm::StringRef text, llvm::StringRef last) {
    lines.Add(indent, {start.name, start.gap, start.sign, text, last});
  };
  if (value.sort == Sort::Text) return add(value.text, end);
  if (!IsLong(value)) return add(Short(value), end);
  if (value.sort == Sort::List) {
    add("[", "");
    for (const Expression &item : value.items) WriteValue(lines, indent + 1, {}, item, ",");
    return lines.Add(indent, {"]", end});
  }
  add("{", "");
  Named members;
  for (size_t i = 0; i < value.items.size(); ++i) {
    members.emplace_back(value.names[i], &value.items[i]);
  }
  WriteAligned(lines, indent + 1, members);
  lines.Add(indent, {"}", end});
}

void WriteBlock(Lines &lines, int indent, const Block &block);

void WriteEntries(Lines &lines, int indent, llvm::ArrayRef<Entry> entries) {
  Named run;
  const auto flush = [&] {
    WriteAligned(lines, indent, run);
    run.clear();
  };
  bool is_first = true;
  for (const Entry &entry : entries) {
    if (entry.block.empty()) {
      run.emplace_back(entry.name, &entry.value);
    } else {
      flush();
      if (!is_first) lines.Gap();
      WriteBlock(lines, indent, entry.block.front());
    }
    is_first = false;
  }
  flush();
}

void WriteBlock(Lines &lines, int indent, const Block &block) {
  const Reason reason(lines, block.because);
  if (!block.comment.empty()) {
    std::string comment = "# ";
    for (const char c : block.comment) comment += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    lines.Add(indent, comment);
  }
  std::string head = block.type;
  for (const std::string &label : block.labels) head += " " + Quoted(label);
  if (block.entries.empty()) return lines.Add(indent, head + " {}");
  lines.Add(indent, head + " {");
  // A block after an attribute, and an attribute after a block, stand apart from it.
  llvm::ArrayRef<Entry> rest = block.entries;
  while (!rest.empty()) {
    const bool is_block = !rest.front().block.empty();
    const auto part = rest.take_while([&](const Entry &one) { return !one.block.empty() == is_block; });
    if (rest.size() != block.entries.size()) lines.Gap();
    WriteEntries(lines, indent + 1, part);
    rest = rest.drop_front(part.size());
  }
  lines.Add(indent, "}");
}

}  // namespace

auto Escaped(llvm::StringRef text) -> std::string {
  const auto is_plain = [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f && c != '\\' && c != '"' && c != '{';
  };
  if (llvm::all_of(text, is_plain)) return text.str();
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool opens = i + 1 < text.size() && text[i + 1] == '{';
    switch (c) {
      case '\\': out += "\\\\"; break;
      case '"': out += "\\\""; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '$': out += opens ? "$$" : "$"; break;
      case '%': out += opens ? "%%" : "%"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          const std::string hex = llvm::utohexstr(static_cast<unsigned char>(c), true);
          out += "\\u" + std::string(4 - hex.size(), '0') + hex;
        } else {
          out += c;
        }
    }
  }
  return out;
}

auto Quoted(llvm::StringRef text) -> std::string { return "\"" + Escaped(text) + "\""; }

auto Key(llvm::StringRef name) -> std::string {
  const bool is_plain =
      !name.empty() && !llvm::isDigit(name.front()) && name.front() != '-' &&
      llvm::all_of(name, [](char c) { return llvm::isAlnum(c) || c == '_' || c == '-'; });
  const bool is_word = llvm::is_contained({"true", "false", "null", "for", "if"}, name);
  return is_plain && !is_word ? name.str() : Quoted(name);
}

void Write(Lines &lines, const Block &block) {
  lines.Gap();
  WriteBlock(lines, 0, block);
}

void Write(Lines &lines, const std::vector<Entry> &entries) { WriteEntries(lines, 0, entries); }

}  // namespace groma::emit::terraform
