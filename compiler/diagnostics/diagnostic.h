// SPDX-License-Identifier: Apache-2.0
// A diagnostic is one finished message: what is wrong, where, why, and how to get out of it.
#pragma once

#include <string>
#include <vector>

#include "groma/diagnostics/definition.h"
#include "groma/source/span.h"

namespace groma::diagnostics {

using source::Span;

struct Label {
  Span span;
  // May be empty: the span alone is then underlined.
  std::string text;
};

struct Edit {
  // Empty for an insertion.
  Span span;
  std::string replacement;
};

// Safe: surely what was meant; `groma fmt`-like tools may apply it. Unsafe: shown, applied on request.
enum class Applicability : uint8_t { Safe, Unsafe };

struct Fix {
  std::string title;
  std::vector<Edit> edits;
  Applicability applicability = Applicability::Safe;
};

struct Diagnostic {
  Row row;
  std::string message;
  // The first label is the primary one; without a place (usage, I/O) there is none.
  std::vector<Label> labels;
  std::vector<std::string> notes;
  std::vector<std::string> helps;
  std::vector<Fix> fixes;

  auto primary() const -> Span { return labels.empty() ? Span{} : labels.front().span; }
};

}  // namespace groma::diagnostics
