// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/validation/line_gates.h"

#include "groma/lower/validation/gates.h"
#include "groma/lower/validation/lines.h"
#include "groma/lower/validation/messages.h"
#include "groma/lower/validation/numbers.h"

namespace groma::lower::validation {
namespace {

using acceptance::Basis;
using acceptance::Confidence;
using acceptance::Gate;

class LineGates {
 public:
  LineGates(Reader &reader, EntityId link, const acceptance::Line &line, Sink &sink)
      : reader_(reader), link_(link), line_(line), sink_(sink) {}

  auto MakeAll() -> std::vector<Gate> {
    AddRate("line");
    AddRate("both_ways");
    AddFlows();
    AddRoundTrip();
    return std::move(gates_);
  }

 private:
  auto In(Name record, const std::string &figure) -> std::optional<Rational> {
    return reader_.Amount(reader_.Figure(link_, record, figure).value, PlanUnit(figure, UnitOf(figure)));
  }

  auto Start(const std::string &figure) -> Gate {
    Gate gate = EmptyGate(figure);
    gate.place = reader_.PlaceOf(reader_.SpanOf(link_));
    gate.because = {reader_.SpanOf(link_)};
    return gate;
  }

  // The limit as the library derives it; none if it has none.
  auto Derive(const std::string &figure) -> std::optional<Gate> {
    const auto fail = In(Name::LinkGate, figure);
    if (!fail || fail->is_zero()) return std::nullopt;
    Gate gate = Start(figure);
    gate.fail = *fail;
    gate.warn = In(Name::LinkWarning, figure).value_or(*fail);
    gate.ceiling = In(Name::LinkCeiling, figure);
    const Fact fact = reader_.Figure(link_, Name::LinkGate, figure);
    const Spans because = reader_.Because(fact.origin);
    if (!because.empty()) gate.because = because;
    gate.sources = SourcesOf(reader_, fact);
    for (const EntityId entry : reader_.EntriesOf(fact.origin)) {
      const bool is_of = reader_.Is(entry, Kind::LineShare) && reader_.Word(entry, Name::LineShareMeasure) == figure;
      if (is_of) gate.confidence = ConfidenceOf(reader_.Word(entry, Name::LineShareModelled));
    }
    return gate;
  }

  // How much of a packet is data: "1338 of 1482 bytes of a packet are data".
  auto Packet(const std::string &figure) -> std::string {
    for (const EntityId entry : reader_.EntriesOf(reader_.Figure(link_, Name::LinkModel, figure).origin)) {
      if (!reader_.Is(entry, Kind::Wire)) continue;
      const auto bytes = [&](Name name) {
        return reader_.Amount(reader_.Read(entry, name).value, "B").value_or(Rational(0)).Round();
      };
      const int64_t segment = bytes(Name::WireSegment);
      const int64_t frame = segment + bytes(Name::WireHeaders) + bytes(Name::WireProtection) + bytes(Name::WireFrame);
      return std::to_string(segment - bytes(Name::WireOptions)) + " of " + std::to_string(frame) +
             " bytes of a packet are data";
    }
    return "of it data";
  }

  void AddRate(const std::string &figure) {
    auto gate = Derive(figure);
    if (!gate) return;
    gate->model = In(Name::LinkModel, figure);
    if (!gate->model) return;
    const bool is_capped = gate->ceiling && *gate->ceiling < *gate->model;
    const Rational &base = is_capped ? *gate->ceiling : *gate->model;
    const std::string model = WithUnit(*gate->model, gate->unit) + " (" + Packet(figure) + ", of " +
                              WithUnit(line_.rate, gate->unit) + ")";
    gate->formula = WithUnit(gate->fail, gate->unit) + " = " + Digits(Times(Over(gate->fail, base), 100), 0) + " % * " +
                    (is_capped ? "min(" + WithUnit(*gate->ceiling, gate->unit) + " (what the ends let through), " + model + ")"
                               : model);
    if (IsSound(reader_, link_, *gate, reader_.SpanOf(link_), sink_)) gates_.push_back(std::move(*gate));
  }

  // What flows need is promised by the plan, and is no guess.
  void AddFlows() {
    auto gate = Derive("flows");
    if (!gate) return;
    const auto left = In(Name::LinkModel, "flows");
    if (left && *left < gate->fail) {
      sink_.Report(message::FlowsAboveLine, reader_.SpanOf(link_), reader_.NameOf(link_), WithUnit(gate->fail, gate->unit),
                   WithUnit(*left, gate->unit), WithUnit(line_.rate, gate->unit))
          .Note(Packet("line"))
          .Help("give the link more bandwidth, or the flows less");
      return;
    }
    gate->basis = Basis::Stated;
    gate->confidence = Confidence::High;
    std::string names;
    for (const EntityId flow : FlowsOver(reader_, link_)) {
      names += (names.empty() ? "" : ", ") + reader_.NameOf(flow);
      gate->place = reader_.PlaceOf(reader_.SpanOf(flow));
      gate->because.push_back(reader_.SpanOf(flow));
    }
    gate->sources = {{"the plan", "", Confidence::High, gate->place}};
    gate->formula = WithUnit(gate->fail, gate->unit) + " for " + (names.empty() ? "flows" : names) +
                    ", in the month in which flows need most";
    gates_.push_back(std::move(*gate));
  }

  void AddRoundTrip() {
    auto gate = Derive("round_trip");
    if (gate) {
      gate->model = In(Name::LinkModel, "round_trip");
      gate->formula = WithUnit(gate->fail, gate->unit) + " = " + WithUnit(gate->model.value_or(gate->fail), gate->unit) +
                      " (latency of the plan, and what NCCL and sockets take) / " +
                      Digits(Times(Over(gate->model.value_or(gate->fail), gate->fail), 100), 0) + " %";
      gates_.push_back(std::move(*gate));
      return;
    }
    // The link may take no longer than the way of which it is a part.
    for (const EntityId flow : FlowsOver(reader_, link_)) {
      const Value bound = reader_.Read(flow, Name::FlowLatency).value;
      if (bound.tag != plan::ValueTag::Bound || bound.elements().empty()) continue;
      const auto most = reader_.Amount(bound.elements().front(), "us");
      if (!most || (gate && gate->fail <= *most)) continue;
      gate = Start("round_trip");
      gate->fail = gate->warn = *most;
      gate->basis = Basis::Stated;
      gate->confidence = Confidence::High;
      gate->place = reader_.PlaceOf(reader_.SpanOf(flow));
      gate->because.push_back(reader_.SpanOf(flow));
      gate->sources = {{"the plan", "", Confidence::High, gate->place}};
      gate->formula = WithUnit(*most, gate->unit) + ", the longest that " + reader_.NameOf(flow) + " may take";
    }
    if (gate) gates_.push_back(std::move(*gate));
  }

  Reader &reader_;
  EntityId link_;
  const acceptance::Line &line_;
  Sink &sink_;
  std::vector<Gate> gates_;
};

}  // namespace

auto LineGatesOf(Reader &reader, EntityId link, const acceptance::Line &line, Sink &sink) -> std::vector<Gate> {
  return LineGates(reader, link, line, sink).MakeAll();
}

}  // namespace groma::lower::validation
