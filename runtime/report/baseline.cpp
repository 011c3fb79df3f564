// SPDX-License-Identifier: Apache-2.0
// baseline.groma: what was measured where the plan's limit is of low confidence, or where there is
// none, as lines for the plan.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/names.h"
#include "core/stats.h"
#include "report/report.h"

namespace groma::runtime {
namespace {

// How much worse than the worst component of the run the limit is: times spread more than rates.
constexpr double kRateShare = 0.95;
constexpr double kTimeShare = 1.25;

// Of one figure, over all checks of it.
struct Line {
  std::string expect, unit;
  bool is_most = false;
  double worst = 0, usual = 0, asked = 0;
  int components = 0, samples = 0;
};
using Lines = std::vector<std::pair<std::string, Line>>;  // in the order of the run

// The worst of the medians, if all components have one.
auto Measure(const std::vector<FigureRecord> &figures, Line &line) -> bool {
  std::vector<double> medians;
  line.samples = figures.empty() ? 0 : figures.front().samples;
  for (const FigureRecord &figure : figures) {
    const bool is_good = figure.missing.empty() && figure.samples >= kLeastSamples &&
                         std::isfinite(figure.median) && figure.median > 0;
    if (!is_good) return false;
    medians.push_back(figure.median);
    line.samples = std::min(line.samples, figure.samples);
  }
  if (medians.empty()) return false;
  line.components = Size(medians);
  line.usual = Median(medians);
  line.worst = line.is_most ? *std::max_element(medians.begin(), medians.end())
                            : *std::min_element(medians.begin(), medians.end());
  return true;
}

void Keep(const std::string &name, const Line &line, Lines &lines) {
  for (auto &[known, other] : lines) {
    if (known != name) continue;
    const bool is_worse = line.is_most ? line.worst > other.worst : line.worst < other.worst;
    if (is_worse) other = line;
    return;
  }
  lines.emplace_back(name, line);
}

auto LinesOf(const RunRecord &record) -> Lines {
  Lines lines;
  std::map<std::string, bool> has_limit;
  for (const CheckRecord &check : record.checks) {
    if (check.kind != "gate") continue;
    has_limit[check.name] = true;
    if (check.expect.empty() || check.confidence != "low") continue;
    Line line{check.expect, check.plan_unit, check.bound == "at most", 0, 0, check.fail, 0, 0};
    if (!Measure(check.figures, line)) continue;
    // Better than physics allows: the measurement is wrong.
    if (check.ceiling > 0 &&
        (line.is_most ? line.worst < check.ceiling : line.worst > check.ceiling))
      continue;
    Keep(check.name, line, lines);
  }
  for (const FleetRecord &fleet : record.fleets) {
    const std::string prefix = "gemm_";
    if (fleet.quantity.rfind(prefix, 0) != 0) continue;
    const std::string dtype = fleet.quantity.substr(prefix.size());
    Line line{"compute." + dtype, dtype == "int8" ? "tops" : "TFLOPS", false, 0, 0, 0, 0, 0};
    if (!has_limit[dtype] && Measure(fleet.figures, line)) Keep(dtype, line, lines);
  }
  return lines;
}

auto Word(const std::string &text) -> std::string {
  std::string word;
  for (const char c : text) word += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return word;
}

// What is printed must be a number of the language: no exponent, four digits that count.
auto Plain(double value) -> std::string {
  const int digits = std::max(0, 3 - static_cast<int>(std::floor(std::log10(value))));
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

}  // namespace

auto BaselineCount(const RunRecord &record) -> int { return Size(LinesOf(record)); }

auto BaselineText(const RunRecord &record) -> std::string {
  const Lines lines = LinesOf(record);
  if (lines.empty()) return "";
  const std::string day = record.started.substr(0, 10);
  std::string text = "// Measured on " + record.site + "/" + record.pool + " on " + day +
                     ": tier " + record.tier + ", back end " + record.backend + ", plan " +
                     record.plan.substr(0, 12) + ", verdict " + NameOf(record.verdict()) + ".\n";
  text +=
      "// Their limits are of low confidence, or there are none. Where these figures are as they\n"
      "// should be, put the lines into the plan, into the suite of the pool if it has one: each\n"
      "// is then the limit, 5 % below the slowest component, or 25 % above it where it is a "
      "time.\n";
  if (record.backend == "sim") {
    text += "// NO HARDWARE WAS MEASURED: these are figures of a model.\n";
  }
  text += "suite " + Word(record.pool) + "_baseline {\n  of = " + record.pool + "\n";
  for (const auto &[name, line] : lines) {
    const std::string unit = " " + line.unit;
    text += "  // " + day + ": " + Figure(line.worst) + unit;
    if (line.components > 1) {
      text += ", the slowest of " + std::to_string(line.components) + " (their median " +
              Figure(line.usual) + ")";
    }
    text += ", " + std::to_string(line.samples) + " samples" + (line.components > 1 ? " each" : "");
    const bool is_beyond =
        line.asked > 0 && (line.is_most ? line.worst > line.asked : line.worst < line.asked);
    if (is_beyond) text += "; BEYOND THE LIMIT of " + Figure(line.asked) + ", find out why first";
    text += "\n  expect " + line.expect + (line.is_most ? " <= " : " >= ") +
            Plain(line.worst * (line.is_most ? kTimeShare : kRateShare)) + unit + "\n";
  }
  return text + "}\n";
}

}  // namespace groma::runtime
