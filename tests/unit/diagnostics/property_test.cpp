// SPDX-License-Identifier: Apache-2.0
// Whatever the text and wherever the spans, each renderer answers, and carets stay below the code.
#include <gtest/gtest.h>

#include <random>

#include "groma/diagnostics/apply_fixes.h"
#include "groma/diagnostics/render_github.h"
#include "groma/diagnostics/render_json.h"
#include "groma/diagnostics/render_junit.h"
#include "groma/diagnostics/render_sarif.h"
#include "groma/diagnostics/render_text.h"
#include "groma/diagnostics/scalars.h"
#include "llvm/ADT/SmallVector.h"
#include "plans.h"

namespace groma::diagnostics {
namespace {

using Random = std::mt19937;

auto Below(Random &random, size_t limit) -> uint32_t {
  return static_cast<uint32_t>(random() % limit);
}

// Lines of narrow, wide, combining, deceptive and broken scalars.
auto RandomText(Random &random) -> std::string {
  static constexpr llvm::StringLiteral kPieces[] = {"a",
                                                    "let ",
                                                    "\t",
                                                    "\n",
                                                    "\n",
                                                    "\r\n",
                                                    "\xC3\xA9",
                                                    "\xCC\x81",
                                                    "\xE6\x9D\xB1",
                                                    "\"",
                                                    "\xF0\x9F\x98\x80",
                                                    "\xE2\x80\xAE",
                                                    "\xFF",
                                                    "\xE6\x9D",
                                                    "\x80",
                                                    "\x1b",
                                                    "\r",
                                                    "    "};
  std::string text;
  const uint32_t pieces = Below(random, 120);
  // Some texts are one long line.
  const bool is_long = Below(random, 4) == 0;
  for (uint32_t i = 0; i < pieces * (is_long ? 4 : 1); ++i) {
    const llvm::StringRef piece = kPieces[Below(random, std::size(kPieces))];
    if (!piece.contains('\n')) text += piece;
    if (!is_long && piece.contains('\n')) text += "$" + piece.str();
  }
  return text + "$";
}

auto RandomSpan(Random &random, uint32_t limit) -> Span {
  const uint32_t begin = Below(random, limit);
  return {begin, begin + Below(random, Below(random, 2) == 0 ? 6 : 80)};
}

auto RandomDiagnostic(Random &random, uint32_t limit) -> Diagnostic {
  static constexpr llvm::StringLiteral kTexts[] = {"", "this", "a longer text", "\xE6\x9D\xB1"};
  const Row rows[] = {kUnknownName, kUnused, kRemark};
  Diagnostic d = Say(rows[Below(random, 3)], "message");
  for (uint32_t i = Below(random, 6); i > 0; --i) {
    d.labels.push_back({RandomSpan(random, limit), kTexts[Below(random, 4)].str()});
  }
  for (uint32_t i = Below(random, 3); i > 0; --i) {
    Fix fix{"fix", {}, Below(random, 2) == 0 ? Applicability::Safe : Applicability::Unsafe};
    for (uint32_t j = Below(random, 3); j > 0; --j) {
      fix.edits.push_back({RandomSpan(random, limit), Below(random, 2) == 0 ? "x" : "\ny\n"});
    }
    d.fixes.push_back(std::move(fix));
  }
  return d;
}

auto WidthOf(llvm::StringRef text) -> size_t {
  size_t width = 0;
  for (size_t at = 0; at < text.size();) {
    const Scalar scalar = DecodeScalar(text, at);
    width += Show(text, at, scalar).columns;
    at += scalar.bytes;
  }
  return width;
}

// Lines end in `$`, so that the code is shown to its end. A caret may stand one column behind it,
// where something is missing.
void ExpectCaretsBelowCode(llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef> lines;
  text.split(lines, '\n');
  size_t code_width = 0;
  for (const llvm::StringRef line : lines) {
    if (line.starts_with("help:")) return;
    const size_t bar = line.find('|');
    if (bar == llvm::StringRef::npos) continue;
    const bool is_code = !line.substr(0, bar).trim().empty();
    if (is_code) code_width = WidthOf(line);
    const size_t last = is_code ? llvm::StringRef::npos : line.rfind('^');
    if (last != llvm::StringRef::npos) {
      EXPECT_LE(WidthOf(line.substr(0, last)), code_width) << text.str();
    }
  }
}

TEST(Property, AnySpanInAnyTextIsRendered) {
  for (uint32_t seed = 0; seed < 1000; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    Plan plan(RandomText(random));
    plan.Add("second.groma", RandomText(random));
    const auto limit = static_cast<uint32_t>(plan.file(1).base + plan.file(1).text.size() + 3);
    std::vector<Diagnostic> diagnostics;
    for (uint32_t i = Below(random, 4); i > 0; --i) {
      diagnostics.push_back(RandomDiagnostic(random, limit));
    }
    for (const Diagnostic &diagnostic : diagnostics) {
      std::string text;
      llvm::raw_string_ostream out(text);
      RenderText(plan.sources(), diagnostic, {.color = false, .width = 60}, out);
      EXPECT_EQ(ToUtf8(text), text) << "not UTF-8";
      EXPECT_EQ(text.find('\x1b'), std::string::npos);
      ExpectCaretsBelowCode(text);
    }
    std::string text;
    llvm::raw_string_ostream out(text);
    RenderText(plan.sources(), diagnostics, {.color = true}, out);
    RenderJson(plan.sources(), diagnostics, out);
    RenderSarif(plan.sources(), diagnostics, {}, out);
    RenderGithub(plan.sources(), diagnostics, out);
    RenderJunit(plan.sources(), diagnostics, out);
    for (uint32_t i = 0; i < 2; ++i) {
      ApplyFixes(plan.file(i), diagnostics, Applicability::Unsafe);
    }
  }
}

// One label of one line: its carets cover exactly the columns of its scalars.
TEST(Property, CaretsCoverTheSpan) {
  static constexpr llvm::StringLiteral kPieces[] = {
      "a", "\t", "\xC3\xA9", "\xE6\x9D\xB1", "\xF0\x9F\x98\x80", "b", "e\xCC\x81"};
  for (uint32_t seed = 0; seed < 1000; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    std::string before = "x";
    std::string inside = "y";
    for (uint32_t i = Below(random, 20); i > 0; --i) before += kPieces[Below(random, 7)];
    for (uint32_t i = Below(random, 20); i > 0; --i) inside += kPieces[Below(random, 7)];
    const Plan plan(before + inside + "z\n");
    const auto begin = static_cast<uint32_t>(1 + before.size());
    const Span span{begin, begin + static_cast<uint32_t>(inside.size())};
    std::string text;
    llvm::raw_string_ostream out(text);
    RenderText(plan.sources(), Say(kUnknownName, "m", {{span, "here"}}), {}, out);
    EXPECT_TRUE(llvm::StringRef(text).ends_with("\n  | " + std::string(WidthOf(before), ' ') +
                                                std::string(WidthOf(inside), '^') + " here\n\n"))
        << text;
  }
}

}  // namespace
}  // namespace groma::diagnostics
