// SPDX-License-Identifier: Apache-2.0
// A chart as a tree: sections with bars. Of plans it knows nothing.
#pragma once

#include <string>
#include <vector>

#include "groma/base/date.h"
#include "groma/output/file.h"

namespace groma::emit::mermaid {

struct Bar {
  std::string title, id;
  std::vector<std::string> tags;
  base::Date first, last;  // the last day is worked on; a milestone has one day
  bool is_milestone = false;
  std::vector<source::Span> because;
};

struct Section {
  std::string title;
  std::vector<Bar> bars;
  std::vector<source::Span> because;
};

struct Chart {
  std::string title;
  std::vector<std::string> excludes;  // days of the week, and days
  std::vector<Section> sections;
  std::vector<source::Span> because;
};

// A text that stays a text wherever the chart has one.
auto Harmless(const std::string &text) -> std::string;

auto Print(const Chart &chart) -> output::File;

}  // namespace groma::emit::mermaid
