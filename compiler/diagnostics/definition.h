// SPDX-License-Identifier: Apache-2.0
// A definition is one row of a pass's table of messages: code, severity, text, and argument types.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace groma::diagnostics {

enum class Severity : uint8_t { Error, Warning, Note };

struct Row {
  std::string_view name;
  std::string_view code;
  Severity severity;
  // `{0}`, `{1}` ... stand for the arguments.
  std::string_view text;
};

// `Args` are std::string or int64_t: a diagnostic owns what it says.
template <typename... Args>
struct Definition {
  Row row;
};

// One more than the largest placeholder.
consteval auto CountPlaceholders(std::string_view text) -> size_t {
  size_t count = 0;
  for (size_t i = 0; i + 2 < text.size(); ++i) {
    if (text[i] == '{' && text[i + 1] >= '0' && text[i + 1] <= '9' && text[i + 2] == '}') {
      const size_t index = static_cast<size_t>(text[i + 1] - '0') + 1;
      if (index > count) count = index;
    }
  }
  return count;
}

template <typename... Args>
consteval auto CountArguments() -> size_t {
  return sizeof...(Args);
}

}  // namespace groma::diagnostics

// Included by a pass before its table:
//   #define GROMA_DIAGNOSTIC GROMA_DEFINE_DIAGNOSTIC
//   #include "check.def"
//   #undef GROMA_DIAGNOSTIC
// A wrong number of placeholders does not compile, nor does a wrong argument at `Sink::Report`.
#define GROMA_DEFINE_DIAGNOSTIC(name, code, severity, text, ...)                               \
  inline constexpr ::groma::diagnostics::Definition<__VA_ARGS__> name{                         \
      {#name, code, ::groma::diagnostics::Severity::severity, text}};                          \
  static_assert(::groma::diagnostics::CountPlaceholders(text) ==                               \
                    ::groma::diagnostics::CountArguments<__VA_ARGS__>(),                       \
                "placeholders and arguments of " code " differ");
