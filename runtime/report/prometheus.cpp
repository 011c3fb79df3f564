// SPDX-License-Identifier: Apache-2.0
// groma.prom: for the textfile collector of a node exporter.
#include <cmath>

#include "core/date.h"
#include "report/json_writer.h"
#include "report/report.h"

namespace groma::runtime {
namespace {

auto Quote(const std::string &text) -> std::string {
  std::string quoted = "\"";
  for (const char c : CleanText(text)) {
    if (c == '\n') {
      quoted += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

auto ValueOf(Verdict verdict) -> int { return static_cast<int>(verdict); }

class Metrics {
 public:
  explicit Metrics(const RunRecord &record)
      : labels_("site=" + Quote(record.site) + ",pool=" + Quote(record.pool)) {}

  void Begin(const std::string &name, const std::string &help) {
    name_ = name;
    text_ += "# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n";
  }
  void Add(const std::string &labels, double value) {
    text_ += name_ + "{" + labels_ + (labels.empty() ? "" : "," + labels) + "} " +
             NumberText(value) + "\n";
  }
  auto Take() -> std::string { return std::move(text_); }

 private:
  std::string labels_, name_, text_;
};

}  // namespace

auto PrometheusText(const RunRecord &record) -> std::string {
  Metrics metrics(record);
  metrics.Begin("groma_validation_verdict",
                "Verdict of the run: 0 pass, 1 waived, 2 warn, 3 inconclusive, 4 fail.");
  metrics.Add("", ValueOf(record.verdict()));
  metrics.Begin("groma_validation_start_time_seconds", "When the run was started.");
  metrics.Add("", static_cast<double>(ParseMoment(record.started).value_or(0)));
  metrics.Begin("groma_validation_test_verdict", "Verdict of each test, as of the run.");
  for (const TestRecord &test : record.tests) {
    metrics.Add("test=" + Quote(test.name) + ",variant=" + Quote(test.variant),
                ValueOf(test.verdict));
  }
  // Series must differ by their labels: a gate that is judged twice in a test is counted.
  metrics.Begin("groma_validation_figure", "Median of each component that was judged.");
  for (size_t i = 0; i < record.checks.size(); ++i) {
    const CheckRecord &check = record.checks[i];
    for (const FigureRecord &figure : check.figures) {
      if (!figure.missing.empty() || !std::isfinite(figure.median)) continue;
      metrics.Add("test=" + Quote(check.test) + ",variant=" + Quote(check.variant) +
                      ",check=" + Quote(check.name) + ",number=" + Quote(std::to_string(i)) +
                      ",component=" + Quote(figure.component) + ",unit=" + Quote(check.unit),
                  figure.median);
    }
  }
  metrics.Begin("groma_validation_gate", "The limit beyond which a figure fails.");
  for (size_t i = 0; i < record.checks.size(); ++i) {
    const CheckRecord &check = record.checks[i];
    if (check.kind != "gate") continue;
    metrics.Add("test=" + Quote(check.test) + ",variant=" + Quote(check.variant) +
                    ",check=" + Quote(check.name) + ",number=" + Quote(std::to_string(i)) +
                    ",unit=" + Quote(check.unit),
                check.fail);
  }
  return metrics.Take();
}

}  // namespace groma::runtime
