// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include <cstdio>
#include <fstream>

namespace groma::runtime {
namespace {

auto WriteWhole(const std::string &path, const std::string &text) -> bool {
  const std::string draft = path + ".draft";
  std::ofstream file(draft, std::ios::binary);
  file << text;
  file.close();
  if (file && std::rename(draft.c_str(), path.c_str()) == 0) return true;
  std::remove(draft.c_str());
  return false;
}

}  // namespace

auto WriteReports(const RunRecord &record, const std::string &folder) -> std::string {
  const struct {
    const char *name;
    std::string text;
  } files[] = {
      {"results.json", ResultsJson(record)}, {"junit.xml", JUnitXml(record)},
      {"results.sarif", SarifJson(record)},  {"groma.prom", PrometheusText(record)},
      {"report.md", MarkdownText(record)},   {"report.html", HtmlPage(record)},
  };
  for (const auto &file : files) {
    const std::string path = folder + "/" + file.name;
    if (!WriteWhole(path, file.text)) return "cannot write " + path;
  }
  // One of an earlier run must not stand beside these reports.
  const std::string path = folder + "/baseline.groma";
  const std::string baseline = BaselineText(record);
  std::remove(path.c_str());
  if (!baseline.empty() && !WriteWhole(path, baseline)) return "cannot write " + path;
  return "";
}

}  // namespace groma::runtime
