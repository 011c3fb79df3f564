// SPDX-License-Identifier: Apache-2.0
// report.md: for people who read text.
#include "core/names.h"
#include "report/json_writer.h"
#include "report/report.h"

namespace groma::runtime {
namespace {

// Text in a cell of a table: nothing in it may end the cell or begin another mark.
auto Cell(const std::string &text) -> std::string {
  std::string cell;
  for (const char c : CleanText(text)) {
    if (c == '\n') {
      cell += ' ';
      continue;
    }
    if (std::string("\\|*_`<>[]").find(c) != std::string::npos) cell += '\\';
    cell += c;
  }
  return cell;
}

auto Limit(const CheckRecord &check) -> std::string {
  if (check.kind != "gate") return "";
  return check.bound + " " + Figure(check.fail) + " " + check.unit;
}

}  // namespace

auto MarkdownText(const RunRecord &record) -> std::string {
  std::string text =
      "# " + Cell(record.site + "/" + record.pool) + ": " + NameOf(record.verdict()) + "\n\n";
  text += std::to_string(record.ranks) + " ranks of " + Cell(record.sku) + " (" + Cell(record.gpu) +
          "), tier " + record.tier + ", back end " + record.backend + ", " + record.started +
          ", plan " + Cell(record.plan) + ".\n\n";
  text += "| test | variant | verdict |\n|---|---|---|\n";
  for (const TestRecord &test : record.tests) {
    text +=
        "| " + Cell(test.name) + " | " + Cell(test.variant) + " | " + NameOf(test.verdict) + " |\n";
  }
  text += "\n## What to look at\n\n";
  bool is_all_well = true;
  for (const CheckRecord &check : record.checks) {
    for (const Finding &finding : check.findings) {
      if (finding.verdict == Verdict::kPass) continue;
      is_all_well = false;
      text += std::string("- **") + NameOf(finding.verdict) + "** " +
              Cell(finding.component.empty() ? check.test : finding.component) + ": " +
              Cell(finding.says);
      if (!finding.isolated.empty()) text += " (" + Cell(finding.isolated) + ")";
      text += "; " + Cell(check.name) + " in " + Cell(check.test) + ", " + Cell(check.variant) +
              ", promised at " + Cell(check.place) + "\n";
    }
  }
  if (is_all_well) text += "Nothing.\n";
  text +=
      "\n## Promises\n\n| promise | limit | least good | verdict | why |\n|---|---|---|---|---|\n";
  for (const CheckRecord &check : record.checks) {
    const std::string least = check.findings.empty() ? "" : check.findings.front().says;
    text += "| " + Cell(check.name) + " (" + Cell(check.variant) + ") | " + Cell(Limit(check)) +
            " | " + Cell(least) + " | " + NameOf(check.verdict) + " | " + Cell(check.formula) +
            " |\n";
  }
  if (const int figures = BaselineCount(record); figures > 0) {
    text += "\n## Baseline\n\n" + std::to_string(figures) +
            (figures == 1 ? " figure has" : " figures have") +
            " no limit, or one of low confidence that only warns. `baseline.groma` beside this "
            "report has lines for the plan with what this run measured.\n";
  }
  text += "\n## What this run does not prove\n\n";
  for (const std::string &sentence : record.untested) text += "- " + Cell(sentence) + "\n";
  if (record.untested.empty()) text += "All tests of the suite ran on the hardware.\n";
  return text;
}

}  // namespace groma::runtime
