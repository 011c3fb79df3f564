// SPDX-License-Identifier: Apache-2.0
// junit.xml: one case for each test and variant.
#include "report/json_writer.h"
#include "report/report.h"
#include "report/xml.h"

namespace groma::runtime {
namespace {

auto Lines(const RunRecord &record, const TestRecord &test) -> std::string {
  std::string lines;
  for (const CheckRecord &check : record.checks) {
    if (check.test != test.name || check.variant != test.variant) continue;
    for (const Finding &finding : check.findings) {
      if (finding.verdict == Verdict::kPass) continue;
      lines += std::string(NameOf(finding.verdict)) + " " + check.name + " (" + check.place + ") " +
               finding.component + ": " + finding.says;
      if (!finding.isolated.empty()) lines += " (" + finding.isolated + ")";
      lines += "\n";
    }
  }
  return lines;
}

}  // namespace

auto JUnitXml(const RunRecord &record) -> std::string {
  int failures = 0;
  int errors = 0;
  std::string cases;
  for (const TestRecord &test : record.tests) {
    const std::string lines = EscapeXml(Lines(record, test));
    cases += "    <testcase classname=\"" +
             EscapeXml(record.site + "." + record.pool + "." + test.variant) + "\" name=\"" +
             EscapeXml(test.name) + "\" file=\"" + EscapeXml(test.place) + "\" time=\"" +
             NumberText(test.seconds) + "\">\n";
    if (test.verdict == Verdict::kFail) {
      ++failures;
      cases += "      <failure message=\"FAIL\">" + lines + "</failure>\n";
    } else if (test.verdict == Verdict::kInconclusive) {
      ++errors;
      cases += "      <error message=\"INCONCLUSIVE\">" + lines + "</error>\n";
    } else if (!lines.empty()) {
      cases += "      <system-out>" + lines + "</system-out>\n";
    }
    cases += "    </testcase>\n";
  }
  const std::string counts = " tests=\"" + std::to_string(record.tests.size()) + "\" failures=\"" +
                             std::to_string(failures) + "\" errors=\"" + std::to_string(errors) +
                             "\"";
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + counts +
         ">\n  <testsuite name=\"" + EscapeXml(record.site + "/" + record.pool) + "\"" + counts +
         " timestamp=\"" + EscapeXml(record.started.substr(0, 19)) + "\" hostname=\"" +
         EscapeXml(record.identities.empty() ? "" : record.identities.front().host) + "\">\n" +
         cases + "  </testsuite>\n</testsuites>\n";
}

}  // namespace groma::runtime
