// SPDX-License-Identifier: Apache-2.0
// report.html: one page that needs nothing else.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/names.h"
#include "core/stats.h"
#include "report/report.h"
#include "report/svg.h"
#include "report/xml.h"

namespace groma::runtime {
namespace {

constexpr const char *kStyle = R"(
:root{color-scheme:light dark;--text:#1b1f24;--dim:#5b6470;--page:#fff;--card:#f5f6f8;--line:#d9dde3;
--pass:#16794c;--warn:#9a6700;--fail:#c02b2b;--none:#6b46b0;--blue:#1f6feb}
@media(prefers-color-scheme:dark){:root{--text:#e6e9ee;--dim:#9aa4b2;--page:#12151a;--card:#1b2027;
--line:#313843;--pass:#4cc38a;--warn:#e2b340;--fail:#ff7b72;--none:#b794f4;--blue:#6cb0ff}}
body{margin:0 auto;max-width:1080px;padding:24px;background:var(--page);color:var(--text);
font:15px/1.5 system-ui,sans-serif}
h1{font-size:24px;margin:0}h2{font-size:17px;margin:32px 0 8px}p{margin:6px 0}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;padding:6px 10px;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--dim);font-weight:500}.dim{color:var(--dim)}.wide{overflow-x:auto}
.badge{font:600 12px/1 ui-monospace,monospace;padding:4px 7px;border-radius:5px;color:var(--page)}
.PASS{background:var(--pass)}.WAIVED,.WARN{background:var(--warn)}.FAIL{background:var(--fail)}
.INCONCLUSIVE{background:var(--none)}
.card{background:var(--card);border-radius:8px;padding:14px;margin:10px 0}
.row{display:flex;flex-wrap:wrap;gap:16px}svg{max-width:100%;height:auto}
svg text{fill:var(--text);font:12px ui-monospace,monospace}.label,.cell{text-anchor:middle}
.left{text-anchor:end}.heat{fill:var(--fail)}.good{fill:var(--pass)}.none{fill:var(--line)}
.grid{stroke:var(--line);fill:none}.curve{fill:none;stroke-width:2}
.c0{stroke:var(--blue)}.c1{stroke:var(--pass)}.c2{stroke:var(--warn)}.c3{stroke:var(--none)}
.c4{stroke:var(--fail)}.c5{stroke:var(--dim)}
)";

auto Badge(Verdict verdict) -> std::string {
  const std::string name = NameOf(verdict);
  return "<span class=\"badge " + name + "\">" + name + "</span>";
}

auto Row(const std::vector<std::string> &cells) -> std::string {
  std::string row = "<tr>";
  for (const std::string &cell : cells) row += "<td>" + cell + "</td>";
  return row + "</tr>\n";
}

auto Head(const std::vector<std::string> &cells) -> std::string {
  std::string row = "<div class=\"wide\"><table><tr>";
  for (const std::string &cell : cells) row += "<th>" + cell + "</th>";
  return row + "</tr>\n";
}

auto Findings(const RunRecord &record) -> std::string {
  std::string rows;
  for (const CheckRecord &check : record.checks) {
    for (const Finding &finding : check.findings) {
      if (finding.verdict == Verdict::kPass) continue;
      std::string says = EscapeXml(finding.says);
      if (!finding.isolated.empty()) {
        says += "<br><span class=\"dim\">" + EscapeXml(finding.isolated) + "</span>";
      }
      rows += Row({Badge(finding.verdict), "<b>" + EscapeXml(finding.component) + "</b>", says,
                   EscapeXml(check.name + " in " + check.test + " (" + check.variant + ")"),
                   EscapeXml(check.place)});
    }
  }
  if (rows.empty()) return "<p>Nothing.</p>\n";
  return Head({"verdict", "component", "what", "check", "promised at"}) + rows + "</table></div>\n";
}

auto Promises(const RunRecord &record) -> std::string {
  std::string rows;
  for (const CheckRecord &check : record.checks) {
    std::string limit;
    if (check.kind == "gate") {
      limit = check.bound + " " + Figure(check.fail) + " " + check.unit + ", warns at " +
              Figure(check.warn) + ", " + check.confidence + " confidence";
    }
    const std::string why =
        EscapeXml(check.formula) + "<br><span class=\"dim\">" + EscapeXml(check.why) + "</span>";
    rows += Row({Badge(check.verdict), EscapeXml(check.name),
                 EscapeXml(check.test + " (" + check.variant + ")"), EscapeXml(limit),
                 EscapeXml(check.findings.empty() ? "" : check.findings.front().says), why,
                 EscapeXml(check.place)});
  }
  return Head({"verdict", "promise", "test", "limit", "least good", "why", "plan"}) + rows +
         "</table></div>\n";
}

// Every fleet in a line: what was judged, and what is only told, such as clocks and power.
auto Fleets(const RunRecord &record) -> std::string {
  std::string rows;
  for (const FleetRecord &fleet : record.fleets) {
    std::vector<double> medians;
    for (const FigureRecord &figure : fleet.figures) {
      if (figure.missing.empty()) medians.push_back(figure.median);
    }
    std::vector<std::string> cells = {EscapeXml(fleet.quantity), "", "", "", EscapeXml(fleet.unit)};
    if (!medians.empty()) {
      const auto [least, most] = std::minmax_element(medians.begin(), medians.end());
      cells[1] = Figure(*least);
      cells[2] = Figure(Median(medians));
      cells[3] = Figure(*most);
    }
    const size_t missing = fleet.figures.size() - medians.size();
    cells.push_back(std::to_string(medians.size()) +
                    (missing > 0 ? ", " + std::to_string(missing) + " not measured" : ""));
    cells.push_back(EscapeXml(fleet.test + " (" + fleet.variant + ")"));
    rows += Row(cells);
  }
  if (rows.empty()) return "<p>Nothing was measured of GPUs and ports by themselves.</p>\n";
  return Head({"what", "least", "median", "most", "unit", "components", "test"}) + rows +
         "</table></div>\n";
}

// The least figure of a node's pairs, by which nodes are shown.
auto LeastOf(const FleetRecord &fleet, const std::string &node) -> double {
  double least = INFINITY;
  for (const FigureRecord &figure : fleet.figures) {
    if (figure.component.rfind(node + "/", 0) != 0) continue;
    least = std::min(least, figure.missing.empty() ? figure.median : 0.0);
  }
  return least;
}

auto HeatMaps(const RunRecord &record) -> std::string {
  constexpr size_t kMostNodes = 8;
  std::string maps;
  for (const FleetRecord &fleet : record.fleets) {
    if (fleet.quantity != "copy_peers") continue;
    maps += "<p class=\"dim\">" +
            EscapeXml(fleet.test + " (" + fleet.variant + "), " + fleet.unit) +
            ", from row to column; red is more than 5 % below the best.</p><div class=\"row\">";
    std::vector<std::string> nodes = NodesOf(fleet);
    std::stable_sort(nodes.begin(), nodes.end(), [&](const auto &a, const auto &b) {
      return LeastOf(fleet, a) < LeastOf(fleet, b);
    });
    const size_t left_out = nodes.size() > kMostNodes ? nodes.size() - kMostNodes : 0;
    nodes.resize(nodes.size() - left_out);
    for (const std::string &node : nodes) {
      maps += "<div class=\"card\"><b>" + EscapeXml(node) + "</b><br>" + HeatMap(fleet, node) +
              "</div>";
    }
    maps += "</div>\n";
    if (left_out > 0) {
      maps += "<p class=\"dim\">The nodes with the slowest pairs; " + std::to_string(left_out) +
              " faster ones are left out.</p>\n";
    }
  }
  return maps.empty() ? "<p>No pair of GPUs was measured.</p>\n" : maps;
}

auto Charts(const RunRecord &record) -> std::string {
  std::map<std::string, std::vector<const CurveRecord *>> by_op;
  const auto last = [](const CurveRecord *curve) {
    return curve->points.empty() ? 0 : curve->points.back().busbw;
  };
  for (const CurveRecord &curve : record.curves) {
    auto &curves = by_op[curve.op];
    // Of many domains, measured side by side, the slowest.
    const auto like = std::find_if(curves.begin(), curves.end(), [&](const CurveRecord *other) {
      return other->test == curve.test && other->variant == curve.variant;
    });
    if (like == curves.end()) {
      curves.push_back(&curve);
    } else if (last(&curve) < last(*like)) {
      *like = &curve;
    }
  }
  std::string charts;
  for (const auto &[op, curves] : by_op) {
    const std::string chart = CurveChart(curves);
    if (!chart.empty()) charts += "<div class=\"card\"><b>" + op + "</b><br>" + chart + "</div>\n";
  }
  return charts.empty() ? "<p>No collective was measured.</p>\n" : charts;
}

auto Environment(const RunRecord &record) -> std::string {
  std::string rows;
  for (const auto &[name, value] : record.environment) {
    rows += Row({EscapeXml(name), EscapeXml(value)});
  }
  if (rows.empty()) return "<p>No variable that may be shown was set.</p>\n";
  return Head({"name", "value"}) + rows + "</table></div>\n";
}

}  // namespace

auto HtmlPage(const RunRecord &record) -> std::string {
  const std::string name = EscapeXml(record.site + "/" + record.pool);
  std::string page =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
      name + "</title>\n<style>" + kStyle + "</style></head><body>\n";
  page += "<h1>" + name + " " + Badge(record.verdict()) + "</h1>\n<p class=\"dim\">" +
          std::to_string(record.ranks) + " ranks of " + EscapeXml(record.sku) + " (" +
          EscapeXml(record.gpu) + "), tier " + EscapeXml(record.tier) + ", back end " +
          EscapeXml(record.backend) + ", " + EscapeXml(record.started) + ", plan " +
          EscapeXml(record.plan) + ", groma " + EscapeXml(record.groma) + "</p>\n";
  for (const std::string &fault : record.faults) {
    page += "<p class=\"dim\">injected: " + EscapeXml(fault) + "</p>\n";
  }
  page += "<h2>What to look at</h2>\n" + Findings(record);
  page += "<h2>Tests</h2>\n" + Head({"verdict", "test", "variant", "what it is for", "plan"});
  for (const TestRecord &test : record.tests) {
    page += Row({Badge(test.verdict), EscapeXml(test.name), EscapeXml(test.variant),
                 EscapeXml(test.title), EscapeXml(test.place)});
  }
  page += "</table></div>\n<h2>From GPU to GPU</h2>\n" + HeatMaps(record);
  page += "<h2>Collectives over sizes (busbw, of many domains the slowest)</h2>\n" + Charts(record);
  page += "<h2>GPUs and ports by themselves</h2>\n" + Fleets(record);
  page += "<h2>Promises</h2>\n" + Promises(record);
  if (const int figures = BaselineCount(record); figures > 0) {
    page +=
        "<h2>Baseline</h2>\n<p>" + std::to_string(figures) +
        (figures == 1 ? " figure has" : " figures have") +
        " no limit, or one of low confidence that only warns. <code>baseline.groma</code> beside "
        "this report has lines for the plan with what this run measured.</p>\n";
  }
  page += "<h2>What this run does not prove</h2>\n<ul>";
  for (const std::string &sentence : record.untested)
    page += "<li>" + EscapeXml(sentence) + "</li>";
  page += "</ul>\n<h2>Environment</h2>\n" + Environment(record);
  return page + "</body></html>\n";
}

}  // namespace groma::runtime
