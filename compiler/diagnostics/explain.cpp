// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/explain.h"

#include <algorithm>

#include "groma/diagnostics/canvas.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::diagnostics {
namespace {

constexpr llvm::StringLiteral kFence = "```";
constexpr llvm::StringLiteral kFileMarker = "// --- ";
constexpr llvm::StringLiteral kDefaultFile = "plan.groma";

// Splits at blanks outside `quote`; the quotes go.
auto SplitWords(llvm::StringRef text, char quote) -> std::vector<std::string> {
  std::vector<std::string> words;
  bool is_quoted = false;
  bool in_word = false;
  for (const char c : text) {
    if (c == quote) {
      is_quoted = !is_quoted;
      if (!in_word) words.emplace_back();
      in_word = true;
    } else if (c == ' ' && !is_quoted) {
      in_word = false;
    } else {
      if (!in_word) words.emplace_back();
      in_word = true;
      words.back() += c;
    }
  }
  return words;
}

auto IsCode(llvm::StringRef text) -> bool {
  return text.size() == 6 && text.starts_with("GR") &&
         std::all_of(text.begin() + 2, text.end(), llvm::isDigit);
}

class PageParser {
 public:
  explicit PageParser(llvm::StringRef markdown) { markdown.split(lines_, '\n'); }

  auto Parse() -> Page {
    ParseTitle();
    page_.sections.emplace_back();
    for (; at_ < lines_.size(); ++at_) ParseLine();
    for (PageSection &section : page_.sections) {
      section.body = llvm::StringRef(section.body).trim('\n').str();
    }
    page_.summary = page_.sections.front().body;
    page_.sections.erase(page_.sections.begin());
    CheckForm();
    return std::move(page_);
  }

 private:
  void ParseTitle() {
    const llvm::StringRef line = lines_[at_].rtrim();
    const auto [code, title] = line.split(": ");
    if (!line.starts_with("# ") || !IsCode(code.drop_front(2)) || title.empty()) {
      Complain("a page begins with `# GR0000: title`");
      return;
    }
    page_.code = code.drop_front(2).str();
    page_.title = title.str();
    ++at_;
  }

  void ParseLine() {
    llvm::StringRef line = lines_[at_].rtrim();
    if (line.starts_with(kFence)) {
      ParseFence(line.drop_front(kFence.size()));
    } else if (line.consume_front("## ")) {
      page_.sections.push_back({line.str(), ""});
    } else {
      Keep(line);
    }
  }

  // `at_` is left on the closing fence.
  void ParseFence(llvm::StringRef header) {
    Keep(lines_[at_].rtrim());
    const bool is_example = header.split(' ').first == "groma";
    Example example;
    if (is_example) ParseHeader(header, example);
    const size_t opened = at_;
    for (++at_; at_ < lines_.size(); ++at_) {
      const llvm::StringRef line = lines_[at_].rtrim();
      Keep(line);
      if (line == kFence) break;
      if (is_example) AddLine(example, line);
    }
    if (at_ >= lines_.size()) {
      at_ = opened;
      Complain("the fence is not closed");
      at_ = lines_.size();
    }
    if (!is_example) return;
    if (example.files.empty()) Complain("the example is empty");
    page_.examples.push_back(std::move(example));
  }

  void ParseHeader(llvm::StringRef header, Example &example) {
    bool has_verdict = false;
    const std::vector<std::string> words = SplitWords(header, '"');
    for (llvm::StringRef word : llvm::ArrayRef<std::string>(words).drop_front()) {
      if (word == "ok") {
        has_verdict = true;
      } else if (word == "workspace") {
        example.is_workspace = true;
      } else if (word.consume_front("error=")) {
        has_verdict = true;
        example.expected_code = word.str();
        if (!IsCode(word)) Complain("`" + word.str() + "` is not a code");
      } else if (word.consume_front("args=")) {
        example.args = SplitWords(word, '\'');
      } else {
        Complain("unknown option `" + word.str() + "`");
      }
    }
    if (!has_verdict) Complain("an example says `ok` or `error=CODE`");
  }

  void AddLine(Example &example, llvm::StringRef line) {
    if (line.starts_with(kFileMarker)) {
      example.files.push_back({line.drop_front(kFileMarker.size()).trim().str(), ""});
      return;
    }
    if (example.files.empty()) example.files.push_back({kDefaultFile.str(), ""});
    example.files.back().text += line.str() + "\n";
  }

  void CheckForm() {
    // What is missing has no line; it is told at the title.
    at_ = 0;
    const auto has_section = [&](llvm::StringRef heading) {
      return std::any_of(page_.sections.begin(), page_.sections.end(),
                         [&](const PageSection &s) { return s.heading == heading; });
    };
    if (page_.summary.empty()) Complain("no paragraph below the title");
    // What no plan can bring about (a full disk, a wrong command line) is told in words.
    if (has_section("When it comes") && page_.examples.empty()) return;
    for (const llvm::StringRef heading : {"Erroneous plan", "Corrected plan"}) {
      if (!has_section(heading)) Complain("no section `## " + heading.str() + "`");
    }
    const auto has_example = [&](llvm::StringRef code) {
      return std::any_of(page_.examples.begin(), page_.examples.end(),
                         [&](const Example &e) { return e.expected_code == code; });
    };
    if (!has_example(page_.code)) Complain("no example with `error=" + page_.code + "`");
    if (!has_example("")) Complain("no example with `ok`");
  }

  void Keep(llvm::StringRef line) { page_.sections.back().body += line.str() + "\n"; }

  void Complain(const std::string &text) {
    const size_t line = std::min(at_ + 1, lines_.size());
    page_.problems.push_back(std::to_string(line) + ": " + text);
  }

  llvm::SmallVector<llvm::StringRef> lines_;
  size_t at_ = 0;
  Page page_;
};

void RenderBody(llvm::StringRef body, llvm::raw_ostream &out) {
  llvm::SmallVector<llvm::StringRef> lines;
  body.split(lines, '\n');
  bool is_code = false;
  for (const llvm::StringRef line : lines) {
    if (line.starts_with(kFence)) {
      is_code = !is_code;
    } else {
      if (is_code && !line.empty()) out << "    ";
      out << line << '\n';
    }
  }
}

}  // namespace

auto ParsePage(llvm::StringRef markdown) -> Page { return PageParser(markdown).Parse(); }

void RenderPage(const Page &page, const PageOptions &options, llvm::raw_ostream &out) {
  WriteStyled(out, page.code + ": " + page.title, Style::Bold, options.color);
  out << "\n\n";
  RenderBody(page.summary, out);
  for (const PageSection &section : page.sections) {
    out << '\n';
    WriteStyled(out, section.heading, Style::Bold, options.color);
    out << "\n\n";
    RenderBody(section.body, out);
  }
}

}  // namespace groma::diagnostics
