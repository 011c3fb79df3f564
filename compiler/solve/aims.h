// SPDX-License-Identifier: Apache-2.0
// The aims of a plan, one after the other: what one came to, the next one keeps.
#pragma once

#include "formulas.h"
#include "solve.h"

namespace groma::solve {

// The aims of one environment.
class Aims {
 public:
  Aims(Instance &instance, const Options &options)
      : instance_(instance), reader_(instance.reader), options_(options) {}

  // Their forms, while columns may still be added. Aims that wait for the schedule are reported.
  void Read(Formulas &formulas);

  // Nothing for those that wait.
  auto forms() const -> llvm::ArrayRef<std::optional<Form>> { return forms_; }
  auto disappointment() const -> const Form & { return disappointment_; }
  auto instance() const -> const Instance & { return instance_; }
  auto aim(size_t i) const -> const plan::Aim & { return reader_.environment.aims[i]; }

  auto Judge(size_t i, const reason::Answer &answer) const -> plan::AimResult;
  // Among equals: what stands first in its list, what has the first name.
  void AddPlainness(Form &form) const;
  // Tells of an aim in its own unit; of what is not the plan's to aim at, the phase alone.
  auto WatchOf(const Form &form, const plan::Aim *aim) const -> reason::Watch;

 private:
  Instance &instance_;
  Reader &reader_;
  const Options &options_;
  std::vector<std::optional<Form>> forms_;
  Form disappointment_;
};

// What the aims came to. Without values there is no plan, for the reason of the answer's verdict.
struct Reached {
  reason::Answer answer;
  struct Part {
    std::vector<plan::AimResult> aims;
    // By aim of the environment, whether it was among what was optimised.
    std::vector<uint8_t> is_aim_used;
  };
  std::vector<Part> parts;  // by environment
  // What was optimised, in this order, and what it came to.
  struct Kept {
    Form form;
    Rational value;
  };
  std::vector<Kept> kept;
};

// The best plan of the program as it is now, which gets a row for each aim: first all aims of the
// first environment. `start`: the values of a solution to begin with, or none.
auto Reach(Builder &builder, llvm::ArrayRef<const Aims *> environments, const Options &options,
           reason::Effort &effort, std::vector<int64_t> start) -> Reached;

}  // namespace groma::solve
