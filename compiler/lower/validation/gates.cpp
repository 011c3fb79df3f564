// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/validation/gates.h"

#include "groma/lower/validation/messages.h"
#include "groma/lower/validation/numbers.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::lower::validation {
namespace {

using acceptance::Basis;
using acceptance::Confidence;
using acceptance::Gate;
using acceptance::Source;

// Two figures that differ by more are not of the same thing.
const Rational kApart = *Rational::Make(11, 10);

auto Day(const Value &value) -> std::string {
  return value.tag == plan::ValueTag::Date ? value.date.ToString() : std::string();
}

class Derivation {
 public:
  Derivation(Reader &reader, EntityId pool, std::string figure, Sink &sink)
      : reader_(reader), pool_(pool), figure_(std::move(figure)), sink_(sink) {}

  auto Make() -> std::optional<Gate> {
    Gate gate = EmptyGate(figure_);
    const auto fail = In(Name::PoolGate);
    if (!fail) return std::nullopt;
    gate.fail = *fail;
    gate.warn = In(Name::PoolWarning).value_or(*fail);
    gate.ceiling = In(Name::PoolCeiling);
    gate.model = In(Name::PoolModel);
    gate.measured = In(Name::PoolMeasured);
    gate.asked = In(Name::PoolAsked);
    gate.basis = gate.measured ? Basis::Measured : gate.asked ? Basis::Asked : Basis::Modelled;
    const Fact fact = reader_.Figure(pool_, Name::PoolGate, figure_);
    gate.because = reader_.Because(fact.origin);
    if (gate.because.empty()) gate.because = {reader_.SpanOf(pool_)};
    gate.place = reader_.PlaceOf(reader_.SpanOf(pool_));
    gate.sources = SourcesOf(reader_, fact);
    gate.confidence = Sureness(gate, fact);
    gate.formula = Formula(gate);
    return gate;
  }

 private:
  auto In(Name record) -> std::optional<Rational> {
    const Fact fact = reader_.Figure(pool_, record, figure_);
    return reader_.Amount(fact.value, PlanUnit(figure_, UnitOf(figure_)));
  }

  auto FigureOf(EntityId anchor) -> std::optional<Rational> {
    const std::string unit = PlanUnit(figure_, UnitOf(figure_));
    for (const Name name : {Name::AnchorRate, Name::AnchorSpeed, Name::AnchorTime}) {
      const Value value = reader_.Read(anchor, name).value;
      if (value.tag == plan::ValueTag::Number) return reader_.Amount(value, unit);
    }
    return std::nullopt;
  }

  // Several who agree: high. One: as sure as that one. Nobody: as sure as the model is.
  auto Sureness(const Gate &gate, const Fact &fact) -> Confidence {
    if (gate.basis == Basis::Modelled) {
      for (const EntityId entry : reader_.EntriesOf(fact.origin)) {
        if (reader_.Is(entry, Kind::Share)) return ConfidenceOf(reader_.Word(entry, Name::ShareModelled));
      }
      return Confidence::Low;
    }
    const Name record = gate.basis == Basis::Measured ? Name::PoolMeasured : Name::PoolAsked;
    std::vector<std::pair<Rational, EntityId>> anchors;
    Confidence best = Confidence::Low;
    const Fact from = reader_.Figure(pool_, record, figure_);
    for (const EntityId entry : reader_.EntriesOf(from.origin)) {
      const bool is_of = reader_.Is(entry, Kind::Anchor) &&
                         reader_.Word(entry, Name::AnchorMeasure) == figure_;
      if (!is_of) continue;
      const auto figure = FigureOf(entry);
      if (!figure) continue;
      anchors.push_back({*figure, entry});
      best = std::max(best, ConfidenceOf(reader_.Word(entry, Name::EntryConfidence)));
    }
    if (anchors.empty()) return Confidence::Low;
    llvm::sort(anchors, [](const auto &a, const auto &b) { return a.first < b.first; });
    const bool agree = anchors.back().first <= Times(anchors.front().first, kApart);
    if (!agree) {
      TellApart(anchors.front(), anchors.back());
      return Confidence::Low;
    }
    const bool is_sure = anchors.size() >= 2 && best >= Confidence::Medium;
    return is_sure && gate.basis == Basis::Measured ? Confidence::High
                                                    : std::min(best, Confidence::Medium);
  }

  void TellApart(const std::pair<Rational, EntityId> &low,
                 const std::pair<Rational, EntityId> &high) {
    const auto say = [&](const std::pair<Rational, EntityId> &one) {
      return WithUnit(one.first, UnitOf(figure_)) + " by " +
             reader_.Text(one.second, Name::EntrySource);
    };
    sink_
        .Report(message::SourcesDisagree, reader_.SpanOf(pool_), figure_, reader_.NameOf(pool_),
                say(low) + "; " + say(high))
        .Note("the lower figure is taken, and its gate can only warn")
        .Help("measure it, and state it: `expect " + figure_ + "... >= ...` in a suite of the pool");
  }

  auto Formula(const Gate &gate) const -> std::string {
    const auto unit = gate.unit;
    const auto share = [&](const Rational &of) {
      return of.is_zero() ? std::string("?") : Digits(Times(Over(gate.fail, of), 100)) + " %";
    };
    const auto least = [&](const std::string &what, const Rational &figure) {
      if (!gate.ceiling) return WithUnit(figure, unit) + " (" + what + ")";
      return "min(" + WithUnit(*gate.ceiling, unit) + " (ceiling), " + WithUnit(figure, unit) +
             " (" + what + "))";
    };
    const auto base = [&](const Rational &figure) {
      return gate.ceiling && *gate.ceiling < figure ? *gate.ceiling : figure;
    };
    std::string text = WithUnit(gate.fail, unit) + " = ";
    // A time is divided by the share.
    const auto over = [&](const char *what, const Rational &time) {
      return text + WithUnit(time, unit) + " (" + what + ") / " + Digits(Times(Over(time, gate.fail), 100)) + " %";
    };
    if (gate.is_most && gate.measured) return over("measured", *gate.measured);
    if (gate.is_most && gate.model) return over("model", *gate.model);
    if (gate.measured) {
      return text + share(base(*gate.measured)) + " * " + least("measured", *gate.measured);
    }
    if (gate.asked) return text + least("asked by public suites", *gate.asked);
    if (gate.model) return text + share(base(*gate.model)) + " * " + least("model", *gate.model);
    if (gate.ceiling) return text + share(*gate.ceiling) + " * " + WithUnit(*gate.ceiling, unit) + " (ceiling)";
    return text + "as the plan states";
  }

  Reader &reader_;
  EntityId pool_;
  std::string figure_;
  Sink &sink_;
};

}  // namespace

auto ConfidenceOf(const std::string &word) -> Confidence {
  return word == "high" ? Confidence::High : word == "low" ? Confidence::Low : Confidence::Medium;
}

auto SourcesOf(Reader &reader, const Fact &fact) -> std::vector<Source> {
  std::vector<Source> sources;
  std::vector<EntityId> entries = reader.EntriesOf(fact.origin);
  // What decides first: figures of others, then constants, then shares; the machine last.
  const auto rank = [&](EntityId entry) {
    if (reader.Is(entry, Kind::Anchor)) return 0;
    if (reader.Is(entry, Kind::Share)) return 2;
    if (reader.Is(entry, Kind::GpuModel)) return 3;
    return reader.Is(entry, Kind::Sku) ? 4 : 1;
  };
  llvm::stable_sort(entries, [&](EntityId a, EntityId b) { return rank(a) < rank(b); });
  for (const EntityId entry : entries) {
    const Value as_of = reader.Read(entry, Name::EntryAsOf).value;
    sources.push_back({reader.Text(entry, Name::EntrySource), Day(as_of),
                       ConfidenceOf(reader.Word(entry, Name::EntryConfidence)),
                       reader.PlaceOf(reader.model().entity(entry).whole)});
  }
  return sources;
}

auto EmptyGate(const std::string &figure) -> Gate {
  Gate gate;
  gate.figure = figure;
  gate.unit = UnitOf(figure);
  gate.is_most = gate.unit == acceptance::Unit::Microseconds;
  gate.expect = ExpectOf(figure);
  gate.plan_unit = PlanUnit(figure, gate.unit);
  return gate;
}

auto GatesOf(Reader &reader, EntityId pool, Sink &sink) -> std::vector<Gate> {
  std::vector<Gate> gates;
  for (const std::string &figure : reader.Figures()) {
    auto gate = Derivation(reader, pool, figure, sink).Make();
    if (gate && IsSound(reader, pool, *gate, reader.SpanOf(pool), sink)) {
      gates.push_back(std::move(*gate));
    }
  }
  return gates;
}

auto IsSound(Reader &reader, EntityId pool, const Gate &gate, source::Span at, Sink &sink) -> bool {
  if (gate.is_most) return true;
  const std::string name = reader.NameOf(pool);
  if (gate.ceiling && *gate.ceiling < gate.fail) {
    sink.Report(message::AboveCeiling, at, name, WithUnit(gate.fail, gate.unit), gate.figure,
                WithUnit(*gate.ceiling, gate.unit))
        .Help("`groma why " + name + ".ceiling." + gate.figure + "` shows what allows no more");
    return false;
  }
  // What the ends of a line let through may be less than the line itself.
  const bool is_capped = gate.ceiling && gate.model && *gate.ceiling < *gate.model;
  if (gate.model && Times(gate.fail, 2) < (is_capped ? *gate.ceiling : *gate.model)) {
    sink.Report(message::BelowHalf, at, name, WithUnit(gate.fail, gate.unit), gate.figure,
                WithUnit(*gate.model, gate.unit))
        .Help("`groma why " + name + ".model." + gate.figure + "` shows where that comes from; state the unit " +
              "again: 1 GB/s is 8 Gbps");
    return false;
  }
  return true;
}

}  // namespace groma::lower::validation
