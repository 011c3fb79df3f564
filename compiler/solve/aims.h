// SPDX-License-Identifier: Apache-2.0
// The aims of a plan, one after the other: what one came to, the next one keeps.
#pragma once

#include "formulas.h"
#include "solve.h"

namespace groma::solve {

// What the aims came to. Without values there is no plan, for the reason of the answer's verdict.
struct Reached {
  reason::Answer answer;
  std::vector<plan::AimResult> aims;
  // By aim of the plan, whether it was among what was optimised.
  std::vector<uint8_t> is_aim_used;
  // What was optimised, in this order, and what it came to.
  struct Kept {
    Form form;
    Rational value;
  };
  std::vector<Kept> kept;
};

class Aims {
 public:
  Aims(Instance &instance, const Options &options, reason::Effort &effort)
      : instance_(instance), reader_(instance.reader), options_(options), effort_(effort) {}

  // Their forms, while columns may still be added. Aims that wait for the schedule are reported.
  void Read(Formulas &formulas, Sink &sink);
  // The best plan of the program as it is now, which gets a row for each aim. `start`: the values of
  // a solution to begin with, or none.
  auto Reach(std::vector<int64_t> start) -> Reached;

 private:
  auto Minimize(Form form, const plan::Aim *aim, Reached &reached) -> bool;
  auto Judge(const plan::Aim &aim, const Form &form, const reason::Answer &answer) const
      -> plan::AimResult;
  auto Plainness() -> Form;
  auto WatchOf(const Form &form, const plan::Aim *aim) const -> reason::Watch;

  Instance &instance_;
  Reader &reader_;
  const Options &options_;
  reason::Effort &effort_;
  std::vector<std::optional<Form>> aims_;
  Form disappointment_;
};

}  // namespace groma::solve
