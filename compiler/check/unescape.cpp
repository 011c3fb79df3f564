// SPDX-License-Identifier: Apache-2.0
// The text that a string literal stands for. What is no escape was reported by the parser.
#include "groma/check/checker.h"
#include "llvm/Support/ConvertUTF.h"

namespace groma::check {
namespace {

// Reads `{1F600}` behind `\u`; empty if it is no scalar.
auto ReadScalar(llvm::StringRef rest, size_t &length) -> std::string {
  const size_t end = rest.find('}');
  if (!rest.starts_with("{") || end == llvm::StringRef::npos || end > 7) return {};
  uint32_t scalar = 0;
  if (rest.slice(1, end).getAsInteger(16, scalar)) return {};
  if (scalar == 0 || scalar > 0x10FFFF || (scalar >= 0xD800 && scalar < 0xE000)) return {};
  char buffer[4];
  char *out = buffer;
  if (!llvm::ConvertCodePointToUTF8(scalar, out)) return {};
  length = end + 1;
  return {buffer, out};
}

}  // namespace

auto Checker::Unescape(NodeId node, const Frame &frame) -> llvm::StringRef {
  const Tree &tree = *frame.tree;
  llvm::StringRef raw = tree.text(node);
  if (tree.kind(node) == NodeKind::String) raw = raw.drop_front().drop_back();
  if (!raw.contains('\\')) return raw;
  std::string out;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      out += raw[i];
      continue;
    }
    const char escape = raw[++i];
    if (escape == 'n') {
      out += '\n';
    } else if (escape == 't') {
      out += '\t';
    } else if (escape == '"' || escape == '\\' || escape == '$') {
      out += escape;
    } else {
      size_t length = 0;
      const std::string scalar =
          escape == 'u' ? ReadScalar(raw.drop_front(i + 1), length) : std::string();
      out += scalar;
      i += length;
    }
  }
  return model_.Keep(llvm::StringRef(out));
}

}  // namespace groma::check
