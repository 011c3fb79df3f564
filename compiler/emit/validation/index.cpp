// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/validation/index.h"

#include "groma/emit/validation/text.h"

namespace groma::emit::validation {
namespace {

using acceptance::Suite;

auto Folder(const Suite &suite) -> std::string {
  const std::string folder = FolderOf(suite.shape);
  return "[" + folder + "](" + folder + "/README.md)";
}

void AddPools(output::Lines &lines, const acceptance::Acceptance &acceptance) {
  lines.Add(0, "| pool | what | suite |");
  lines.Add(0, "|---|---|---|");
  for (const Suite &suite : acceptance.suites) {
    const acceptance::Shape &shape = suite.shape;
    if (shape.line) continue;
    lines.Add(0, "| " + Cell(shape.pool) + " | " + std::to_string(shape.world()) + (shape.world() == 1 ? " GPU (" : " GPUs (") +
                     Cell(shape.gpu) + ") at " + Cell(shape.site) + " | " + Folder(suite) + " |",
              suite.because);
  }
}

void AddLinks(output::Lines &lines, const acceptance::Acceptance &acceptance) {
  lines.Gap();
  lines.Add(0, "| link | what | suite |");
  lines.Add(0, "|---|---|---|");
  for (const Suite &suite : acceptance.suites) {
    if (!suite.shape.line) continue;
    const acceptance::Line &line = *suite.shape.line;
    lines.Add(0, "| " + Cell(suite.shape.pool) + " | " + Number(line.rate) + " Gb/s, " + Cell(line.near.site) + " to " +
                     Cell(line.far.site) + " | " + Folder(suite) + " |",
              suite.because);
  }
  for (const acceptance::Untested &link : acceptance.untested) {
    lines.Add(0, "| " + Cell(link.link) + " | " + Cell(link.place) + " | none: " + Cell(link.why) + " |", link.because);
  }
}

}  // namespace

auto IndexFile(const acceptance::Acceptance &acceptance) -> output::File {
  acceptance::Spans all;
  for (const Suite &suite : acceptance.suites) all.insert(all.end(), suite.because.begin(), suite.because.end());
  output::Lines lines;
  lines.Because(all);
  lines.Add(0, "# Acceptance");
  lines.Gap();
  lines.Add(0, "One program for each pool with GPUs, and one for each link between two sites that have such pools. `runtime/` is what they share.");
  lines.Gap();
  AddPools(lines, acceptance);
  if (acceptance.untested.empty() && !acceptance.suites.back().shape.line) return lines.Take("README.md");
  AddLinks(lines, acceptance);
  return lines.Take("README.md");
}

}  // namespace groma::emit::validation
