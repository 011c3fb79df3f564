// SPDX-License-Identifier: Apache-2.0
// What the plan promises of a link.
#include "groma/lower/validation/lines.h"
#include "groma/lower/validation/numbers.h"
#include "groma/lower/validation/promises.h"
#include "groma/plan/print.h"

namespace groma::lower::validation {
namespace {

auto TestOf(const std::string &figure) -> std::string { return figure == "round_trip" ? figure : "line"; }

auto End(const acceptance::LineEnd &end) -> std::string {
  return "`" + end.pool + "` at `" + end.site + "` (" + end.gpu + ")";
}

}  // namespace

void AddLinePromises(Reader &reader, EntityId link, acceptance::Suite &suite) {
  const acceptance::Line &line = *suite.shape.line;
  const auto add = [&](const std::string &text, source::Span at, std::vector<std::string> tests,
                       const std::string &untested = "") {
    suite.promises.push_back({text, reader.PlaceOf(at), std::move(tests), untested, "", {at}});
  };
  const source::Span at = reader.SpanOf(link);
  const auto unit = acceptance::Unit::GigabitsPerSecond;
  add("a GPU of " + End(line.near) + " reaches one of " + End(line.far), at, {"census", "transport"});
  add(WithUnit(line.rate, unit) + " in each direction, headers included", at, {"line"});
  if (line.round_trip) {
    add(Digits(Over(*line.round_trip, 1000), 3) + " ms there and back", at, {"round_trip"});
  }
  add("what is sent comes as it was sent, and nothing breaks under load", at, {"exact", "health"});
  for (const acceptance::Gate &gate : suite.gates) {
    suite.promises.push_back({gate.figure + (gate.is_most ? " <= " : " >= ") + WithUnit(gate.fail, gate.unit), gate.place,
                              {TestOf(gate.figure)}, "", gate.figure, gate.because});
  }
  for (const EntityId flow : FlowsOver(reader, link)) {
    const auto rate = reader.Amount(reader.Read(flow, Name::FlowRate).value, "Gbps");
    if (!rate) continue;
    add("`" + reader.NameOf(flow) + "` needs " + WithUnit(*rate, unit), reader.SpanOf(flow), {"line"});
  }
  if (line.encryption != "unencrypted") {
    add("data on it are protected by " + line.encryption, at, {},
        "what is on the wire is not seen from its ends; the gateways' own state tells");
  }
  const int64_t circuits = reader.Count(link, Name::LinkCircuits).value_or(1);
  if (circuits > 1) {
    add(std::to_string(circuits) + " lines that fail apart from each other", at, {},
        reader.Is(link, Kind::LineLink)
            ? "nothing is cut here; `" + reader.NameOf(link) + ".failover_test` of its playbook does that"
            : "nothing is cut here");
  }
  const Value price = reader.Read(link, Name::LinkPrice).value;
  if (price.tag != plan::ValueTag::None) {
    add("it costs " + plan::Print(reader.model(), price), at, {}, "the bill shows it");
  }
}

}  // namespace groma::lower::validation
