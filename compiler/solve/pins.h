// SPDX-License-Identifier: Apache-2.0
// Keeps what `groma.lock` pins: each pin is a Boolean that lets go of all that it holds, and as few
// as can be are let go.
#pragma once

#include "groma/plan/lock.h"
#include "instance.h"
#include "solve.h"

namespace groma::solve {

class Pins {
 public:
  // Finds what the pins of this environment are about. A pin of what is not open is no pin.
  Pins(Instance &instance, const Options &options);

  auto is_empty() const -> bool { return held_.empty(); }
  // Adds the pins of all environments to their program, and a row for how few may be let go. A
  // solution to begin with, or the verdict.
  static auto Keep(llvm::MutableArrayRef<Pins> all, Builder &builder, reason::Effort &effort,
                   reason::MakeProver prover) -> reason::Answer;

  // What a decided plan did with them: a choice that follows its pin knows the line, and pins that
  // it does not follow are reported.
  void Note(Solution &solution, Sink &sink);

 private:
  struct Held {
    const plan::Pin *pin = nullptr;
    // Each form has this value if the pin holds. Nothing can fulfil a pin that is not possible.
    std::vector<std::pair<Form, Rational>> equal;
    bool is_possible = true;
    plan::EntityId entity{};
    plan::Slot slot = plan::kNoSlot;
    std::optional<ColumnId> column;
  };
  void FindChoice(const plan::Pin &pin, plan::UnknownId id, Held &held);
  void FindCount(const plan::Pin &pin, plan::UnknownId id, Held &held);
  void FindPlaces(const plan::Pin &pin, const Workload &workload, Held &held);
  auto NumberOf(llvm::StringRef text) -> std::optional<Rational>;
  auto NumberIn(llvm::StringRef text, int t) -> std::optional<Rational>;
  void AddTo(Builder &builder, Form &loss);
  auto NowOf(const Held &held, const Solution &solution) const -> std::string;

  Instance &instance_;
  Reader &reader_;
  std::vector<Held> held_;
};

}  // namespace groma::solve
