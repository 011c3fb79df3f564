// SPDX-License-Identifier: Apache-2.0
// The sink collects what is wrong with the user's plan; every pass takes one and none throws.
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "groma/diagnostics/diagnostic.h"

namespace groma::diagnostics {

// Adds to the diagnostic that was reported last; use it in the same expression.
class Builder {
 public:
  explicit Builder(Diagnostic *diagnostic) : diagnostic_(diagnostic) {}

  // Text beside the primary place.
  auto Here(std::string text) -> Builder &;
  // A further place and what it has to do with it. Dropped if it has no place.
  auto Label(Span span, std::string text) -> Builder &;
  auto Note(std::string text) -> Builder &;
  auto Help(std::string text) -> Builder &;
  // The title is shown as the help; it begins with a lower-case verb.
  auto Fix(Span span, std::string title, std::string replacement,
           Applicability applicability = Applicability::Safe) -> Builder &;
  auto Fix(std::string title, std::vector<Edit> edits, Applicability applicability) -> Builder &;

 private:
  // Null when the report was dropped as a repetition.
  Diagnostic *diagnostic_;
};

class Sink {
 public:
  template <typename... Args>
  auto Report(const Definition<Args...> &definition, Span at, std::type_identity_t<Args>... args)
      -> Builder {
    std::vector<std::string> texts;
    (texts.push_back(Spell(std::move(args))), ...);
    return Add(definition.row, at, texts);
  }

  auto has_errors() const -> bool { return errors_ > 0; }
  auto error_count() const -> size_t { return errors_; }
  auto diagnostics() const -> const std::vector<Diagnostic> & { return diagnostics_; }

  // What `other` collected is said here too: it was kept for a trial that turned out well.
  void Append(Sink &&other);

  // Adds a note to every error so far: what they have in common, such as where they hold.
  void NoteErrors(const std::string &note);

  // Orders by place, then code, and drops repetitions; stable, so that output does not depend on
  // the order in which passes look at things.
  void Sort();

 private:
  static auto Spell(std::string text) -> std::string { return text; }
  static auto Spell(int64_t number) -> std::string { return std::to_string(number); }

  auto Add(const Row &row, Span at, const std::vector<std::string> &args) -> Builder;

  std::vector<Diagnostic> diagnostics_;
  size_t errors_ = 0;
};

}  // namespace groma::diagnostics
