// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/render_text.h"

#include <algorithm>

#include "groma/diagnostics/fix_preview.h"
#include "groma/diagnostics/scalars.h"
#include "groma/diagnostics/snippet.h"
#include "llvm/ADT/SmallVector.h"

namespace groma::diagnostics {
namespace {

auto StyleOf(Severity severity) -> Style {
  switch (severity) {
    case Severity::Error:
      return Style::Error;
    case Severity::Warning:
      return Style::Warning;
    case Severity::Note:
      return Style::Note;
  }
  return Style::Note;
}

class Block {
 public:
  Block(const source::Set &sources, const Diagnostic &diagnostic, const TextOptions &options,
        llvm::raw_ostream &out);

  void Write();

 private:
  void WriteHeader();
  void WriteSnippets();
  void WriteRemark(llvm::StringRef word, Style style, llvm::StringRef text);
  void WriteFix(const Fix &fix, const std::optional<FixPreview> &preview);
  void WritePlace(llvm::StringRef arrow, const source::Place &place);
  // An empty row between the code and what is said about it.
  void WriteBar();
  // Writes `text` with its further lines indented to stand below its first.
  void WriteIndented(llvm::StringRef text, size_t indent, Style style);

  const source::Set &sources_;
  const Diagnostic &diagnostic_;
  const TextOptions &options_;
  llvm::raw_ostream &out_;
  SnippetOptions snippet_;
  // The labels of one file each; that of the primary label first.
  std::vector<std::vector<Pointer>> files_;
  std::vector<std::optional<FixPreview>> previews_;
};

Block::Block(const source::Set &sources, const Diagnostic &diagnostic, const TextOptions &options,
             llvm::raw_ostream &out)
    : sources_(sources), diagnostic_(diagnostic), options_(options), out_(out) {
  uint32_t largest = 1;
  for (size_t i = 0; i < diagnostic.labels.size(); ++i) {
    auto region = RegionOf(sources, diagnostic.labels[i].span);
    if (!region) continue;
    largest = std::max({largest, region->first.line, LastLine(*region)});
    auto file = std::find_if(files_.begin(), files_.end(), [&](const std::vector<Pointer> &group) {
      return group.front().region.file == region->file;
    });
    if (file == files_.end()) file = files_.emplace(files_.end());
    file->push_back({*region, diagnostic.labels[i].text, i == 0});
  }
  for (const Fix &fix : diagnostic.fixes) {
    previews_.push_back(PreviewFix(sources, fix));
    if (previews_.back()) largest = std::max(largest, previews_.back()->largest_line());
  }
  snippet_.color = options.color;
  snippet_.width = options.width;
  snippet_.primary = StyleOf(diagnostic.row.severity);
  snippet_.gutter = std::to_string(largest).size();
}

void Block::Write() {
  WriteHeader();
  WriteSnippets();
  const bool has_remarks =
      !diagnostic_.notes.empty() || !diagnostic_.helps.empty() || !diagnostic_.fixes.empty();
  if (!files_.empty() && has_remarks) WriteBar();
  for (const std::string &note : diagnostic_.notes) WriteRemark("note", Style::Note, note);
  for (const std::string &help : diagnostic_.helps) WriteRemark("help", Style::Help, help);
  for (size_t i = 0; i < diagnostic_.fixes.size(); ++i) {
    WriteFix(diagnostic_.fixes[i], previews_[i]);
  }
  out_ << '\n';
}

void Block::WriteHeader() {
  std::string head = Word(diagnostic_.row.severity).str();
  if (!diagnostic_.row.code.empty()) head += "[" + std::string(diagnostic_.row.code) + "]";
  WriteStyled(out_, head, snippet_.primary, options_.color);
  WriteStyled(out_, ": ", Style::Bold, options_.color);
  WriteIndented(diagnostic_.message, head.size() + 2, Style::Bold);
}

void Block::WriteSnippets() {
  for (size_t i = 0; i < files_.size(); ++i) {
    WritePlace(i == 0 ? "--> " : "::: ", files_[i].front().region.first);
    WriteBar();
    WriteSnippet(sources_, files_[i], snippet_, out_);
  }
}

void Block::WritePlace(llvm::StringRef arrow, const source::Place &place) {
  out_.indent(static_cast<unsigned>(snippet_.gutter));
  WriteStyled(out_, arrow, Style::Gutter, options_.color);
  out_ << ShowText(Spell(place)) << '\n';
}

void Block::WriteBar() {
  out_.indent(static_cast<unsigned>(snippet_.gutter + 1));
  WriteStyled(out_, "|", Style::Gutter, options_.color);
  out_ << '\n';
}

void Block::WriteRemark(llvm::StringRef word, Style style, llvm::StringRef text) {
  const size_t gutter = files_.empty() ? 0 : snippet_.gutter;
  out_.indent(static_cast<unsigned>(gutter + 1));
  WriteStyled(out_, "= ", Style::Gutter, options_.color);
  WriteStyled(out_, word, style, options_.color);
  out_ << ": ";
  WriteIndented(text, gutter + 1 + 2 + word.size() + 2, Style::Plain);
}

void Block::WriteFix(const Fix &fix, const std::optional<FixPreview> &preview) {
  if (!preview) {
    WriteRemark("help", Style::Help, fix.title);
    return;
  }
  WriteStyled(out_, "help", Style::Help, options_.color);
  out_ << ": ";
  WriteIndented(fix.title, 6, Style::Plain);
  const bool is_elsewhere =
      files_.empty() || files_.front().front().region.file != preview->place.file;
  if (is_elsewhere) WritePlace("--> ", preview->place);
  WritePreview(*preview, snippet_, out_);
}

void Block::WriteIndented(llvm::StringRef text, size_t indent, Style style) {
  const std::string shown = ShowText(text);
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(shown).split(lines, '\n');
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i > 0 && !lines[i].empty()) out_.indent(static_cast<unsigned>(indent));
    WriteStyled(out_, lines[i], style, options_.color);
    out_ << '\n';
  }
}

auto Count(llvm::ArrayRef<Diagnostic> diagnostics, Severity severity) -> std::string {
  const auto count = std::count_if(diagnostics.begin(), diagnostics.end(),
                                   [&](const auto &d) { return d.row.severity == severity; });
  if (count == 0) return "";
  return std::to_string(count) + " " + Word(severity).str() + (count == 1 ? "" : "s");
}

}  // namespace

void RenderText(const source::Set &sources, llvm::ArrayRef<Diagnostic> diagnostics,
                const TextOptions &options, llvm::raw_ostream &out) {
  for (const Diagnostic &diagnostic : diagnostics) {
    Block(sources, diagnostic, options, out).Write();
  }
}

auto Summary(llvm::ArrayRef<Diagnostic> diagnostics) -> std::string {
  std::string out;
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Note}) {
    const std::string count = Count(diagnostics, severity);
    if (count.empty()) continue;
    if (!out.empty()) out += ", ";
    out += count;
  }
  return out;
}

}  // namespace groma::diagnostics
