// SPDX-License-Identifier: Apache-2.0
#include "core/group_findings.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/localise.h"
#include "core/names.h"

namespace groma::runtime {
namespace {

// "node0/gpu3>gpu5" and "node0/nic3>node1/nic3" as their ends.
auto EdgeOf(const std::string &component) -> Edge {
  const size_t arrow = component.find('>');
  if (arrow == std::string::npos) return {};
  std::string to = component.substr(arrow + 1);
  if (to.find('/') == std::string::npos) {
    to = component.substr(0, component.find('/') + 1) + to;
  }
  return {component.substr(0, arrow), to, component, false};
}

auto GroupWays(std::vector<Finding> findings, const std::vector<FigureRecord> &figures)
    -> std::vector<Finding> {
  std::map<std::string, size_t> bad;  // ways, by their finding
  for (size_t i = 0; i < findings.size(); ++i) {
    const bool is_bad = findings[i].verdict > Verdict::kWarn;
    if (is_bad && !EdgeOf(findings[i].component).name.empty()) bad[findings[i].component] = i;
  }
  if (bad.size() < 2) return findings;
  std::vector<Edge> edges;
  for (const FigureRecord &figure : figures) {
    Edge edge = EdgeOf(figure.component);
    if (edge.name.empty()) continue;
    edge.is_bad = bad.count(edge.name) != 0;
    edges.push_back(std::move(edge));
  }
  const std::vector<std::string> suspects = Suspects(edges);
  std::vector<Finding> grouped;
  std::set<size_t> told;
  for (const std::string &suspect : suspects) {
    Finding common{Verdict::kPass, suspect, "", "its ways to others were measured one by one"};
    int count = 0;
    for (const Edge &edge : edges) {
      if (!edge.is_bad || (edge.from != suspect && edge.to != suspect)) continue;
      const size_t index = bad[edge.name];
      const Finding &finding = findings[index];
      ++count;
      told.insert(index);
      if (finding.verdict > common.verdict) {
        common.verdict = finding.verdict;
        common.says = finding.component + ": " + finding.says;
      }
    }
    if (count < 2) continue;
    common.says = std::to_string(count) + " ways are bad, " + common.says;
    grouped.push_back(std::move(common));
  }
  // A way between two that are named is told by either.
  std::set<std::string> named;
  for (const Finding &finding : grouped) named.insert(finding.component);
  for (size_t i = 0; i < findings.size(); ++i) {
    const Edge edge = EdgeOf(findings[i].component);
    const bool is_covered =
        told.count(i) != 0 && (named.count(edge.from) != 0 || named.count(edge.to) != 0);
    if (!is_covered) grouped.push_back(findings[i]);
  }
  return grouped;
}

auto GroupNodes(std::vector<Finding> findings, const Topology &topology) -> std::vector<Finding> {
  // By verdict and text, in the order in which they came: the GPUs that say so.
  std::vector<std::pair<Finding, std::set<std::string>>> said;
  for (Finding &finding : findings) {
    const auto same = std::find_if(said.begin(), said.end(), [&](const auto &other) {
      return other.first.verdict == finding.verdict && other.first.says == finding.says &&
             other.first.isolated == finding.isolated;
    });
    if (same != said.end()) {
      same->second.insert(finding.component);
    } else {
      std::set<std::string> components = {finding.component};
      said.emplace_back(std::move(finding), std::move(components));
    }
  }
  std::vector<Finding> grouped;
  for (auto &[finding, components] : said) {
    for (int node = 0; node < topology.shape().nodes; ++node) {
      std::set<std::string> gpus;
      for (int local = 0; local < topology.shape().gpus_per_node; ++local) {
        gpus.insert(topology.GpuName(node * topology.shape().gpus_per_node + local));
      }
      const bool is_whole = gpus.size() > 1 && std::includes(components.begin(), components.end(),
                                                             gpus.begin(), gpus.end());
      if (!is_whole) continue;
      for (const std::string &gpu : gpus) components.erase(gpu);
      components.insert("node" + std::to_string(node));
    }
    for (const std::string &component : components) {
      grouped.push_back({finding.verdict, component, finding.says, finding.isolated});
    }
  }
  return grouped;
}

}  // namespace

auto GroupFindings(std::vector<Finding> findings, const std::vector<FigureRecord> &figures,
                   const Topology &topology) -> std::vector<Finding> {
  // The two ways of a line have nothing else in common.
  if (topology.shape().is_line()) return findings;
  return GroupNodes(GroupWays(std::move(findings), figures), topology);
}

}  // namespace groma::runtime
