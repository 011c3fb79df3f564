// SPDX-License-Identifier: Apache-2.0
// All that a run found out. Every report is printed from this and from nothing else.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/fields.h"
#include "groma/runtime/backend.h"
#include "groma/runtime/verdict.h"

namespace groma::runtime {

// What one component did in all repeats.
struct FigureRecord {
  std::string component;
  double median = 0, lower = 0, upper = 0;
  int samples = 0;
  std::string missing;  // why there is no figure
};

// What is to be said of one component.
struct Finding {
  Verdict verdict = Verdict::kInconclusive;
  std::string component;
  std::string says;
  std::string isolated;  // by which parts a slow whole was traced to the component
};

// One promise, judged.
struct CheckRecord {
  std::string test, variant;
  std::string name;  // of the gate or the requirement
  std::string kind;  // "gate", "outliers", "requirement", "harness"
  std::string place;
  std::string unit, bound, confidence, formula, why;
  std::string expect, plan_unit;  // as a plan states the limit
  double fail = 0, warn = 0, ceiling = 0;
  Verdict verdict = Verdict::kInconclusive;
  int components = 0;
  std::vector<Finding> findings;  // what is not good; or the least good of what is
  std::vector<FigureRecord> figures;
};

struct CurvePoint {
  uint64_t bytes = 0;
  double algbw = 0, busbw = 0, micros = 0;  // medians
  std::string missing;
};
struct CurveRecord {
  std::string test, variant, op, scope;
  int ranks = 0;
  std::vector<CurvePoint> points;
};

// Figures of a fleet as they were measured, whether judged or not.
struct FleetRecord {
  std::string test, variant, quantity, unit;
  std::vector<FigureRecord> figures;
};

struct TestRecord {
  std::string name, title, place, variant;
  Verdict verdict = Verdict::kInconclusive;
  double seconds = 0;
};

struct RunRecord {
  std::string pool, site, sku, gpu, fabric;
  int nodes = 0, gpus_per_node = 0, domain = 0;
  std::string plan, groma, expected;
  std::string backend, tier;
  uint64_t seed = 0;
  std::vector<std::string> faults;  // that were injected
  std::string started;
  int ranks = 0;
  std::map<std::string, std::string> environment;
  std::vector<Identity> identities;
  std::vector<TestRecord> tests;
  std::vector<CheckRecord> checks;
  std::vector<CurveRecord> curves;
  std::vector<FleetRecord> fleets;
  std::vector<std::string> untested;  // what the run does not prove, in sentences

  auto verdict() const -> Verdict;
};

// A run in which nothing was checked has not passed.
inline auto RunRecord::verdict() const -> Verdict {
  Verdict verdict = tests.empty() || checks.empty() ? Verdict::kInconclusive : Verdict::kPass;
  for (const TestRecord &test : tests) verdict = Worse(verdict, test.verdict);
  for (const CheckRecord &check : checks) verdict = Worse(verdict, check.verdict);
  return verdict;
}

template <class Archive>
void Fields(Archive &archive, FigureRecord &value) {
  archive(value.component)(value.median)(value.lower)(value.upper)(value.samples)(value.missing);
}
template <class Archive>
void Fields(Archive &archive, Finding &value) {
  archive(value.verdict)(value.component)(value.says)(value.isolated);
}
template <class Archive>
void Fields(Archive &archive, CheckRecord &value) {
  archive(value.test)(value.variant)(value.name)(value.kind)(value.place)(value.unit);
  archive(value.bound)(value.confidence)(value.formula)(value.why)(value.fail)(value.warn);
  archive(value.ceiling)(value.verdict)(value.components)(value.findings)(value.figures);
  archive(value.expect)(value.plan_unit);
}
template <class Archive>
void Fields(Archive &archive, CurvePoint &value) {
  archive(value.bytes)(value.algbw)(value.busbw)(value.micros)(value.missing);
}
template <class Archive>
void Fields(Archive &archive, CurveRecord &value) {
  archive(value.test)(value.variant)(value.op)(value.scope)(value.ranks)(value.points);
}
template <class Archive>
void Fields(Archive &archive, FleetRecord &value) {
  archive(value.test)(value.variant)(value.quantity)(value.unit)(value.figures);
}
template <class Archive>
void Fields(Archive &archive, TestRecord &value) {
  archive(value.name)(value.title)(value.place)(value.variant)(value.verdict)(value.seconds);
}
// What a variant adds to the record of the run.
template <class Archive>
void Fields(Archive &archive, RunRecord &value) {
  archive(value.identities)(value.tests)(value.checks)(value.curves)(value.fleets);
  archive(value.untested);
}

}  // namespace groma::runtime
