// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/sink.h"

#include <algorithm>
#include <tuple>

namespace groma::diagnostics {
namespace {

auto Format(std::string_view text, const std::vector<std::string> &args) -> std::string {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}' && text[i + 1] >= '0' &&
        text[i + 1] <= '9') {
      out += args[static_cast<size_t>(text[i + 1] - '0')];
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

auto Key(const Diagnostic &d) {
  return std::make_tuple(d.primary().begin, d.primary().end, d.row.code);
}

// The second place of a message tells which of two rules it is that say the same of one thing.
auto SecondPlace(const Diagnostic &diagnostic) -> std::pair<uint32_t, uint32_t> {
  if (diagnostic.labels.size() < 2) return {};
  return {diagnostic.labels[1].span.begin, diagnostic.labels[1].span.end};
}

auto IsAlike(const Diagnostic &a, const Diagnostic &b) -> bool {
  return Key(a) == Key(b) && a.message == b.message;
}

auto IsSame(const Diagnostic &a, const Diagnostic &b) -> bool {
  const auto is_same_label = [](const Label &x, const Label &y) {
    return x.span == y.span && x.text == y.text;
  };
  return IsAlike(a, b) &&
         std::equal(a.labels.begin(), a.labels.end(), b.labels.begin(), b.labels.end(),
                    is_same_label);
}

}  // namespace

auto Builder::Here(std::string text) -> Builder & {
  if (diagnostic_ != nullptr && !diagnostic_->labels.empty()) {
    diagnostic_->labels.front().text = std::move(text);
  }
  return *this;
}

auto Builder::Label(Span span, std::string text) -> Builder & {
  if (diagnostic_ != nullptr && span.is_valid()) {
    diagnostic_->labels.push_back({span, std::move(text)});
  }
  return *this;
}

auto Builder::Note(std::string text) -> Builder & {
  if (diagnostic_ != nullptr) diagnostic_->notes.push_back(std::move(text));
  return *this;
}

auto Builder::Help(std::string text) -> Builder & {
  if (diagnostic_ != nullptr) diagnostic_->helps.push_back(std::move(text));
  return *this;
}

auto Builder::Fix(Span span, std::string title, std::string replacement,
                  Applicability applicability) -> Builder & {
  return Fix(std::move(title), {{span, std::move(replacement)}}, applicability);
}

auto Builder::Fix(std::string title, std::vector<Edit> edits, Applicability applicability)
    -> Builder & {
  if (diagnostic_ != nullptr) {
    diagnostic_->fixes.push_back({std::move(title), std::move(edits), applicability});
  }
  return *this;
}

auto Sink::Add(const Row &row, Span at, const std::vector<std::string> &args) -> Builder {
  Diagnostic diagnostic;
  diagnostic.row = row;
  diagnostic.message = Format(row.text, args);
  if (at.is_valid()) diagnostic.labels.push_back({at, ""});
  if (row.severity == Severity::Error) ++errors_;
  diagnostics_.push_back(std::move(diagnostic));
  return Builder(&diagnostics_.back());
}

void Sink::Append(Sink &&other) {
  errors_ += other.errors_;
  std::move(other.diagnostics_.begin(), other.diagnostics_.end(), std::back_inserter(diagnostics_));
  other.diagnostics_.clear();
  other.errors_ = 0;
}

void Sink::NoteErrors(const std::string &note) {
  for (Diagnostic &diagnostic : diagnostics_) {
    if (diagnostic.row.severity == Severity::Error) diagnostic.notes.push_back(note);
  }
}

void Sink::Sort() {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [](const Diagnostic &a, const Diagnostic &b) {
                     return std::make_tuple(Key(a), std::string_view(a.message), SecondPlace(a)) <
                            std::make_tuple(Key(b), std::string_view(b.message), SecondPlace(b));
                   });
  std::vector<Diagnostic> kept;
  for (Diagnostic &diagnostic : diagnostics_) {
    // What is alike stands together now.
    auto same = kept.rbegin();
    while (same != kept.rend() && IsAlike(*same, diagnostic) && !IsSame(*same, diagnostic)) ++same;
    if (same == kept.rend() || !IsAlike(*same, diagnostic)) {
      kept.push_back(std::move(diagnostic));
      continue;
    }
    // The same of two environments: both say where.
    for (std::string &note : diagnostic.notes) {
      const bool is_new = std::find(same->notes.begin(), same->notes.end(), note) == same->notes.end();
      if (is_new) same->notes.push_back(std::move(note));
    }
  }
  diagnostics_ = std::move(kept);
  errors_ = static_cast<size_t>(
      std::count_if(diagnostics_.begin(), diagnostics_.end(),
                    [](const Diagnostic &d) { return d.row.severity == Severity::Error; }));
}

}  // namespace groma::diagnostics
