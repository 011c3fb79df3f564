// SPDX-License-Identifier: Apache-2.0
#include "pins.h"

#include <set>

#include "diagnostics.h"
#include "groma/plan/print.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

namespace groma::solve {

using plan::Index;

Pins::Pins(Instance &instance, const Options &options)
    : instance_(instance), reader_(instance.reader) {
  const llvm::StringRef environment = reader_.model.text(reader_.environment.name);
  llvm::StringMap<const plan::Pin *> pins;
  for (const plan::Pin &pin : options.pins) {
    if (pin.environment == environment) pins[pin.name] = &pin;
  }
  if (pins.empty()) return;
  const auto hold = [&](EntityId entity, plan::Slot slot, const auto &find) {
    const auto found = pins.find(reader_.NameOf(entity, slot));
    if (found == pins.end()) return;
    Held held;
    held.pin = found->second;
    held.entity = entity;
    held.slot = slot;
    find(*held.pin, held);
    held_.push_back(std::move(held));
  };
  for (uint32_t i = 1; i < reader_.environment.unknowns.size(); ++i) {
    const plan::Unknown &unknown = reader_.environment.unknowns[i];
    // What is asked for another value is not to keep the one that it has.
    const auto &out = options.ruled_out;
    const bool is_out = out && out->environment == reader_.environment.entity &&
                        out->entity == unknown.entity && out->slot == unknown.slot;
    if (is_out) continue;
    hold(unknown.entity, unknown.slot, [&](const plan::Pin &pin, Held &held) {
      unknown.is_count ? FindCount(pin, plan::UnknownId{i}, held)
                       : FindChoice(pin, plan::UnknownId{i}, held);
    });
  }
  const plan::Slot placed_on = reader_.known.slot(KnownMember::WorkloadPlacedOn);
  for (const Workload &workload : instance_.workloads) {
    if (placed_on == plan::kNoSlot || workload.cells.empty()) continue;
    hold(workload.id, placed_on,
         [&](const plan::Pin &pin, Held &held) { FindPlaces(pin, workload, held); });
  }
}

// One of the offers in which the field has this value.
void Pins::FindChoice(const plan::Pin &pin, plan::UnknownId id, Held &held) {
  const plan::Unknown &unknown = reader_.environment.unknowns[Index(id)];
  const Offers offers = reader_.OffersOf(unknown.entity);
  const Forms &chosen = instance_.ChosenOf(offers);
  Value open = Value::Of(ValueTag::Unknown);
  open.unknown = id;
  Form taken;
  held.is_possible = false;
  for (size_t o = 0; o < offers.count; ++o) {
    if (plan::Print(reader_.model, reader_.At(open, offers, o)) != pin.value) continue;
    taken.Add(chosen[o]);
    held.is_possible = true;
  }
  held.equal.emplace_back(std::move(taken), 1);
}

void Pins::FindCount(const plan::Pin &pin, plan::UnknownId id, Held &held) {
  const CountVariable &count = instance_.CountOf(id);
  for (size_t phase = 0; phase < count.phases.size(); ++phase) {
    const auto number = NumberIn(pin.value, count.phases[phase].first);
    held.is_possible &= number.has_value();
    if (number) held.equal.emplace_back(SumOf(count.value[phase]), *number);
  }
}

// On all of these pools, and on no other.
void Pins::FindPlaces(const plan::Pin &pin, const Workload &workload, Held &held) {
  llvm::SmallVector<llvm::StringRef, 8> names;
  llvm::StringRef list = pin.value;
  held.is_possible = list.consume_front("[") && list.consume_back("]");
  list.split(names, ", ");
  std::set<std::string> wanted(names.begin(), names.end());
  std::map<uint32_t, Form> by_pool;
  for (const uint32_t c : workload.cells) {
    const Cell &cell = instance_.cells[c];
    by_pool[cell.pool].Add(Form::Of(cell.column));
  }
  for (auto &[pool, form] : by_pool) {
    const bool is_there = wanted.erase(reader_.NameOf(instance_.pools[pool].id)) != 0;
    held.equal.emplace_back(std::move(form), is_there ? 1 : 0);
  }
  held.is_possible &= wanted.empty();
}

// `8 nodes`, in the base unit.
auto Pins::NumberOf(llvm::StringRef text) -> std::optional<Rational> {
  const auto [digits, unit] = text.trim().split(' ');
  const auto number = Rational::Parse(digits);
  if (!number || unit.empty()) return number;
  const base::UnitTable &units = reader_.model.units;
  if (const auto found = units.Find(unit)) return units.ToBase(*number, *found);
  for (uint32_t i = 0; i < units.units().size(); ++i) {
    if (units.units()[i].plural == unit) return units.ToBase(*number, base::UnitId{i});
  }
  return std::nullopt;
}

// `{ 2027-10 = 8 nodes, 2028-01 = 13 nodes }`: what holds in a month; nothing before the first.
auto Pins::NumberIn(llvm::StringRef text, int t) -> std::optional<Rational> {
  if (!text.consume_front("{ ")) return NumberOf(text);
  if (!text.consume_back(" }")) return std::nullopt;
  llvm::SmallVector<llvm::StringRef, 8> steps;
  text.split(steps, ", ");
  const std::string month = reader_.months().month(t).ToString();
  std::optional<Rational> number = 0;
  for (const llvm::StringRef step : steps) {
    const auto [from, value] = step.split(" = ");
    const auto next = NumberOf(value);
    if (!next) return std::nullopt;
    // Months are written so that their text has their order.
    if (from.take_front(month.size()) <= month) number = next;
  }
  return number;
}

void Pins::AddTo(Builder &builder, Form &loss) {
  for (Held &held : held_) {
    if (!held.is_possible) continue;
    held.column = builder.Boolean();
    for (const auto &[form, value] : held.equal) {
      builder.AtMostIf(*held.column, form, value, false, kGiven);
      Form negative;
      negative.Add(form, -1);
      builder.AtMostIf(*held.column, negative, Negate(value), false, kGiven);
    }
    loss.Add(Form::Of(*held.column, -1));
  }
}

auto Pins::Keep(llvm::MutableArrayRef<Pins> all, Builder &builder, reason::Effort &effort,
                reason::MakeProver prover) -> reason::Answer {
  Form loss;
  for (Pins &pins : all) pins.AddTo(builder, loss);
  if (builder.is_broken() || !builder.program.Fits()) return {};
  builder.Minimize({});
  // As a rule all of them hold, and little is left to decide.
  reason::Program tight = builder.program;
  const auto hold_all = [&](reason::Program &program) {
    for (const Pins &pins : all) {
      for (const Held &held : pins.held_) {
        if (held.column) program.columns[*held.column].lower = 1;
      }
    }
  };
  hold_all(tight);
  reason::Answer answer = reason::Solve(tight, effort, prover);
  if (!answer.values.empty()) {
    hold_all(builder.program);
    return answer;
  }
  builder.Minimize(loss);
  answer = reason::Solve(builder.program, effort, prover);
  if (!answer.values.empty()) builder.AtMost(loss, loss.ValueAt(answer.values), kGiven);
  return answer;
}

// What the plan says now where a pin says something else.
auto Pins::NowOf(const Held &held, const Solution &solution) const -> std::string {
  if (const auto *choice = solution.decisions.FindChoice(held.entity, held.slot)) {
    return plan::Print(reader_.model, choice->value);
  }
  std::string list;
  for (const plan::Placement &placement : solution.placements) {
    if (placement.workload != held.entity) continue;
    list += (list.empty() ? "[" : ", ") + reader_.NameOf(placement.pool);
  }
  return list.empty() ? "[]" : list + "]";
}

void Pins::Note(Solution &solution, Sink &sink) {
  for (const Held &held : held_) {
    const std::string now = NowOf(held, solution);
    const plan::Pin &pin = *held.pin;
    if (now != pin.value) {
      sink.Report(diag::PinReleased, pin.span, pin.name, pin.value, now);
      continue;
    }
    for (plan::Decisions::Choice &choice : solution.decisions.choices) {
      if (choice.entity == held.entity && choice.slot == held.slot) choice.pinned = pin.span;
    }
  }
}

}  // namespace groma::solve
