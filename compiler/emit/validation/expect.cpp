// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/validation/expect.h"

#include "groma/emit/validation/text.h"

namespace groma::emit::validation {
namespace {

using acceptance::Gate;
using acceptance::Shape;
using acceptance::Suite;

auto FabricName(acceptance::Fabric fabric) -> std::string {
  switch (fabric) {
    case acceptance::Fabric::None: return "kNone";
    case acceptance::Fabric::Ethernet: return "kEthernet";
    case acceptance::Fabric::Roce: return "kRoce";
    case acceptance::Fabric::Infiniband: return "kInfiniband";
  }
  return "kNone";
}

// The sources that decide; `expected.json` has all of them.
auto Sources(const Gate &gate) -> std::string {
  constexpr size_t kShown = 3;
  std::string text;
  for (size_t i = 0; i < gate.sources.size() && i < kShown; ++i) {
    const acceptance::Source &source = gate.sources[i];
    text += (text.empty() ? "" : "; ") + source.text;
    if (!source.as_of.empty()) text += " (" + source.as_of + ", " + ConfidenceName(source.confidence) + ")";
    if (!source.place.empty()) text += " [" + source.place + "]";
  }
  if (gate.sources.size() > kShown) {
    text += "; " + std::to_string(gate.sources.size() - kShown) + " more in expect/expected.json";
  }
  return text;
}

auto End(const acceptance::LineEnd &end) -> std::string {
  return "{" + Quoted(end.site) + ", " + Quoted(end.pool) + ", " + Quoted(end.gpu) + ", " + Number(end.memory) + "}";
}

void AddLine(output::Lines &lines, const acceptance::Line &line) {
  lines.Add(2, "/* line */ {/* rate */ " + Number(line.rate) + ",");
  lines.Add(2, "            /* round_trip */ " + Number(line.round_trip.value_or(base::Rational(0))) + ",");
  lines.Add(2, "            /* encryption */ " + Quoted(line.encryption) + ",");
  lines.Add(2, "            {" + End(line.near) + ", " + End(line.far) + "}},");
}

void AddShape(output::Lines &lines, const Shape &shape) {
  const auto field = [&](const char *name, const std::string &value) {
    lines.Add(2, "/* " + std::string(name) + " */ " + value + ",");
  };
  lines.Add(0, "inline constexpr Shape kShape{");
  field("pool", Quoted(shape.pool));
  field("site", Quoted(shape.site));
  field("sku", Quoted(shape.sku));
  field("gpu", Quoted(shape.gpu));
  field("nodes", std::to_string(shape.nodes));
  field("gpus_per_node", std::to_string(shape.gpus_per_node));
  field("domain", std::to_string(shape.domain));
  field("nvlinks", std::to_string(shape.nvlinks));
  field("nvlink_rate", Number(shape.nvlink_rate));
  field("memory", Number(shape.memory));
  field("nics_per_node", std::to_string(shape.nics_per_node));
  field("nic_rate", Number(shape.nic_rate));
  field("fabric", "Fabric::" + FabricName(shape.fabric));
  field("pcie_generation", std::to_string(shape.pcie_generation));
  field("pcie_width", std::to_string(shape.pcie_width));
  if (shape.line) AddLine(lines, *shape.line);
  lines.Add(0, "};");
}

struct Printed {
  std::string constant, unit, figure, formula, why, place, expect, plan_unit, bound, confidence, fail, warn, ceiling;
};

void Print(output::Lines &lines, const Printed &gate) {
  lines.Gap();
  lines.Add(0, "inline constexpr Gate<" + gate.unit + "> " + gate.constant + "{");
  lines.Add(2, "{" + Quoted(gate.figure) + ", " + Quoted(gate.formula) + ",");
  lines.Add(2, " " + Quoted(gate.why) + ",");
  lines.Add(2, " " + Quoted(gate.place) + ", " + Quoted(gate.expect) + ", " + Quoted(gate.plan_unit) + ", Bound::" + gate.bound +
                   ", Confidence::" + gate.confidence + "},");
  lines.Add(2, "/* fail */ " + gate.fail + ",");
  lines.Add(2, "/* warn */ " + gate.warn + ",");
  lines.Add(2, "/* ceiling */ " + gate.ceiling + "};");
}

void AddGate(output::Lines &lines, const Gate &gate) {
  const output::Reason reason(lines, gate.because);
  Print(lines, {"k" + Camel(gate.figure), UnitType(gate.unit), gate.figure, gate.formula, Sources(gate), gate.place,
                gate.expect, gate.plan_unit, gate.is_most ? "kAtMost" : "kAtLeast", "k" + Camel(ConfidenceName(gate.confidence)),
                Number(gate.fail), Number(gate.warn), gate.ceiling ? Number(*gate.ceiling) : "0"});
}

// Limits that are no figures of the catalogue: what the plan says that there is.
void AddExact(output::Lines &lines, const std::string &name, const std::string &figure,
              const char *unit, const char *bound, const std::string &value,
              const std::string &formula, const std::string &place) {
  Print(lines, {name, unit, figure, formula, "the plan", place, "", "", bound, "kHigh", value, value, "0"});
}

class Json {
 public:
  explicit Json(output::Lines &lines) : lines_(lines) {}

  void Field(int indent, const std::string &name, const std::string &value, bool is_last = false) {
    lines_.Add(indent, Quoted(name) + ": " + value + (is_last ? "" : ","));
  }
  static auto Maybe(const std::optional<base::Rational> &number) -> std::string {
    return number ? Number(*number) : "null";
  }

 private:
  output::Lines &lines_;
};

auto BasisName(acceptance::Basis basis) -> std::string {
  switch (basis) {
    case acceptance::Basis::Stated: return "stated";
    case acceptance::Basis::Measured: return "measured";
    case acceptance::Basis::Asked: return "asked";
    case acceptance::Basis::Modelled: return "modelled";
  }
  return "modelled";
}

void AddGateJson(output::Lines &lines, const Gate &gate, bool is_last) {
  const output::Reason reason(lines, gate.because);
  Json json(lines);
  lines.Add(2, "{");
  json.Field(3, "figure", Quoted(gate.figure));
  json.Field(3, "unit", Quoted(UnitName(gate.unit)));
  json.Field(3, "bound", gate.is_most ? "\"at_most\"" : "\"at_least\"");
  json.Field(3, "fail", Number(gate.fail));
  json.Field(3, "warn", Number(gate.warn));
  json.Field(3, "ceiling", Json::Maybe(gate.ceiling));
  json.Field(3, "model", Json::Maybe(gate.model));
  json.Field(3, "measured", Json::Maybe(gate.measured));
  json.Field(3, "asked", Json::Maybe(gate.asked));
  json.Field(3, "basis", Quoted(BasisName(gate.basis)));
  json.Field(3, "confidence", Quoted(ConfidenceName(gate.confidence)));
  json.Field(3, "formula", Quoted(gate.formula));
  json.Field(3, "place", Quoted(gate.place));
  json.Field(3, "at_bytes", gate.at ? std::to_string(*gate.at) : "null");
  lines.Add(3, "\"sources\": [");
  for (size_t i = 0; i < gate.sources.size(); ++i) {
    const acceptance::Source &source = gate.sources[i];
    lines.Add(4, "{ \"text\": " + Quoted(source.text) + ", \"as_of\": " + Quoted(source.as_of) +
                     ", \"confidence\": " + Quoted(ConfidenceName(source.confidence)) + ", \"place\": " +
                     Quoted(source.place) + (i + 1 < gate.sources.size() ? " }," : " }"));
  }
  lines.Add(3, "]");
  lines.Add(2, is_last ? "}" : "},");
}

}  // namespace

auto ExpectHeader(const Suite &suite, const std::string &head) -> output::File {
  output::Lines lines;
  lines.Because(suite.because);
  lines.Add(0, head);
  lines.Add(0, suite.shape.line ? "// What the link joins and what it must carry; rates are of each direction, of data, without headers."
                               : "// What the pool is made of and what it must reach, for one direction and of one GPU or port.");
  lines.Add(0, "// Each limit: its name and how it came about, the sources that decide, the plan's line, how an `expect` of the plan would");
  lines.Add(0, "// state it; what is refused, what is warned of, and what physics allows (0: no such limit).");
  lines.Add(0, "#pragma once");
  lines.Gap();
  lines.Add(0, "#include \"groma/runtime/gate.h\"");
  lines.Add(0, "#include \"groma/runtime/shape.h\"");
  lines.Gap();
  lines.Add(0, "namespace expect {");
  lines.Gap();
  lines.Add(0, "using namespace groma::runtime;");
  lines.Gap();
  AddShape(lines, suite.shape);
  const std::string place = suite.promises.empty() ? "" : suite.promises.front().place;
  const Shape &shape = suite.shape;
  if (shape.nvlinks > 0 && shape.domain >= 2) {
    AddExact(lines, "kNvlinks", "nvlinks", "Count", "kExactly", std::to_string(shape.nvlinks),
             std::to_string(shape.nvlinks) + " links, all of them up", place);
    AddExact(lines, "kNvlinkRate", "nvlink_rate", "GigabytesPerSecond", "kAtLeast", Number(shape.nvlink_rate),
             Number(shape.nvlink_rate) + " GB/s raw for each link", place);
  }
  if (shape.units() >= 2 && shape.nics_per_node > 0) {
    AddExact(lines, "kPortRate", "port_rate", "GigabitsPerSecond", "kAtLeast", Number(shape.nic_rate),
             Number(shape.nic_rate) + " Gb/s for each port, as it says itself", place);
  }
  for (const Gate &gate : suite.gates) AddGate(lines, gate);
  lines.Gap();
  lines.Add(0, "// All of this with its sources, for reports.");
  lines.Add(0, "extern const char *const kExpected;");
  lines.Gap();
  lines.Add(0, "}  // namespace expect");
  return lines.Take("src/expect.h");
}

auto ExpectedJson(const Suite &suite, const std::string &plan) -> output::File {
  output::Lines lines;
  lines.Because(suite.because);
  Json json(lines);
  lines.Add(0, "{");
  json.Field(1, "schema", "\"groma.expected/1\"");
  json.Field(1, "plan", Quoted(plan));
  if (suite.shape.line) {
    const acceptance::Line &line = *suite.shape.line;
    json.Field(1, "link", Quoted(suite.shape.pool));
    json.Field(1, "kind", Quoted(line.kind));
    lines.Add(1, "\"between\": [" + Quoted(line.near.site) + ", " + Quoted(line.far.site) + "],");
  } else {
    json.Field(1, "pool", Quoted(suite.shape.pool));
    json.Field(1, "site", Quoted(suite.shape.site));
    json.Field(1, "sku", Quoted(suite.shape.sku));
  }
  json.Field(1, "gpus", std::to_string(suite.shape.world()));
  lines.Add(1, "\"gates\": [");
  for (size_t i = 0; i < suite.gates.size(); ++i) {
    AddGateJson(lines, suite.gates[i], i + 1 == suite.gates.size());
  }
  lines.Add(1, "],");
  lines.Add(1, "\"promises\": [");
  for (size_t i = 0; i < suite.promises.size(); ++i) {
    const acceptance::Promise &promise = suite.promises[i];
    std::string tests;
    for (const std::string &test : promise.tests) tests += (tests.empty() ? "" : ", ") + Quoted(test);
    const output::Reason reason(lines, promise.because);
    lines.Add(2, "{ \"text\": " + Quoted(promise.text) + ", \"place\": " + Quoted(promise.place) + ", \"tests\": [" +
                     tests + "], \"untested\": " + (promise.untested.empty() ? "null" : Quoted(promise.untested)) +
                     (i + 1 < suite.promises.size() ? " }," : " }"));
  }
  lines.Add(1, "]");
  lines.Add(0, "}");
  return lines.Take("expect/expected.json");
}

auto ExpectedSource(const output::File &json, const std::string &head, const acceptance::Spans &because)
    -> output::File {
  output::File file;
  file.path = "src/expected.cpp";
  const std::string before = head +
                             "\n#include \"expect.h\"\n\nnamespace expect {\n\n"
                             "const char *const kExpected = R\"json(";
  file.text = before + json.text + ")json\";\n\n}  // namespace expect\n";
  const auto first = static_cast<size_t>(std::count(before.begin(), before.end(), '\n'));
  const auto lines = static_cast<size_t>(std::count(file.text.begin(), file.text.end(), '\n'));
  for (const size_t line : {1, 2, 4, 6}) file.Trace(line, because);
  for (const output::TraceEntry &entry : json.trace) {
    if (entry.line + first > 6) file.Trace(entry.line + first, json.PlacesOf(entry.because));
  }
  file.Trace(lines - 2, because);
  file.Trace(lines, because);
  return file;
}

}  // namespace groma::emit::validation
