// SPDX-License-Identifier: Apache-2.0
// A project file as a tree: statements of words, some with statements inside. Of plans it knows
// nothing.
#pragma once

#include <string>
#include <vector>

#include "groma/output/file.h"

namespace groma::emit::taskjuggler {

struct Word {
  std::string text;
  bool is_quoted = false;
};

struct Statement {
  std::vector<Word> words;
  std::vector<source::Span> because;
  std::vector<Statement> inside = {};
  bool is_block = false;  // braces follow, even if nothing stands inside

  auto Add(std::string word) -> Statement & {
    words.push_back({std::move(word), false});
    return *this;
  }
  auto Quote(std::string text) -> Statement & {
    words.push_back({std::move(text), true});
    return *this;
  }
};

// What stands for `text` between quotes. Macros are called within quotes too; here they are not.
auto Quoted(const std::string &text) -> std::string;

auto Print(const std::vector<Statement> &statements) -> output::File;

}  // namespace groma::emit::taskjuggler
