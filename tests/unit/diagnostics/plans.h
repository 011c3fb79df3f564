// SPDX-License-Identifier: Apache-2.0
// Small plans with diagnostics, for the tests of the renderers.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "groma/diagnostics/diagnostic.h"
#include "groma/source/set.h"

namespace groma::diagnostics {

inline constexpr Row kUnknownName = {"UnknownName", "GR0203", Severity::Error, "no `{0}` here"};
inline constexpr Row kUnused = {"Unused", "GR0150", Severity::Warning, "`{0}` is not used"};
inline constexpr Row kRemark = {"Remark", "GR0299", Severity::Note, "`{0}` is decided here"};

class Plan {
 public:
  Plan() = default;
  explicit Plan(std::string text) { Add("plan.groma", std::move(text)); }

  auto Add(std::string name, std::string text) -> source::FileId {
    return sources_.Add(std::move(name), std::move(text));
  }
  auto AddLibrary(std::string name, llvm::StringRef text) -> source::FileId {
    return sources_.AddBorrowed(std::move(name), text, true);
  }

  // The span of the words' first occurrence in a file, or of the `nth`.
  auto Of(llvm::StringRef words, int nth = 1, uint32_t file = 0) const -> Span {
    const source::File &where = sources_.file(static_cast<source::FileId>(file));
    size_t at = where.text.find(words);
    while (--nth > 0) at = where.text.find(words, at + 1);
    if (at == llvm::StringRef::npos) {
      ADD_FAILURE() << "no `" << words.str() << "` in the plan";
      return {};
    }
    const auto begin = where.base + static_cast<uint32_t>(at);
    return {begin, begin + static_cast<uint32_t>(words.size())};
  }

  // From the beginning of one span to the end of another.
  static auto From(Span a, Span b) -> Span { return {a.begin, b.end}; }
  static auto Before(Span a) -> Span { return {a.begin, a.begin}; }
  static auto After(Span a) -> Span { return {a.end, a.end}; }

  auto sources() const -> const source::Set & { return sources_; }
  auto file(uint32_t id) const -> const source::File & {
    return sources_.file(static_cast<source::FileId>(id));
  }

 private:
  source::Set sources_;
};

inline auto Say(const Row &row, std::string message, std::vector<Label> labels = {}) -> Diagnostic {
  Diagnostic diagnostic;
  diagnostic.row = row;
  diagnostic.message = std::move(message);
  diagnostic.labels = std::move(labels);
  return diagnostic;
}

}  // namespace groma::diagnostics
