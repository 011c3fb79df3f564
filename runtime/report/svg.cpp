// SPDX-License-Identifier: Apache-2.0
#include "report/svg.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "core/names.h"
#include "report/xml.h"

namespace groma::runtime {
namespace {

auto Px(double value) -> std::string {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

auto Text(double x, double y, const std::string &text, const char *style) -> std::string {
  return "<text x=\"" + Px(x) + "\" y=\"" + Px(y) + "\" class=\"" + style + "\">" +
         EscapeXml(text) + "</text>";
}

// "node0/gpu3>gpu5"
struct Pair {
  std::string node;
  int from = -1, to = -1;
};

auto PairOf(const std::string &component) -> Pair {
  const size_t slash = component.find("/gpu");
  const size_t arrow = component.find(">gpu");
  if (slash == std::string::npos || arrow == std::string::npos) return {};
  return {component.substr(0, slash), std::atoi(component.c_str() + slash + 4),
          std::atoi(component.c_str() + arrow + 4)};
}

constexpr const char *kColours[] = {"c0", "c1", "c2", "c3", "c4", "c5"};

}  // namespace

auto NodesOf(const FleetRecord &fleet) -> std::vector<std::string> {
  std::vector<std::string> nodes;
  for (const FigureRecord &figure : fleet.figures) {
    const std::string node = PairOf(figure.component).node;
    if (!node.empty() && std::find(nodes.begin(), nodes.end(), node) == nodes.end()) {
      nodes.push_back(node);
    }
  }
  return nodes;
}

auto HeatMap(const FleetRecord &fleet, const std::string &node) -> std::string {
  int count = 0;
  double most = 0;
  for (const FigureRecord &figure : fleet.figures) {
    const Pair pair = PairOf(figure.component);
    if (pair.node == node) count = std::max({count, pair.from + 1, pair.to + 1});
    if (figure.missing.empty() && std::isfinite(figure.median)) {
      most = std::max(most, figure.median);
    }
  }
  // Figures are readable in few cells; in many, colours are, and figures stand in their titles.
  const bool is_small = count <= 16;
  const double cell = is_small ? 44 : 13;
  constexpr double kEdge = 30;
  const double side = kEdge + cell * count;
  std::string svg = "<svg viewBox=\"0 0 " + Px(side) + " " + Px(side) + "\" width=\"" + Px(side) +
                    "\" role=\"img\" aria-label=\"" + EscapeXml(node) + "\">";
  for (int i = 0; i < count; i += is_small ? 1 : 8) {
    svg += Text(kEdge + cell * (i + 0.5), kEdge - 10, std::to_string(i), "label");
    svg += Text(kEdge / 2, kEdge + cell * (i + 0.6), std::to_string(i), "label");
  }
  for (const FigureRecord &figure : fleet.figures) {
    const Pair pair = PairOf(figure.component);
    if (pair.node != node) continue;
    const double x = kEdge + cell * pair.to;
    const double y = kEdge + cell * pair.from;
    const bool is_known = figure.missing.empty() && std::isfinite(figure.median) && most > 0;
    // What is at half of the best is as dark as it gets; what is nearly as good as it is no colour
    // of alarm.
    const double share = is_known ? std::clamp(figure.median / most * 2 - 1, 0.0, 1.0) : 0;
    const bool is_good = is_known && figure.median >= 0.95 * most;
    svg += "<rect x=\"" + Px(x + 1) + "\" y=\"" + Px(y + 1) + "\" width=\"" + Px(cell - 2) +
           "\" height=\"" + Px(cell - 2) + "\" rx=\"" + Px(is_small ? 4 : 1) + "\" class=\"" +
           (is_good    ? "good"
            : is_known ? "heat"
                       : "none") +
           "\" fill-opacity=\"" +
           Px(is_good    ? 0.12
              : is_known ? 0.9 - 0.6 * share
                         : 1) +
           "\"><title>" +
           EscapeXml(figure.component + ": " +
                     (is_known ? Figure(figure.median) + " " + fleet.unit : figure.missing)) +
           "</title></rect>";
    if (!is_small && is_known) continue;
    svg += Text(x + cell / 2, y + cell * 0.6, is_known ? Figure(std::round(figure.median)) : "?",
                "cell");
  }
  return svg + "</svg>";
}

auto CurveChart(const std::vector<const CurveRecord *> &curves) -> std::string {
  double least = INFINITY;
  double most = 0;
  double small = INFINITY;
  double large = 0;
  for (const CurveRecord *curve : curves) {
    for (const CurvePoint &point : curve->points) {
      if (!(point.busbw > 0) || !std::isfinite(point.busbw)) continue;
      const auto bytes = static_cast<double>(point.bytes);
      least = std::min(least, bytes);
      most = std::max(most, bytes);
      small = std::min(small, point.busbw);
      large = std::max(large, point.busbw);
    }
  }
  if (!(most > 0)) return "";
  small = std::pow(10, std::floor(std::log10(small)));
  large = std::pow(10, std::ceil(std::log10(large) + 1e-9));
  constexpr double kLeft = 60, kTop = 26, kWidth = 640, kHeight = 240;
  const auto x_of = [&](double bytes) {
    return kLeft + kWidth * (most > least ? std::log(bytes / least) / std::log(most / least) : 0.5);
  };
  const auto y_of = [&](double rate) {
    return kTop + kHeight * (1 - std::log(rate / small) / std::log(large / small));
  };
  const double height = kTop + kHeight + 40 + 18 * static_cast<double>(curves.size());
  std::string svg = "<svg viewBox=\"0 0 720 " + Px(height) + "\" role=\"img\" class=\"chart\">";
  for (double rate = small; rate <= large * 1.001; rate *= 10) {
    svg += "<path class=\"grid\" d=\"M" + Px(kLeft) + " " + Px(y_of(rate)) + "h" + Px(kWidth) +
           "\"/>" + Text(kLeft - 8, y_of(rate) + 4, Figure(rate), "left");
  }
  for (double bytes = least; bytes <= most * 1.001; bytes *= 32) {
    svg += Text(x_of(bytes), kTop + kHeight + 18,
                NameOf(Bytes{static_cast<uint64_t>(std::llround(bytes))}), "label");
  }
  svg += Text(kLeft - 8, kTop - 12, "GB/s", "left");
  double legend = kTop + kHeight + 42;
  size_t colour = 0;
  for (const CurveRecord *curve : curves) {
    const std::string style = kColours[colour++ % 6];
    std::string path;
    for (const CurvePoint &point : curve->points) {
      if (!(point.busbw > 0) || !std::isfinite(point.busbw)) continue;
      path += (path.empty() ? "M" : "L") + Px(x_of(static_cast<double>(point.bytes))) + " " +
              Px(y_of(point.busbw));
    }
    if (!path.empty()) svg += "<path class=\"curve " + style + "\" d=\"" + path + "\"/>";
    svg += "<path class=\"curve " + style + "\" d=\"M" + Px(kLeft) + " " + Px(legend - 4) +
           "h20\"/>" + Text(kLeft + 28, legend, curve->scope + ", " + curve->variant, "legend");
    legend += 18;
  }
  return svg + "</svg>";
}

}  // namespace groma::runtime
