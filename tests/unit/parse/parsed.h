// SPDX-License-Identifier: Apache-2.0
// A text, its tree and what was said about it.
#pragma once

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "groma/parse/parse.h"

namespace groma::parse {

struct Parsed {
  std::unique_ptr<source::Set> files = std::make_unique<source::Set>();
  diagnostics::Sink sink;
  syntax::Tree tree;

  auto codes() const -> std::vector<std::string> {
    std::vector<std::string> codes;
    for (const auto &d : sink.diagnostics()) codes.emplace_back(d.row.code);
    return codes;
  }
  auto lines() const -> std::vector<uint32_t> {
    std::vector<uint32_t> lines;
    for (const auto &d : sink.diagnostics())
      lines.push_back(files->PlaceOf(d.primary().begin).line);
    return lines;
  }
};

inline auto ParseText(std::string text) -> Parsed {
  Parsed parsed;
  const source::FileId id = parsed.files->Add("test.groma", std::move(text));
  parsed.tree = Parse(parsed.files->file(id), parsed.sink);
  parsed.sink.Sort();
  return parsed;
}

// Applies the first fix of every diagnostic.
inline auto Fixed(const Parsed &parsed) -> std::string {
  const source::File &file = parsed.files->file(source::FileId{0});
  std::string text = file.text.str();
  std::vector<diagnostics::Edit> edits;
  for (const auto &d : parsed.sink.diagnostics()) {
    if (!d.fixes.empty()) {
      edits.insert(edits.end(), d.fixes[0].edits.begin(), d.fixes[0].edits.end());
    }
  }
  std::sort(edits.begin(), edits.end(),
            [](const auto &a, const auto &b) { return a.span.begin > b.span.begin; });
  for (const auto &edit : edits) {
    text.replace(edit.span.begin - file.base, edit.span.end - edit.span.begin, edit.replacement);
  }
  return text;
}

inline auto ReadExample(const std::string &name) -> std::string {
  std::ifstream in(GROMA_SOURCE_DIR "/examples/contoso_ai/" + name + ".groma");
  return {std::istreambuf_iterator<char>(in), {}};
}

inline auto Examples() -> std::vector<std::string> {
  std::vector<std::string> texts;
  for (const char *name : {"plan", "sites", "workloads", "delivery"}) {
    texts.push_back(ReadExample(name));
  }
  return texts;
}

}  // namespace groma::parse
