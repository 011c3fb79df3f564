// SPDX-License-Identifier: Apache-2.0
// results.json, whose form schema.json describes.
#include "report/json_writer.h"
#include "report/report.h"

namespace groma::runtime {
namespace {

void Write(JsonWriter &json, const FigureRecord &figure) {
  json.BeginObject().Field("component", figure.component);
  if (figure.missing.empty()) {
    json.Field("median", figure.median).Field("lower", figure.lower).Field("upper", figure.upper);
  } else {
    json.Field("missing", figure.missing);
  }
  json.Count("samples", figure.samples).EndObject();
}

void Write(JsonWriter &json, const std::vector<FigureRecord> &figures) {
  json.Key("figures").BeginArray();
  for (const FigureRecord &figure : figures) Write(json, figure);
  json.EndArray();
}

void Write(JsonWriter &json, const CheckRecord &check) {
  json.BeginObject().Field("test", check.test).Field("variant", check.variant);
  json.Field("name", check.name).Field("kind", check.kind).Field("place", check.place);
  json.Field("verdict", NameOf(check.verdict)).Count("components", check.components);
  if (check.kind == "gate") {
    json.Key("gate").BeginObject().Field("unit", check.unit).Field("bound", check.bound);
    json.Field("fail", check.fail).Field("warn", check.warn);
    if (check.ceiling > 0) json.Field("ceiling", check.ceiling);
    json.Field("confidence", check.confidence).Field("formula", check.formula);
    json.Field("why", check.why).EndObject();
  } else if (!check.unit.empty()) {
    json.Field("unit", check.unit);
  }
  json.Key("findings").BeginArray();
  for (const Finding &finding : check.findings) {
    json.BeginObject().Field("verdict", NameOf(finding.verdict));
    json.Field("component", finding.component).Field("says", finding.says);
    if (!finding.isolated.empty()) json.Field("isolated", finding.isolated);
    json.EndObject();
  }
  json.EndArray();
  Write(json, check.figures);
  json.EndObject();
}

void Write(JsonWriter &json, const CurveRecord &curve) {
  json.BeginObject().Field("test", curve.test).Field("variant", curve.variant);
  json.Field("op", curve.op).Field("scope", curve.scope).Count("ranks", curve.ranks);
  json.Key("points").BeginArray();
  for (const CurvePoint &point : curve.points) {
    json.BeginObject().Count("bytes", static_cast<int64_t>(point.bytes));
    json.Field("algbw", point.algbw).Field("busbw", point.busbw).Field("micros", point.micros);
    if (!point.missing.empty()) json.Field("missing", point.missing);
    json.EndObject();
  }
  json.EndArray().EndObject();
}

void WritePool(JsonWriter &json, const RunRecord &record) {
  json.Key("pool").BeginObject().Field("name", record.pool).Field("site", record.site);
  json.Field("sku", record.sku).Field("gpu", record.gpu).Field("fabric", record.fabric);
  json.Count("nodes", record.nodes).Count("gpus_per_node", record.gpus_per_node);
  json.Count("domain", record.domain).EndObject();
  json.Field("plan", record.plan).Field("groma", record.groma);
}

void WriteRun(JsonWriter &json, const RunRecord &record) {
  json.Key("run").BeginObject().Field("backend", record.backend).Field("tier", record.tier);
  json.Field("started", record.started).Count("ranks", record.ranks);
  if (record.backend == "sim") {
    json.Field("seed", std::to_string(record.seed));
    json.Key("faults").BeginArray();
    for (const std::string &fault : record.faults) json.Text(fault);
    json.EndArray();
  }
  json.Key("environment").BeginObject();
  for (const auto &[name, value] : record.environment) json.Field(name, value);
  json.EndObject().EndObject();
}

}  // namespace

auto ResultsJson(const RunRecord &record) -> std::string {
  JsonWriter json;
  json.BeginObject().Field("schema", "groma-validation-1");
  json.Field("verdict", NameOf(record.verdict()));
  WritePool(json, record);
  WriteRun(json, record);
  json.Key("gpus").BeginArray();
  for (const Identity &gpu : record.identities) {
    json.BeginObject().Count("node", gpu.node).Count("local", gpu.local).Field("host", gpu.host);
    json.Field("name", gpu.gpu).Field("serial", gpu.serial).Field("driver", gpu.driver);
    json.Field("cuda", gpu.cuda).Field("nccl", gpu.nccl);
    json.Count("memory", static_cast<int64_t>(gpu.memory)).EndObject();
  }
  json.EndArray().Key("tests").BeginArray();
  for (const TestRecord &test : record.tests) {
    json.BeginObject().Field("name", test.name).Field("title", test.title);
    json.Field("place", test.place).Field("variant", test.variant);
    json.Field("verdict", NameOf(test.verdict)).Field("seconds", test.seconds).EndObject();
  }
  json.EndArray().Key("checks").BeginArray();
  for (const CheckRecord &check : record.checks) Write(json, check);
  json.EndArray().Key("curves").BeginArray();
  for (const CurveRecord &curve : record.curves) Write(json, curve);
  json.EndArray().Key("fleets").BeginArray();
  for (const FleetRecord &fleet : record.fleets) {
    json.BeginObject().Field("test", fleet.test).Field("variant", fleet.variant);
    json.Field("quantity", fleet.quantity).Field("unit", fleet.unit);
    Write(json, fleet.figures);
    json.EndObject();
  }
  json.EndArray().Key("untested").BeginArray();
  for (const std::string &sentence : record.untested) json.Text(sentence);
  json.EndArray().EndObject();
  return json.Take();
}

}  // namespace groma::runtime
